import { describe, expect, it } from 'vitest';
import { extendKey, gumbelOf, normalOf, randomKey, uniformOf } from './random';

describe('counter-based random numbers', () => {
  it('gives the numbers of the document, whatever was drawn before', () => {
    expect(randomKey(1, 2, 3)).toBe(extendKey(extendKey(extendKey(0x9e3779b9, 1), 2), 3));
    // Reference values worked out once with arbitrary-precision integers from the definition in docs/model-contract.md.
    expect([randomKey(), randomKey(0), randomKey(1, 2, 3), randomKey(0xffffffff, 1, 1, 899, 4, 15)]).toEqual([2654435769, 3653269916, 1949140384, 2807534684]);
  });

  it('spreads evenly and without visible relation of neighbouring keys', () => {
    const count = 20000;
    const values = Array.from({ length: count }, (_, index) => uniformOf(randomKey(7, 1, 1, index)));
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const relation = values.slice(1).reduce((sum, value, index) => sum + (value - mean) * ((values[index] ?? 0) - mean), 0) / count / (1 / 12);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(relation)).toBeLessThan(0.03);
    const bins = new Array<number>(16).fill(0);
    for (const value of values) bins[Math.floor(value * 16)] = (bins[Math.floor(value * 16)] ?? 0) + 1;
    const chiSquare = bins.reduce((sum, bin) => sum + (bin - count / 16) ** 2 / (count / 16), 0);
    expect(chiSquare).toBeLessThan(37.7);
  });

  it('stays inside the open interval and has the moments of its distributions', () => {
    expect(uniformOf(0)).toBeGreaterThan(0);
    expect(uniformOf(0xffffffff)).toBeLessThan(1);
    const count = 20000;
    const mean = (of: (key: number) => number): number =>
      Array.from({ length: count }, (_, index) => of(randomKey(3, index))).reduce((sum, value) => sum + value, 0) / count;
    expect(mean(gumbelOf)).toBeCloseTo(0.5772, 1);
    expect(mean(normalOf)).toBeCloseTo(0, 1);
    expect(mean((key) => normalOf(key) ** 2)).toBeCloseTo(1, 1);
  });
});
