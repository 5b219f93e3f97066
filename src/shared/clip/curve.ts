import type { Curve, Key } from './clip-schema';

/** Value of an edit curve at a (fractional) frame, held outside its keys. */
export function curveValue(curve: Curve, frame: number): number {
  const { keys } = curve;
  const index = keyBefore(keys, frame);
  const before = keys[index];
  const after = keys[index + 1];
  if (before === undefined) return after ? after.value : curve.base;
  if (after === undefined || before.tangent === 'step') return before.value;
  const span = after.frame - before.frame;
  const u = (frame - before.frame) / span;
  const rise = after.value - before.value;
  if (isLinear(before) && isLinear(after)) return before.value + rise * u;
  const out = span * keySlope(keys, index, 'after');
  const into = span * keySlope(keys, index + 1, 'before');
  return before.value + u * (out + u * (3 * rise - 2 * out - into + u * (out + into - 2 * rise)));
}

/** Slope of a curve at a frame, value per frame; at a key the slope after it. */
export function curveSlope(curve: Curve, frame: number): number {
  const { keys } = curve;
  const index = keyBefore(keys, frame);
  const [before, after] = [keys[index], keys[index + 1]];
  if (before === undefined || after === undefined || before.tangent === 'step') return 0;
  const span = after.frame - before.frame;
  const u = (frame - before.frame) / span;
  const rise = (after.value - before.value) / span;
  const out = keySlope(keys, index, 'after');
  const into = keySlope(keys, index + 1, 'before');
  return out + u * (2 * (3 * rise - 2 * out - into) + u * 3 * (out + into - 2 * rise));
}

/** Slope (value per frame) with which a curve passes through a key, on one side of it. */
export function keySlope(keys: readonly Key[], index: number, side: 'before' | 'after'): number {
  const key = keys[index];
  if (key?.tangent === 'free') return key.slope ?? 0;
  if (key?.tangent === 'flat') return 0;
  const before = chord(keys, index - 1);
  const after = chord(keys, index);
  if (key?.tangent === 'auto') return before === undefined || after === undefined ? 0 : calmSlope(before, after);
  return (side === 'before' ? before : after) ?? 0;
}

/** A slope between those of both neighbours that never overshoots a key (Fritsch and Carlson 1980). */
function calmSlope(before: number, after: number): number {
  if (before * after <= 0) return 0;
  const mean = (before + after) / 2;
  return Math.sign(mean) * Math.min(Math.abs(mean), 3 * Math.abs(before), 3 * Math.abs(after));
}

function chord(keys: readonly Key[], index: number): number | undefined {
  const from = keys[index];
  const to = keys[index + 1];
  return from && to && (to.value - from.value) / (to.frame - from.frame);
}

function isLinear(key: Key): boolean {
  return key.tangent === undefined || key.tangent === 'linear' || key.tangent === 'step';
}

/** Place of the last key at or before a frame, -1 when there is none. */
function keyBefore(keys: readonly Key[], frame: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle]?.frame ?? 0) <= frame) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
