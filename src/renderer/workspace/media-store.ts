import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AudioReference } from '../../shared/clip/clip-schema';
import type { ImportedAudio } from '../../shared/contract/methods';

/** Sounds the engine holds, by `mediaKey`; kept beside the document because undo never changes them. */
export interface MediaState {
  readonly audioByKey: Readonly<Record<string, ImportedAudio>>;
}

export type MediaStore = StoreApi<MediaState>;

/** Names a sound with its channel choice. */
export function mediaKey(audio: AudioReference): string {
  return `${audio.sha256}:${audio.channel}`;
}

/** Makes an empty store of sounds. */
export function createMediaStore(): MediaStore {
  return createStore<MediaState>(() => ({ audioByKey: {} }));
}

/** Remembers sounds the engine has read. */
export function rememberAudio(store: MediaStore, sounds: readonly ImportedAudio[]): void {
  store.setState(({ audioByKey }) => ({ audioByKey: { ...audioByKey, ...Object.fromEntries(sounds.map((sound) => [mediaKey(sound.audio), sound])) } }));
}
