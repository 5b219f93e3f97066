import type { Stream, StreamId } from '../../shared/clip/clip-schema';
import type { Variant } from '../../shared/clip/generation';
import type { FrameRange } from '../../shared/clip/timing';
import { curveDistance, curveSpeed } from '../../shared/face/stream-motion';
import { decodedStreamOf } from './decoded-streams';

/** How variants are sorted: nearest to the current motion first, each one as different as can be from those before it, or the liveliest first. */
export const VARIANT_ORDERS = ['near', 'different', 'energy'] as const;
export type VariantOrder = (typeof VARIANT_ORDERS)[number];

/** Where variants lie and what they are compared with. */
export interface VariantContext {
  readonly streamId: StreamId;
  /** The stream before any of them is kept. */
  readonly current: Stream;
  readonly affected: FrameRange;
}

/** Variants in an order that depends on nothing but them: ties go by seed. */
export function orderVariants(order: VariantOrder, variants: readonly Variant[], context: VariantContext): Variant[] {
  const bySeed = variants.toSorted((a, b) => a.seed - b.seed);
  if (order === 'near') return bySeed.toSorted((a, b) => a.distance - b.distance);
  if (order === 'different') return farthestFirst(bySeed, context);
  const speeds = new Map(bySeed.map((variant) => [variant, curveSpeed(context.streamId, decodedStreamOf(variant.stream), context.affected)]));
  return bySeed.toSorted((a, b) => (speeds.get(b) ?? 0) - (speeds.get(a) ?? 0));
}

/** Takes again and again the variant whose nearest relative, among the current motion and those taken, is farthest away. */
function farthestFirst(bySeed: readonly Variant[], { streamId, affected }: VariantContext): Variant[] {
  const nearest = new Map(bySeed.map((variant) => [variant, variant.distance]));
  const taken: Variant[] = [];
  while (nearest.size > 0) {
    const [next] = [...nearest].reduce((best, candidate) => (candidate[1] > best[1] ? candidate : best));
    taken.push(next);
    nearest.delete(next);
    for (const [variant, distance] of nearest) {
      nearest.set(variant, Math.min(distance, curveDistance(streamId, decodedStreamOf(next.stream), decodedStreamOf(variant.stream), affected)));
    }
  }
  return taken;
}
