import { expect, test } from 'vitest';
import { createPreferencesStore } from './preferences-store';

const KEY = 'vividtalker.preferences';
const DEFAULTS = { theme: 'dark', scalePercent: 100, motion: 'system', keyPreset: 'studio', ownKeys: {} };

function storageWith(text: string | null): Storage {
  const entries = new Map(text === null ? [] : [[KEY, text]]);
  return { getItem: (key: string) => entries.get(key) ?? null, setItem: (key: string, value: string) => void entries.set(key, value) } as unknown as Storage;
}

test('a change is kept for the next start', () => {
  const storage = storageWith(null);
  createPreferencesStore(storage).setState({ theme: 'light', scalePercent: 150, ownKeys: { 'file.export': ['Ctrl+M'] } });
  expect(createPreferencesStore(storage).getState()).toEqual({ ...DEFAULTS, theme: 'light', scalePercent: 150, ownKeys: { 'file.export': ['Ctrl+M'] } });
});

test.each([null, '', 'not json', '[]', '7', 'null', '{"theme":12,"scalePercent":9000,"motion":null,"keyPreset":"vim","ownKeys":[1]}'])(
  'what cannot be read falls back to the defaults: %s',
  (text) => expect(createPreferencesStore(storageWith(text)).getState()).toEqual(DEFAULTS),
);

test('one damaged value costs nothing but itself', () => {
  const stored = { theme: 'contrast', scalePercent: 0, keyPreset: 'maya', ownKeys: { 'file.export': ['Ctrl+M'], 'edit.undo': 'Ctrl+Z', 'edit.redo': [''] } };
  const preferences = createPreferencesStore(storageWith(JSON.stringify(stored))).getState();
  expect(preferences).toEqual({ ...DEFAULTS, theme: 'contrast', keyPreset: 'maya', ownKeys: { 'file.export': ['Ctrl+M'] } });
});
