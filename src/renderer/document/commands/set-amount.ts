import { AMOUNT_RANGE, type AmountId, amountLabel, amountOf, withCurve } from '../curves';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Sets the amount of a whole track or region. Keys, if there are any, shift by the same difference. */
export function setAmount(target: TakeTarget, id: AmountId, value: number): Command {
  return {
    label: `${amountLabel(id)} amount ${value.toFixed(2)}`,
    run: (project) =>
      updateTake(project, target.clipId, target.takeId, (take) => {
        const amount = amountOf(take, id);
        const shift = value - amount.base;
        if (shift === 0) return take;
        const keys = amount.keys.map((key) => ({ ...key, value: Math.min(AMOUNT_RANGE.max, Math.max(AMOUNT_RANGE.min, key.value + shift)) }));
        return withCurve(take, id, { base: value, keys });
      }),
  };
}
