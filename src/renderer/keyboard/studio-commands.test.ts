import { expect, test } from 'vitest';
import { SHELL_COMMANDS } from '../../shared/contract/shell';
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
