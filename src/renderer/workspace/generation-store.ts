import { createStore, type StoreApi } from 'zustand/vanilla';

/** What the next generation or re-roll will use. */
export interface GenerationState {
  readonly style: Readonly<Record<string, number>>;
}

export type GenerationStore = StoreApi<GenerationState>;

/** Makes the store with the model's defaults. */
export function createGenerationStore(): GenerationStore {
  return createStore<GenerationState>(() => ({ style: {} }));
}

/** A random 32-bit seed. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
}
