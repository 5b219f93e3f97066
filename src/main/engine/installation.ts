import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../shared/contract/errors';

const PACKAGE_NAME = 'vividtalker-studio';

/** Where the parts of an installed studio lie, and its version. */
export interface Installation {
  readonly version: string;
  /** Holds package.json, `out` and `node_modules`. */
  readonly programFolder: string;
  readonly modelFolder: string;
  readonly assetsFolder: string;
  readonly rendererFolder: string;
}

/** Finds the installation around a file of the program (by default this one). `resourcesFolder` replaces the program folder for models and assets in a packaged studio. */
export function findInstallation(start: string = dirname(fileURLToPath(import.meta.url)), resourcesFolder?: string): Installation {
  const root = findRoot(start);
  const assetsFolder = join(resourcesFolder ?? root, 'assets');
  return {
    version: readPackage(root)?.version ?? '0.0.0',
    programFolder: root,
    modelFolder: join(assetsFolder, 'models'),
    assetsFolder,
    rendererFolder: join(root, 'out', 'renderer'),
  };
}

function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (readPackage(folder)?.name === PACKAGE_NAME) return folder;
    if (dirname(folder) === folder) throw new AppError('internal', `No ${PACKAGE_NAME} package around ${start}.`, 'Install the studio again.');
  }
}

function readPackage(folder: string): { name?: string; version?: string } | undefined {
  const path = join(folder, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string }) : undefined;
}
