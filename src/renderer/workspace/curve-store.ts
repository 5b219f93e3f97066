import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CopiedKeys, KeyPlace } from '../document/keys';

/** What the timeline shows under its ruler. */
export type TimelinePanel = 'lanes' | 'graph' | 'dope';

/** How curves and layers are looked at: never part of the project, never an undo step. */
export interface CurveState {
  readonly panel: TimelinePanel;
  /** The layer that new offsets go to; when it is gone, the newest one. */
  readonly activeLayerId: string | null;
  /** True while the head and its coefficients are posed by hand. */
  readonly isPosing: boolean;
  readonly selectedKeys: readonly KeyPlace[];
  readonly hiddenCurves: readonly string[];
  /** Lowest and highest value the graph shows, in units of curves. */
  readonly graphRange: { readonly min: number; readonly max: number };
  readonly copiedKeys: CopiedKeys;
}

export type CurveStore = StoreApi<CurveState>;

/** Makes the store: lanes, nothing selected, nothing hidden. */
export function createCurveStore(): CurveStore {
  return createStore<CurveState>(() => ({
    panel: 'lanes',
    activeLayerId: null,
    isPosing: false,
    selectedKeys: [],
    hiddenCurves: [],
    graphRange: { min: -1, max: 2 },
    copiedKeys: [],
  }));
}
