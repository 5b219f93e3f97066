import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';

export const THEMES = ['dark', 'light', 'contrast'] as const;
export const SCALE_PERCENTS = [80, 90, 100, 110, 125, 150, 175, 200] as const;
export const KEY_PRESETS = ['studio', 'maya', 'blender', 'premiere'] as const;
export type Theme = (typeof THEMES)[number];
export type KeyPreset = (typeof KEY_PRESETS)[number];

/** Keys the user gave to commands, by command id: all keys of that command, in place of those of the preset. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

const keysOfCommand = z.array(z.string().min(1).max(40)).max(8);
/** A damaged entry is dropped by itself: the other keys of the user stay. */
const ownKeys = z.record(z.string(), z.unknown()).transform((entries): OwnKeys => {
  const kept = Object.entries(entries).flatMap(([id, keys]) => {
    const parsed = keysOfCommand.safeParse(keys);
    return parsed.success ? [[id, parsed.data] as const] : [];
  });
  return Object.fromEntries(kept);
});

/** A value that is missing, damaged or of another version falls back to its default alone. */
const preferencesSchema = z.object({
  theme: z.enum(THEMES).catch('dark'),
  scalePercent: z.literal(SCALE_PERCENTS).catch(100),
  motion: z.enum(['system', 'reduced', 'full']).catch('system'),
  keyPreset: z.enum(KEY_PRESETS).catch('studio'),
  ownKeys: ownKeys.catch({}),
});

/** How the user wants the studio on this machine: never part of a project, never an undo step. */
export type Preferences = Readonly<z.output<typeof preferencesSchema>>;
export type PreferencesStore = StoreApi<Preferences>;

const STORAGE_KEY = 'vividtalker.preferences';

/** Makes the store of preferences; every change is written to `storage` at once. */
export function createPreferencesStore(storage: Storage | null): PreferencesStore {
  const store = createStore<Preferences>(() => readPreferences(storage));
  store.subscribe((preferences) => storage?.setItem(STORAGE_KEY, JSON.stringify(preferences)));
  return store;
}

function readPreferences(storage: Storage | null): Preferences {
  const everyDefault = preferencesSchema.parse({});
  try {
    return preferencesSchema.safeParse(JSON.parse(storage?.getItem(STORAGE_KEY) ?? '{}')).data ?? everyDefault;
  } catch {
    return everyDefault;
  }
}
