import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeAudio, fakeManifest, fakeNetwork, fakeStream } from '../../../../test/fixtures/fake-model';
import type { Stream, StreamId } from '../../../shared/clip/clip-schema';
import { joinSegments } from '../../../shared/clip/decoded-stream';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import { type GenerationJob, generateStream } from './generate-stream';
import { type RerollJob, rerollRange } from './reroll-range';
import { makeVariants } from './variants';

const FRAME_COUNT = 12 * FRAME_RATE_HZ + 1;
const AUDIO = fakeAudio(FRAME_COUNT / FRAME_RATE_HZ);

function job(streamId: StreamId, seed: number, looksAround = true): GenerationJob {
  return {
    manifest: fakeManifest(),
    network: fakeNetwork(fakeStream(streamId), { looksAround }),
    streamId,
    audio: AUDIO,
    frameCount: FRAME_COUNT,
    settings: { seed, style: {} },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
}

const range = fc
  .tuple(fc.integer({ min: 0, max: FRAME_COUNT - 1 }), fc.integer({ min: 1, max: 150 }))
  .map(([startFrame, length]) => ({ startFrame, endFrame: Math.min(FRAME_COUNT, startFrame + length) }));

const reroll = (streamId: StreamId, stream: Stream, seed: number, frames: RerollJob['range'], locks: RerollJob['locks'] = []) =>
  rerollRange({ ...job(streamId, seed), stream, range: frames, locks }, [seed]);

describe('generating a stream', () => {
  it('gives the same codes for the same seed whatever the windows are, when each token depends on its own sound only', async () => {
    const reference = await generateStream(job('mouth', 11, false));
    for (const [windowTokens, overlapTokens] of [
      [17, 3],
      [64, 0],
      [400, 20],
    ] as const) {
      const network = fakeNetwork(fakeStream('mouth', { windowTokens, overlapTokens }), { looksAround: false });
      const other = await generateStream({ ...job('mouth', 11), network });
      const tokens = Math.ceil(FRAME_COUNT / 2) * 2;
      expect(other.segments[0]?.codes.slice(0, tokens)).toEqual(reference.segments[0]?.codes.slice(0, tokens));
      expect(network.calls.length).toBe(Math.max(1, Math.ceil((tokens / 2 - overlapTokens) / (windowTokens - overlapTokens))));
    }
    const another = await generateStream(job('mouth', 12, false));
    expect(another.segments[0]?.codes).not.toEqual(reference.segments[0]?.codes);
  });

  it('does not let the end of a clip change what comes windows earlier', async () => {
    const long = await generateStream(job('head', 3));
    const short = await generateStream({ ...job('head', 3), frameCount: 240, audio: fakeAudio(8) });
    // The first window of 40 tokens lies inside both clips.
    expect(short.segments[0]?.codes.slice(0, 40)).toEqual(long.segments[0]?.codes.slice(0, 40));
  });

  it('covers the clip with finite values and remembers how it was made', async () => {
    const stream = await generateStream({ ...job('head', 3), settings: { seed: 3, style: { headGain: 1.5 }, headTemperature: 0.7 } });
    expect(joinSegments(stream).frameCount).toBe(FRAME_COUNT);
    expect(stream.segments[0]?.provenance).toMatchObject({ kind: 'generated', seed: 3, temperature: 0.7, style: { headGain: 1.5 } });
    await expect(generateStream({ ...job('head', 3), settings: { seed: 3, style: { nose: 1 } } })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const onProgress = (): void => controller.abort();
    await expect(generateStream({ ...job('head', 3), signal: controller.signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('re-rolling a range', () => {
  it.each(['head', 'mouth'] as const)('changes no frame of the %s outside the affected range, over any sequence of re-rolls', async (streamId) => {
    const start = await generateStream(job(streamId, 1));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(range, fc.nat(1000)), { minLength: 1, maxLength: 3 }), async (edits) => {
        let stream = start;
        for (const [frames, seed] of edits) {
          const before = joinSegments(stream);
          const result = await reroll(streamId, stream, seed, frames);
          const after = joinSegments(result.streams[0] as Stream);
          const { startFrame, endFrame } = result.affected;
          const channels = before.channelCount;
          expect(startFrame).toBeLessThanOrEqual(frames.startFrame);
          expect(endFrame).toBeGreaterThanOrEqual(frames.endFrame);
          expect(after.values.slice(0, startFrame * channels)).toEqual(before.values.slice(0, startFrame * channels));
          expect(after.values.slice(endFrame * channels)).toEqual(before.values.slice(endFrame * channels));
          stream = result.streams[0] as Stream;
        }
        expect(stream.segments.every((segment) => segment.curve.every(Number.isFinite))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('locks every code outside the range in every window it shows the network', async () => {
    const work = job('head', 9);
    const network = fakeNetwork(fakeStream('head'), { looksAround: true });
    const stream = await generateStream(job('head', 1));
    const known = stream.segments[0]?.codes ?? new Uint16Array();
    await rerollRange({ ...work, network, stream, range: { startFrame: 60, endFrame: 80 }, locks: [] }, [9, 10]);
    for (const { firstToken, tokenCount, codes } of network.calls) {
      for (let window = 0; window < 2; window++) {
        for (let offset = 0; offset < tokenCount; offset++) {
          const token = firstToken + offset;
          const code = codes[window * tokenCount + offset];
          if (token < Math.ceil(FRAME_COUNT / 4)) expect(code).toBe(token >= 15 && token < 20 ? 12 : known[token]);
        }
      }
    }
  });

  it('gives the same for the same seed, alone or in a batch of variants', async () => {
    const stream = await generateStream(job('head', 1));
    const frames = { startFrame: 100, endFrame: 160 };
    const { variants } = await makeVariants({ ...job('head', 40), stream, range: frames, locks: [] }, 10);
    expect(new Set(variants.map((variant) => variant.seed)).size).toBe(10);
    expect(variants.map((variant) => variant.distance)).toEqual([...variants.map((variant) => variant.distance)].sort((a, b) => a - b));
    for (const variant of variants.slice(0, 3)) {
      const alone = await reroll('head', stream, variant.seed, frames);
      expect(joinSegments(alone.streams[0] as Stream)).toEqual(joinSegments(variant.stream));
    }
  });

  it('never touches a locked span: any overlap is refused, a neighbour is not', async () => {
    const stream = await generateStream(job('head', 1));
    await fc.assert(
      fc.asyncProperty(range, range, async (frames, locked) => {
        const result = reroll('head', stream, 5, frames, [{ stream: 'head', ...locked }]);
        const grown = { start: Math.floor(frames.startFrame / 4) * 4, end: Math.min(FRAME_COUNT, Math.ceil(frames.endFrame / 4) * 4) };
        if (locked.startFrame < grown.end && locked.endFrame > grown.start) await expect(result).rejects.toMatchObject({ code: 'locked' });
        else await result;
      }),
      { numRuns: 40 },
    );
    await reroll('head', stream, 5, { startFrame: 0, endFrame: 8 }, [{ stream: 'mouth', startFrame: 0, endFrame: 300 }]);
  });

  it.each([
    [12, 20, true],
    [12, 21, false],
    [39, 60, false],
    [40, 60, true],
  ])('takes a lock from frame %i to %i beside the grown range 20 to 40: %s', async (startFrame, endFrame, isAllowed) => {
    const stream = await generateStream(job('head', 1));
    const result = reroll('head', stream, 5, { startFrame: 22, endFrame: 37 }, [{ stream: 'head', startFrame, endFrame }]);
    if (isAllowed) expect((await result).affected).toEqual({ startFrame: 20, endFrame: 40 });
    else await expect(result).rejects.toMatchObject({ code: 'locked' });
  });

  it('keeps the mouth within its limits and contact exactly 0 or 1', async () => {
    const stream = await generateStream(job('mouth', 1));
    const { streams } = await reroll('mouth', stream, 2, { startFrame: 50, endFrame: 70 });
    const { values, channelCount } = joinSegments(streams[0] as Stream);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(values.every((value, index) => index % channelCount < 56 || value === 0 || value === 1)).toBe(true);
  });

  it('refuses a range after the end and a stream of another model', async () => {
    const stream = await generateStream(job('head', 1));
    await expect(reroll('head', stream, 2, { startFrame: 5000, endFrame: 5010 })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(reroll('head', { ...stream, groupSizes: [13] }, 2, { startFrame: 0, endFrame: 10 })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('refuses codes of another codebook of the same sizes, and names the model they belong to', async () => {
    const stream = await generateStream(job('head', 1));
    const foreign = stream.segments.map((segment) => ({ ...segment, provenance: { ...segment.provenance, modelId: 'old-1', decoderSha256: 'f'.repeat(64) } }));
    await expect(reroll('head', { ...stream, segments: foreign }, 2, { startFrame: 0, endFrame: 10 })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/"old-1".*"fake"/),
      hint: expect.stringContaining('Choose the model "old-1"'),
    });
  });
});
