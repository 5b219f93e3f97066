import type { Curve } from '../../../shared/clip/clip-schema';
import { type CurveId, withCurve } from '../curves';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Replaces several curves of a take as one change; those that are gone are passed over. */
export function setCurves(target: TakeTarget, curves: ReadonlyMap<CurveId, Curve>, label: string): Command {
  return {
    label,
    run: (project) =>
      updateTake(project, target.clipId, target.takeId, (take) => [...curves].reduce((changed, [id, curve]) => withCurve(changed, id, curve), take)),
  };
}
