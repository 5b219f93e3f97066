import { doubtfulSpots, tokenConfidences } from '../../../shared/clip/doubtful-spots';
import { streamOfTrack } from '../../document/selectors';
import { showNotice } from '../../workspace/notice-store';
import { type Studio, shownTake } from '../studio';
import { placeAtPlayhead, selectCodes } from './select-codes';

/** Selects the least sure code of the next (1) or previous (-1) doubtful spot of the focused lane, counted from the playhead. */
export function stepDoubtful(studio: Studio, direction: 1 | -1): void {
  const streamId = streamOfTrack(studio.view.getState().focusTrack);
  const stream = streamId && shownTake(studio)?.take.streams[streamId];
  const here = streamId && placeAtPlayhead(studio, streamId);
  if (!stream || !here) return;
  studio.transport.pause();
  const spots = doubtfulSpots(tokenConfidences(stream));
  const next = direction > 0 ? spots.find((spot) => spot.worstToken > here.token) : spots.findLast((spot) => spot.worstToken < here.token);
  if (next) selectCodes(studio, streamId, { ...here, token: next.worstToken });
  else showNotice(studio.notices, 'success', `There is no doubtful code of the ${streamId} ${direction > 0 ? 'after' : 'before'} this place.`);
}
