import type { DecodedStream } from '../clip/decoded-stream';
import { normalOf, RANDOM_PURPOSES, randomKey, STREAM_NUMBERS, uniformOf } from '../clip/random';

/** What eye events are made for: the length of the clip, where it sounds (one entry per 10 ms) and how the head moves. */
export interface EventSource {
  readonly seed: number;
  readonly durationSeconds: number;
  readonly sounding: Uint8Array;
  readonly head: DecodedStream;
}

const SOUND_RATE_HZ = 100;
const KINDS = { person: 0, blink: 1, gaze: 2, dart: 3, breath: 4 } as const;

/** Random numbers of one kind of event: the same for the same seed, event and number, whatever else is drawn. */
export interface EventRandom {
  uniform(index: number, number: number): number;
  normal(index: number, number: number): number;
}

/** The random numbers of one kind of event of a source. */
export function eventRandom({ seed }: Pick<EventSource, 'seed'>, kind: keyof typeof KINDS): EventRandom {
  const key = (index: number, number: number): number => randomKey(seed, STREAM_NUMBERS.events, RANDOM_PURPOSES.event, KINDS[kind], index, number);
  return { uniform: (index, number) => uniformOf(key(index, number)), normal: (index, number) => normalOf(key(index, number)) };
}

/** True where the voice is heard, not in a long silence. */
export function isSounding({ sounding }: Pick<EventSource, 'sounding'>, timeSeconds: number): boolean {
  return sounding[Math.floor(timeSeconds * SOUND_RATE_HZ)] === 1;
}

/** The end of a phrase (a long silence begins) nearest to a time, seconds, or null when there is none within reach. */
export function phraseEndNear({ sounding }: Pick<EventSource, 'sounding'>, timeSeconds: number, reachSeconds: number): number | null {
  const reach = reachSeconds * SOUND_RATE_HZ;
  const centre = Math.round(timeSeconds * SOUND_RATE_HZ);
  for (let distance = 0; distance <= reach; distance++) {
    for (const index of [centre - distance, centre + distance]) {
      if (index > 0 && sounding[index - 1] === 1 && sounding[index] === 0) return index / SOUND_RATE_HZ;
    }
  }
  return null;
}
