import type { Blink, Breath, Events, EyeDart, GazeTarget } from '../../shared/clip/clip-schema';
import type { EventRates, EyeEventKind } from '../../shared/eye-events/make-events';
import { USUAL_DART_RATE } from '../../shared/eye-events/make-gaze';
import { breathsOf } from '../../shared/face/breath';

/** The events of each kind. */
export interface EyeEventOf {
  blinks: Blink;
  gaze: GazeTarget;
  darts: EyeDart;
  breaths: Breath;
}

const SHORTEST_LOOK_SECONDS = 0.03;

/** The events of a kind as they can be edited: every look has an end, and steady breaths of older projects are single ones. The motion is the same. */
export function eyeEventsOf<K extends EyeEventKind>(events: Events, kind: K, durationSeconds: number): readonly EyeEventOf[K][];
export function eyeEventsOf(events: Events, kind: EyeEventKind, durationSeconds: number): readonly EyeEventOf[EyeEventKind][] {
  if (kind === 'breaths') return breathsOf(events, durationSeconds);
  if (kind !== 'gaze' || events.gaze.every((look) => look.durationSeconds !== undefined)) return events[kind];
  return events.gaze.map((look, index) => {
    const endSeconds = events.gaze[index + 1]?.startSeconds ?? durationSeconds;
    return { ...look, durationSeconds: look.durationSeconds ?? Math.max(SHORTEST_LOOK_SECONDS, endSeconds - look.startSeconds) };
  });
}

/** Events sorted by their start. */
export function inTimeOrder<E extends { readonly startSeconds: number }>(events: readonly E[]): E[] {
  return [...events].sort((a, b) => a.startSeconds - b.startSeconds);
}

/** How many events of each kind a minute were asked for. Projects that do not say have what can be counted; darts, which they may never have had drawn, come at their usual rate. */
export function ratesOf(events: Events, durationSeconds: number): EventRates {
  const perMinute = (count: number): number => Math.round((60 * count) / Math.max(1, durationSeconds));
  return {
    blinks: events.rates?.blinks ?? perMinute(events.blinks.length),
    gaze: events.rates?.gaze ?? perMinute(events.gaze.filter((look) => look.yaw !== 0 || look.pitch !== 0).length),
    darts: events.rates?.darts ?? (perMinute(events.darts.length) || USUAL_DART_RATE),
    breaths: events.breathsPerMinute,
  };
}

/** Events with those that start inside a time span (seconds, half-open) replaced by the drawn ones that start there; all else is kept. */
export function replaceInSpan(events: Events, drawn: Events, startSeconds: number, endSeconds: number): Events {
  const isInside = (event: { readonly startSeconds: number }): boolean => event.startSeconds >= startSeconds && event.startSeconds < endSeconds;
  const merge = <E extends { readonly startSeconds: number }>(kept: readonly E[], fresh: readonly E[]): E[] =>
    inTimeOrder([...kept.filter((event) => !isInside(event)), ...fresh.filter(isInside)]);
  return {
    ...events,
    blinks: merge(events.blinks, drawn.blinks),
    gaze: merge(events.gaze, drawn.gaze),
    darts: merge(events.darts, drawn.darts),
    breaths: merge(breathsOf(events, endSeconds), drawn.breaths ?? []),
  };
}
