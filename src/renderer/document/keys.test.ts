import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syntheticTake } from '../../../test/fakes/synthetic-clip';
import type { Curve, Take } from '../../shared/clip/clip-schema';
import { curveSlope, curveValue } from '../../shared/clip/curve';
import { curveGroups, curveLimits, curveOf, withCurve } from './curves';
import { copyKeys, curvesOfKeys, moveKeys, pasteKeys, posedCurve, removeKeys, setTangents } from './keys';

const YAW = 'layer/headYaw';
const curve = (...keys: [number, number][]): Curve => ({ base: 0, keys: keys.map(([frame, value]) => ({ frame, value, tangent: 'auto' })) });
const plain = syntheticTake(60, 7);
const layered: Take = {
  ...plain,
  edits: { ...plain.edits, layers: [{ id: 'layer', name: 'Layer 1', muted: false, opensLips: false, curves: { headYaw: curve([10, 5], [20, -5], [30, 0]) } }] },
};
const placesOf = (take: Take, id: string) => (curveOf(take, id)?.keys ?? []).map(({ frame }) => ({ curveId: id, frame }));
const framesOf = (changed: Curve | undefined): number[] => changed?.keys.map(({ frame }) => frame) ?? [];

describe('a pose', () => {
  test('alone rises from rest and falls back to it within .3 s on both sides, without overshoot', () => {
    const posed = posedCurve(undefined, 30, 12, 60);
    expect(framesOf(posed)).toEqual([21, 30, 39]);
    expect(curveValue(posed, 30)).toBe(12);
    for (const frame of [0, 21, 39, 59]) expect(curveValue(posed, frame)).toBe(0);
    for (let frame = 21; frame < 30; frame += 0.5) expect(curveValue(posed, frame + 0.5)).toBeGreaterThan(curveValue(posed, frame));
    expect(curveSlope(posed, 30)).toBe(0);
  });

  test('at the ends of the clip is held', () => {
    expect(framesOf(posedCurve(undefined, 3, 1, 60))).toEqual([3, 12]);
    expect(framesOf(posedCurve(undefined, 59, 1, 60))).toEqual([50, 59]);
  });

  test('again at the same frame changes that key alone; beside another pose it leaves what is further away as it was', () => {
    const first = posedCurve(undefined, 30, 12, 120);
    const again = posedCurve(first, 30, -3, 120);
    expect(framesOf(again)).toEqual([21, 30, 39]);
    expect(curveValue(again, 30)).toBe(-3);
    const wide = curve([0, 0], [60, 20], [119, 0]);
    const beside = posedCurve(wide, 30, 0, 120);
    for (const frame of [21, 39, 60, 119]) expect(curveValue(beside, frame)).toBeCloseTo(curveValue(wide, frame), 9);
    for (const frame of [50, 80]) expect(Math.abs(curveValue(beside, frame) - curveValue(wide, frame))).toBeLessThan(0.5);
  });
});

describe('moving keys', () => {
  test('keeps them in the clip and in the limits of their curve, at the distances they had', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), fc.double({ min: -9, max: 9, noNaN: true }), (frames, share) => {
        const places = placesOf(layered, YAW);
        const moved = moveKeys(curvesOfKeys(layered, places), places, { frames, share }, 60);
        const after = moved.curves.get(YAW);
        const [first = -1] = framesOf(after);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(framesOf(after)).toEqual([first, first + 10, first + 20]);
        expect(moved.places.map(({ frame }) => frame)).toEqual(framesOf(after));
        for (const key of after?.keys ?? []) expect(Math.abs(key.value)).toBeLessThanOrEqual(curveLimits(YAW).max);
      }),
    );
  });

  test('onto another key replaces it; as copies leaves the old ones', () => {
    const places = [{ curveId: YAW, frame: 10 }];
    const curves = curvesOfKeys(layered, places);
    const onto = moveKeys(curves, places, { frames: 10, share: 0 }, 60).curves.get(YAW);
    expect(onto?.keys.map(({ frame, value }) => [frame, value])).toEqual([
      [20, 5],
      [30, 0],
    ]);
    expect(framesOf(moveKeys(curves, places, { frames: 3, share: 0, copies: true }, 60).curves.get(YAW))).toEqual([10, 13, 20, 30]);
  });
});

test('keys are copied with what they are and pasted at a frame; those past the end are left out', () => {
  const copied = copyKeys(layered, placesOf(layered, YAW));
  const { curves, places } = pasteKeys(layered, copied, 45, 60);
  expect(framesOf(curves.get(YAW))).toEqual([10, 20, 30, 45, 55]);
  expect(places.map(({ frame }) => frame)).toEqual([45, 55]);
  expect(curves.get(YAW)?.keys.at(-1)).toEqual({ frame: 55, value: -5, tangent: 'auto' });
});

test('a free tangent starts with the slope the curve has, so that nothing moves', () => {
  const places = placesOf(layered, YAW);
  const before = curveOf(layered, YAW);
  const after = setTangents(curvesOfKeys(layered, places), places, 'free').get(YAW);
  for (let frame = 0; frame < 40; frame++) expect(curveValue(after ?? curve(), frame)).toBeCloseTo(curveValue(before ?? curve(), frame), 9);
});

test('a layer drops a curve without keys; amounts keep their base', () => {
  const places = placesOf(layered, YAW);
  const emptied = [...removeKeys(curvesOfKeys(layered, places), places)].reduce((take, [id, changed]) => withCurve(take, id, changed), layered);
  expect(emptied.edits.layers?.[0]?.curves).toEqual({});
  expect(withCurve(layered, 'jaw', { base: 0.4, keys: [] }).edits.regions).toEqual({ jaw: { base: 0.4, keys: [] } });
  expect(withCurve(layered, 'gone/headYaw', curve([1, 1]))).toBe(layered);
});

test('all keyed curves are listed, amounts first, then each layer', () => {
  const keyed = withCurve(layered, 'lips', curve([4, 1]));
  expect(curveGroups(keyed).map(({ label, curves }) => [label, ...curves.map(({ label: name }) => name)])).toEqual([
    ['Amounts', 'Lips'],
    ['Layer 1', 'Head Yaw'],
  ]);
});
