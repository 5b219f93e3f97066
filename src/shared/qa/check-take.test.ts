import { expect, test } from 'vitest';
import { cleanLine } from '../../../test/fixtures/qa/clean-line';
import { printScores, RULE_IDS, scoreRules } from '../../../test/fixtures/qa/score-rules';

test('planted faults are found, and clean lines are left alone', () => {
  const scores = scoreRules(Array.from({ length: 16 }, (_, index) => cleanLine(index + 1)));
  printScores('Faults planted in made-up lines', scores);
  for (const rule of RULE_IDS) {
    const { planted, found, falseAlarms } = scores[rule];
    expect({ rule, falseAlarms }).toEqual({ rule, falseAlarms: 0 });
    expect(found / planted, rule).toBeGreaterThanOrEqual(0.85);
  }
});
