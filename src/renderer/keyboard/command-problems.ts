import { streamOfTrack } from '../document/selectors';
import { chosenModel } from '../session/chosen-model';
import { takeBefore } from '../session/seen-takes';
import { type Studio, shownClip, shownTake } from '../session/studio';

// Why a command can do nothing now, or null: what menus and the palette say beside it.

/** For commands that need a clip. */
export function needsClip(studio: Studio): string | null {
  return shownClip(studio) ? null : 'There is no clip yet: import a recording first.';
}

/** For commands that need an animated clip. */
export function needsTake(studio: Studio): string | null {
  return shownTake(studio) ? null : 'Nothing is animated yet: import a recording first.';
}

/** For commands that need a lane with codes. */
export function needsStream(studio: Studio): string | null {
  return needsTake(studio) ?? (streamOfTrack(studio.view.getState().focusTrack) ? null : 'Blinks and gaze are events: focus another lane.');
}

/** For commands that need a lane that can be locked. */
export function needsLockable(studio: Studio): string | null {
  const { focusTrack } = studio.view.getState();
  return needsTake(studio) ?? (focusTrack === 'head' || focusTrack === 'mouth' ? null : 'Only the head and the mouth can be locked: focus one of them.');
}

/** For Undo. */
export function nothingToUndo(studio: Studio): string | null {
  return studio.document.getState().history.index > 0 ? null : 'Nothing has been changed yet.';
}

/** For Redo. */
export function nothingToRedo(studio: Studio): string | null {
  const { entries, index } = studio.document.getState().history;
  return index + 1 < entries.length ? null : 'Nothing has been undone.';
}

/** For a new take. */
export function generateProblem(studio: Studio): string | null {
  const clip = shownClip(studio);
  if (!clip) return needsClip(studio);
  if (studio.jobs.getState().jobs.some((job) => job.clipId === clip.id)) return 'This clip is being worked on: wait or cancel.';
  const model = chosenModel(studio);
  return model.info ? null : `There is no model to animate with. ${model.problem}`;
}

/** For commands that compare A with B. */
export function comparesNothing(studio: Studio): string | null {
  return needsTake(studio) ?? (takeBefore(studio) ? null : 'There is nothing to compare with: nothing has been changed, and there is one take.');
}
