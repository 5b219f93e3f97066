import type { OffsetLayer } from '../clip/clip-schema';
import { curveValue } from '../clip/curve';
import { DETAIL_NAMES, EXPRESSION_COUNT, EXPRESSION_NAMES, wrinkleMorphName } from './coefficients';
import { HEAD_OFFSETS } from './offset-channels';
import { pitchYawRollToQuaternion, quaternionToPitchYawRoll, quaternionToRotationVector, rotationVectorToQuaternion } from './pose-math';

const DEGREES = Math.PI / 180;

/** How far layers may turn the head, degrees of pitch, yaw and roll: about what a neck can do. Motion that goes further by itself is not cut. */
export const HEAD_LIMITS_DEGREES = [60, 80, 45] as const;

/** What all layers add at one moment: to a mouth that is sealed afterwards, and to one that may open. */
export interface Offsets {
  readonly head: Float32Array;
  readonly detail: Float32Array;
  readonly sealed: Float32Array;
  readonly opening: Float32Array;
}

/** Room for the offsets of a moment. */
export function createOffsets(): Offsets {
  return {
    head: new Float32Array(HEAD_OFFSETS.length),
    detail: new Float32Array(DETAIL_NAMES.length),
    sealed: new Float32Array(EXPRESSION_COUNT),
    opening: new Float32Array(EXPRESSION_COUNT),
  };
}

const EXPRESSION_PLACES: ReadonlyMap<string, number> = new Map(EXPRESSION_NAMES.map((name, index) => [name, index]));
const DETAIL_PLACES: ReadonlyMap<string, number> = new Map(DETAIL_NAMES.map((name, index) => [wrinkleMorphName(name), index]));
const HEAD_PLACES: ReadonlyMap<string, number> = new Map(HEAD_OFFSETS.map((name, index) => [name, index]));

/** Adds up the layers that are on at a (fractional) frame, into `out`. */
export function sumOffsets(layers: readonly OffsetLayer[] | undefined, frame: number, out: Offsets): void {
  for (const values of [out.head, out.detail, out.sealed, out.opening]) values.fill(0);
  if (!layers) return;
  for (const layer of layers) {
    if (layer.muted) continue;
    const expression = layer.opensLips ? out.opening : out.sealed;
    for (const channel in layer.curves) {
      const curve = layer.curves[channel];
      if (!curve) continue;
      const value = curveValue(curve, frame);
      add(expression, EXPRESSION_PLACES.get(channel), value);
      add(out.detail, DETAIL_PLACES.get(channel), value);
      add(out.head, HEAD_PLACES.get(channel), value);
    }
  }
}

function add(values: Float32Array, place: number | undefined, value: number): void {
  if (place !== undefined) values[place] = (values[place] ?? 0) + value;
}

/** Adds offsets to weights, which stay within 0..1; a weight without an offset keeps every bit. */
export function addOffsets(offsets: Float32Array, weights: Float32Array, skips?: ReadonlySet<number>): void {
  for (let place = 0; place < offsets.length; place++) {
    const offset = offsets[place] ?? 0;
    if (offset !== 0 && !skips?.has(place)) weights[place] = Math.min(1, Math.max(0, (weights[place] ?? 0) + offset));
  }
}

/** Adds pitch, yaw and roll (degrees) to a rotation vector in place, within HEAD_LIMITS_DEGREES. */
export function turnHead(offsets: Float32Array, rotation: Float32Array): void {
  if (offsets.every((offset) => offset === 0)) return;
  const angles = quaternionToPitchYawRoll(rotationVectorToQuaternion(rotation));
  const turned = (axis: 0 | 1 | 2): number => {
    const angle = angles[axis];
    const limit = HEAD_LIMITS_DEGREES[axis] * DEGREES;
    return Math.min(Math.max(limit, angle), Math.max(Math.min(-limit, angle), angle + (offsets[axis] ?? 0) * DEGREES));
  };
  rotation.set(quaternionToRotationVector(pitchYawRollToQuaternion([turned(0), turned(1), turned(2)])));
}
