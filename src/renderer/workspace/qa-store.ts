import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Finding } from '../../shared/qa/finding';

/** What QA has found in the take that is shown; kept beside the document because it follows from it. */
export interface QaState {
  /** The take that was checked last; null before the first check and without a take. */
  readonly takeId: string | null;
  /** In order of time, ignored ones included. While `isChecking` they are those of the last check. */
  readonly findings: readonly Finding[];
  readonly isChecking: boolean;
}

export type QaStore = StoreApi<QaState>;

/** Makes the store before anything was checked. */
export function createQaStore(): QaStore {
  return createStore<QaState>(() => ({ takeId: null, findings: [], isChecking: false }));
}
