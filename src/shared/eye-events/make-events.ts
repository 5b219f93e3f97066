import type { Events } from '../clip/clip-schema';
import type { EventSource } from './event-source';
import { makeBlinks, usualBlinkRate } from './make-blinks';
import { makeBreaths, usualBreathRate } from './make-breaths';
import { makeDarts, makeGaze, USUAL_DART_RATE, USUAL_LOOK_RATE } from './make-gaze';

/** The kinds of events on the eyes lane, from top to bottom. */
export const EYE_EVENT_KINDS = ['blinks', 'gaze', 'darts', 'breaths'] as const;
export type EyeEventKind = (typeof EYE_EVENT_KINDS)[number];

/** Events a minute of each kind. */
export type EventRates = Readonly<Record<EyeEventKind, number>>;

/** The rates of the person a seed stands for. */
export function usualRates(source: Pick<EventSource, 'seed'>): EventRates {
  return { blinks: usualBlinkRate(source), gaze: USUAL_LOOK_RATE, darts: USUAL_DART_RATE, breaths: usualBreathRate(source) };
}

/** Blinks, gaze, eye darts and breaths of a clip, the same for the same seed, source and rates. */
export function makeEvents(source: EventSource, rates: EventRates = usualRates(source)): Events {
  return {
    seed: source.seed,
    blinks: makeBlinks(source, rates.blinks),
    gaze: makeGaze(source, rates.gaze),
    darts: makeDarts(source, rates.darts),
    breaths: makeBreaths(source, rates.breaths),
    rates: { blinks: rates.blinks, gaze: rates.gaze, darts: rates.darts },
    breathsPerMinute: rates.breaths,
    breathAmount: 1,
  };
}
