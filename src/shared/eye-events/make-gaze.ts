import type { EyeDart, GazeTarget } from '../clip/clip-schema';
import { type EventSource, eventRandom } from './event-source';

const DEGREES = Math.PI / 180;

/** Looks away from the viewer, per minute. */
export const USUAL_LOOK_RATE = 16;
const LOOK_SPREAD_RADIANS = { yaw: 5 * DEGREES, pitch: 2.5 * DEGREES };
const LOOK_SECONDS = { shortest: 0.35, span: 0.8 };
const MEAN_LOOK_SECONDS = LOOK_SECONDS.shortest + LOOK_SECONDS.span / 2;
/** Part of the pause between looks that never goes away; the rest is drawn. */
const STEADY_SHARE_OF_PAUSE = 0.4;

/** Eye darts per minute. */
export const USUAL_DART_RATE = 30;
const DART_DEGREES = { median: 1.3, logSpread: 0.5, largest: 4 };
const DART_SECONDS = { shortest: 0.2, median: 0.45, logSpread: 0.5, longest: 1.5 };
/** Most darts go from side to side: from one eye of the other person to the other, now and then down to the mouth. */
const SIDEWAYS_SHARE = 0.7;
/** Darts keep this far from each other. */
const DART_PAUSE_SECONDS = 0.12;

/**
 * The eyes rest on the viewer and leave for a moment now and then, more often to the side than up or down. In conversation people look at the other's face in spells of
 * about 2 s (Rogers and others, Scientific Reports 2018, doi 10.1038/s41598-018-22726-7: 2.2 s, 60 % of the time); a talker to a camera a little more.
 */
export function makeGaze(source: EventSource, perMinute: number): GazeTarget[] {
  const random = eventRandom(source, 'gaze');
  const pause = 60 / perMinute - MEAN_LOOK_SECONDS;
  const gaze: GazeTarget[] = [];
  let time = 0;
  for (let index = 0; perMinute > 0; index++) {
    const drawn = -(Math.log(random.uniform(index, 0)) + Math.log(random.uniform(index, 1))) / 2;
    time += Math.max(0.1, pause * (STEADY_SHARE_OF_PAUSE + (1 - STEADY_SHARE_OF_PAUSE) * drawn));
    const durationSeconds = LOOK_SECONDS.shortest + LOOK_SECONDS.span * random.uniform(index, 2);
    if (time + durationSeconds >= source.durationSeconds) break;
    const yaw = LOOK_SPREAD_RADIANS.yaw * clampNormal(random.normal(index, 3));
    const pitch = LOOK_SPREAD_RADIANS.pitch * clampNormal(random.normal(index, 4));
    gaze.push({ startSeconds: time, durationSeconds, yaw, pitch });
    time += durationSeconds;
  }
  return gaze;
}

/**
 * Small jumps between the features of the face that is looked at. At a conversation distance of 1 m the eyes of the other person are 3.6 degrees apart and the mouth 4 degrees
 * below them, which bounds the size; most are smaller (the jumps between details in "Eyes Alive", Lee, Badler and Badler, SIGGRAPH 2002, also get rarer with size).
 */
export function makeDarts(source: EventSource, perMinute: number): EyeDart[] {
  const random = eventRandom(source, 'dart');
  const darts: EyeDart[] = [];
  let time = 0;
  for (let index = 0; perMinute > 0; index++) {
    const durationSeconds = Math.min(
      DART_SECONDS.longest,
      Math.max(DART_SECONDS.shortest, DART_SECONDS.median * Math.exp(DART_SECONDS.logSpread * random.normal(index, 0))),
    );
    const meanPause = Math.max(DART_PAUSE_SECONDS, 60 / perMinute - DART_SECONDS.median - DART_PAUSE_SECONDS);
    time += DART_PAUSE_SECONDS - meanPause * Math.log(random.uniform(index, 1));
    if (time + durationSeconds >= source.durationSeconds) break;
    const size = DEGREES * Math.min(DART_DEGREES.largest, DART_DEGREES.median * Math.exp(DART_DEGREES.logSpread * random.normal(index, 2)));
    const side = random.uniform(index, 3) < 0.5 ? -1 : 1;
    const slope = random.uniform(index, 5);
    const angle = random.uniform(index, 4) < SIDEWAYS_SHARE ? 0.5 * (slope - 0.5) : Math.PI / 2 + (slope - 0.5);
    darts.push({ startSeconds: time, durationSeconds, yaw: side * size * Math.cos(angle), pitch: size * Math.sin(angle) });
    time += durationSeconds;
  }
  return darts;
}

function clampNormal(value: number): number {
  return Math.min(2.2, Math.max(-2.2, value));
}
