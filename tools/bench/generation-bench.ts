import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createEngine } from '../../src/main/engine/create-engine';
import { forkProcess, runnerEntryPath } from '../../src/main/engine/inference/fork-process';
import { findInstallation } from '../../src/main/engine/installation';
import { SILENT_LOGGER } from '../../src/main/engine/logger';
import type { CallContext } from '../../src/shared/contract/methods';

const WAV_HEADER_BYTES = 44;
const BYTES_PER_SECOND = 32000;
const RUNS = 3;
/** Lengths of the check that the cost grows with the length and no faster. */
const LINEAR_SECONDS = [60, 300, 600] as const;

const seconds = Number(process.argv[2] ?? 60);
const isLinearChecked = process.argv[3] !== 'short';
const folder = await mkdtemp(join(tmpdir(), 'vividtalker-bench-'));
const engine = createEngine({ ...findInstallation(), temporaryFolder: folder, forkRunner: () => forkProcess(runnerEntryPath()), logger: SILENT_LOGGER });
const context: CallContext = { signal: new AbortController().signal, reportProgress: () => undefined };

/** Milliseconds that a piece of work takes, and what it gives. */
async function timed<Result>(work: () => Promise<Result>): Promise<readonly [number, Result]> {
  const started = performance.now();
  const result = await work();
  return [performance.now() - started, result];
}

/** Processor seconds used so far by this process and its inference processes; NaN where the system does not tell. A busy machine stretches the clock, not this. */
function processorSeconds(): number {
  const own = process.cpuUsage();
  const children = `/proc/self/task/${process.pid}/children`;
  if (!existsSync(children)) return Number.NaN;
  const ticks = readFileSync(children, 'utf8')
    .trim()
    .split(' ')
    .map((pid) =>
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' '),
    )
    .reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0);
  return (own.user + own.system) / 1e6 + ticks / 100;
}

/** The golden speech file again and again, as 16-bit WAV at 16 kHz; `run` makes each file another one, so that nothing is remembered. */
async function writeSpeech(run: number, seconds: number): Promise<string> {
  const speech = (await readFile(resolve('test/golden/features/speech.wav'))).subarray(WAV_HEADER_BYTES);
  const data = Buffer.alloc(Math.round(seconds * BYTES_PER_SECOND));
  for (let offset = 0; offset < data.length; offset += speech.length) speech.copy(data, offset);
  data.writeInt16LE(run + 1, 0);
  const header = Buffer.from(await readFile(resolve('test/golden/features/speech.wav'))).subarray(0, WAV_HEADER_BYTES);
  header.writeUInt32LE(36 + data.length, 4);
  header.writeUInt32LE(data.length, 40);
  const path = join(folder, `speech-${run}.wav`);
  await writeFile(path, Buffer.concat([header, data]));
  return path;
}

const print = (what: string, milliseconds: number, note = ''): void =>
  console.log(`${what.padEnd(44)} ${(milliseconds / 1000).toFixed(2).padStart(7)} s  ${note}`);

try {
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()
      .map((value) => value.toFixed(1))
      .join(' ')} before the start`,
  );
  const [start, model] = await timed(() => engine.models.load());
  print('start-up: device chosen, model loaded', start, `${model.manifest.id} on ${(await engine.models.deviceInfo()).label}`);
  const totals: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const { total, audio } = await benchClip(run, seconds);
    totals.push(total);
    if (run === RUNS - 1) await benchVariants(audio);
  }
  const median = totals.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  if (isLinearChecked) {
    const perMinute: number[] = [];
    for (const [index, length] of LINEAR_SECONDS.entries()) perMinute.push(((await benchClip(RUNS + index, length)).processor * 60) / length);
    const growth = (perMinute.at(-1) ?? Number.NaN) / (perMinute[0] ?? Number.NaN);
    console.log(
      `processor seconds a minute of audio at ${LINEAR_SECONDS.join(', ')} s: ${perMinute.map((value) => value.toFixed(2)).join(', ')}; longest against shortest ${growth.toFixed(2)}`,
    );
  }
  print('median', median, `${((seconds * 1000) / median).toFixed(1)} x real time; load now ${loadavg()[0]?.toFixed(1)}`);
} finally {
  await engine.dispose();
  await rm(folder, { recursive: true, force: true });
}

/** Reads and animates one file of speech; milliseconds in all, processor seconds, and its sound. */
async function benchClip(run: number, length: number) {
  const path = await writeSpeech(run, length);
  const before = processorSeconds();
  const [reading, { audio }] = await timed(() => engine.audioStore.importFile(path, 'mix', {}));
  const [drawing] = await timed(() => engine.handlers['clip.generate']({ audio, settings: { seed: run, style: {} } }, context));
  const [total, processor] = [reading + drawing, processorSeconds() - before];
  print(
    `${length} s of audio: reading + animating`,
    total,
    `= ${reading.toFixed(0)} ms + ${drawing.toFixed(0)} ms; ${processor.toFixed(2)} processor seconds; ${((length * 1000) / total).toFixed(1)} x real time`,
  );
  return { total, processor, audio };
}

async function benchVariants(audio: Parameters<(typeof engine.handlers)['clip.generate']>[0]['audio']): Promise<void> {
  const settings = { seed: 1, style: {} };
  const { streams } = await engine.handlers['clip.generate']({ audio, settings }, context);
  const request = { audio, streamId: 'head', stream: streams.head, locks: [], range: { startFrame: 300, endFrame: 480 }, settings } as const;
  const [one] = await timed(() => engine.handlers['clip.resample']({ ...request, locks: [] }, context));
  print('one re-roll of a 6-s head range', one);
  const before = processorSeconds();
  const [eight] = await timed(() => engine.handlers['clip.variants']({ ...request, locks: [], count: 8 }, context));
  print('8 head variants of a 6-s range', eight, `${(processorSeconds() - before).toFixed(2)} processor seconds`);
}
