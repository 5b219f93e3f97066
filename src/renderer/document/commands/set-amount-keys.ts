import type { Curve, TrackId } from '../../../shared/clip/clip-schema';
import { TRACK_LABELS } from '../describe';
import type { Command } from '../store';
import { type TakeTarget, updateEdits } from '../update';

type AmountKey = Curve['keys'][number];

/** Replaces the amount keys of a track; they are sorted, and of two on one frame the later given stays. */
export function setAmountKeys(target: TakeTarget, trackId: TrackId, keys: readonly AmountKey[]): Command {
  const byFrame = new Map(keys.map((key) => [key.frame, key]));
  const sorted = [...byFrame.values()].sort((a, b) => a.frame - b.frame);
  return {
    label: `${TRACK_LABELS[trackId]} amount keys`,
    run: (project) => updateEdits(project, target, trackId, (edits) => ({ ...edits, amount: { ...edits.amount, keys: sorted } })),
  };
}
