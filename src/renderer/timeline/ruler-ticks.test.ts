import { expect, test } from 'vitest';
import { secondTicks, timecodeTicks } from './ruler-ticks';

const labels = (ticks: readonly { label: string | null }[]): string[] => ticks.flatMap(({ label }) => label ?? []);

test('seconds have round labels with four small ticks between', () => {
  const ticks = secondTicks({ pixelsPerSecond: 100, scrollSeconds: 2, width: 210 });
  expect(labels(ticks)).toEqual(['0:02', '0:03', '0:04']);
  expect(ticks).toHaveLength(11);
});

test('timecode labels never touch and go up to any zoom, in any format and from any start', () => {
  for (const format of ['24', '29.97 DF', '29.97 NDF', '60'] as const) {
    for (const startFrame of [0, 107_892, 2_588_000]) {
      for (const pixelsPerSecond of [0.3, 2, 20, 86, 200, 1200]) {
        const ticks = timecodeTicks({ pixelsPerSecond, scrollSeconds: 55, width: 900 }, { format, startFrame });
        const places = ticks.flatMap(({ seconds, label }) => (label ? [seconds * pixelsPerSecond] : []));
        expect(places.length, `${format} ${startFrame} ${pixelsPerSecond}`).toBeGreaterThan(0);
        for (const [index, place] of places.slice(1).entries()) {
          // The first second of a drop-frame minute is two frames short.
          expect(place - (places[index] ?? 0), `${format} ${startFrame} ${pixelsPerSecond}`).toBeGreaterThan(73);
        }
      }
    }
  }
});

test('a clip that starts at one hour is labelled so, and drop-frame says ;02 at the minute', () => {
  const hour = { format: '25', startFrame: 90_000 } as const;
  expect(labels(timecodeTicks({ pixelsPerSecond: 100, scrollSeconds: 0, width: 250 }, hour))).toEqual(['01:00:00:00', '01:00:01:00', '01:00:02:00']);
  const drop = { format: '29.97 DF', startFrame: 0 } as const;
  expect(labels(timecodeTicks({ pixelsPerSecond: 100, scrollSeconds: 59.5, width: 100 }, drop))).toEqual(['00:01:00;02']);
});
