import type { TrackId } from '../../../shared/clip/clip-schema';
import { setMuted } from '../../document/commands/set-muted';
import { type Studio, shownTake } from '../studio';

/** Switches a track of the shown take off or on. */
export function toggleMute(studio: Studio, trackId: TrackId): void {
  const shown = shownTake(studio);
  if (shown) studio.document.getState().apply(setMuted(shown.target, trackId, !shown.take.edits[trackId].muted));
}
