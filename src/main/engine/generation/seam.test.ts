import { describe, expect, it } from 'vitest';
import { joinHead, joinMouth } from './seam';

const FRAME_RATE = 30;

/** Head yaw in radians: a sum of slow waves, of another phase for each `variant`. */
function yaw(frame: number, variant: number): number {
  const time = frame / FRAME_RATE;
  return 0.06 * Math.sin(2 * Math.PI * 0.4 * time + variant) + 0.03 * Math.sin(2 * Math.PI * 1.1 * time + 2.3 * variant) + 0.02 * variant;
}

function headFrames(from: number, to: number, variant: number): Float32Array {
  const values = new Float32Array((to - from) * 6);
  for (let frame = from; frame < to; frame++) values.set([0.3 * yaw(frame, variant + 1), yaw(frame, variant), 0.02, 0.1, 0, 0], (frame - from) * 6);
  return values;
}

function joinedYaw(start: number, end: number, variant: number): number[] {
  const old = headFrames(0, 200, 0);
  const frameOf = (frame: number): Float32Array => old.slice(frame * 6, frame * 6 + 6);
  const joined = joinHead({ firstFrame: start - 4, channelCount: 6, values: headFrames(start - 4, end + 4, variant) }, start, end, {
    left: [frameOf(start - 2), frameOf(start - 1)],
    right: [frameOf(end), frameOf(end + 1)],
  });
  old.set(joined, start * 6);
  return Array.from({ length: 200 }, (_, frame) => old[frame * 6 + 1] ?? 0);
}

function largestAcceleration(values: readonly number[]): number {
  let most = 0;
  for (let i = 1; i + 1 < values.length; i++)
    most = Math.max(most, Math.abs((values[i + 1] ?? 0) - 2 * (values[i] ?? 0) + (values[i - 1] ?? 0)) * FRAME_RATE ** 2);
  return most;
}

describe('the seam of a re-roll', () => {
  it('leaves motion alone that continues its neighbours already', () => {
    const same = joinedYaw(60, 120, 0);
    for (const [frame, value] of same.entries()) expect(value).toBeCloseTo(yaw(frame, 0), 5);
  });

  it.each([
    [60, 120],
    [60, 100],
    [60, 72],
  ])('joins unrelated motion in frames %i to %i without a jerk', (start, end) => {
    const values = joinedYaw(start, end, 1.5);
    const natural = largestAcceleration(Array.from({ length: 200 }, (_, frame) => yaw(frame, 0)));
    const cut = Array.from({ length: 200 }, (_, frame) => yaw(frame, frame >= start && frame < end ? 1.5 : 0));
    // The offset of the two motions is large against their own movement; the seam may cost a few times the natural acceleration, a cut costs far more.
    expect(largestAcceleration(values)).toBeLessThan(4 * natural);
    expect(largestAcceleration(cut)).toBeGreaterThan(12 * natural);
    const velocityJump = (frame: number): number => Math.abs((values[frame + 1] ?? 0) - 2 * (values[frame] ?? 0) + (values[frame - 1] ?? 0));
    const naturalStep = Math.max(...Array.from({ length: 199 }, (_, frame) => Math.abs(yaw(frame + 1, 0) - yaw(frame, 0))));
    for (const border of [start - 1, start, end - 1, end]) expect(velocityJump(border)).toBeLessThan(naturalStep);
  });

  it('keeps the shape of the new motion in the middle of a long range', () => {
    const values = joinedYaw(40, 160, 1.5);
    // Away from the ends only a straight line was added: second differences are those of the new motion.
    for (let frame = 60; frame < 140; frame++) {
      const second = (values[frame + 1] ?? 0) - 2 * (values[frame] ?? 0) + (values[frame - 1] ?? 0);
      const own = yaw(frame + 1, 1.5) - 2 * yaw(frame, 1.5) + yaw(frame - 1, 1.5);
      expect(second).toBeCloseTo(own, 3);
    }
  });

  it('meets nothing at the ends of the clip', () => {
    const values = headFrames(0, 60, 1);
    expect(
      joinHead({ firstFrame: 0, channelCount: 6, values }, 0, 60, { left: [], right: [] }).every((value, i) => Math.abs(value - (values[i] ?? 0)) < 1e-6),
    ).toBe(true);
  });

  it('changes the mouth near its ends only, and contact nowhere', () => {
    const values = new Float32Array(40 * 3).fill(0.5).map((value, i) => (i % 3 === 2 ? Math.floor(i / 9) % 2 : value));
    const left = [Float32Array.of(0.2, 0.2, 1), Float32Array.of(0.2, 0.2, 1)];
    const right = [Float32Array.of(0.5, 0.5, 0), Float32Array.of(0.5, 0.5, 0)];
    const joined = joinMouth({ firstFrame: 8, channelCount: 3, values }, 10, 46, { left, right }, 2, 6);
    const own = values.slice(6, 38 * 3);
    joined.forEach((value, i) => {
      if (i % 3 === 2 || i >= 6 * 3) expect(value).toBe(own[i]);
    });
    expect(joined[0]).toBeGreaterThan(0.2);
    expect(joined[0]).toBeLessThan(0.26);
  });
});
