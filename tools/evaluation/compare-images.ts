/** Pixels of a picture, 4 bytes each. */
export type Pixels = Uint8ClampedArray;

/** How two pictures of the same face differ inside and outside the wrinkle regions; differences in grey levels of 255. */
export interface ImageDifference {
  /** Sum over pixels. */
  readonly inside: number;
  readonly outside: number;
  readonly insidePixels: number;
  readonly outsidePixels: number;
  readonly largestOutside: number;
}

/** Nothing compared yet. */
export const NO_DIFFERENCE: ImageDifference = { inside: 0, outside: 0, insidePixels: 0, outsidePixels: 0, largestOutside: 0 };

/** Where a region begins: 5 % of its mask, in the encoding of the picture (0..255). */
const MASK_THRESHOLD = 63;

/** Compares two pictures over the head (`mask` green: any part of the head; red: wrinkle regions that the frame uses). */
export function compareImages(first: Pixels, second: Pixels, mask: Pixels): ImageDifference {
  const result = { ...NO_DIFFERENCE };
  for (let offset = 0; offset < mask.length; offset += 4) {
    const difference = greyDifference(first, second, offset);
    if ((mask[offset] ?? 0) >= MASK_THRESHOLD) {
      result.inside += difference;
      result.insidePixels++;
    } else if ((mask[offset + 1] ?? 0) > 0 || difference > 0) {
      result.outside += difference;
      result.outsidePixels++;
      result.largestOutside = Math.max(result.largestOutside, difference);
    }
  }
  return result;
}

/** Absolute difference of one pixel, mean over red, green and blue. */
export function greyDifference(first: Pixels, second: Pixels, offset: number): number {
  let sum = 0;
  for (let channel = 0; channel < 3; channel++) sum += Math.abs((first[offset + channel] ?? 0) - (second[offset + channel] ?? 0));
  return sum / 3;
}

/** Both comparisons together. */
export function addDifferences(a: ImageDifference, b: ImageDifference): ImageDifference {
  return {
    inside: a.inside + b.inside,
    outside: a.outside + b.outside,
    insidePixels: a.insidePixels + b.insidePixels,
    outsidePixels: a.outsidePixels + b.outsidePixels,
    largestOutside: Math.max(a.largestOutside, b.largestOutside),
  };
}
