import { expect, test } from 'vitest';
import { SHELL_COMMANDS } from '../../shared/contract/shell';
import type { Studio } from '../session/studio';
import { createViewStore } from '../workspace/view-store';
import { keyName } from './key-names';
import { commandById, STUDIO_COMMANDS } from './studio-commands';

test('no two commands that listen at the same time share a key, no two an id', () => {
  for (const isAlways of [true, false]) {
    const keys = STUDIO_COMMANDS.filter((command) => (command.isActive === undefined) === isAlways).flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
  expect(new Set(STUDIO_COMMANDS.map((command) => command.id)).size).toBe(STUDIO_COMMANDS.length);
});

test('everything a native menu can ask for is a command', () => {
  for (const id of SHELL_COMMANDS) expect(commandById(id).id).toBe(id);
});

test('key presses are named as commands name them', () => {
  const press = { code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  expect(keyName({ ...press, key: 'z', ctrlKey: true })).toBe('Ctrl+Z');
  expect(keyName({ ...press, key: 'Z', metaKey: true, shiftKey: true })).toBe('Ctrl+Shift+Z');
  expect(keyName({ ...press, key: '?', shiftKey: true })).toBe('?');
  expect(keyName({ ...press, key: ' ' })).toBe('Space');
  expect(keyName({ ...press, key: 'ArrowLeft', shiftKey: true })).toBe('Shift+ArrowLeft');
  expect(keyName({ ...press, key: '√', code: 'KeyV', altKey: true })).toBe('Alt+V');
  expect(keyName({ ...press, key: '≥', code: 'Period', altKey: true })).toBe('Alt+.');
});

test('the light of the head goes round its set-ups and is there at the next start', () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) } as unknown as Storage;
  const view = createViewStore(storage);
  const seen = [0, 1, 2].map(() => {
    commandById('view.next-light').run({ view } as Studio);
    return view.getState().lighting;
  });
  expect(seen).toEqual(['outdoor', 'game', 'studio']);
  view.getState().update({ lighting: 'game' });
  expect(createViewStore(storage).getState().lighting).toBe('game');
});
