import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeDistance, codePlace, nearestCodes } from './code-space';

const LEVELS = [8, 5, 5];

it('the first digit of a code counts fastest, from -1 to 1', () => {
  expect(codePlace(LEVELS, 0)).toEqual([-1, -1, -1]);
  expect(codePlace(LEVELS, 7)).toEqual([1, -1, -1]);
  expect(codePlace(LEVELS, 8)).toEqual([-1, -0.5, -1]);
  expect(codePlace(LEVELS, 199)).toEqual([1, 1, 1]);
});

it('distances are those of a space: zero only to itself, the same both ways, no detour shorter', () => {
  const code = fc.nat(199);
  fc.assert(
    fc.property(code, code, code, (a, b, c) => {
      expect(codeDistance(LEVELS, a, b) === 0).toBe(a === b);
      expect(codeDistance(LEVELS, a, b)).toBeCloseTo(codeDistance(LEVELS, b, a), 12);
      expect(codeDistance(LEVELS, a, c)).toBeLessThanOrEqual(codeDistance(LEVELS, a, b) + codeDistance(LEVELS, b, c) + 1e-12);
    }),
  );
});

it('lists every other code of the groups once, nearest first, after the code itself', () => {
  const levels = [LEVELS, [2, 2, 2, 2]];
  fc.assert(
    fc.property(fc.nat(199), fc.nat(15), fc.constantFrom([0], [1], [0, 1]), (first, second, groups) => {
      const near = nearestCodes(levels, [first, second], groups);
      expect(near[0]).toEqual({ group: groups[0], code: groups[0] === 0 ? first : second, distance: 0 });
      expect(near).toHaveLength(groups.reduce<number>((sum, group) => sum + (group === 0 ? 199 : 15), 1));
      expect(new Set(near.map(({ group, code }) => `${group}:${code}`)).size).toBe(near.length);
      const distances = near.map(({ distance }) => Math.round(distance * 1e6));
      expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    }),
    { numRuns: 30 },
  );
});

it('a step of one level is nearer than any step of two, and ties go by code', () => {
  expect(nearestCodes([[8]], [3], [0]).map(({ code }) => code)).toEqual([3, 2, 4, 1, 5, 0, 6, 7]);
});
