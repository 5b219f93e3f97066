import type { TrackId } from '../../../shared/clip/clip-schema';
import { TRACK_LABELS } from '../describe';
import type { Command } from '../store';
import { type TakeTarget, updateEdits } from '../update';

/** Amounts go from rest (0) to twice as strong (2). */
export const AMOUNT_RANGE = { min: 0, max: 2 } as const;

/** Sets the amount of a whole track. Keys, if there are any, shift by the same difference. */
export function setAmount(target: TakeTarget, trackId: TrackId, value: number): Command {
  return {
    label: `${TRACK_LABELS[trackId]} amount ${value.toFixed(2)}`,
    run: (project) =>
      updateEdits(project, target, trackId, (edits) => {
        const shift = value - edits.amount.base;
        if (shift === 0) return edits;
        const keys = edits.amount.keys.map((key) => ({ ...key, value: Math.min(AMOUNT_RANGE.max, Math.max(AMOUNT_RANGE.min, key.value + shift)) }));
        return { ...edits, amount: { base: value, keys } };
      }),
  };
}
