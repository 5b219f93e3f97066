import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laneLayout, layoutHeight, rowAt } from './lane-layout';
import { clampScroll, labelStepSeconds, secondsOfX, visibleFrames, xOfSeconds, zoomAt } from './time-scale';

test('rows follow each other without gaps, and an unfolded track has its amount and those of its regions under it', () => {
  const rows = laneLayout(['mouth']);
  expect(rows.map((row) => `${row.kind} ${row.amountId ?? row.trackId ?? ''}`.trim())).toEqual([
    'ruler',
    'audio',
    'track head',
    'track mouth',
    'amount mouth',
    'amount jaw',
    'amount lips',
    'amount cheeks',
    'amount brows',
    'track wrinkles',
    'track eyes',
    'qa',
  ]);
  for (const [index, row] of rows.entries()) expect(row.top).toBe(rows.slice(0, index).reduce((sum, before) => sum + before.height, 0));
  expect(rowAt(rows, layoutHeight(rows) - 1)?.kind).toBe('qa');
  expect(rowAt(rows, layoutHeight(rows))).toBeUndefined();
});

test('a track whose codes are shown has a row per group and its confidence, above the amount', () => {
  const rows = laneLayout(['mouth'], { mouth: 5 });
  expect(rows.map((row) => row.kind)).toEqual(['ruler', 'audio', 'track', 'track', 'codes', 'confidence', ...Array(5).fill('amount'), 'track', 'track', 'qa']);
  for (const [index, row] of rows.entries()) expect(row.top).toBe(rows.slice(0, index).reduce((sum, before) => sum + before.height, 0));
});

const scale = fc.record({
  pixelsPerSecond: fc.double({ min: 4, max: 600, noNaN: true }),
  scrollSeconds: fc.double({ min: 0, max: 100, noNaN: true }),
  width: fc.integer({ min: 100, max: 3000 }),
});

test('time to place and back', () => {
  fc.assert(
    fc.property(scale, fc.double({ min: 0, max: 200, noNaN: true }), (current, seconds) => {
      expect(secondsOfX(current, xOfSeconds(current, seconds))).toBeCloseTo(seconds, 6);
    }),
  );
});

test('zooming keeps the time under the pointer, unless the end of the clip is reached', () => {
  const before = { pixelsPerSecond: 100, scrollSeconds: 20, width: 800 };
  const after = zoomAt(before, 2, 300, 600);
  expect(secondsOfX(after, 300)).toBeCloseTo(secondsOfX(before, 300), 9);
  expect(zoomAt(before, 1e-9, 300, 600).scrollSeconds).toBe(0);
});

test('the scroll stays within the clip', () => {
  fc.assert(
    fc.property(scale, fc.double({ min: 1, max: 300, noNaN: true }), (current, durationSeconds) => {
      const { scrollSeconds } = clampScroll(current, durationSeconds);
      expect(scrollSeconds).toBeGreaterThanOrEqual(0);
      expect(scrollSeconds).toBeLessThan(durationSeconds + 24 / current.pixelsPerSecond);
    }),
  );
});

test('visible frames lie in the clip', () => {
  expect(visibleFrames({ pixelsPerSecond: 100, scrollSeconds: 1, width: 100 }, 45)).toEqual({ first: 30, end: 45 });
});

test('labels of the ruler never touch', () => {
  for (const pixelsPerSecond of [1, 3, 10, 50, 100, 400, 1200]) expect(labelStepSeconds(pixelsPerSecond) * pixelsPerSecond).toBeGreaterThanOrEqual(72);
});
