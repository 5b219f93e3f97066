import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Folder of the models the user brought in, one folder each: where the system keeps data of programs, or what VIVIDTALKER_MODELS names. */
export function userModelFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (environment.VIVIDTALKER_MODELS) return resolve(environment.VIVIDTALKER_MODELS);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'VividTalker Studio', 'models');
  if (platform === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'VividTalker Studio', 'models');
  return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'vividtalker', 'models');
}
