import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the build reads beside src. */
const BUILD_FILES = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.base.json', 'tsconfig.json'];
/** What it writes, as far as the start needs it. */
const OUTPUTS = ['main/cli.js', 'main/electron.js', 'main/runner-process.js', 'preload/preload.cjs', 'renderer/index.html'];

/** Builds main process, preload script and studio into `root`/out unless they were built from exactly these sources. Throws with the build's own messages when it fails. */
export function buildIfChanged(root) {
  const stampPath = join(root, 'node_modules', '.cache', 'vividtalker', 'built-from.txt');
  const stamp = hashSources(root);
  const isBuilt = existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp && OUTPUTS.every((path) => existsSync(join(root, 'out', path)));
  if (isBuilt) return;
  console.error('Building the studio ...');
  rmSync(stampPath, { force: true });
  const build = spawnSync(process.execPath, [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'], { cwd: root, encoding: 'utf8' });
  if (build.status !== 0)
    throw new Error(`${build.stdout ?? ''}${build.stderr ?? ''}\nThe studio could not be built${build.error ? `: ${build.error.message}` : ''}.`);
  const missing = OUTPUTS.find((path) => !existsSync(join(root, 'out', path)));
  if (missing) throw new Error(`The build left out ${missing}.`);
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, stamp);
}

/** One hash over names and contents; times mean nothing after a checkout. Tests do not reach the build. */
function hashSources(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const path of [...BUILD_FILES.map((name) => join(root, name)), ...sources])
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}
