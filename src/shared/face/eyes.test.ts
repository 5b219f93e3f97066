import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Events } from '../clip/clip-schema';
import { breathsOf, chestLift } from './breath';
import { EYE_RANGE, type EyeDirection, eyeDirection, lidClosure, startedBy } from './eyes';
import { multiplyQuaternions, rotateVector, rotationVectorToQuaternion, yawPitchToQuaternion } from './pose-math';

const DEGREES = Math.PI / 180;
/** Micro-saccades are always there: up to 0.35 degrees on each axis. */
const MICRO = 0.36 * DEGREES;
const STILL: Events = { seed: 1, blinks: [], gaze: [], darts: [], breaths: [], breathsPerMinute: 14, breathAmount: 1 };

function look(events: Partial<Events>, timeSeconds: number, head: readonly number[] = [0, 0, 0]): EyeDirection {
  const out = { yaw: 0, pitch: 0 };
  eyeDirection({ ...STILL, ...events }, timeSeconds, head, out);
  return out;
}

describe('gaze', () => {
  test('at camera, eyes in a head turned any way within their range look straight at the viewer', () => {
    const atCamera = { gaze: [{ startSeconds: 0, durationSeconds: 9, yaw: 0, pitch: 0, atCamera: true }] };
    const angle = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    fc.assert(
      fc.property(angle(8 * DEGREES), angle(12 * DEGREES), angle(20 * DEGREES), (x, y, z) => {
        const head = [x, y, z];
        const { yaw, pitch } = look(atCamera, 5, head);
        fc.pre(Math.abs(yaw) < EYE_RANGE.outward && pitch < EYE_RANGE.down && pitch > -EYE_RANGE.up);
        const gaze = rotateVector(multiplyQuaternions(rotationVectorToQuaternion(head), yawPitchToQuaternion(yaw, pitch)), [0, 0, 1]);
        expect(Math.acos(Math.min(1, gaze[2]))).toBeLessThan(2 * MICRO);
      }),
    );
    expect(look(atCamera, 5, [0, 30 * DEGREES, 0]).yaw).toBe(-EYE_RANGE.outward);
  });

  test('a look begins and ends with its span, then the eyes rest; one without an end lasts until the next', () => {
    const span = { gaze: [{ startSeconds: 1, durationSeconds: 1, yaw: 0.2, pitch: 0 }] };
    for (const [time, yaw] of [
      [0.9, 0],
      [1.5, 0.2],
      [1.99, 0.2],
      [2.2, 0],
    ] as const)
      expect(Math.abs(look(span, time).yaw - yaw), `at ${time}`).toBeLessThan(MICRO);
    const open = {
      gaze: [
        { startSeconds: 1, yaw: 0.2, pitch: 0 },
        { startSeconds: 30, yaw: -0.1, pitch: 0 },
      ],
    };
    expect(Math.abs(look(open, 29).yaw - 0.2)).toBeLessThan(MICRO);
    expect(Math.abs(look(open, 31).yaw + 0.1)).toBeLessThan(MICRO);
  });

  test('a look inside a longer one gives it back when it ends', () => {
    const nested = {
      gaze: [
        { startSeconds: 1, durationSeconds: 9, yaw: 0.2, pitch: 0 },
        { startSeconds: 3, durationSeconds: 1, yaw: -0.1, pitch: 0 },
      ],
    };
    expect(Math.abs(look(nested, 3.5).yaw + 0.1)).toBeLessThan(MICRO);
    for (const time of [4.5, 9]) expect(Math.abs(look(nested, time).yaw - 0.2), `at ${time}`).toBeLessThan(MICRO);
    expect(Math.abs(look(nested, 11).yaw)).toBeLessThan(MICRO);
  });

  test('however looks lie over each other, the eyes never jump', () => {
    const tenths = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 10);
    const anyLook = fc.record({
      startSeconds: tenths(0, 80),
      durationSeconds: tenths(1, 60),
      yaw: tenths(-2, 2),
      pitch: fc.constant(0),
      atCamera: fc.boolean(),
      easeSeconds: fc.constantFrom(0, 0.3, 2),
    });
    fc.assert(
      fc.property(fc.array(anyLook, { maxLength: 6 }), (looks) => {
        const events = { gaze: looks.sort((a, b) => a.startSeconds - b.startSeconds) };
        let before = look(events, 0, [0, 0.1, 0]).yaw;
        for (let milliseconds = 1; milliseconds < 16_000; milliseconds++) {
          const { yaw } = look(events, milliseconds / 1000, [0, 0.1, 0]);
          if (Math.abs(yaw - before) > 0.03 + MICRO) throw new Error(`a jump of ${yaw - before} at ${milliseconds} ms`);
          before = yaw;
        }
      }),
      { numRuns: 40 },
    );
  });

  test('ease makes a look slower, never jumps, and is never faster than a saccade', () => {
    const eased = (easeSeconds: number) => ({ gaze: [{ startSeconds: 1, durationSeconds: 2, yaw: 0.2, pitch: 0, easeSeconds }] });
    expect(look(eased(0.5), 1.25).yaw).toBeGreaterThan(0.1 - MICRO);
    expect(look(eased(0.5), 1.25).yaw).toBeLessThan(0.1 + MICRO);
    expect(Math.abs(look(eased(0), 1.09).yaw - 0.2)).toBeLessThan(MICRO);
  });

  test('darts add to the look and go back', () => {
    const darting = { darts: [{ startSeconds: 1, durationSeconds: 0.4, yaw: 0.05, pitch: 0.03 }] };
    expect(Math.abs(look(darting, 1.3).yaw - 0.05)).toBeLessThan(MICRO);
    expect(Math.abs(look(darting, 1.3).pitch - 0.03)).toBeLessThan(MICRO);
    expect(Math.abs(look(darting, 1.6).yaw)).toBeLessThan(MICRO);
  });
});

test('a long list is searched, not walked: the same blink closes the same lids', () => {
  const blink = (startSeconds: number) => ({ startSeconds, closeSeconds: 0.1, holdSeconds: 0.1, openSeconds: 0.2, strength: 1 });
  const many = Array.from({ length: 2000 }, (_, index) => blink(2 * index));
  expect(lidClosure(many, 3001)).toBe(0);
  expect(lidClosure(many, 3000.15)).toBe(lidClosure([blink(3000)], 3000.15));
  expect(lidClosure([{ ...blink(0), holdSeconds: 60 }, blink(1)], 59)).toBe(1);
  expect(startedBy(many, 3)).toBe(2);
  expect(startedBy(many, -1)).toBe(0);
});

test('a breath rises and falls; the steady breath of older projects becomes events of the same phase', () => {
  const breaths = [{ startSeconds: 1, inhaleSeconds: 0.5, exhaleSeconds: 2, depth: 1.5 }];
  expect(chestLift({ ...STILL, breaths }, 1.5)).toBeCloseTo(3, 6);
  expect(chestLift({ ...STILL, breaths }, 3.6)).toBe(0);
  const steady: Events = { seed: 1, blinks: [], gaze: [], darts: [], breathsPerMinute: 15, breathAmount: 1 };
  expect(chestLift(steady, 1)).toBeCloseTo(1, 6);
  const converted = { ...steady, breaths: [...breathsOf(steady, 60)] };
  for (const time of [4.2, 5, 17.3]) expect(chestLift(converted, time) - 1, `at ${time}`).toBeCloseTo(chestLift(steady, time), 6);
});
