import type { Blink, Events, GazeTarget } from '../../../shared/clip/clip-schema';
import type { DecodedStream } from '../../../shared/clip/decoded-stream';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import { normalOf, RANDOM_PURPOSES, randomKey, STREAM_NUMBERS, uniformOf } from './random';

const KINDS = { person: 0, blink: 1, gaze: 2 } as const;
const SOUND_RATE_HZ = 100;

/** Blinks a minute over talkers: median and spread (log-normal), kept within what one line can carry (head-motion statistics of public talks). */
const BLINKS_PER_MINUTE = { median: 27, logSpread: 0.35, lowest: 12, highest: 45 };
/** Blinks are this much rarer outside speech. */
const SILENT_BLINK_SHARE = 0.8;
/** Shares of blinks that go with a fast head move and with the end of a phrase; the others are free. */
const WITH_HEAD_MOVE = 0.5;
const WITH_PHRASE_END = 0.1;
const SEARCH_SECONDS = 0.6;
const SHORTEST_BLINK_GAP_SECONDS = 0.45;

const DEGREES = Math.PI / 180;

/** What eye events are made for: the length of the clip, where it sounds (one entry per 10 ms) and how the head moves. */
export interface EventSource {
  readonly seed: number;
  readonly durationSeconds: number;
  readonly sounding: Uint8Array;
  readonly head: DecodedStream;
}

/** Blinks, gaze and breath of a clip, the same for the same seed and source. */
export function makeEvents(source: EventSource): Events {
  const random = (kind: number, index: number, number: number): number =>
    randomKey(source.seed, STREAM_NUMBERS.events, RANDOM_PURPOSES.event, kind, index, number);
  return {
    seed: source.seed,
    blinks: makeBlinks(source, random),
    gaze: makeGaze(source, random),
    breathsPerMinute: 13 + 4 * uniformOf(random(KINDS.person, 1, 0)),
    breathAmount: 1,
  };
}

type RandomKeyOf = (kind: number, index: number, number: number) => number;

function makeBlinks(source: EventSource, random: RandomKeyOf): Blink[] {
  const { median, logSpread, lowest, highest } = BLINKS_PER_MINUTE;
  const rate = Math.min(highest, Math.max(lowest, median * Math.exp(logSpread * normalOf(random(KINDS.person, 0, 0)))));
  const speeds = headSpeeds(source.head);
  const blinks: Blink[] = [];
  let time = 0;
  for (let index = 0; ; index++) {
    const mean = 60 / (isSounding(source, time) ? rate : rate * SILENT_BLINK_SHARE);
    // Log-normal gaps with the wanted mean: clusters and long pauses, as people blink.
    const spread = 0.6;
    time += mean * Math.exp(spread * normalOf(random(KINDS.blink, index, 0)) - (spread * spread) / 2);
    if (time >= source.durationSeconds) return blinks;
    const start = placeBlink(source, speeds, time, uniformOf(random(KINDS.blink, index, 1)), uniformOf(random(KINDS.blink, index, 2)));
    const stretch = 1 + 0.15 * (2 * uniformOf(random(KINDS.blink, index, 3)) - 1);
    const isPartial = uniformOf(random(KINDS.blink, index, 4)) < 0.1;
    const before = blinks.at(-1);
    if (start < 0 || start >= source.durationSeconds || (before !== undefined && start < before.startSeconds + SHORTEST_BLINK_GAP_SECONDS)) continue;
    blinks.push({
      startSeconds: start,
      closeSeconds: 0.085 * stretch,
      holdSeconds: 0.03 * stretch,
      openSeconds: 0.15 * stretch,
      strength: isPartial ? 0.75 : 1,
    });
  }
}

function placeBlink(source: EventSource, speeds: Float32Array, time: number, choice: number, jitter: number): number {
  const offset = 0.2 * (jitter - 0.5);
  if (choice < WITH_HEAD_MOVE) return fastestTime(speeds, time) + offset;
  if (choice < WITH_HEAD_MOVE + WITH_PHRASE_END) return phraseEndNear(source, time) + offset;
  return time;
}

function headSpeeds(head: DecodedStream): Float32Array {
  const { values, channelCount, frameCount } = head;
  const speeds = new Float32Array(frameCount);
  for (let frame = 1; frame < frameCount; frame++) {
    let sum = 0;
    for (let axis = 0; axis < 3; axis++) sum += ((values[frame * channelCount + axis] ?? 0) - (values[(frame - 1) * channelCount + axis] ?? 0)) ** 2;
    speeds[frame] = Math.sqrt(sum) * FRAME_RATE_HZ;
  }
  return speeds;
}

function fastestTime(speeds: Float32Array, time: number): number {
  const first = Math.max(0, Math.floor((time - SEARCH_SECONDS) * FRAME_RATE_HZ));
  const last = Math.min(speeds.length - 1, Math.ceil((time + SEARCH_SECONDS) * FRAME_RATE_HZ));
  let best = Math.round(time * FRAME_RATE_HZ);
  for (let frame = first; frame <= last; frame++) if ((speeds[frame] ?? 0) > (speeds[best] ?? 0)) best = frame;
  return best / FRAME_RATE_HZ;
}

function phraseEndNear(source: EventSource, time: number): number {
  const reach = SEARCH_SECONDS * SOUND_RATE_HZ;
  const centre = Math.round(time * SOUND_RATE_HZ);
  for (let distance = 0; distance <= reach; distance++) {
    for (const index of [centre - distance, centre + distance]) {
      if (index > 0 && source.sounding[index - 1] === 1 && source.sounding[index] === 0) return index / SOUND_RATE_HZ;
    }
  }
  return time;
}

function isSounding(source: EventSource, time: number): boolean {
  return source.sounding[Math.floor(time * SOUND_RATE_HZ)] === 1;
}

/** The eyes rest on the viewer and leave for a moment now and then, more often to the side than up or down. */
function makeGaze(source: EventSource, random: RandomKeyOf): GazeTarget[] {
  const gaze: GazeTarget[] = [{ startSeconds: 0, yaw: 0, pitch: 0 }];
  let time = 0;
  for (let index = 0; ; index++) {
    const key = (number: number): number => random(KINDS.gaze, index, number);
    time += 1.2 - (1.8 * (Math.log(uniformOf(key(0))) + Math.log(uniformOf(key(1))))) / 2;
    const away = 0.35 + 0.8 * uniformOf(key(2));
    if (time + away >= source.durationSeconds) return gaze;
    gaze.push({ startSeconds: time, yaw: 5 * DEGREES * clampNormal(normalOf(key(3))), pitch: 2.5 * DEGREES * clampNormal(normalOf(key(4))) });
    time += away;
    gaze.push({ startSeconds: time, yaw: 0, pitch: 0 });
  }
}

function clampNormal(value: number): number {
  return Math.min(2.2, Math.max(-2.2, value));
}
