import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { userModelFolder } from './user-model-folder';

test('models of the user lie where the system keeps data of programs', () => {
  expect(userModelFolder({}, 'linux')).toBe(join(homedir(), '.local', 'share', 'vividtalker', 'models'));
  expect(userModelFolder({ XDG_DATA_HOME: '/data' }, 'linux')).toBe(join('/data', 'vividtalker', 'models'));
  expect(userModelFolder({}, 'darwin')).toContain('Application Support');
  expect(userModelFolder({ APPDATA: 'C:/Roaming' }, 'win32')).toBe(join('C:/Roaming', 'VividTalker Studio', 'models'));
});

test('the environment can name another folder', () => {
  expect(userModelFolder({ VIVIDTALKER_MODELS: 'shared/models' }, 'linux')).toBe(resolve('shared/models'));
});
