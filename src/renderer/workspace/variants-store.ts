import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Stream, StreamId } from '../../shared/clip/clip-schema';
import type { Variant } from '../../shared/clip/generation';
import type { FrameRange } from '../../shared/clip/timing';
import type { VariantOrder } from '../document/variant-order';

/** Variants drawn in one visit. */
export const VARIANT_COUNT = 8;

/** One visit to Variants: what is being compared. The document stays as it is until a variant is kept. */
export interface VariantsVisit {
  readonly streamId: StreamId;
  /** The stream as it is in the document. */
  readonly current: Stream;
  /** The frames in which variants differ from it. */
  readonly affected: FrameRange;
  /** Those drawn so far, as they are shown. */
  readonly variants: readonly Variant[];
  readonly isDrawing: boolean;
  /** Share of the drawing that is done, 0..1. */
  readonly fraction: number;
  /** The variant being auditioned; null is the current motion. */
  readonly chosen: Variant | null;
  /** The variant under the pointer (null is the current motion), undefined when the pointer is elsewhere. */
  readonly pointed: Variant | null | undefined;
  /** Where playback goes back to when the visit ends. */
  readonly returnTo: { readonly playheadSeconds: number; readonly isPlaying: boolean };
  /** Draws no more. */
  stop(): void;
}

export interface VariantsState {
  readonly visit: VariantsVisit | null;
  /** How variants are sorted, also in the next visit. */
  readonly order: VariantOrder;
}

export type VariantsStore = StoreApi<VariantsState>;

/** Makes the store without a visit. */
export function createVariantsStore(): VariantsStore {
  return createStore<VariantsState>(() => ({ visit: null, order: 'near' }));
}
