import { expect, test } from 'vitest';
import { sampleLine } from '../../fixtures/qa/sample-line';
import { printScores, RULE_IDS, scoreRules } from '../../fixtures/qa/score-rules';

/** 15 of 20 are found in this sample (19 in the one before); docs/qa.md. */
const OPEN_IN_SILENCE_SHARE = 0.7;

test('the generated sample has no finding, and faults planted in it are found', async () => {
  const { line } = await sampleLine();
  // The same line many times: each time the faults lie elsewhere.
  const scores = scoreRules(Array.from({ length: 20 }, () => line));
  printScores('Faults planted in the generated sample', scores);
  for (const rule of RULE_IDS) {
    const { planted, found, falseAlarms } = scores[rule];
    expect({ rule, falseAlarms }).toEqual({ rule, falseAlarms: 0 });
    expect(found / planted, rule).toBeGreaterThanOrEqual(rule === 'open-in-silence' ? OPEN_IN_SILENCE_SHARE : 0.85);
  }
});
