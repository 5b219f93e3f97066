import { secondsOfFrame } from '../../../shared/clip/timing';
import type { EyeEventKind } from '../../../shared/eye-events/make-events';
import { setEyeEvents } from '../../document/commands/set-eye-events';
import { EVENT_KINDS } from '../../document/eye-event-kinds';
import { type EyeEventOf, eyeEventsOf } from '../../document/eye-events';
import { type Studio, shownTake } from '../studio';

/** How long the eyes hold the camera when no time is selected. */
const CAMERA_SECONDS = 2;

/** Adds an event to the shown take and selects it. */
export function addEyeEvent<K extends EyeEventKind>(studio: Studio, kind: K, event: EyeEventOf[K], label = `${EVENT_KINDS[kind].name} added`): void {
  const shown = shownTake(studio);
  if (!shown) return;
  const events = eyeEventsOf(shown.take.events, kind, shown.clip.audio.durationSeconds);
  studio.document.getState().apply(setEyeEvents(shown.target, kind, [...events, event], label));
  const index = events.filter(({ startSeconds }) => startSeconds <= event.startSeconds).length;
  studio.view.getState().update({ focusTrack: 'eyes', selectedEyeEvent: { kind, index } });
}

/** Adds an event of usual size at the playhead. */
export function addEyeEventAtPlayhead(studio: Studio, kind: EyeEventKind): void {
  addEyeEvent(studio, kind, EVENT_KINDS[kind].usual(studio.transport.positionSeconds));
}

/** Lets the eyes hold the camera in the time selection, or for a while from the playhead on. */
export function gazeAtCamera(studio: Studio): void {
  const { selection } = studio.view.getState();
  const startSeconds = selection ? secondsOfFrame(selection.startFrame) : studio.transport.positionSeconds;
  const durationSeconds = selection ? secondsOfFrame(selection.endFrame) - startSeconds : CAMERA_SECONDS;
  addEyeEvent(studio, 'gaze', { startSeconds, durationSeconds, yaw: 0, pitch: 0, atCamera: true }, 'Gaze at camera added');
}
