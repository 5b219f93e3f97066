import type { Blink, Breath, GazeTarget } from '../../shared/clip/clip-schema';
import { USUAL_BLINK } from '../../shared/eye-events/make-blinks';
import type { EyeEventKind } from '../../shared/eye-events/make-events';
import type { EyeEventOf } from './eye-events';

const DEGREES = 180 / Math.PI;

/** A number of an event as the user reads and types it. */
export interface EventField<E> {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  get(event: E): number;
  set(event: E, value: number): E;
}

/** What the lane needs to know of a kind of event. */
export interface EventKindInfo<E> {
  readonly label: string;
  readonly name: string;
  /** A new event of usual size, seconds from the start of the clip. */
  usual(startSeconds: number): E;
  lengthSeconds(event: E): number;
  withLength(event: E, seconds: number): E;
  readonly fields: readonly EventField<E>[];
  /** What the event does, in a few words. */
  describe(event: E): string;
}

const start = <E extends { startSeconds: number }>(): EventField<E> => ({
  label: 'Start',
  unit: 's',
  min: 0,
  max: 86_400,
  step: 1 / 30,
  get: (event) => event.startSeconds,
  set: (event, startSeconds) => ({ ...event, startSeconds }),
});

const seconds = <Key extends string>(label: string, key: Key, min: number, max: number): EventField<{ [K in Key]?: number | undefined }> => ({
  label,
  unit: 's',
  min,
  max,
  step: 0.01,
  get: (event) => event[key] ?? 0,
  set: (event, value) => ({ ...event, [key]: value }),
});

const angle = (label: string, key: 'yaw' | 'pitch', most: number): EventField<{ yaw: number; pitch: number }> => ({
  label,
  unit: '\u00b0',
  min: -most,
  max: most,
  step: 0.5,
  get: (event) => event[key] * DEGREES,
  set: (event, value) => ({ ...event, [key]: value / DEGREES }),
});

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** Arrow and size of a direction as seen from the front, where the head's own left is on the right. */
export function describeDirection({ yaw, pitch }: { yaw: number; pitch: number }): string {
  const degrees = Math.hypot(yaw, pitch) * DEGREES;
  if (degrees < 0.25) return 'ahead';
  const arrow = '\u2192\u2197\u2191\u2196\u2190\u2199\u2193\u2198'[(Math.round(Math.atan2(-pitch, yaw) / (Math.PI / 4)) + 8) % 8];
  return `${arrow} ${degrees.toFixed(degrees < 3 ? 1 : 0)}\u00b0`;
}

/** A longer blink stays shut longer; one too short for its lids shuts and opens faster. */
function blinkOfLength(blink: Blink, length: number): Blink {
  const lids = blink.closeSeconds + blink.openSeconds;
  if (length >= lids) return { ...blink, holdSeconds: clamp(length - lids, 0, 60) };
  const share = length / lids;
  return { ...blink, holdSeconds: 0, closeSeconds: clamp(blink.closeSeconds * share, 0.02, 1), openSeconds: clamp(blink.openSeconds * share, 0.02, 1) };
}

function breathOfLength(breath: Breath, length: number): Breath {
  const share = length / (breath.inhaleSeconds + breath.exhaleSeconds);
  return { ...breath, inhaleSeconds: clamp(breath.inhaleSeconds * share, 0.1, 10), exhaleSeconds: clamp(breath.exhaleSeconds * share, 0.1, 20) };
}

const depth = (max: number): EventField<{ depth: number }> => ({
  label: 'Depth',
  unit: '',
  min: 0,
  max,
  step: 0.05,
  get: (event) => event.depth,
  set: (event, value) => ({ ...event, depth: value }),
});

/** The kinds of events on the eyes lane. */
export const EVENT_KINDS: { readonly [K in EyeEventKind]: EventKindInfo<EyeEventOf[K]> } = {
  blinks: {
    label: 'Blinks',
    name: 'Blink',
    usual: (startSeconds) => ({ ...USUAL_BLINK, startSeconds }),
    lengthSeconds: (blink) => blink.closeSeconds + blink.holdSeconds + blink.openSeconds,
    withLength: blinkOfLength,
    fields: [
      start<Blink>(),
      seconds('Closing', 'closeSeconds', 0.02, 1) as EventField<Blink>,
      seconds('Shut', 'holdSeconds', 0, 60) as EventField<Blink>,
      seconds('Opening', 'openSeconds', 0.02, 1) as EventField<Blink>,
      { label: 'Depth', unit: '', min: 0, max: 1, step: 0.05, get: (blink) => blink.strength, set: (blink, strength) => ({ ...blink, strength }) },
    ],
    describe: (blink) => (blink.strength < 1 ? `${Math.round(blink.strength * 100)} % shut` : 'shut'),
  },
  gaze: {
    label: 'Gaze',
    name: 'Look',
    usual: (startSeconds) => ({ startSeconds, durationSeconds: 1, yaw: 6 / DEGREES, pitch: 0 }),
    lengthSeconds: (look) => look.durationSeconds ?? 0,
    withLength: (look, length) => ({ ...look, durationSeconds: clamp(length, 0.03, 3600) }),
    fields: [
      start<GazeTarget>(),
      seconds('Length', 'durationSeconds', 0.03, 3600) as EventField<GazeTarget>,
      angle('Left +', 'yaw', 57) as EventField<GazeTarget>,
      angle('Down +', 'pitch', 57) as EventField<GazeTarget>,
      seconds('Ease', 'easeSeconds', 0, 2) as EventField<GazeTarget>,
    ],
    describe: (look) => (look.atCamera ? 'at camera' : describeDirection(look)),
  },
  darts: {
    label: 'Darts',
    name: 'Eye dart',
    usual: (startSeconds) => ({ startSeconds, durationSeconds: 0.4, yaw: 1.5 / DEGREES, pitch: 0 }),
    lengthSeconds: (dart) => dart.durationSeconds,
    withLength: (dart, length) => ({ ...dart, durationSeconds: clamp(length, 0.03, 5) }),
    fields: [
      start(),
      seconds('Length', 'durationSeconds', 0.03, 5) as EventField<EyeEventOf['darts']>,
      angle('Left +', 'yaw', 28) as EventField<EyeEventOf['darts']>,
      angle('Down +', 'pitch', 28) as EventField<EyeEventOf['darts']>,
    ],
    describe: describeDirection,
  },
  breaths: {
    label: 'Breath',
    name: 'Breath',
    usual: (startSeconds) => ({ startSeconds, inhaleSeconds: 1.2, exhaleSeconds: 2.4, depth: 1 }),
    lengthSeconds: (breath) => breath.inhaleSeconds + breath.exhaleSeconds,
    withLength: breathOfLength,
    fields: [
      start<Breath>(),
      seconds('In', 'inhaleSeconds', 0.1, 10) as EventField<Breath>,
      seconds('Out', 'exhaleSeconds', 0.1, 20) as EventField<Breath>,
      depth(3) as EventField<Breath>,
    ],
    describe: (breath) => `depth ${breath.depth.toFixed(2)}`,
  },
};
