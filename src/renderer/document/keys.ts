import type { Curve, Key, Take, Tangent } from '../../shared/clip/clip-schema';
import { curveSlope, curveValue } from '../../shared/clip/curve';
import { FRAME_RATE_HZ } from '../../shared/clip/timing';
import { AMOUNT_RANGE, type CurveId, curveLimits, curveOf, isInDegrees } from './curves';

/** A key of a take: its curve and frame. */
export interface KeyPlace {
  readonly curveId: CurveId;
  readonly frame: number;
}

export type Curves = ReadonlyMap<CurveId, Curve>;

const EASE_FRAMES = Math.round(0.3 * FRAME_RATE_HZ);
const NO_OFFSET: Curve = { base: 0, keys: [] };

/** Keys in order of time; of two on one frame the later given stays. */
export function sortKeys(keys: readonly Key[]): Key[] {
  return [...new Map(keys.map((key) => [key.frame, key])).values()].sort((a, b) => a.frame - b.frame);
}

/** The curves of a take that hold some keys. */
export function curvesOfKeys(take: Take, places: readonly KeyPlace[]): Curves {
  const curves = new Map<CurveId, Curve>();
  for (const { curveId } of places) {
    const curve = curveOf(take, curveId);
    if (curve) curves.set(curveId, curve);
  }
  return curves;
}

/** Moves keys in time and value, within the clip and the limits of their curves. All move by the same frames; a key they land on is replaced. With `copies` the keys also stay where they were. */
export function moveKeys(curves: Curves, places: readonly KeyPlace[], by: { frames: number; share: number; copies?: boolean }, frameCount: number): Moved {
  const frames = Math.max(-Math.min(...places.map(({ frame }) => frame)), Math.min(by.frames, frameCount - 1 - Math.max(...places.map(({ frame }) => frame))));
  const moved = changeKeys(
    curves,
    places,
    (key, id) => ({ ...key, frame: key.frame + frames, value: clampValue(id, key.value + by.share * unitOf(id)) }),
    by.copies,
  );
  return { curves: moved, places: places.map((place) => ({ ...place, frame: place.frame + frames })) };
}

/** Curves after a move, and where the moved keys are. */
export interface Moved {
  readonly curves: Curves;
  readonly places: readonly KeyPlace[];
}

/** Takes keys away. */
export function removeKeys(curves: Curves, places: readonly KeyPlace[]): Curves {
  return changeKeys(curves, places, () => null);
}

/** Gives keys another tangent; 'free' starts with the slope they have. */
export function setTangents(curves: Curves, places: readonly KeyPlace[], tangent: Tangent): Curves {
  return changeKeys(curves, places, (key, id) => {
    const { slope: _dropped, ...rest } = key;
    const curve = curves.get(id);
    return { ...rest, tangent, ...(tangent === 'free' && curve ? { slope: curveSlope(curve, key.frame) } : {}) };
  });
}

/** Gives keys a value. */
export function setValues(curves: Curves, places: readonly KeyPlace[], value: number): Curves {
  return changeKeys(curves, places, (key, id) => ({ ...key, value: clampValue(id, value) }));
}

/** Gives a key a slope of its own, value per frame. */
export function setSlope(curves: Curves, place: KeyPlace, slope: number): Curves {
  return changeKeys(curves, [place], (key) => ({ ...key, tangent: 'free', slope }));
}

/** Adds a key to a curve: straight to its neighbours in amounts, smooth in layers. */
export function addKey(curveId: CurveId, curve: Curve, frame: number, value: number): Curve {
  const tangent = curveLimits(curveId) === AMOUNT_RANGE ? 'linear' : 'auto';
  return { ...curve, keys: sortKeys([...curve.keys, { frame, value: clampValue(curveId, value), tangent }]) };
}

/** Keys taken to be put elsewhere: frames count from the first of them. */
export type CopiedKeys = readonly { readonly curveId: CurveId; readonly key: Key }[];

/** Takes copies of keys. */
export function copyKeys(take: Take, places: readonly KeyPlace[]): CopiedKeys {
  const first = Math.min(...places.map(({ frame }) => frame));
  return places.flatMap(({ curveId, frame }) => {
    const key = curveOf(take, curveId)?.keys.find((candidate) => candidate.frame === frame);
    return key ? [{ curveId, key: { ...key, frame: frame - first } }] : [];
  });
}

/** Puts copied keys into the curves they came from, the first at `frame`; keys past the end of the clip are left out. */
export function pasteKeys(take: Take, copied: CopiedKeys, frame: number, frameCount: number): Moved {
  const curves = new Map<CurveId, Curve>();
  const places: KeyPlace[] = [];
  for (const { curveId, key } of copied) {
    const curve = curves.get(curveId) ?? curveOf(take, curveId) ?? NO_OFFSET;
    if (frame + key.frame >= frameCount) continue;
    curves.set(curveId, { ...curve, keys: sortKeys([...curve.keys, { ...key, frame: frame + key.frame }]) });
    places.push({ curveId, frame: frame + key.frame });
  }
  return { curves, places };
}

/** A curve with a key at a frame, eased over .3 s on both sides: further away it stays as it was. Keys inside that time are neighbours enough. */
export function posedCurve(before: Curve | undefined, frame: number, value: number, frameCount: number): Curve {
  const curve = before ?? NO_OFFSET;
  const ease = (at: number): Key[] => {
    const isNear = curve.keys.some((key) => Math.abs(key.frame - frame) <= EASE_FRAMES && Math.sign(key.frame - frame) === Math.sign(at - frame));
    return isNear || at < 0 || at >= frameCount ? [] : [{ frame: at, value: curveValue(curve, at), tangent: 'free', slope: curveSlope(curve, at) }];
  };
  return { ...curve, keys: sortKeys([...curve.keys, ...ease(frame - EASE_FRAMES), ...ease(frame + EASE_FRAMES), { frame, value, tangent: 'auto' }]) };
}

/** This much of the head's turn weighs as much as a whole coefficient where both are drawn together. */
export const DEGREES_PER_UNIT = 30;

/** How much of its own measure a curve shows as 1. */
export function unitOf(curveId: CurveId): number {
  return isInDegrees(curveId) ? DEGREES_PER_UNIT : 1;
}

function clampValue(curveId: CurveId, value: number): number {
  const { min, max } = curveLimits(curveId);
  return Math.min(max, Math.max(min, value));
}

function changeKeys(curves: Curves, places: readonly KeyPlace[], change: (key: Key, curveId: CurveId) => Key | null, keepsOld = false): Curves {
  const changed = new Map<CurveId, Curve>();
  for (const [curveId, curve] of curves) {
    const frames = new Set(places.filter((place) => place.curveId === curveId).map(({ frame }) => frame));
    const chosen = curve.keys.filter(({ frame }) => frames.has(frame));
    const others = keepsOld ? curve.keys : curve.keys.filter(({ frame }) => !frames.has(frame));
    // Chosen keys come last, so that they replace what they land on.
    changed.set(curveId, { ...curve, keys: sortKeys([...others, ...chosen.flatMap((key) => change(key, curveId) ?? [])]) });
  }
  return changed;
}
