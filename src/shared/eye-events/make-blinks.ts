import type { Blink } from '../clip/clip-schema';
import type { DecodedStream } from '../clip/decoded-stream';
import { FRAME_RATE_HZ } from '../clip/timing';
import { type EventSource, eventRandom, isSounding, phraseEndNear } from './event-source';

/** Blinks a minute over talkers: median and spread (log-normal), kept within what one line can carry. */
const BLINKS_PER_MINUTE = { median: 27, logSpread: 0.35, lowest: 12, highest: 45 };
/** Blinks are this much rarer outside speech. */
const SILENT_SHARE = 0.8;
/** Shares of blinks that go with a fast head move and with the end of a phrase; the others are free. */
const WITH_HEAD_MOVE = 0.5;
const WITH_PHRASE_END = 0.1;
const SEARCH_SECONDS = 0.6;
const SHORTEST_GAP_SECONDS = 0.45;
const LOG_SPREAD_OF_GAPS = 0.6;

/** A whole blink of usual length. */
export const USUAL_BLINK: Omit<Blink, 'startSeconds'> = { closeSeconds: 0.085, holdSeconds: 0.03, openSeconds: 0.15, strength: 1 };

/** How often the person of a seed blinks, per minute. */
export function usualBlinkRate(source: Pick<EventSource, 'seed'>): number {
  const { median, logSpread, lowest, highest } = BLINKS_PER_MINUTE;
  return Math.min(highest, Math.max(lowest, median * Math.exp(logSpread * eventRandom(source, 'person').normal(0, 0))));
}

/**
 * Blinks of a clip. Rate, half-height length (0.15 s) and their tie to fast head moves and phrase ends are those measured on the public talks of the head-motion
 * statistics made for the models (median 27 a minute, quartiles 17 to 40); Bentivoglio and others, Movement Disorders 1997, found 26 in conversation.
 */
export function makeBlinks(source: EventSource, perMinute: number): Blink[] {
  if (perMinute <= 0) return [];
  const random = eventRandom(source, 'blink');
  const speeds = headSpeeds(source.head);
  const blinks: Blink[] = [];
  let time = 0;
  for (let index = 0; ; index++) {
    const mean = 60 / (isSounding(source, time) ? perMinute : perMinute * SILENT_SHARE);
    // Log-normal gaps with the wanted mean: clusters and long pauses, as people blink.
    time += mean * Math.exp(LOG_SPREAD_OF_GAPS * random.normal(index, 0) - LOG_SPREAD_OF_GAPS ** 2 / 2);
    if (time >= source.durationSeconds) return blinks;
    const startSeconds = placeBlink(source, speeds, time, random.uniform(index, 1), random.uniform(index, 2));
    const stretch = 1 + 0.15 * (2 * random.uniform(index, 3) - 1);
    const isPartial = random.uniform(index, 4) < 0.1;
    const before = blinks.at(-1);
    if (startSeconds < 0 || startSeconds >= source.durationSeconds || (before && startSeconds < before.startSeconds + SHORTEST_GAP_SECONDS)) continue;
    blinks.push({
      startSeconds,
      closeSeconds: USUAL_BLINK.closeSeconds * stretch,
      holdSeconds: USUAL_BLINK.holdSeconds * stretch,
      openSeconds: USUAL_BLINK.openSeconds * stretch,
      strength: isPartial ? 0.75 : 1,
    });
  }
}

function placeBlink(source: EventSource, speeds: Float32Array, time: number, choice: number, jitter: number): number {
  const offset = 0.2 * (jitter - 0.5);
  if (choice < WITH_HEAD_MOVE) return fastestTime(speeds, time) + offset;
  if (choice < WITH_HEAD_MOVE + WITH_PHRASE_END) return (phraseEndNear(source, time, SEARCH_SECONDS) ?? time) + offset;
  return time;
}

function headSpeeds({ values, channelCount, frameCount }: DecodedStream): Float32Array {
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
