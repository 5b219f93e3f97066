import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeviceInfo, ExporterInfo, ListedModel, ModelInfo } from '../../shared/contract/methods';

/** What the studio knows about the engine; `isConnected` turns false when the engine goes away. */
export interface EngineState {
  readonly isConnected: boolean;
  /** True until the engine has answered and the first project is open. */
  readonly isStarting: boolean;
  readonly version: string;
  /** The model the studio comes with. */
  readonly model: ModelInfo | null;
  readonly modelProblem: string;
  /** Every model folder, that one included. */
  readonly models: readonly ListedModel[];
  readonly device: DeviceInfo | null;
  readonly exporters: readonly ExporterInfo[];
}

export type EngineStore = StoreApi<EngineState>;

/** Makes the store before the engine has answered. */
export function createEngineStore(): EngineStore {
  return createStore<EngineState>(() => ({
    isConnected: true,
    isStarting: true,
    version: '',
    model: null,
    modelProblem: '',
    models: [],
    device: null,
    exporters: [],
  }));
}
