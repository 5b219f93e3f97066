import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fakeAudio, fakeManifest, fakeNetwork, fakeStream } from '../../../../test/fixtures/fake-model';
import type { Stream, StreamId } from '../../../shared/clip/clip-schema';
import { type CodeChange, codesOfToken, confidenceOfToken, tokenCountOf } from '../../../shared/clip/code-cells';
import { joinSegments } from '../../../shared/clip/decoded-stream';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import { type GenerationJob, generateStream } from './generate-stream';
import { type RecodeJob, recode } from './recode';
import { rerollRange } from './reroll-range';
import { silenceGate } from './silence-gate';

const FRAME_COUNT = 4 * FRAME_RATE_HZ + 1;
const AUDIO = fakeAudio(FRAME_COUNT / FRAME_RATE_HZ);
const GATE = silenceGate(AUDIO.rmsDecibels, FRAME_COUNT);
const SIGNAL = new AbortController().signal;

const streams = {} as Record<StreamId, Stream>;
const generation = (streamId: StreamId): GenerationJob => ({
  manifest: fakeManifest(),
  network: fakeNetwork(fakeStream(streamId), { looksAround: true }),
  streamId,
  audio: AUDIO,
  frameCount: FRAME_COUNT,
  settings: { seed: 1, style: {} },
  signal: SIGNAL,
  onProgress: () => undefined,
});

beforeAll(async () => {
  for (const streamId of ['head', 'mouth'] as const) {
    const job = generation(streamId);
    const stream = await generateStream(job);
    streams[streamId] = (await rerollRange({ ...job, stream, range: { startFrame: 40, endFrame: 60 }, locks: [] }, [2])).streams[0] as Stream;
  }
});

function run(streamId: StreamId, changes: readonly CodeChange[], rest: Partial<RecodeJob> = {}): Promise<Stream> {
  const { manifest, network, frameCount, signal } = generation(streamId);
  return recode({ manifest, network, streamId, stream: streams[streamId], locks: [], changes, join: 'local', gate: GATE, frameCount, signal, ...rest });
}

const anyChanges = fc.array(fc.record({ token: fc.nat(30), group: fc.constant(0), code: fc.nat(8) }), { minLength: 1, maxLength: 5 });

/** Frames that a change of these tokens may reach; tokens so near to each other that one change reaches the other's are changed in one piece. */
function allowedFrames(streamId: StreamId, join: RecodeJob['join'], changed: readonly number[]): Set<number> {
  const { framesPerToken, decoderRadiusFrames } = fakeStream(streamId);
  const reach = join === 'local' ? decoderRadiusFrames : 0;
  const gap = Math.ceil(decoderRadiusFrames / framesPerToken) * (join === 'local' ? 2 : 1);
  const frames = new Set<number>();
  const sorted = changed.toSorted((a, b) => a - b);
  sorted.forEach((token, index) => {
    const next = sorted[index + 1] ?? token;
    const endToken = next - token <= gap ? next : token;
    for (let frame = token * framesPerToken - reach; frame < (endToken + 1) * framesPerToken + reach; frame++) frames.add(frame);
  });
  return frames;
}

describe('codes set by hand', () => {
  it.each([
    ['head', 'local'],
    ['head', 'seam'],
    ['mouth', 'local'],
    ['mouth', 'seam'],
  ] as const)('change of the %s (%s) only frames in reach, and exactly the codes asked for', async (streamId, join) => {
    await fc.assert(
      fc.asyncProperty(anyChanges, async (changes) => {
        const before = streams[streamId];
        const after = await run(streamId, changes, { join });
        const wanted = new Map<number, number>();
        for (const { token, code } of changes) wanted.set(token, code);
        const [old, fresh] = [joinSegments(before), joinSegments(after)];
        const changed = [...wanted].filter(([token, code]) => codesOfToken(before, token)[0] !== code).map(([token]) => token);
        const allowed = allowedFrames(streamId, join, changed);
        const moved = [...old.values].flatMap((value, index) => (value === fresh.values[index] ? [] : [Math.floor(index / old.channelCount)]));
        expect([...new Set(moved)].filter((frame) => !allowed.has(frame))).toEqual([]);
        for (let token = 0; token < tokenCountOf(before); token++) {
          expect(codesOfToken(after, token)[0]).toBe(wanted.get(token) ?? codesOfToken(before, token)[0]);
          if (changed.includes(token)) expect(confidenceOfToken(after, token)[0]).toBe(1);
          else expect(confidenceOfToken(after, token)).toEqual(confidenceOfToken(before, token));
        }
        expect(fresh.values.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('give the very same stream when nothing changes, and say how the piece was made otherwise', async () => {
    const code = codesOfToken(streams.head, 12)[0] ?? 0;
    expect(await run('head', [{ token: 12, group: 0, code }])).toBe(streams.head);
    const after = await run('head', [{ token: 12, group: 0, code: (code + 1) % 12 }]);
    const segment = after.segments.find((candidate) => candidate.provenance.kind === 'swapped');
    expect(segment?.provenance).toMatchObject({ modelId: 'fake', seed: 1 });
    expect([segment?.startFrame, segment?.endFrame]).toEqual([36, 64]);
  });

  it('are undone by their old codes: a generated piece decodes to exactly what it was', async () => {
    const code = codesOfToken(streams.head, 3)[0] ?? 0;
    const changed = await run('head', [{ token: 3, group: 0, code: (code + 5) % 12 }]);
    expect(joinSegments(changed)).not.toEqual(joinSegments(streams.head));
    const back = await run('head', [{ token: 3, group: 0, code }], { stream: changed });
    expect(joinSegments(back)).toEqual(joinSegments(streams.head));
  });

  it('keep what a seam added to the curve: far from the change, inside its reach, nothing is decoded away', async () => {
    const { values } = joinSegments(streams.head);
    const code = codesOfToken(streams.head, 9)[0] ?? 0;
    const after = joinSegments(await run('head', [{ token: 9, group: 0, code: (code + 5) % 12 }])).values;
    // The fake decoder reaches one token; frames 44..46 lie in the re-rolled piece, within the reach the model names.
    expect(after.slice(44 * 6, 46 * 6)).toEqual(values.slice(44 * 6, 46 * 6));
    expect(after.slice(40 * 6, 44 * 6)).not.toEqual(values.slice(40 * 6, 44 * 6));
  });

  it('refuse a lock within reach, whatever else would change, and codes that do not exist', async () => {
    const lock = { stream: 'head' as const, startFrame: 60, endFrame: 64 };
    const change = { token: 12, group: 0, code: ((codesOfToken(streams.head, 12)[0] ?? 0) + 1) % 12 };
    await expect(run('head', [change], { locks: [lock] })).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('2.00 s to 2.13 s') });
    await run('head', [change], { locks: [lock], join: 'seam' });
    await run('head', [change], { locks: [{ ...lock, stream: 'mouth' }] });
    await expect(run('head', [{ ...change, code: 12 }])).rejects.toMatchObject({ code: 'bad-input' });
    await expect(run('head', [{ ...change, group: 1 }])).rejects.toMatchObject({ code: 'bad-input' });
    await expect(run('head', [{ ...change, token: 31 }])).rejects.toMatchObject({ code: 'bad-input' });
  });
});
