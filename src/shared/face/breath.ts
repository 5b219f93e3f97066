import type { Breath, Events } from '../clip/clip-schema';
import { startedBy } from './eyes';

const LONGEST_BREATH_SECONDS = 30;

/** How full the chest is at a time: 0 at rest, about 2 at the top of a quiet breath; before breaths were events a steady wave from -1 to 1. */
export function chestLift({ breaths, breathsPerMinute, breathAmount }: Events, timeSeconds: number): number {
  if (breaths === undefined) return breathAmount * Math.sin((2 * Math.PI * breathsPerMinute * timeSeconds) / 60);
  let lift = 0;
  for (let index = startedBy(breaths, timeSeconds - LONGEST_BREATH_SECONDS); index < breaths.length; index++) {
    const { startSeconds, inhaleSeconds, exhaleSeconds, depth } = breaths[index] as Breath;
    const since = timeSeconds - startSeconds;
    if (since <= 0) break;
    if (since >= inhaleSeconds + exhaleSeconds) continue;
    const progress = since < inhaleSeconds ? since / inhaleSeconds : 1 - (since - inhaleSeconds) / exhaleSeconds;
    lift = Math.max(lift, depth * (1 - Math.cos(Math.PI * progress)));
  }
  return breathAmount * lift;
}

/** The breaths of a clip as events; the steady ones of older projects become events of the same rate and phase. */
export function breathsOf(events: Pick<Events, 'breaths' | 'breathsPerMinute'>, durationSeconds: number): readonly Breath[] {
  if (events.breaths !== undefined) return events.breaths;
  if (events.breathsPerMinute <= 0) return [];
  const seconds = Math.min(20, Math.max(1, 60 / events.breathsPerMinute));
  // A steady wave is at its lowest at three quarters of its period; the breath under way at the start of the clip is left to its rest.
  const count = Math.max(0, Math.ceil(durationSeconds / seconds - 0.75));
  return Array.from({ length: count }, (_, index) => ({
    startSeconds: (index + 0.75) * seconds,
    inhaleSeconds: seconds / 2,
    exhaleSeconds: seconds / 2,
    depth: 1,
  }));
}
