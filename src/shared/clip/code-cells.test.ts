import fc from 'fast-check';
import { expect, it } from 'vitest';
import { syntheticStream } from '../../../test/fakes/synthetic-clip';
import { codesOfToken, effectiveChanges, moveChanges, tokenCountOf } from './code-cells';

const stream = syntheticStream('mouth', 61, 3);
const cell = fc.record({ token: fc.nat(30), group: fc.nat(3) });

it('a move loses no code and doubles none, keeps the others, and moving back gives the first order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(cell, { minLength: 1, maxLength: 8, selector: ({ token, group }) => `${token}:${group}` }),
      fc.integer({ min: -40, max: 40 }),
      (cells, shift) => {
        const codes = Array.from({ length: tokenCountOf(stream) }, (_, token) => [...codesOfToken(stream, token)]);
        const before = structuredClone(codes);
        for (const { token, group, code } of moveChanges(stream, cells, shift)) (codes[token] as number[])[group] = code;
        for (let group = 0; group < 4; group++) {
          const column = (rows: number[][]): number[] => rows.map((row) => row[group] ?? -1).sort((a, b) => a - b);
          expect(column(codes)).toEqual(column(before));
        }
        const room = Math.max(-Math.min(...cells.map(({ token }) => token)), Math.min(30 - Math.max(...cells.map(({ token }) => token)), shift));
        for (const { token, group } of cells) expect(codes[token + room]?.[group]).toBe(before[token]?.[group]);
      },
    ),
  );
});

it('a move by nothing changes nothing', () => {
  const cells = [
    { token: 3, group: 0 },
    { token: 4, group: 2 },
  ];
  expect(effectiveChanges(stream, moveChanges(stream, cells, 0))).toEqual([]);
});
