import type { Curve } from '../../../shared/clip/clip-schema';
import { curveValue } from '../../../shared/clip/curve';
import { unitOf } from '../../document/keys';

/** Of some curves the one that passes nearest to a place of the graph. */
export function nearestCurve<Entry extends { readonly id: string; readonly curve: Curve }>(
  entries: readonly Entry[],
  frame: number,
  units: number,
): Entry | undefined {
  const distance = ({ id, curve }: Entry): number => Math.abs(curveValue(curve, frame) / unitOf(id) - units);
  return entries.toSorted((a, b) => distance(a) - distance(b))[0];
}
