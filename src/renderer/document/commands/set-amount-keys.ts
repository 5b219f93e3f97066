import type { Key } from '../../../shared/clip/clip-schema';
import { type AmountId, amountLabel, amountOf, withCurve } from '../curves';
import { sortKeys } from '../keys';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Replaces the amount keys of a track or region; they are sorted, and of two on one frame the later given stays. */
export function setAmountKeys(target: TakeTarget, id: AmountId, keys: readonly Key[]): Command {
  return {
    label: `${amountLabel(id)} amount keys`,
    run: (project) => updateTake(project, target.clipId, target.takeId, (take) => withCurve(take, id, { ...amountOf(take, id), keys: sortKeys(keys) })),
  };
}
