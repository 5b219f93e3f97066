import { snapToTokens } from '../../../shared/clip/timing';
import { setLocked } from '../../document/commands/set-locked';
import { isLocked, streamOfTrack } from '../../document/selectors';
import { showNotice } from '../../workspace/notice-store';
import { type Studio, selectionOrWhole, shownTake } from '../studio';

/** Locks the focus track in the time selection (whole clip without one), or unlocks it when all of it is locked. */
export function toggleLock(studio: Studio, trackId = studio.view.getState().focusTrack): void {
  const shown = shownTake(studio);
  const streamId = streamOfTrack(trackId);
  if (!shown) return;
  if (!streamId || trackId === 'wrinkles') {
    showNotice(
      studio.notices,
      'warning',
      'Only the head and mouth streams can be locked.',
      'Generation never changes the eyes, and wrinkles are locked with the mouth.',
    );
    return;
  }
  const chosen = selectionOrWhole(studio.view.getState().selection, shown.clip.frameCount);
  const range = snapToTokens(chosen, shown.take.streams[streamId].framesPerToken, shown.clip.frameCount);
  studio.document.getState().apply(setLocked(shown.target, streamId, range, !isLocked(shown.take, streamId, range)));
}
