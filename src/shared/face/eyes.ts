import type { Blink, Events, GazeTarget } from '../clip/clip-schema';

const DEGREES = Math.PI / 180;

/** How far an eye turns when the matching eyeLook coefficient is 1, radians. The lids of the shipped head were sculpted for these angles. */
export const EYE_RANGE = { inward: 15 * DEGREES, outward: 15 * DEGREES, up: 10 * DEGREES, down: 11 * DEGREES } as const;

/** Eyes counter-rotate this share of the head's turn when they stay on a target (head-statistics: .9 for yaw). */
const COUNTER_ROTATION = 0.9;
const MICRO_SACCADE_INTERVAL_SECONDS = 0.55;
const MICRO_SACCADE_RADIANS = 0.35 * DEGREES;

/** Direction of an eye relative to the head, radians; yaw + = to its own left, pitch + = down. */
export interface EyeDirection {
  yaw: number;
  pitch: number;
}

/** Lid closure 0..1 of all blinks at a time. Lids close and open on a cosine ease, opening slower than closing as set in the event. */
export function lidClosure(blinks: readonly Blink[], timeSeconds: number): number {
  let closure = 0;
  for (const blink of blinks) {
    const since = timeSeconds - blink.startSeconds;
    const shutUntil = blink.closeSeconds + blink.holdSeconds;
    if (since <= 0 || since >= shutUntil + blink.openSeconds) continue;
    const progress = since < blink.closeSeconds ? since / blink.closeSeconds : since <= shutUntil ? 1 : 1 - (since - shutUntil) / blink.openSeconds;
    closure = Math.max(closure, blink.strength * 0.5 * (1 - Math.cos(Math.PI * progress)));
  }
  return closure;
}

/** Direction of the eyes at a time: gaze target minus most of the head's turn, plus seeded micro-saccades, clamped to EYE_RANGE. Writes into `out`. */
export function eyeDirection(events: Events, timeSeconds: number, headYaw: number, headPitch: number, out: EyeDirection): void {
  const target = gazeAt(events.gaze, timeSeconds);
  const step = Math.floor(timeSeconds / MICRO_SACCADE_INTERVAL_SECONDS);
  const yaw = target.yaw - COUNTER_ROTATION * headYaw + MICRO_SACCADE_RADIANS * signedNoise(events.seed, step, 0);
  const pitch = target.pitch - COUNTER_ROTATION * headPitch + MICRO_SACCADE_RADIANS * signedNoise(events.seed, step, 1);
  out.yaw = Math.min(EYE_RANGE.outward, Math.max(-EYE_RANGE.outward, yaw));
  out.pitch = Math.min(EYE_RANGE.down, Math.max(-EYE_RANGE.up, pitch));
}

/** Gaze between targets: a saccade of 37 ms + 2.7 ms per degree on a minimum-jerk course (evaluation figures of saccades). */
function gazeAt(gaze: readonly GazeTarget[], timeSeconds: number): EyeDirection {
  let current: EyeDirection = { yaw: 0, pitch: 0 };
  for (const target of gaze) {
    if (target.startSeconds > timeSeconds) break;
    const degrees = Math.hypot(target.yaw - current.yaw, target.pitch - current.pitch) / DEGREES;
    const u = Math.min(1, (timeSeconds - target.startSeconds) / (0.037 + 0.0027 * degrees));
    const progress = u * u * u * (10 - 15 * u + 6 * u * u);
    current = { yaw: current.yaw + (target.yaw - current.yaw) * progress, pitch: current.pitch + (target.pitch - current.pitch) * progress };
  }
  return current;
}

/** Repeatable number in -1..1 from integers. */
function signedNoise(seed: number, step: number, axis: number): number {
  let hash = (seed ^ Math.imul(step + 1, 0x9e3779b1) ^ Math.imul(axis + 1, 0x85ebca6b)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x7fffffff - 1;
}
