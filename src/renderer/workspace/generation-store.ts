import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GenerationSettings } from '../../shared/clip/generation';

/** What the next generation or re-roll will use. */
export interface GenerationState {
  readonly style: Readonly<Record<string, number>>;
  /** Temperatures the user chose; the model's own where there is none. */
  readonly temperatures: Readonly<Pick<GenerationSettings, 'headTemperature' | 'mouthTemperature'>>;
}

export type GenerationStore = StoreApi<GenerationState>;

/** Makes the store with the model's defaults. */
export function createGenerationStore(): GenerationStore {
  return createStore<GenerationState>(() => ({ style: {}, temperatures: {} }));
}

/** The settings of one draw. */
export function settingsFor({ style, temperatures }: GenerationState, seed: number): GenerationSettings {
  return { seed, style: { ...style }, ...temperatures };
}

/** A random 32-bit seed. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
}
