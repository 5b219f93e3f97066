import type { Clip, Take, TrackId } from '../../shared/clip/clip-schema';

/** What the sections of the inspector are about. */
export interface TrackProps {
  readonly clip: Clip;
  readonly take: Take;
  readonly trackId: TrackId;
}
