import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BROWSER_HINT, findBrowser } from './find-browser.mjs';

/** Programs of others that the tests run: a browser, and readers that prove the exported files. Only the browser is needed for the studio itself. */
const NEEDED = [
  { debianPackage: 'chromium', isThere: () => findBrowser() !== null },
  { debianPackage: 'libvulkan1', isThere: () => process.platform !== 'linux' || hasLibrary('libvulkan.so.1') },
  { debianPackage: 'blender', isThere: () => isOnPath('blender') },
  { debianPackage: 'python3-numpy', isThere: () => process.platform !== 'linux' || existsSync('/usr/lib/python3/dist-packages/numpy') || !isDebian() },
  { debianPackage: 'assimp-utils', isThere: () => isOnPath('assimp') },
];

/**
 * Makes sure the tests find what they run. A Debian machine with root, such as a container, gets it from its own packages; every other one is told what is missing.
 * Throws with a message for the user when there is no browser.
 */
export function provideTestPrograms() {
  const missing = NEEDED.filter(({ isThere }) => !isThere()).map(({ debianPackage }) => debianPackage);
  if (missing.length === 0) return;
  if (isDebian() && process.getuid?.() === 0) installPackages(missing);
  if (!findBrowser()) throw new Error(BROWSER_HINT);
  const stillMissing = NEEDED.filter(({ isThere }) => !isThere()).map(({ debianPackage }) => debianPackage);
  if (stillMissing.length > 0)
    console.error(`Note: tests that need ${stillMissing.join(', ')} will fail, for these are not installed (the names are those of Debian).`);
}

function installPackages(names) {
  console.error(`Installing ${names.join(', ')} for the tests ...`);
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}

function isDebian() {
  return existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, process.platform === 'win32' ? `${program}.exe` : program)));
}

function hasLibrary(name) {
  const listed = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return listed.status === 0 && listed.stdout.includes(name);
}
