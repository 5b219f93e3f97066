import type { TrackId } from '../../../shared/clip/clip-schema';
import { TRACK_LABELS } from '../describe';
import type { Command } from '../store';
import { type TakeTarget, updateEdits } from '../update';

/** Sets the smoothing width of a track, seconds 0..1. */
export function setSmoothing(target: TakeTarget, trackId: TrackId, smoothingSeconds: number): Command {
  return {
    label: `${TRACK_LABELS[trackId]} smoothing ${smoothingSeconds.toFixed(2)} s`,
    run: (project) => updateEdits(project, target, trackId, (edits) => (edits.smoothingSeconds === smoothingSeconds ? edits : { ...edits, smoothingSeconds })),
  };
}
