import { describe, expect, it } from 'vitest';
import { RealFft } from './real-fft';

/** |X(k)|^2 by the definition. */
function slowPower(input: Float64Array, k: number): number {
  let real = 0;
  let imaginary = 0;
  input.forEach((value, n) => {
    real += value * Math.cos((2 * Math.PI * k * n) / input.length);
    imaginary += value * Math.sin((2 * Math.PI * k * n) / input.length);
  });
  return real * real + imaginary * imaginary;
}

describe('RealFft', () => {
  it.each([4, 8, 64, 512])('equals the definition for size %i', (size) => {
    const input = Float64Array.from({ length: size }, (_, n) => Math.sin(n * n) + 0.3);
    const fft = new RealFft(size);
    const power = new Float64Array(fft.binCount);
    fft.powerSpectrum(input, power);
    power.forEach((value, k) => {
      expect(value).toBeCloseTo(slowPower(input, k), 7);
    });
  });

  it.each([0, 2, 12])('refuses size %i', (size) => {
    expect(() => new RealFft(size)).toThrow(RangeError);
  });
});
