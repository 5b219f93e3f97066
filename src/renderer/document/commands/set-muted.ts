import type { TrackId } from '../../../shared/clip/clip-schema';
import { TRACK_LABELS } from '../describe';
import type { Command } from '../store';
import { type TakeTarget, updateEdits } from '../update';

/** Switches a track off (at rest) or on, in preview and export. */
export function setMuted(target: TakeTarget, trackId: TrackId, muted: boolean): Command {
  return {
    label: `${TRACK_LABELS[trackId]} ${muted ? 'off' : 'on'}`,
    run: (project) => updateEdits(project, target, trackId, (edits) => (edits.muted === muted ? edits : { ...edits, muted })),
  };
}
