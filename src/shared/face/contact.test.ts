import { describe, expect, it } from 'vitest';
import { EXPRESSION_COUNT, expressionIndex } from './coefficients';
import { applyContact, contactStrength } from './contact';

function strengthAt(frames: readonly number[], timeSeconds: number): number {
  return contactStrength(Float32Array.from(frames), 0, 1, frames.length, timeSeconds);
}

describe('contactStrength', () => {
  it('one closed frame is a full closure about 60 ms wide', () => {
    const frames = [0, 0, 0, 0, 1, 0, 0, 0, 0];
    expect(strengthAt(frames, 4 / 30)).toBe(1);
    expect(strengthAt(frames, 4 / 30 + 0.029)).toBeCloseTo(0.5, 1);
    expect(strengthAt(frames, 4 / 30 + 0.05)).toBe(0);
  });

  it('stays closed between closed frames', () => {
    for (let time = 3 / 30; time <= 5 / 30; time += 0.004) expect(strengthAt([0, 0, 0, 1, 1, 1, 0, 0, 0], time)).toBe(1);
  });
});

describe('applyContact', () => {
  const open = (): Float32Array => {
    const expression = new Float32Array(EXPRESSION_COUNT);
    expression[expressionIndex('jawOpen')] = 0.5;
    expression[expressionIndex('mouthLowerDownLeft')] = 0.4;
    expression[expressionIndex('mouthFunnel')] = 0.3;
    return expression;
  };

  it('changes nothing without contact', () => {
    const expression = open();
    applyContact(expression, 0, 0);
    expect(expression).toEqual(open());
  });

  it('a full seal leaves nothing that parts the lips', () => {
    const expression = open();
    applyContact(expression, 1, 0);
    expect(expression[expressionIndex('mouthClose')]).toBe(expression[expressionIndex('jawOpen')]);
    expect(expression[expressionIndex('mouthLowerDownLeft')]).toBe(0);
    expect(expression[expressionIndex('mouthFunnel')]).toBe(0);
  });

  it('lip-tooth contact rolls the lower lip in and does not shut the mouth fully', () => {
    const expression = open();
    applyContact(expression, 0, 1);
    expect(expression[expressionIndex('mouthClose')]).toBeLessThan(expression[expressionIndex('jawOpen')] ?? 0);
    expect(expression[expressionIndex('mouthRollLower')]).toBeGreaterThan(0.3);
  });
});
