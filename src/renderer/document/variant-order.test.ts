import fc from 'fast-check';
import { expect, test } from 'vitest';
import { syntheticStream } from '../../../test/fakes/synthetic-clip';
import type { Variant } from '../../shared/clip/generation';
import { curveDistance, curveSpeed } from '../../shared/face/stream-motion';
import { decodedStreamOf } from './decoded-streams';
import { orderVariants, VARIANT_ORDERS, type VariantContext } from './variant-order';

const current = syntheticStream('head', 48, 7);
const affected = { startFrame: 8, endFrame: 40 };
const context: VariantContext = { streamId: 'head', current, affected };

/** A variant; two made from the same motion are alike in everything but the seed. */
function variant(seed: number, motion: number): Variant {
  const stream = syntheticStream('head', 48, motion);
  return { seed, stream, distance: curveDistance('head', decodedStreamOf(current), decodedStreamOf(stream), affected) };
}

const variants = [variant(9, 3), variant(4, 1), variant(2, 5), variant(7, 3), variant(5, 2)];

test('an order depends on the variants alone, not on how they came; ties go by seed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...VARIANT_ORDERS), fc.shuffledSubarray(variants, { minLength: variants.length }), (order, shuffled) => {
      const seeds = orderVariants(order, shuffled, context).map((each) => each.seed);
      expect(seeds).toEqual(orderVariants(order, variants, context).map((each) => each.seed));
      expect(seeds.indexOf(7)).toBeLessThan(seeds.indexOf(9));
    }),
  );
});

test('near counts from the current motion, energy from the fastest', () => {
  const distances = orderVariants('near', variants, context).map((each) => each.distance);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  const speeds = orderVariants('energy', variants, context).map((each) => curveSpeed('head', decodedStreamOf(each.stream), affected));
  expect(speeds).toEqual(speeds.toSorted((a, b) => b - a));
  expect(new Set(speeds).size).toBeGreaterThan(2);
});

test('different begins with the farthest and leaves the double of one already seen for the end', () => {
  const seeds = orderVariants('different', variants, context).map((each) => each.seed);
  expect(seeds[0]).toBe(variants.toSorted((a, b) => b.distance - a.distance || a.seed - b.seed)[0]?.seed);
  expect(seeds.at(-1)).toBe(9);
});
