import { expect, it } from 'vitest';
import { chooseMoments } from './choose-moments';
import type { ClipMotion } from './read-motion';

const ROWS = 240;

/** Four seconds: silence, then speech that opens and closes; lips closed at 1.5 s, lip at the teeth at 2.0 s, rounded at 2.5 s, widest at 3.0 s. */
function speech(): ClipMotion {
  const curve = (value: (seconds: number) => number): number[] => Array.from({ length: ROWS }, (_, row) => value(row / 60));
  const bump = (centre: number, width: number) => (seconds: number) => Math.max(0, 1 - Math.abs(seconds - centre) / width);
  const closure = bump(1.5, 0.1);
  return {
    durationSeconds: 4,
    peaks: { perSecond: 100, values: Array.from({ length: 400 }, (_, index) => (index > 80 ? 0.5 : 0)) },
    curves: {
      lipGapMillimetres: curve((seconds) => (seconds < 1 ? 0 : 6 * (1 - closure(seconds)) + 3 * bump(3, 0.2)(seconds))),
      jawOpen: curve(() => 0),
      rounding: curve(bump(2.5, 0.2)),
      pitchDegrees: curve(() => 0),
      toothContact: curve(bump(2, 0.1)),
      wrinkleSum: curve(bump(3.5, 0.3)),
    },
    mouthRows: [],
    frameAt: () => {
      throw new Error('not asked for');
    },
  };
}

it('finds each kind of moment where it is, eight in all, in order and apart', () => {
  const moments = chooseMoments(speech());
  const timeOf = (kind: string): number | undefined => moments.find((moment) => moment.kind === kind)?.timeSeconds;
  expect(timeOf('lips closed')).toBeCloseTo(1.5, 1);
  expect(timeOf('lip at teeth')).toBeCloseTo(2, 1);
  expect(timeOf('rounded')).toBeCloseTo(2.5, 1);
  expect(timeOf('wrinkles')).toBeCloseTo(3.5, 1);
  expect(timeOf('pause')).toBeLessThan(0.82);
  expect(moments.some(({ kind, timeSeconds }) => kind === 'open' && Math.abs(timeSeconds - 3) < 0.02)).toBe(true);
  expect(moments).toHaveLength(8);
  for (const [index, moment] of moments.slice(1).entries()) expect(moment.timeSeconds - (moments[index]?.timeSeconds ?? 0)).toBeGreaterThanOrEqual(0.119);
});

it('takes lips at rest for no closure', () => {
  const still = speech();
  const moments = chooseMoments({
    ...still,
    curves: { ...still.curves, lipGapMillimetres: still.curves.lipGapMillimetres.map((_, row) => (row < 200 ? 0 : 5)) },
  });
  expect(moments.filter(({ kind }) => kind === 'lips closed')).toEqual([]);
});
