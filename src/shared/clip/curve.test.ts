import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Curve, type Tangent, tangentSchema } from './clip-schema';
import { curveSlope, curveValue } from './curve';

const curve = {
  base: 1,
  keys: [
    { frame: 10, value: 0 },
    { frame: 20, value: 2 },
    { frame: 30, value: 1 },
  ],
};

it('is the base without keys', () => {
  expect(curveValue({ base: 0.7, keys: [] }, 12)).toBe(0.7);
});

it('is linear between keys and held outside them', () => {
  expect(curveValue(curve, 0)).toBe(0);
  expect(curveValue(curve, 15)).toBeCloseTo(1);
  expect(curveValue(curve, 20)).toBe(2);
  expect(curveValue(curve, 25)).toBeCloseTo(1.5);
  expect(curveValue(curve, 99)).toBe(1);
});

const shaped = (tangents: readonly (Tangent | undefined)[], values: readonly number[]): Curve => ({
  base: 0,
  keys: values.map((value, index) => ({ frame: 10 * index, value, tangent: tangents[index], slope: 0.3 })),
});

it('passes through its keys whatever the tangents, and an automatic one never overshoots', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...tangentSchema.options), fc.double({ min: -2, max: 2, noNaN: true })), { minLength: 2, maxLength: 6 }),
      (keys) => {
        const mixed = shaped(
          keys.map(([tangent]) => tangent),
          keys.map(([, value]) => value),
        );
        for (const key of mixed.keys) expect(curveValue(mixed, key.frame)).toBeCloseTo(key.value, 9);
        const calm = shaped(
          keys.map(() => 'auto'),
          keys.map(([, value]) => value),
        );
        for (let frame = 0; frame < 10 * (keys.length - 1); frame += 0.7) {
          const [from, to] = [keys[Math.floor(frame / 10)]?.[1] ?? 0, keys[Math.floor(frame / 10) + 1]?.[1] ?? 0];
          expect(curveValue(calm, frame)).toBeGreaterThanOrEqual(Math.min(from, to) - 1e-9);
          expect(curveValue(calm, frame)).toBeLessThanOrEqual(Math.max(from, to) + 1e-9);
        }
      },
    ),
  );
});

it('a step holds its value until the next key', () => {
  const held = shaped(['step', 'linear'], [0.4, 1]);
  expect([curveValue(held, 9.9), curveValue(held, 10)]).toEqual([0.4, 1]);
});

it('a slope of its own is the slope at the key, and the slope between keys is that of the curve', () => {
  const curve = shaped(['free', 'flat', 'auto'], [0, 1, 3]);
  expect((curveValue(curve, 1e-4) - curveValue(curve, 0)) / 1e-4).toBeCloseTo(0.3, 3);
  for (const frame of [2, 7.5, 13]) expect(curveSlope(curve, frame)).toBeCloseTo((curveValue(curve, frame + 1e-4) - curveValue(curve, frame - 1e-4)) / 2e-4, 4);
});
