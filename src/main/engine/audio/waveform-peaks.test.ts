import { describe, expect, it } from 'vitest';
import { PeakCollector } from './waveform-peaks';

function peaksOf(...blocks: readonly Float32Array[]): Float32Array {
  const collector = new PeakCollector();
  for (const block of blocks) collector.push(block);
  return collector.finish();
}

describe('PeakCollector', () => {
  it('takes the largest absolute sample of each 10 ms', () => {
    const samples = new Float32Array(330);
    samples[5] = 0.25;
    samples[6] = -0.5;
    samples[320] = 0.75;
    expect(peaksOf(samples)).toEqual(Float32Array.of(0.5, 0, 0.75));
  });

  it('does not depend on the blocks, and grows', () => {
    const samples = Float32Array.from({ length: 500_001 }, (_, n) => Math.sin(n * n));
    const whole = peaksOf(samples);
    expect(whole.length).toBe(3126);
    expect(peaksOf(samples.subarray(0, 77), samples.subarray(77, 80_000), samples.subarray(80_000))).toEqual(whole);
  });
});
