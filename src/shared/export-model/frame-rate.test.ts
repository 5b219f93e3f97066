import { expect, test } from 'vitest';
import { exportFrameCount, exportFrameSeconds, frameRateOf } from './frame-rate';

test('29.97 is exactly 30000/1001', () => {
  expect(exportFrameSeconds(frameRateOf('29.97'), 30_000)).toBe(1001);
});

test('a clip has the frames that start inside it, at least two', () => {
  expect(exportFrameCount(frameRateOf('30'), 4 / 3)).toBe(40);
  expect(exportFrameCount(frameRateOf('60'), 4 / 3)).toBe(80);
  expect(exportFrameCount(frameRateOf('24'), 1.01)).toBe(25);
  expect(exportFrameCount(frameRateOf('50'), 0.005)).toBe(2);
});
