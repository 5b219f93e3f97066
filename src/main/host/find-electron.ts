import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The path of the installed Electron program, or null. Looks with the file system only, because asking the package itself would start a download.
 * `nodeModulesFolder` holds the package; ELECTRON_OVERRIDE_DIST_PATH names another folder with the program.
 */
export function findElectron(nodeModulesFolder: string, environment: NodeJS.ProcessEnv = process.env): string | null {
  const packageFolder = join(nodeModulesFolder, 'electron');
  const pathFile = join(packageFolder, 'path.txt');
  const overrideFolder = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const programName = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : overrideFolder ? defaultProgramName(process.platform) : '';
  if (!programName) return null;
  const program = join(overrideFolder || join(packageFolder, 'dist'), programName);
  return existsSync(program) ? program : null;
}

function defaultProgramName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}
