import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLine, randomNumbers } from '../../../test/fixtures/qa/clean-line';
import { seedFault } from '../../../test/fixtures/qa/seed-faults';
import { curveValue } from '../clip/curve';
import { checkTake } from './check-take';
import { findEditFix, scaleAmount } from './edit-fixes';
import type { RuleId } from './finding';

describe('edit fixes', () => {
  test.each<RuleId>(['open-in-silence', 'head-limits', 'head-jerk'])('%s is gone after the edit', (rule) => {
    const { line } = seedFault(cleanLine(3), rule, randomNumbers(5));
    const { take, decoded, heard } = line;
    const finding = checkTake(take, decoded, heard).find((candidate) => candidate.rule === rule);
    if (!finding) throw new Error('the fault was not found');
    const fix = findEditFix(take, decoded, heard, finding);
    if (!fix) throw new Error('there is no fix');
    const fixed = { ...take, edits: { ...take.edits, [fix.stream]: fix.edits } };
    expect(checkTake(fixed, decoded, heard).filter((left) => left.rule === rule)).toEqual([]);
  });

  test('a closure on a vowel and a frozen head offer no edit: none would help', () => {
    for (const rule of ['closed-on-vowel', 'frozen-head'] as const) {
      const { line } = seedFault(cleanLine(3), rule, randomNumbers(5));
      const finding = checkTake(line.take, line.decoded, line.heard).find((candidate) => candidate.rule === rule);
      expect(finding && findEditFix(line.take, line.decoded, line.heard, finding)).toBeNull();
    }
  });

  test('a scaled amount keeps its values away from the range', () => {
    const key = fc.record({ frame: fc.nat(99), value: fc.integer({ min: 0, max: 20 }).map((tenths) => tenths / 10) });
    const keys = fc.uniqueArray(key, { selector: ({ frame }) => frame, maxLength: 6 }).map((list) => list.sort((a, b) => a.frame - b.frame));
    const range = fc.tuple(fc.nat(89), fc.integer({ min: 1, max: 10 })).map(([startFrame, length]) => ({ startFrame, endFrame: startFrame + length }));
    fc.assert(
      fc.property(keys, range, (known, chosen) => {
        const before = { base: 1, keys: known };
        const after = scaleAmount(before, chosen, 0.5, 100);
        for (let frame = 0; frame < 100; frame++) {
          const isInside = frame >= chosen.startFrame && frame < chosen.endFrame;
          const isFar = frame < chosen.startFrame - 9 || frame >= chosen.endFrame + 9;
          if (isInside) expect(curveValue(after, frame)).toBeCloseTo(curveValue(before, frame) / 2, 9);
          if (isFar) expect(curveValue(after, frame)).toBeCloseTo(curveValue(before, frame), 9);
        }
        const frames = after.keys.map(({ frame }) => frame);
        expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b));
      }),
    );
  });
});
