import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headViews, middleOf } from './head-views';

test('wipe and side by side cover the whole picture once: A on the left, B on the right', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('wipe' as const, 'side' as const),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 40, max: 3000 }),
      (mode, percent, width) => {
        const views = headViews(mode, percent / 100, width, 400);
        const before = views.find((view) => view.take === 'before')?.visible;
        const now = views.find((view) => view.take === 'now')?.visible;
        expect([before?.x, now?.x]).toEqual([0, before?.width]);
        expect((before?.width ?? 0) + (now?.width ?? 0)).toBe(width);
        expect(before?.width).toBe(Math.round(width * (mode === 'wipe' ? percent / 100 : 0.5)));
      },
    ),
  );
});

test('a wipe moves only the border: both pictures keep their place and size', () => {
  for (const view of headViews('wipe', 0.3, 800, 400)) expect(view.frame).toEqual({ x: 0, y: 0, width: 800, height: 400 });
});

test('a ghost is drawn over the picture of now; one at a time is one picture', () => {
  expect(headViews('ghost', 0.5, 800, 400).map(({ take, isGhost }) => [take, isGhost])).toEqual([
    ['now', false],
    ['before', true],
  ]);
  expect(headViews('one', 0.5, 800, 400)).toHaveLength(1);
});

test('beside each other heads keep their size, and shrink only where they would be cut', () => {
  const whole = { width: 800, height: 400 };
  expect(middleOf(whole, { x: 0, y: 0, width: 400, height: 400 })).toEqual({ x: 200, y: 0, width: 400, height: 400 });
  const narrow = middleOf({ width: 400, height: 400 }, { x: 0, y: 0, width: 200, height: 400 });
  expect(narrow.width).toBeCloseTo(320);
  expect(narrow.width / narrow.height).toBeCloseTo(0.5);
  expect(narrow.x).toBeCloseTo(40);
});
