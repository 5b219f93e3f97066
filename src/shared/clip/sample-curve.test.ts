import { describe, expect, it } from 'vitest';
import type { DecodedStream } from './decoded-stream';
import { sampleCurve } from './sample-curve';

const ramp: DecodedStream = { frameCount: 60, channelCount: 2, values: Float32Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? (i / 2) * 0.1 : 5)) };

function sample(stream: DecodedStream, timeSeconds: number, smoothingSeconds = 0): number[] {
  const out = new Float32Array(stream.channelCount);
  sampleCurve(stream, timeSeconds, smoothingSeconds, out);
  return [...out];
}

describe('sampleCurve', () => {
  it('returns stored frames bit for bit at their times', () => {
    for (const frame of [0, 1, 17, 59]) expect(sample(ramp, frame / 30)[0]).toBe(ramp.values[frame * 2]);
  });

  it('follows a straight line between frames', () => {
    expect(sample(ramp, 10.5 / 30)[0]).toBeCloseTo(1.05, 6);
    expect(sample(ramp, 10.5 / 30)[1]).toBeCloseTo(5, 6);
  });

  it('holds the ends', () => {
    expect(sample(ramp, -1)[0]).toBe(0);
    expect(sample(ramp, 99)[0]).toBeCloseTo(5.9, 6);
  });

  it('smoothing keeps a constant and a line, and flattens a spike', () => {
    expect(sample(ramp, 1, 0.1)[1]).toBeCloseTo(5, 5);
    expect(sample(ramp, 1, 0.1)[0]).toBeCloseTo(3, 5);
    const spike: DecodedStream = { frameCount: 61, channelCount: 1, values: Float32Array.from({ length: 61 }, (_, i) => (i === 30 ? 1 : 0)) };
    expect(sample(spike, 1, 0.1)[0]).toBeLessThan(0.2);
    expect(sample(spike, 1, 0)[0]).toBe(1);
  });
});
