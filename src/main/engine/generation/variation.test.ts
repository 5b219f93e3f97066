import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeAudio, fakeManifest, fakeNetwork, fakeStream } from '../../../../test/fixtures/fake-model';
import type { Segment, Stream, StreamId } from '../../../shared/clip/clip-schema';
import { CLEAN_TEMPERATURE, type GenerationSettings, settingsOf, VARIATION_RANGES } from '../../../shared/clip/generation';
import { type GenerationJob, generateStream } from './generate-stream';
import { rerollRange } from './reroll-range';

const FRAME_COUNT = 90;
const AUDIO = fakeAudio(FRAME_COUNT / 30);
const RANGE = { startFrame: 40, endFrame: 60 };

function job(streamId: StreamId, settings: GenerationSettings): GenerationJob {
  return {
    manifest: fakeManifest(),
    network: fakeNetwork(fakeStream(streamId, { windowTokens: 24, overlapTokens: 6 }), { looksAround: true }),
    streamId,
    audio: AUDIO,
    frameCount: FRAME_COUNT,
    settings,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
}

const settings = (seed: number, temperatures: Partial<GenerationSettings> = {}): GenerationSettings => ({ seed, style: {}, ...temperatures });
// Text, because comparing thousands of numbers one by one would take most of the time.
const codesOf = (stream: Stream | undefined): string => stream?.segments.map((segment) => segment.codes.join()).join(' | ') ?? '';
const seeds = fc.integer({ min: 0, max: 0xffffffff });
const headTemperatures = fc.double({ ...VARIATION_RANGES.head, noNaN: true });
const mouthTemperatures = fc.double({ ...VARIATION_RANGES.mouth, noNaN: true });

test('a clean mouth has the same codes for every seed, drawn whole or in a range; a varied one has not', async () => {
  const clean = { mouthTemperature: CLEAN_TEMPERATURE };
  const reference = await generateStream(job('mouth', settings(1, clean)));
  const rerollClean = async (seed: number): Promise<Stream | undefined> => {
    const result = await rerollRange({ ...job('mouth', settings(seed, clean)), stream: reference, locks: [], range: RANGE }, [seed]);
    return result.streams[0];
  };
  const rerolled = codesOf(await rerollClean(1));
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      expect(codesOf(await generateStream(job('mouth', settings(seed, clean))))).toBe(codesOf(reference));
      expect(codesOf(await rerollClean(seed))).toBe(rerolled);
    }),
    { numRuns: 15 },
  );
  const varied = await Promise.all([1, 2].map((seed) => generateStream(job('mouth', settings(seed)))));
  expect(codesOf(varied[0])).not.toBe(codesOf(varied[1]));
});

test('the variation of one stream changes nothing of the other', async () => {
  const [head, mouth] = await Promise.all([generateStream(job('head', settings(9))), generateStream(job('mouth', settings(9)))]);
  await fc.assert(
    fc.asyncProperty(headTemperatures, fc.oneof(mouthTemperatures, fc.constant(CLEAN_TEMPERATURE)), async (headTemperature, mouthTemperature) => {
      expect(codesOf(await generateStream(job('mouth', settings(9, { headTemperature }))))).toBe(codesOf(mouth));
      expect(codesOf(await generateStream(job('head', settings(9, { mouthTemperature }))))).toBe(codesOf(head));
    }),
    { numRuns: 10 },
  );
  expect(codesOf(await generateStream(job('head', settings(9, { headTemperature: 0.6 }))))).not.toBe(codesOf(head));
});

test('the provenance of a segment is enough to draw it again', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, headTemperatures, fc.oneof(mouthTemperatures, fc.constant(CLEAN_TEMPERATURE)), async (seed, headTemperature, mouthTemperature) => {
      for (const streamId of ['head', 'mouth'] as const) {
        const asked = settings(seed, { headTemperature, mouthTemperature, style: { headGain: 1.2 } });
        const stream = await generateStream(job(streamId, asked));
        const rerolled = (await rerollRange({ ...job(streamId, asked), stream, locks: [], range: RANGE }, [seed ^ 1])).streams[0] as Stream;
        const { provenance } = rerolled.segments[1] as Segment;
        expect(provenance.temperature).toBe(streamId === 'head' ? headTemperature : mouthTemperature);
        expect(codesOf(await generateStream(job(streamId, settingsOf(streamId, (stream.segments[0] as Segment).provenance))))).toBe(codesOf(stream));
        const again = await rerollRange({ ...job(streamId, settingsOf(streamId, provenance)), stream, locks: [], range: RANGE }, [provenance.seed]);
        expect(codesOf(again.streams[0])).toBe(codesOf(rerolled));
      }
    }),
    { numRuns: 8 },
  );
});
