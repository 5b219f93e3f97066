import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinSamples } from './decode-audio';
import { Resampler, resample } from './resample';

function sine(frequencyHz: number, rateHz: number, seconds = 0.25): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * rateHz) }, (_, n) => Math.sin((2 * Math.PI * frequencyHz * n) / rateHz));
}

/** Signal-to-noise ratio in decibels away from the ends, where the sound begins and stops abruptly. */
function innerSignalToNoise(actual: Float32Array, expected: Float32Array): number {
  let signal = 0;
  let noise = 0;
  for (let n = 400; n < expected.length - 400; n++) {
    signal += (expected[n] ?? 0) ** 2;
    noise += ((actual[n] ?? 0) - (expected[n] ?? 0)) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

describe('Resampler', () => {
  it('returns sound at 16 kHz unchanged', () => {
    const samples = sine(440, 16000);
    expect(resample(samples, 16000)).toEqual(samples);
  });

  it.each([8000, 11025, 11127, 22050, 32000, 44100, 48000, 88200, 96000, 192000])('keeps a 3-kHz tone of %i Hz in phase, at 75 dB', (rateHz) => {
    expect(innerSignalToNoise(resample(sine(3000, rateHz), rateHz), sine(3000, 16000))).toBeGreaterThan(75);
  });

  it.each([22050, 44100, 48000, 96000])('removes a 10-kHz tone of %i Hz', (rateHz) => {
    const left = resample(sine(10000, rateHz), rateHz).subarray(400, -400);
    expect(Math.max(...left.map(Math.abs))).toBeLessThan(1e-3);
  });

  it('keeps a constant exactly', () => {
    expect(resample(new Float32Array(4410).fill(0.5), 44100)[800]).toBeCloseTo(0.5, 7);
  });

  it('gives ceil(n x 16000 / rate) samples, and the same ones for every block split', () => {
    const rates = fc.constantFrom(8000, 11025, 16000, 22050, 44100, 48000, 7920);
    const sizes = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(rates, sizes, (rateHz, blockSizes) => {
        const total = blockSizes.reduce((sum, size) => sum + size, 0);
        const samples = Float32Array.from({ length: total }, (_, n) => Math.sin(n * n));
        const resampler = new Resampler(rateHz);
        let offset = 0;
        const parts = blockSizes.map((size) => {
          offset += size;
          return resampler.push(samples.subarray(offset - size, offset));
        });
        const streamed = joinSamples([...parts, resampler.flush()]);
        expect(streamed.length).toBe(Math.ceil((total * 16000) / rateHz));
        expect(streamed).toEqual(resample(samples, rateHz));
      }),
      { numRuns: 40 },
    );
  });
});
