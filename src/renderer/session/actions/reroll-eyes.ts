import { soundingFrames } from '../../../shared/audio/silences';
import type { Events } from '../../../shared/clip/clip-schema';
import { secondsOfFrame } from '../../../shared/clip/timing';
import type { EventSource } from '../../../shared/eye-events/event-source';
import { type EyeEventKind, makeEvents } from '../../../shared/eye-events/make-events';
import { setEvents } from '../../document/commands/set-events';
import { decodedStreamOf } from '../../document/decoded-streams';
import { formatRange, formatSeed } from '../../document/describe';
import { EVENT_KINDS } from '../../document/eye-event-kinds';
import { ratesOf, replaceInSpan } from '../../document/eye-events';
import { newSeed } from '../../workspace/generation-store';
import { mediaKey } from '../../workspace/media-store';
import { type Shown, type Studio, shownTake } from '../studio';

/**
 * Draws blinks, gaze, eye darts and breaths anew from another seed at the rates of the take: one undo step, and no stream changes. With a time selection only the
 * events that start inside it are replaced, and the take keeps its seed, on which the micro-saccades of the rest depend.
 */
export function rerollEyes(studio: Studio, seed = newSeed()): void {
  const shown = shownTake(studio);
  if (!shown) return;
  const { selection } = studio.view.getState();
  const { events } = shown.take;
  const drawn = { ...makeEvents(eventSource(studio, shown, seed), ratesOf(events, shown.clip.audio.durationSeconds)), breathAmount: events.breathAmount };
  const rerolled = selection ? replaceInSpan(events, drawn, secondsOfFrame(selection.startFrame), secondsOfFrame(selection.endFrame)) : drawn;
  const where = selection ? ` ${formatRange(selection)}` : '';
  studio.view.getState().update({ selectedEyeEvent: null });
  studio.document.getState().apply(setEvents(shown.target, () => rerolled, `Eyes${where} re-rolled (seed ${formatSeed(seed)})`));
}

/** Draws one kind of event again from the seed of the take, at another rate (events a minute); the other kinds stay as they are. */
export function setEventRate(studio: Studio, kind: EyeEventKind, perMinute: number): void {
  const shown = shownTake(studio);
  if (!shown) return;
  const { events } = shown.take;
  const rates = { ...ratesOf(events, shown.clip.audio.durationSeconds), [kind]: perMinute };
  const drawn = makeEvents(eventSource(studio, shown, events.seed), rates);
  const next: Events = { ...events, rates: drawn.rates, breathsPerMinute: drawn.breathsPerMinute, [kind]: drawn[kind] };
  studio.document.getState().apply(setEvents(shown.target, () => next, `${EVENT_KINDS[kind].label} at ${perMinute} a minute`));
}

function eventSource(studio: Studio, { clip, take }: Shown, seed: number): EventSource {
  const sound = studio.media.getState().audioByKey[mediaKey(clip.audio)];
  const { durationSeconds } = clip.audio;
  return {
    seed,
    durationSeconds,
    sounding: sound ? soundingFrames(sound.rmsDecibels) : new Uint8Array(Math.ceil(durationSeconds * 100)).fill(1),
    head: decodedStreamOf(take.streams.head),
  };
}
