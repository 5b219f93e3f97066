import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/main/engine/create-engine';
import type { StreamNetwork } from '../../../src/main/engine/generation/stream-network';
import { forkProcess } from '../../../src/main/engine/inference/fork-process';
import { SILENT_LOGGER } from '../../../src/main/engine/logger';
import type { Stream, StreamId } from '../../../src/shared/clip/clip-schema';
import { codesOfToken, tokenCountOf } from '../../../src/shared/clip/code-cells';
import { nearestCodes } from '../../../src/shared/clip/code-space';
import { joinSegments } from '../../../src/shared/clip/decoded-stream';
import { type MethodInput, methods } from '../../../src/shared/contract/methods';
import { builtProgram } from '../../fixtures/built-program';

const CONTEXT = { signal: new AbortController().signal, reportProgress: () => undefined };
/** Where codes are changed: not too near to the ends of the clip. */
const TOKEN = 9;

let folder: string;
let entry: string;

beforeAll(async () => {
  entry = await builtProgram('runner-process');
  folder = await mkdtemp(join(tmpdir(), 'vividtalker-recode-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Frames in which two curves differ by more than rounding. */
function movedFrames(before: Float32Array, after: Float32Array, channelCount: number, rounding: number): number[] {
  const moved = [...before].flatMap((value, index) => (Math.abs(value - (after[index] ?? 0)) > rounding ? [Math.floor(index / channelCount)] : []));
  return [...new Set(moved)];
}

/** All codes of a stream decoded in one go, as far as the clip goes. */
async function decodeAll(network: StreamNetwork, stream: Stream): Promise<Float32Array> {
  const tokens = tokenCountOf(stream);
  const codes = Int32Array.from(Array.from({ length: tokens }, (_, token) => codesOfToken(stream, token)).flat());
  return network.decode(codes, tokens, CONTEXT.signal);
}

describe.each(['test/fixtures/models', 'assets/models'])('codes set by hand with %s', (modelFolder) => {
  let engine: Engine;
  let audio: MethodInput<'clip.generate'>['audio'];
  let streams: Readonly<Record<StreamId, Stream>>;

  beforeAll(async () => {
    engine = createEngine({
      modelFolder,
      assetsFolder: resolve('assets'),
      temporaryFolder: folder,
      forkRunner: () => forkProcess(entry),
      logger: SILENT_LOGGER,
      devicePreference: 'cpu',
    });
    const bytes = await readFile(resolve('test/golden/features/speech.wav'));
    const { uploadId } = await engine.handlers['upload.open']({ fileName: 'speech.wav', sizeBytes: bytes.length }, CONTEXT);
    await engine.handlers['upload.append']({ uploadId, bytes: Uint8Array.from(bytes) }, CONTEXT);
    ({ audio } = await engine.handlers['audio.import']({ uploadId, channel: 'mix' }, CONTEXT));
    ({ streams } = await engine.handlers['clip.generate']({ audio, settings: { seed: 5, style: {} } }, CONTEXT));
  });

  afterAll(() => engine.dispose());

  it.each(['head', 'mouth'] as const)('each group of the %s moves only frames within the reach that the model names', async (streamId) => {
    const { info, network } = await modelOf(streamId);
    const stream = streams[streamId];
    const { channels, framesPerToken } = stream;
    const reach = { first: TOKEN * framesPerToken - info.seamFrames, end: (TOKEN + 1) * framesPerToken + info.seamFrames };
    const before = joinSegments(stream).values;
    const decodedBefore = await decodeAll(network, stream);
    const outside = (frame: number): boolean => frame < reach.first || frame >= reach.end;
    expect(info.groupLevels.map((levels) => levels.reduce((product, count) => product * count, 1))).toEqual(stream.groupSizes);
    for (const group of stream.groupSizes.keys()) {
      const far = nearestCodes(info.groupLevels, codesOfToken(stream, TOKEN), [group]).at(-1);
      const changes = [{ token: TOKEN, group, code: far?.code ?? 0 }];
      const recoded = await engine.handlers['clip.recode'](
        methods['clip.recode'].input.parse({ audio, streamId, stream, locks: [], changes, join: 'local' }),
        CONTEXT,
      );
      const after = joinSegments(recoded.stream).values;
      // Stored frames out of reach are the same to the bit; in reach the code really moves something.
      expect(movedFrames(before, after, channels.length, 0).filter(outside)).toEqual([]);
      expect(movedFrames(before, after, channels.length, 1e-3).length).toBeGreaterThan(0);
      // And the reach is no wish: the decoder itself, given the whole stream, moves nothing beyond it.
      const decodedAfter = await decodeAll(network, recoded.stream);
      expect(movedFrames(decodedBefore, decodedAfter, channels.length, 1e-5).filter(outside)).toEqual([]);
      if (streamId === 'head') {
        const truth = decodedAfter.slice(reach.first * channels.length, reach.end * channels.length);
        const stored = after.slice(reach.first * channels.length, reach.end * channels.length);
        expect(movedFrames(stored, truth, channels.length, 1e-5)).toEqual([]);
      }
    }
  });

  it('pasted codes change their own frames only and meet both neighbours; a lock is refused', async () => {
    const stream = streams.head;
    const changes = Array.from({ length: 5 }, (_, index) => codesOfToken(stream, index).map((code, group) => ({ token: TOKEN + index, group, code }))).flat();
    const input = { audio, streamId: 'head' as const, stream, locks: [], changes, join: 'seam' as const };
    const { stream: pasted } = await engine.handlers['clip.recode'](input, CONTEXT);
    const [before, after] = [joinSegments(stream).values, joinSegments(pasted).values];
    const moved = movedFrames(before, after, 6, 0);
    expect(Math.min(...moved)).toBeGreaterThanOrEqual(TOKEN * 4);
    expect(Math.max(...moved)).toBeLessThan((TOKEN + 5) * 4);
    // No frame turns faster than a head does: 200 degrees a second is where QA speaks up.
    for (let frame = TOKEN * 4; frame <= (TOKEN + 5) * 4; frame++) {
      const step = [0, 1, 2].map((channel) => (after[frame * 6 + channel] ?? 0) - (after[(frame - 1) * 6 + channel] ?? 0));
      expect((Math.hypot(...step) * 180 * 30) / Math.PI).toBeLessThan(200);
    }
    const lock = { stream: 'head' as const, startFrame: TOKEN * 4, endFrame: TOKEN * 4 + 4 };
    await expect(engine.handlers['clip.recode']({ ...input, locks: [lock] }, CONTEXT)).rejects.toMatchObject({ code: 'locked' });
  });

  async function modelOf(streamId: StreamId) {
    const { networks } = await engine.models.load();
    const info = (await engine.handlers['app.info']({}, CONTEXT)).model?.streams[streamId];
    if (!info) throw new Error(`the model has no ${streamId}`);
    return { info, network: networks[streamId] };
  }
});
