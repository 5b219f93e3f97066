import { createStore, type StoreApi } from 'zustand/vanilla';

/** What changes many times a second. The playhead is read through `subscribe` and refs, so that it never re-renders React. */
export interface TransientState {
  readonly playheadSeconds: number;
  readonly isPlaying: boolean;
  /** Speed of playback: 1 is real time, negative runs backwards and silent. */
  readonly playbackRate: number;
  readonly isDropTarget: boolean;
  readonly timelineWidth: number;
}

export type TransientStore = StoreApi<TransientState>;

/** Makes the store of fleeting state. */
export function createTransientStore(): TransientStore {
  return createStore<TransientState>(() => ({ playheadSeconds: 0, isPlaying: false, playbackRate: 1, isDropTarget: false, timelineWidth: 800 }));
}
