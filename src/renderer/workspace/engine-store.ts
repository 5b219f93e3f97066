import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeviceInfo, ExporterInfo, ModelInfo } from '../../shared/contract/methods';

/** What the studio knows about the engine; `isConnected` turns false when the engine goes away. */
export interface EngineState {
  readonly isConnected: boolean;
  readonly version: string;
  readonly model: ModelInfo | null;
  readonly modelProblem: string;
  readonly device: DeviceInfo | null;
  readonly exporters: readonly ExporterInfo[];
}

export type EngineStore = StoreApi<EngineState>;

/** Makes the store before the engine has answered. */
export function createEngineStore(): EngineStore {
  return createStore<EngineState>(() => ({ isConnected: true, version: '', model: null, modelProblem: '', device: null, exporters: [] }));
}
