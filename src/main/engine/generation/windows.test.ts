import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planClipWindows, planRangeWindows } from './windows';

describe('windows of a clip', () => {
  it('lie on one grid from token 0, whatever the length of the clip', () => {
    expect(planClipWindows(100, 60, 15)).toEqual([
      { firstToken: 0, drawStart: 0, commitEnd: 60 },
      { firstToken: 45, drawStart: 60, commitEnd: 100 },
    ]);
    expect(planClipWindows(60, 60, 15)).toHaveLength(1);
    expect(planClipWindows(61, 60, 15)).toHaveLength(2);
    expect(planClipWindows(1, 60, 15)).toEqual([{ firstToken: 0, drawStart: 0, commitEnd: 1 }]);
  });

  it('commit every token exactly once, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 8, max: 120 }), fc.integer({ min: 0, max: 7 }), (tokenCount, windowTokens, overlap) => {
        let next = 0;
        for (const plan of planClipWindows(tokenCount, windowTokens, overlap)) {
          expect(plan.drawStart).toBe(next);
          expect(plan.drawStart - plan.firstToken).toBe(next === 0 ? 0 : overlap);
          next = plan.commitEnd;
        }
        expect(next).toBe(tokenCount);
      }),
    );
  });
});

describe('windows of a range', () => {
  it.each([
    [30, 1],
    [45, 1],
    [46, 1],
    [47, 2],
  ])('a range of %i tokens takes %i windows of 60 with a context of 15', (length, expected) => {
    expect(planRangeWindows({ start: 100, end: 100 + length }, 1000, 60, 15)).toHaveLength(expected);
  });

  it('see the context, or half of it in a single window, on both sides and commit the range exactly once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.nat(), fc.nat(), fc.integer({ min: 0, max: 30 }), (tokenCount, a, b, context) => {
        const windowTokens = 60;
        const start = a % tokenCount;
        const end = start + 1 + (b % (tokenCount - start));
        const plans = planRangeWindows({ start, end }, tokenCount, windowTokens, context);
        const whole = Math.min(context, 19);
        const seen = plans.length > 1 ? whole : Math.floor(whole / 2);
        let next = start;
        for (const plan of plans) {
          expect(plan.drawStart).toBe(next);
          expect(plan.firstToken).toBeGreaterThanOrEqual(0);
          expect(plan.firstToken).toBeLessThanOrEqual(Math.max(0, next - seen));
          expect(plan.commitEnd).toBeLessThanOrEqual(plan.firstToken + windowTokens);
          expect(plan.commitEnd).toBeGreaterThan(next);
          next = plan.commitEnd;
        }
        expect(next).toBe(end);
        const last = plans.at(-1);
        expect((last?.firstToken ?? 0) + windowTokens).toBeGreaterThanOrEqual(Math.min(end + seen, tokenCount));
      }),
    );
  });
});
