import type { Breath } from '../clip/clip-schema';
import { type EventSource, eventRandom, isSounding, phraseEndNear } from './event-source';

const BREATHS_PER_MINUTE = { lowest: 13, highest: 17 };
/** Share of a breath that goes in: at rest, and while speaking. */
const INHALE_SHARE = { silent: 0.4, speaking: 0.15 };
const SPREAD_OF_LENGTH = 0.15;
const SPREAD_OF_DEPTH = 0.15;
/** A breath waits for the end of a phrase within this time. */
const SEARCH_SECONDS = 1.2;
const SHORTEST_BREATH_SECONDS = 1;

/** How often the person of a seed breathes, per minute: adults at rest and in speech take 12 to 20. */
export function usualBreathRate(source: Pick<EventSource, 'seed'>): number {
  return BREATHS_PER_MINUTE.lowest + (BREATHS_PER_MINUTE.highest - BREATHS_PER_MINUTE.lowest) * eventRandom(source, 'person').uniform(1, 0);
}

/**
 * Breaths that follow each other through a clip. Speakers breathe in where phrases end (Winkworth and others, Journal of Speech and Hearing Research 1995) and quickly: about
 * 10 to 20 % of the cycle against 40 % at rest (Conrad and Schoenle, "Speech and respiration", 1979).
 */
export function makeBreaths(source: EventSource, perMinute: number): Breath[] {
  if (perMinute <= 0) return [];
  const random = eventRandom(source, 'breath');
  const breaths: Breath[] = [];
  const usualSeconds = 60 / perMinute;
  let startSeconds = 0;
  for (let index = 0; startSeconds < source.durationSeconds; index++) {
    const free = startSeconds + usualSeconds * Math.max(0.5, 1 + SPREAD_OF_LENGTH * random.normal(index, 0));
    const next = Math.max(startSeconds + SHORTEST_BREATH_SECONDS, phraseEndNear(source, free, SEARCH_SECONDS) ?? free);
    const length = Math.min(25, next - startSeconds);
    const share = isSounding(source, startSeconds + 0.5) ? INHALE_SHARE.speaking : INHALE_SHARE.silent;
    breaths.push({
      startSeconds,
      inhaleSeconds: Math.min(10, length * share),
      exhaleSeconds: Math.min(20, length * (1 - share)),
      depth: Math.min(1.6, Math.max(0.5, 1 + SPREAD_OF_DEPTH * random.normal(index, 1))),
    });
    startSeconds = next;
  }
  return breaths;
}
