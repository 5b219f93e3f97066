import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/main/engine/create-engine';
import { type GenerationJob, generateStream } from '../../../src/main/engine/generation/generate-stream';
import { forkProcess } from '../../../src/main/engine/inference/fork-process';
import type { ProcessPort } from '../../../src/main/engine/inference/process-port';
import { SILENT_LOGGER } from '../../../src/main/engine/logger';
import type { AudioReference, Project, Stream } from '../../../src/shared/clip/clip-schema';
import { NEUTRAL_EDITS } from '../../../src/shared/clip/clip-schema';
import { joinSegments } from '../../../src/shared/clip/decoded-stream';
import { type CallContext, type MethodInput, type MethodName, type MethodOutput, methods } from '../../../src/shared/contract/methods';
import { builtProgram } from '../../fixtures/built-program';

const SPEECH = resolve('test/golden/features/speech.wav');
let folder: string;
let entry: string;
const engines: Engine[] = [];

beforeAll(async () => {
  entry = await builtProgram('runner-process');
  folder = await mkdtemp(join(tmpdir(), 'vividtalker-engine-'));
});

afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.dispose()));
  await rm(folder, { recursive: true, force: true });
});

function start(modelFolder: string, forkRunner: () => ProcessPort = () => forkProcess(entry)): Engine {
  const engine = createEngine({
    modelFolder,
    assetsFolder: resolve('assets'),
    temporaryFolder: folder,
    forkRunner,
    logger: SILENT_LOGGER,
    devicePreference: 'cpu',
  });
  engines.push(engine);
  return engine;
}

/** Calls a method as a pipe does: input parsed, output checked against the contract. */
async function call<M extends MethodName>(engine: Engine, method: M, input: MethodInput<M>, context: Partial<CallContext> = {}): Promise<MethodOutput<M>> {
  const handler = engine.handlers[method] as (input: unknown, context: CallContext) => Promise<MethodOutput<M>>;
  const output = await handler(methods[method].input.parse(input), { signal: new AbortController().signal, reportProgress: () => undefined, ...context });
  methods[method].output.parse(output);
  return output;
}

async function upload(engine: Engine, bytes: Uint8Array, fileName: string): Promise<string> {
  const { uploadId } = await call(engine, 'upload.open', { fileName, sizeBytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += 50_000) await call(engine, 'upload.append', { uploadId, bytes: bytes.slice(offset, offset + 50_000) });
  return uploadId;
}

async function importSpeech(engine: Engine): Promise<AudioReference> {
  const uploadId = await upload(engine, await readFile(SPEECH), 'speech.wav');
  return (await call(engine, 'audio.import', { uploadId, channel: 'mix' })).audio;
}

const hash = (stream: Stream): string => {
  const { values } = joinSegments(stream);
  return createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');
};

function projectOf(
  audio: AudioReference,
  frameCount: number,
  streams: { head: Stream; mouth: Stream },
  events: MethodOutput<'clip.generate'>['events'],
): Project {
  const edits = { head: NEUTRAL_EDITS, mouth: NEUTRAL_EDITS, wrinkles: NEUTRAL_EDITS, eyes: NEUTRAL_EDITS };
  const take = { id: 't', name: 'Take', streams, events, locks: [], ignoredFindings: [], edits };
  return { formatVersion: 2, modelId: null, clips: [{ id: 'c', name: 'Speech', audio, frameCount, markers: [], takes: [take], activeTakeId: 't' }] };
}

describe.each(['test/fixtures/models', 'assets/models'])('engine with %s', (modelFolder) => {
  let engine: Engine;
  beforeAll(() => {
    engine = start(modelFolder);
  });

  it('animates, re-rolls the head without touching the mouth, saves and opens again bit for bit', async () => {
    expect((await call(engine, 'app.info', {})).model?.streams.head?.framesPerToken).toBe(4);
    const audio = await importSpeech(engine);
    const settings = { seed: 5 };
    const first = await call(engine, 'clip.generate', { audio, settings });
    const again = await call(engine, 'clip.generate', { audio, settings });
    expect(again).toEqual(first);
    const { head, mouth } = first.streams;
    const frames = joinSegments(head).frameCount;
    expect(joinSegments(mouth).frameCount).toBe(frames);
    const mouthBefore = hash(mouth);

    const rolled = await call(engine, 'clip.resample', {
      audio,
      streamId: 'head',
      stream: head,
      locks: [],
      range: { startFrame: 21, endFrame: 44 },
      settings: { seed: 6 },
    });
    expect(rolled.affected).toEqual({ startFrame: 20, endFrame: 44 });
    const [before, after] = [joinSegments(head), joinSegments(rolled.stream)];
    expect(after.values.slice(0, 20 * 6)).toEqual(before.values.slice(0, 20 * 6));
    expect(after.values.slice(44 * 6)).toEqual(before.values.slice(44 * 6));
    expect(hash(rolled.stream)).not.toBe(hash(head));
    expect(hash(mouth)).toBe(mouthBefore);

    const project = projectOf(audio, frames, { head: rolled.stream, mouth }, first.events);
    const { bytes } = await call(engine, 'project.pack', { project });
    // Opening needs no model: this engine cannot start an inference process.
    const reader = start(modelFolder, () => {
      throw new Error('opening a project must not run a model');
    });
    const opened = await call(reader, 'project.unpack', { uploadId: await upload(reader, bytes, 'a.vividtalker') });
    expect(opened.project).toEqual(project);
    expect(opened.audio[0]?.audio).toEqual(audio);
    expect((await call(reader, 'project.pack', { project: opened.project })).bytes).toEqual(bytes);
    const exported = await call(reader, 'clip.export', { clip: opened.project.clips[0]!, takeId: 't', exporterId: 'json', options: {} });
    expect(exported.fileName).toBe('Speech.json');
  });

  it('draws the same codes however the work is cut: a shorter clip, or two at the same time', async () => {
    const audio = await importSpeech(engine);
    const { manifest, networks } = await engine.models.load();
    const { features } = await engine.audioStore.analyse(audio.sha256, 'mix', {});
    // The same speech again and again: 16 s, more than two windows of the head.
    const long = { frameCount: 1600, values: Float32Array.from({ length: 1600 * 84 }, (_, i) => features.values[i % features.values.length] ?? 0) };
    const job = (frameCount: number): GenerationJob => ({
      manifest,
      network: networks.head,
      streamId: 'head',
      audio: { features: long, rmsDecibels: new Float32Array(1600).fill(-20) },
      frameCount,
      settings: { seed: 3, style: {} },
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const whole = await generateStream(job(480));
    const [same, shorter] = await Promise.all([generateStream(job(480)), generateStream(job(400))]);
    expect(same).toEqual(whole);
    const window = manifest.streams.head.windowTokens;
    expect(shorter?.segments[0]?.codes.slice(0, window)).toEqual(whole.segments[0]?.codes.slice(0, window));
  });

  it('re-rolls a variant of a batch again from its seed alone', async () => {
    const audio = await importSpeech(engine);
    const { streams } = await call(engine, 'clip.generate', { audio, settings: { seed: 5 } });
    const request = { audio, streamId: 'head', stream: streams.head, locks: [], range: { startFrame: 12, endFrame: 48 } } as const;
    const { variants } = await call(engine, 'clip.variants', { ...request, locks: [], settings: { seed: 20 }, count: 4 });
    expect(new Set(variants.map((variant) => hash(variant.stream))).size).toBe(4);
    const alone = await call(engine, 'clip.resample', { ...request, locks: [], settings: { seed: variants[2]?.seed ?? 0 } });
    const codesOf = (stream: Stream): Uint16Array | undefined => stream.segments.find((segment) => segment.provenance.kind === 'resampled')?.codes;
    expect(codesOf(alone.stream)).toEqual(codesOf(variants[2]?.stream as Stream));
  });
});

describe('what comes with the studio', () => {
  it('opens the sample project, which was made with the shipped models, without running them', async () => {
    const engine = start('assets/models', () => {
      throw new Error('opening a project must not run a model');
    });
    const { project, audio, warnings } = await call(engine, 'project.sample', {});
    const clip = project.clips[0];
    expect([warnings, project.clips.length, clip?.takes.length]).toEqual([[], 1, 1]);
    expect(clip?.audio.durationSeconds).toBeGreaterThan(8);
    expect(clip?.audio.durationSeconds).toBeLessThan(15);
    expect(audio[0]?.frameCount).toBe(clip?.frameCount);
    const manifest = await engine.models.readManifest();
    for (const id of ['head', 'mouth'] as const) {
      const made = clip?.takes[0]?.streams[id].segments.map(({ provenance }) => provenance.predictorSha256);
      // Fails after a change of the weights until `node tools/sample/make-sample.mjs` has been run.
      expect(made).toEqual([manifest.streams[id].predictor.sha256]);
    }
  });

  it('loads the head in both details and lists the exporters', async () => {
    const engine = start('test/fixtures/models');
    const [full, light] = [await call(engine, 'head.load', { detail: 'full' }), await call(engine, 'head.load', { detail: 'light' })];
    expect(light.bytes.length).toBeLessThan(full.bytes.length);
    expect(full.manifest.morphs).toContain('jawOpen');
    expect((await call(engine, 'exporters.list', {})).exporters.map(({ id }) => id)).toEqual(expect.arrayContaining(['fbx', 'json']));
  });
});

describe('engine in trouble', () => {
  it('cancels between passes and goes on with the next job', async () => {
    const engine = start('test/fixtures/models');
    const audio = await importSpeech(engine);
    const controller = new AbortController();
    const reportProgress = (): void => controller.abort();
    const cancelled = call(engine, 'clip.generate', { audio, settings: { seed: 1 } }, { signal: controller.signal, reportProgress });
    const waiting = call(engine, 'clip.generate', { audio, settings: { seed: 1 } });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect((await waiting).streams.head.segments).toHaveLength(1);
  });

  it('reports an inference process that dies, and starts another', async () => {
    const ports: ProcessPort[] = [];
    const engine = start('test/fixtures/models', () => {
      const port = forkProcess(entry);
      ports.push(port);
      return port;
    });
    const audio = await importSpeech(engine);
    await engine.models.load();
    const killAll = (): void => {
      for (const port of ports) port.kill();
    };
    // The first progress after listening comes while windows are drawn.
    const dying = call(engine, 'clip.generate', { audio, settings: { seed: 1 } }, { reportProgress: (fraction) => (fraction > 0.15 ? killAll() : undefined) });
    await expect(dying).rejects.toMatchObject({ code: 'inference-failed', message: expect.stringContaining('SIGKILL') });
    expect((await call(engine, 'clip.generate', { audio, settings: { seed: 1 } })).streams.mouth.segments).toHaveLength(1);
  });

  it('says what is wrong with the models and still opens sound', async () => {
    const engine = start(join(folder, 'no-models'));
    const info = await call(engine, 'app.info', {});
    expect(info).toMatchObject({ model: null, modelProblem: expect.stringContaining('manifest.json is missing') });
    const audio = await importSpeech(engine);
    await expect(call(engine, 'clip.generate', { audio, settings: { seed: 1 } })).rejects.toMatchObject({ code: 'missing-model' });
  });

  it('names wrong input', async () => {
    const engine = start('test/fixtures/models');
    const audio = await importSpeech(engine);
    await expect(call(engine, 'clip.generate', { audio: { ...audio, sha256: 'f'.repeat(64) }, settings: { seed: 1 } })).rejects.toMatchObject({
      code: 'unknown-audio',
    });
    await expect(call(engine, 'clip.generate', { audio, settings: { seed: 1, style: { nose: 2 } } })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(
      upload(engine, new Uint8Array(10), 'x.wav').then((uploadId) => call(engine, 'audio.import', { uploadId, channel: 'mix' })),
    ).rejects.toMatchObject({ code: 'unsupported-audio' });
    const { uploadId } = await call(engine, 'upload.open', { fileName: 'a.wav', sizeBytes: 4 });
    await expect(call(engine, 'upload.append', { uploadId, bytes: new Uint8Array(5) })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(call(engine, 'audio.import', { uploadId, channel: 'mix' })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(call(engine, 'upload.discard', { uploadId })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('gives sound that every browser plays', async () => {
    const engine = start('test/fixtures/models');
    for (const [name, mimeType] of [
      ['voice.mp3', 'audio/mpeg'],
      ['voice.ogg', 'audio/ogg'],
      ['aiff-signed24.aiff', 'audio/wav'],
      ['wav-mulaw.wav', 'audio/wav'],
    ] as const) {
      const { audio } = await engine.audioStore.importFile(resolve('test/fixtures/audio', name), 'mix', {});
      const playable = await call(engine, 'audio.playable', { sha256: audio.sha256 });
      expect(playable.mimeType).toBe(mimeType);
      const path = join(folder, `playable-${name}.wav`);
      await writeFile(path, playable.bytes);
      expect((await engine.audioStore.importFile(path, 'mix', {})).audio.durationSeconds).toBeCloseTo(audio.durationSeconds, 3);
    }
  });
});
