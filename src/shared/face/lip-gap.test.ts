import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXPRESSION_COUNT, expressionIndex } from './coefficients';
import { applyContact } from './contact';
import { LIP_RESPONSE_MILLIMETRES, lipGapPercent, MOUTH_WIDTH_MILLIMETRES } from './lip-gap';

test('the response is that of the shipped head', () => {
  const manifest = JSON.parse(readFileSync('assets/head/head-manifest.json', 'utf8'));
  expect(LIP_RESPONSE_MILLIMETRES).toEqual(manifest.lipResponse);
  expect(MOUTH_WIDTH_MILLIMETRES).toBe(manifest.mouthWidthMm);
});

test('an open jaw parts the lips, contact closes them', () => {
  const expression = new Float32Array(EXPRESSION_COUNT);
  expression[expressionIndex('jawOpen')] = 0.3;
  expect(lipGapPercent(expression)).toBeCloseTo((100 * 0.3 * 33.845) / 44.86, 3);
  applyContact(expression, 1, 0);
  expect(lipGapPercent(expression)).toBe(0);
});
