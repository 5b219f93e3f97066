import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curvePoints } from '../curve-points';
import { dopeRows, keysInBox } from './dope-rows';
import { type GraphScale, gridValues, unitsOfY, yOfUnits, zoomValues } from './graph-scale';

const graph: fc.Arbitrary<GraphScale> = fc
  .record({ min: fc.double({ min: -3, max: 3, noNaN: true }), span: fc.double({ min: 0.05, max: 6, noNaN: true }), height: fc.integer({ min: 40, max: 900 }) })
  .map(({ min, span, height }) => ({ min, max: min + span, height }));

test('value to place and back; a zoom keeps the value under the pointer; grid lines are in view and do not touch', () => {
  fc.assert(
    fc.property(graph, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.5, max: 2, noNaN: true }), (scale, share, factor) => {
      const y = share * scale.height;
      expect(yOfUnits(scale, unitsOfY(scale, y))).toBeCloseTo(y, 6);
      const zoomed = { ...scale, ...zoomValues(scale, factor, y) };
      expect(unitsOfY(zoomed, y)).toBeCloseTo(unitsOfY(scale, y), 6);
      const places = gridValues(scale).map((value) => yOfUnits(scale, value));
      for (const place of places) expect(place > -1e-6 && place < scale.height + 1e-6).toBe(true);
      for (const [index, place] of places.entries()) if (index > 0) expect((places[index - 1] ?? 0) - place).toBeGreaterThanOrEqual(26 - 1e-6);
    }),
  );
});

test('a curve is drawn from edge to edge: straight by its keys, a step with a corner, bent every few pixels', () => {
  const scale = { pixelsPerSecond: 300, scrollSeconds: 0, width: 300 };
  const draw = (tangent: 'linear' | 'step' | 'auto') =>
    curvePoints({ base: 0, keys: [0, 10, 20].map((frame) => ({ frame, value: frame / 10, tangent })) }, scale, (value) => value);
  expect(draw('linear')).toBe('0.0,0.0 100.0,1.0 200.0,2.0 303.0,2.0');
  expect(draw('step')).toBe('0.0,0.0 100.0,0.0 100.0,1.0 200.0,1.0 200.0,2.0 303.0,2.0');
  expect(draw('auto').split(' ').length).toBeGreaterThan(60);
});

test('a layer row joins its curves by frame; a box takes the keys of curves, not of layers', () => {
  const curve = (...frames: number[]) => ({ base: 0, keys: frames.map((frame) => ({ frame, value: 1 })) });
  const layer = { id: 'l', name: 'Layer 1', muted: false, opensLips: false, curves: {} };
  const curves = [
    { id: 'l/headYaw', label: 'Head Yaw', curve: curve(4, 9) },
    { id: 'l/jawOpen', label: 'jawOpen', curve: curve(9) },
  ];
  const rows = dopeRows([{ label: 'Layer 1', layer, curves }]);
  expect(rows[0]?.diamonds.map(({ frame, places }) => [frame, places.length])).toEqual([
    [4, 1],
    [9, 2],
  ]);
  expect(keysInBox(rows, { firstFrame: 5, lastFrame: 30, top: 0, bottom: 44 })).toEqual([{ curveId: 'l/headYaw', frame: 9 }]);
  expect(keysInBox(rows, { firstFrame: 5, lastFrame: 30, top: 0, bottom: 99 })).toHaveLength(2);
});
