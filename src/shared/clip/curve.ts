import type { Curve } from './clip-schema';

/** Value of an edit curve at a (fractional) frame: linear between keys, held outside them. */
export function curveValue(curve: Curve, frame: number): number {
  const keys = curve.keys;
  const first = keys[0];
  if (first === undefined) return curve.base;
  let before = first;
  for (const key of keys) {
    if (key.frame > frame) {
      if (key === first) return first.value;
      const fraction = (frame - before.frame) / (key.frame - before.frame);
      return before.value + (key.value - before.value) * fraction;
    }
    before = key;
  }
  return before.value;
}
