import { describe, expect, it } from 'vitest';
import { frameCountOf, nearestFrame, snapToTokens } from './timing';

describe('frameCountOf', () => {
  it('covers the whole duration and never returns zero', () => {
    expect(frameCountOf(0.005)).toBe(1);
    expect(frameCountOf(1)).toBe(30);
    expect(frameCountOf(1.001)).toBe(31);
  });
});

describe('snapToTokens', () => {
  it('widens a range to token borders', () => {
    expect(snapToTokens({ startFrame: 5, endFrame: 9 }, 4, 100)).toEqual({ startFrame: 4, endFrame: 12 });
  });

  it('keeps a range that lies on borders', () => {
    expect(snapToTokens({ startFrame: 8, endFrame: 16 }, 4, 100)).toEqual({ startFrame: 8, endFrame: 16 });
  });

  it('ends with the clip even when its last token reaches further', () => {
    expect(snapToTokens({ startFrame: 90, endFrame: 99 }, 4, 98)).toEqual({ startFrame: 88, endFrame: 98 });
  });
});

it('maps times to the nearest frame', () => {
  expect(nearestFrame(0.049)).toBe(1);
  expect(nearestFrame(0.051)).toBe(2);
});
