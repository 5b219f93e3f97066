import { expect, it } from 'vitest';
import { curveValue } from './curve';

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
