import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GenerationSettings } from '../../shared/clip/generation';
import type { ModelInfo } from '../../shared/contract/methods';

/** What the next generation or re-roll will use. */
export interface GenerationState {
  /** Values of style inputs the user changed; the model's own where there is none. */
  readonly style: Readonly<Record<string, number>>;
  /** Temperatures the user chose; the model's own where there is none. */
  readonly temperatures: Readonly<Pick<GenerationSettings, 'headTemperature' | 'mouthTemperature'>>;
}

export type GenerationStore = StoreApi<GenerationState>;

/** Makes the store with the model's defaults. */
export function createGenerationStore(): GenerationStore {
  return createStore<GenerationState>(() => ({ style: {}, temperatures: {} }));
}

/** The settings of one draw with a model: of the style only what that model knows, within its ranges. */
export function settingsFor(
  { style, temperatures }: GenerationState,
  seed: number,
  { id, style: controls }: Pick<ModelInfo, 'id' | 'style'>,
): GenerationSettings {
  const known = controls.flatMap(({ name, min, max }) => {
    const value = style[name];
    return value === undefined ? [] : [[name, Math.min(max, Math.max(min, value))] as const];
  });
  return { seed, style: Object.fromEntries(known), ...temperatures, modelId: id };
}

/** A random 32-bit seed. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
}
