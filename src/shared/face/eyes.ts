import type { Blink, Events, EyeDart, GazeTarget } from '../clip/clip-schema';

const DEGREES = Math.PI / 180;

/** How far an eye turns when the matching eyeLook coefficient is 1, radians. The lids of the shipped head were sculpted for these angles. */
export const EYE_RANGE = { inward: 15 * DEGREES, outward: 15 * DEGREES, up: 10 * DEGREES, down: 11 * DEGREES } as const;

/** Nothing that began longer ago than this still moves: the bounds of the schema, with the time of a saccade. */
const LONGEST_BLINK_SECONDS = 62;
const LONGEST_DART_SECONDS = 6;
const LONGEST_MOVE_SECONDS = 2.5;

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
  for (let index = startedBy(blinks, timeSeconds - LONGEST_BLINK_SECONDS); index < blinks.length; index++) {
    const blink = blinks[index] as Blink;
    const since = timeSeconds - blink.startSeconds;
    if (since <= 0) break;
    const shutUntil = blink.closeSeconds + blink.holdSeconds;
    if (since >= shutUntil + blink.openSeconds) continue;
    const progress = since < blink.closeSeconds ? since / blink.closeSeconds : since <= shutUntil ? 1 : 1 - (since - shutUntil) / blink.openSeconds;
    closure = Math.max(closure, blink.strength * 0.5 * (1 - Math.cos(Math.PI * progress)));
  }
  return closure;
}

/**
 * Direction of the eyes at a time: where they look, less the turn of the head (rotation vector, radians: most of it, all of it while they hold the camera), plus
 * darts and seeded micro-saccades, clamped to EYE_RANGE. Writes into `out`.
 */
export function eyeDirection(events: Events, timeSeconds: number, headRotation: ArrayLike<number>, out: EyeDirection): void {
  gazeAt(events.gaze, timeSeconds, gaze);
  const step = Math.floor(timeSeconds / MICRO_SACCADE_INTERVAL_SECONDS);
  out.yaw = gaze.yaw - (1 - gaze.cameraShare) * COUNTER_ROTATION * (headRotation[1] ?? 0) + MICRO_SACCADE_RADIANS * signedNoise(events.seed, step, 0);
  out.pitch = gaze.pitch - (1 - gaze.cameraShare) * COUNTER_ROTATION * (headRotation[0] ?? 0) + MICRO_SACCADE_RADIANS * signedNoise(events.seed, step, 1);
  if (gaze.cameraShare > 0) addCamera(headRotation, gaze.cameraShare, out);
  addDarts(events.darts, timeSeconds, out);
  out.yaw = Math.min(EYE_RANGE.outward, Math.max(-EYE_RANGE.outward, out.yaw));
  out.pitch = Math.min(EYE_RANGE.down, Math.max(-EYE_RANGE.up, out.pitch));
}

/** A saccade lasts 37 ms + 2.7 ms per degree (evaluation figures of saccades). */
export function saccadeSeconds(radians: number): number {
  return 0.037 + (0.0027 * radians) / DEGREES;
}

/** Where the eyes look in the world, radians, and how much of that is holding the camera, 0..1. */
interface Gaze extends EyeDirection {
  cameraShare: number;
}

const REST = { yaw: 0, pitch: 0 };
/** A look that is longer than this many that follow it is taken for ended. */
const MOST_LOOKS_OVER_EACH_OTHER = 64;

const gaze: Gaze = { yaw: 0, pitch: 0, cameraShare: 0 };

/** Gaze between looks: a minimum-jerk course to each look and, when it has an end before the next one, back to a look that still lasts, or to rest. */
function gazeAt(looks: readonly GazeTarget[], timeSeconds: number, out: Gaze): void {
  out.yaw = 0;
  out.pitch = 0;
  out.cameraShare = 0;
  // A look that began so long ago is reached: what was before it no longer counts.
  for (let index = Math.max(0, startedBy(looks, timeSeconds - LONGEST_MOVE_SECONDS) - 1); index < looks.length; index++) {
    const look = looks[index] as GazeTarget;
    if (look.startSeconds > timeSeconds) break;
    const { easeSeconds = 0 } = look;
    const nextSeconds = looks[index + 1]?.startSeconds ?? Number.POSITIVE_INFINITY;
    approach(out, look, timeSeconds - look.startSeconds, easeSeconds);
    let lasting: GazeTarget | undefined = look;
    while (lasting !== undefined && endOf(lasting) < Math.min(timeSeconds, nextSeconds)) {
      const endSeconds: number = endOf(lasting);
      lasting = lookThatLasts(looks, index, endSeconds);
      approach(out, lasting ?? REST, timeSeconds - endSeconds, easeSeconds);
    }
  }
}

/** When a look ends, seconds; one without a length lasts until the next. */
function endOf({ startSeconds, durationSeconds = Number.POSITIVE_INFINITY }: GazeTarget): number {
  return startSeconds + durationSeconds;
}

/** The latest look before another one that still lasts at a time. */
function lookThatLasts(looks: readonly GazeTarget[], before: number, timeSeconds: number): GazeTarget | undefined {
  for (let index = before - 1; index >= 0 && index >= before - MOST_LOOKS_OVER_EACH_OTHER; index--) {
    const look = looks[index] as GazeTarget;
    if (look.durationSeconds !== undefined && endOf(look) > timeSeconds) return look;
  }
  return undefined;
}

function approach(out: Gaze, look: Pick<GazeTarget, 'yaw' | 'pitch' | 'atCamera'>, sinceSeconds: number, easeSeconds: number): void {
  const [yaw, pitch, cameraShare] = look.atCamera ? [0, 0, 1] : [look.yaw, look.pitch, 0];
  const progress = minimumJerk(sinceSeconds / Math.max(easeSeconds, saccadeSeconds(Math.hypot(yaw - out.yaw, pitch - out.pitch))));
  out.yaw += (yaw - out.yaw) * progress;
  out.pitch += (pitch - out.pitch) * progress;
  out.cameraShare += (cameraShare - out.cameraShare) * progress;
}

/** Turns the eyes by a share of what brings them from straight ahead in the head to straight ahead in the world, where the viewer is. */
function addCamera(headRotation: ArrayLike<number>, share: number, out: EyeDirection): void {
  const [x, y, z] = [headRotation[0] ?? 0, headRotation[1] ?? 0, headRotation[2] ?? 0];
  const angle = Math.hypot(x, y, z);
  if (angle < 1e-9) return;
  // The third row of the rotation matrix (Rodrigues): the world's +Z in the axes of the head.
  const [sine, rest] = [Math.sin(angle) / angle, (1 - Math.cos(angle)) / (angle * angle)];
  const ahead = { x: -y * sine + x * z * rest, y: x * sine + y * z * rest, z: 1 - (x * x + y * y) * rest };
  out.yaw += share * Math.atan2(ahead.x, ahead.z);
  out.pitch += share * Math.asin(Math.min(1, Math.max(-1, -ahead.y)));
}

function addDarts(darts: readonly EyeDart[], timeSeconds: number, out: EyeDirection): void {
  for (let index = startedBy(darts, timeSeconds - LONGEST_DART_SECONDS); index < darts.length; index++) {
    const dart = darts[index] as EyeDart;
    const since = timeSeconds - dart.startSeconds;
    if (since <= 0) break;
    const seconds = saccadeSeconds(Math.hypot(dart.yaw, dart.pitch));
    const share = minimumJerk(since / seconds) - minimumJerk((since - dart.durationSeconds) / seconds);
    out.yaw += dart.yaw * share;
    out.pitch += dart.pitch * share;
  }
}

function minimumJerk(progress: number): number {
  const u = Math.min(1, Math.max(0, progress));
  return u * u * u * (10 - 15 * u + 6 * u * u);
}

/** How many of the events, which are in order of time, have started by a time. */
export function startedBy(events: readonly { readonly startSeconds: number }[], timeSeconds: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.startSeconds ?? 0) <= timeSeconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Repeatable number in -1..1 from integers. */
function signedNoise(seed: number, step: number, axis: number): number {
  let hash = (seed ^ Math.imul(step + 1, 0x9e3779b1) ^ Math.imul(axis + 1, 0x85ebca6b)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x7fffffff - 1;
}
