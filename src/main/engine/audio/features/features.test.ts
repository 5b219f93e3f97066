import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeFeatures } from './compute-features';
import { FEATURE_COLUMNS, FEATURE_COUNT, FeatureExtractor } from './features';
import { clipGain, LevelMeter } from './level';

function column(values: Float32Array, index: number): Float32Array {
  return values.filter((_, position) => position % FEATURE_COUNT === index);
}

/** Eight harmonics of falling strength. */
function buzz(frequencyHz: number, seconds: number): Float32Array {
  const harmonics = [1, 2, 3, 4, 5, 6, 7, 8];
  return Float32Array.from({ length: 16000 * seconds }, (_, n) => {
    const phase = (2 * Math.PI * frequencyHz * n) / 16000;
    return 0.05 * harmonics.reduce((sum, harmonic) => sum + Math.sin(harmonic * phase) / harmonic, 0);
  });
}

describe('computeFeatures', () => {
  it.each([65, 83.5, 110, 147.3, 220, 311, 390])('hears the pitch of a voice-like tone of %d Hz', (frequencyHz) => {
    const { values, frameCount } = computeFeatures(buzz(frequencyHz, 1));
    expect(frameCount).toBe(100);
    const heardHz = 150 * Math.exp(0.5 * (column(values, FEATURE_COLUMNS.logF0)[50] ?? 0));
    expect(Math.abs(heardHz / frequencyHz - 1)).toBeLessThan(0.005);
    expect(column(values, FEATURE_COLUMNS.voicing)[50]).toBeGreaterThan(0.9);
  });

  it('gives silence its documented values', () => {
    const { values } = computeFeatures(new Float32Array(1600));
    const row = new Float32Array(FEATURE_COUNT).fill((Math.log(1e-4) + 2) / 4, 0, 80);
    row[FEATURE_COLUMNS.logRms] = (Math.log(1e-4) + 5) / 2.5;
    for (let frame = 0; frame < 10; frame++) expect(values.slice(frame * FEATURE_COUNT, (frame + 1) * FEATURE_COUNT)).toEqual(row);
  });

  it('does not depend on the recording level', () => {
    const loud = computeFeatures(buzz(120, 1)).values;
    const quiet = computeFeatures(buzz(120, 1).map((value) => value / 16)).values;
    expect(Math.max(...loud.map((value, index) => Math.abs(value - (quiet[index] ?? 0))))).toBeLessThan(1e-4);
  });

  it('puts a pure tone into the mel band around it', () => {
    const samples = Float32Array.from({ length: 16000 }, (_, n) => 0.1 * Math.sin((2 * Math.PI * 1000 * n) / 16000));
    const bands = [...computeFeatures(samples).values.subarray(50 * FEATURE_COUNT, 50 * FEATURE_COUNT + 80)];
    const mel = (frequencyHz: number) => 2595 * Math.log10(1 + frequencyHz / 700);
    const expected = Math.round(((mel(1000) - mel(60)) / (mel(7600) - mel(60))) * 81 - 1);
    expect(Math.abs(bands.indexOf(Math.max(...bands)) - expected)).toBeLessThanOrEqual(1);
  });

  it('has no flux in the first frame, however loud, and some at an onset', () => {
    const flux = column(computeFeatures(Float32Array.from({ length: 3200 }, (_, n) => (n < 1600 ? 1 : 8) * Math.sin(n * n))).values, FEATURE_COLUMNS.flux);
    expect(flux[0]).toBe(0);
    expect(flux[9]).toBeGreaterThan(0.1);
  });

  it('is the same for every block split', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, (blockSizes) => {
        const total = blockSizes.reduce((sum, size) => sum + size, 0);
        const samples = Float32Array.from({ length: total }, (_, n) => 0.1 * Math.sin(n * 0.04) + 0.05 * Math.sin(n * n));
        const meter = new LevelMeter();
        meter.push(samples);
        const extractor = new FeatureExtractor(clipGain(meter.finish()), total);
        let offset = 0;
        for (const size of blockSizes) {
          extractor.push(samples.subarray(offset, offset + size));
          offset += size;
        }
        expect(Buffer.from(extractor.finish().values.buffer).equals(Buffer.from(computeFeatures(samples).values.buffer))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('refuses a clip of another length than announced', () => {
    const extractor = new FeatureExtractor(1, 320);
    expect(() => extractor.push(new Float32Array(2000))).toThrow(expect.objectContaining({ code: 'damaged-audio' }));
    expect(() => new FeatureExtractor(1, 320).finish()).toThrow(expect.objectContaining({ code: 'damaged-audio' }));
  });
});
