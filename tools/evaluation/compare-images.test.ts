import { expect, it } from 'vitest';
import { addDifferences, compareImages, NO_DIFFERENCE } from './compare-images';

const pixels = (...values: readonly (readonly [number, number, number])[]) => Uint8ClampedArray.from(values.flatMap((value) => [...value, 255]));

it('tells differences inside the regions from those on the rest of the head, and leaves the background out', () => {
  const regions = pixels([255, 255, 0], [0, 255, 0], [20, 255, 0], [0, 0, 0]);
  const off = pixels([100, 100, 100], [100, 100, 100], [100, 100, 100], [9, 9, 9]);
  const on = pixels([130, 130, 100], [100, 100, 103], [100, 100, 100], [9, 9, 9]);
  const difference = compareImages(off, on, regions);
  expect(difference).toEqual({ inside: 20, outside: 1, insidePixels: 1, outsidePixels: 2, largestOutside: 1 });
  expect(addDifferences(difference, difference)).toEqual({ inside: 40, outside: 2, insidePixels: 2, outsidePixels: 4, largestOutside: 1 });
  expect(compareImages(off, off, regions)).toMatchObject({ inside: NO_DIFFERENCE.inside, outside: 0 });
});

it('counts a difference where the head is not drawn as outside', () => {
  expect(compareImages(pixels([0, 0, 0]), pixels([30, 0, 0]), pixels([0, 0, 0]))).toMatchObject({ inside: 0, outside: 10, outsidePixels: 1 });
});
