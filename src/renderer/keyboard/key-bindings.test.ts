import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KEY_PRESETS, type KeyPreset } from '../workspace/preferences-store';
import { giveKeys, holderOf, presetKeysOf, resolveBindings, unusableKeys } from './key-bindings';
import { PRESET_KEYS } from './key-presets';
import { STUDIO_COMMANDS } from './studio-commands';

const COMMANDS = [
  { id: 'play', keys: ['Space'] },
  { id: 'save', keys: ['Ctrl+S', 'F2'] },
  { id: 'mark', keys: [] },
];
const studio = (ownKeys = {}) => ({ keyPreset: 'studio' as const, ownKeys });

describe('who has a key', () => {
  test('commands have the keys of the table until the user gives them others', () => {
    expect(resolveBindings(COMMANDS, studio()).commandsAt('F2')).toEqual(['save']);
    const own = resolveBindings(COMMANDS, studio({ save: ['F4'] }));
    expect(own.keysOf('save')).toEqual(['F4']);
    expect(own.commandsAt('F2')).toEqual([]);
  });

  test('a key the user chose wins over the same key in the table; keys of unknown commands mean nothing', () => {
    const bindings = resolveBindings(COMMANDS, studio({ mark: ['Space'], gone: ['Ctrl+S'] }));
    expect(bindings.commandsAt('Space')).toEqual(['mark']);
    expect(bindings.keysOf('play')).toEqual([]);
    expect(bindings.commandsAt('Ctrl+S')).toEqual(['save']);
  });

  test('a command that takes its keys only at times comes first and takes none away', () => {
    const commands = [...COMMANDS, { id: 'keep', keys: ['Space', 'Enter'], isActive: () => true }];
    const bindings = resolveBindings(commands, studio());
    expect(bindings.commandsAt('Space')).toEqual(['keep', 'play']);
    expect(bindings.keysOf('play')).toEqual(['Space']);
    expect(holderOf(commands, bindings, 'mark', ['Enter'])).toBeNull();
    expect(giveKeys(commands, studio(), 'keep', ['F2'])).toEqual({ keep: ['F2'] });
  });

  test.each(KEY_PRESETS)('the preset %s names commands that exist, gives no key twice and takes none from a command', (keyPreset) => {
    const ids = STUDIO_COMMANDS.map((command) => command.id);
    expect(Object.keys(PRESET_KEYS[keyPreset]).filter((id) => !ids.includes(id))).toEqual([]);
    const bindings = resolveBindings(STUDIO_COMMANDS, { keyPreset, ownKeys: {} });
    for (const command of STUDIO_COMMANDS) expect(bindings.keysOf(command.id), command.id).toEqual(presetKeysOf(command, { keyPreset }));
  });
});

describe('a change', () => {
  test('says who holds the key, and takes it over when told to', () => {
    expect(holderOf(COMMANDS, resolveBindings(COMMANDS, studio()), 'mark', ['F2'])).toEqual({ commandId: 'save', keys: 'F2' });
    expect(holderOf(COMMANDS, resolveBindings(COMMANDS, studio()), 'save', ['F2', 'F3'])).toBeNull();
    expect(giveKeys(COMMANDS, studio(), 'mark', ['F2'])).toEqual({ mark: ['F2'], save: ['Ctrl+S'] });
  });

  test('back to the keys of the preset is no change any more', () => {
    const ownKeys = giveKeys(COMMANDS, studio(), 'mark', ['F2']);
    expect(giveKeys(COMMANDS, studio(ownKeys), 'save', ['Ctrl+S', 'F2'])).toEqual({});
  });

  test('Tab and Enter cannot be given away', () => {
    expect(unusableKeys('Shift+Tab')).toContain('cannot');
    expect(unusableKeys('Enter')).toContain('cannot');
    expect(unusableKeys('Ctrl+Enter')).toBeNull();
  });

  test('after any changes in any preset the command has its keys and no key runs two commands', () => {
    const keys = fc.constantFrom('Space', 'R', 'Ctrl+S', 'Home', 'F2', 'Escape', 'Alt+V');
    const change = fc.tuple(fc.constantFrom(...STUDIO_COMMANDS.map((command) => command.id)), fc.uniqueArray(keys, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.constantFrom<KeyPreset>(...KEY_PRESETS), fc.array(change, { minLength: 1, maxLength: 6 }), (keyPreset, changes) => {
        let ownKeys = {};
        for (const [id, wanted] of changes) {
          ownKeys = giveKeys(STUDIO_COMMANDS, { keyPreset, ownKeys }, id, wanted);
          const bindings = resolveBindings(STUDIO_COMMANDS, { keyPreset, ownKeys });
          expect(bindings.keysOf(id)).toEqual(wanted);
          for (const isAtTimes of [true, false]) {
            const all = STUDIO_COMMANDS.filter((command) => (command.isActive !== undefined) === isAtTimes).flatMap((command) => bindings.keysOf(command.id));
            expect(new Set(all).size).toBe(all.length);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
