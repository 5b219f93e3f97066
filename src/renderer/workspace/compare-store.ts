import { createStore, type StoreApi } from 'zustand/vanilla';

/** How A (before) and B (now) share the viewport: one at a time, split by a bar, beside each other, or A as a ghost over B. */
export const COMPARE_MODES = ['one', 'wipe', 'side', 'ghost'] as const;
export type CompareMode = (typeof COMPARE_MODES)[number];

/** How the viewport compares; never part of the project. */
export interface CompareState {
  readonly mode: CompareMode;
  /** Where the wipe bar is: the share of the width, from the left, that shows A. */
  readonly wipeShare: number;
  /** The take that is A; null is what was there before the last change. */
  readonly takeId: string | null;
  /** A was chosen to be seen alone, until B is. */
  readonly isShowingBefore: boolean;
  /** A is seen alone as long as its key is down. */
  readonly isHoldingBefore: boolean;
}

export type CompareStore = StoreApi<CompareState>;

/** Makes the store: B alone. */
export function createCompareStore(): CompareStore {
  return createStore<CompareState>(() => ({ mode: 'one', wipeShare: 0.5, takeId: null, isShowingBefore: false, isHoldingBefore: false }));
}
