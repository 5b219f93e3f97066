import { secondsOfFrame } from '../../../shared/clip/timing';
import type { EyeEventKind } from '../../../shared/eye-events/make-events';
import { setEyeEvents } from '../../document/commands/set-eye-events';
import { EVENT_KINDS } from '../../document/eye-event-kinds';
import { type EyeEventOf, eyeEventsOf } from '../../document/eye-events';
import { type Studio, shownTake } from '../studio';

/** How long the eyes hold the camera when no time is selected. */
const CAMERA_SECONDS = 2;

/** Adds an event to the shown take and selects it. */
export function addEyeEvent<K extends EyeEventKind>(studio: Studio, kind: K, event: EyeEventOf[K]): void {
  const shown = shownTake(studio);
  if (!shown) return;
  const events = eyeEventsOf(shown.take.events, kind, shown.clip.audio.durationSeconds);
  studio.document.getState().apply(setEyeEvents(shown.target, kind, [...events, event], `${EVENT_KINDS[kind].name} added`));
  const index = events.filter(({ startSeconds }) => startSeconds <= event.startSeconds).length;
  studio.view.getState().update({ focusTrack: 'eyes', selectedEyeEvent: { kind, index } });
}

/** Adds an event of usual size at the playhead. */
export function addEyeEventAtPlayhead(studio: Studio, kind: EyeEventKind): void {
  addEyeEvent(studio, kind, EVENT_KINDS[kind].usual(studio.transport.positionSeconds));
}

/** Lets the eyes hold the camera in the time selection, or for a while from the playhead on; looks that begin in that time give way. */
export function gazeAtCamera(studio: Studio): void {
  const shown = shownTake(studio);
  if (!shown) return;
  const { selection, update } = studio.view.getState();
  const startSeconds = selection ? secondsOfFrame(selection.startFrame) : studio.transport.positionSeconds;
  const durationSeconds = selection ? secondsOfFrame(selection.endFrame) - startSeconds : CAMERA_SECONDS;
  const looks = eyeEventsOf(shown.take.events, 'gaze', shown.clip.audio.durationSeconds);
  const kept = looks.filter((look) => look.startSeconds < startSeconds || look.startSeconds >= startSeconds + durationSeconds);
  const atCamera = { startSeconds, durationSeconds, yaw: 0, pitch: 0, atCamera: true };
  studio.document.getState().apply(setEyeEvents(shown.target, 'gaze', [...kept, atCamera], 'Gaze at camera'));
  update({ focusTrack: 'eyes', selectedEyeEvent: { kind: 'gaze', index: kept.filter((look) => look.startSeconds < startSeconds).length } });
}
