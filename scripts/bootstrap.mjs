/**
 * Makes a fresh clone ready: `node scripts/bootstrap.mjs [build] [browser]`. Runs before node_modules exists, so it uses Node alone.
 * Always installs the packages when they do not fit the lock file; `build` builds the studio when a source has changed; `browser` makes sure the tests have one.
 * All it says goes to stderr, because stdout belongs to the command that follows.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfChanged } from './build-if-changed.mjs';
import { BROWSER_HINT, findBrowser } from './find-browser.mjs';
import { installIfNeeded } from './install-if-needed.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const MINIMUM_NODE = [20, 19];

/** Ends the bootstrap with a message; the command that follows is not started. */
function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  if (!isNewEnough)
    fail(`VividTalker Studio needs Node ${MINIMUM_NODE.join('.')} or newer; this is ${process.versions.node}.\nGet one from https://nodejs.org.`);
}

/** A bare Debian machine as root, such as a container, gets the browser from its own packages; every other system is told how. */
function provideBrowser() {
  const hasVulkan = process.platform !== 'linux' || hasLibrary('libvulkan.so.1');
  if (findBrowser() && hasVulkan) return;
  if (!isDebianAsRoot()) {
    if (!findBrowser()) fail(BROWSER_HINT);
    console.error('Note: the Vulkan loader (libvulkan1) is missing; the WebGPU test will say so.');
    return;
  }
  console.error('Installing Chromium and the Vulkan loader for the tests ...');
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-q'], options);
  const installed = spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'libvulkan1'], options);
  if (installed.status !== 0 || !findBrowser()) fail(BROWSER_HINT);
}

function isDebianAsRoot() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    existsSync('/usr/bin/apt-get') &&
    /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

function hasLibrary(name) {
  const listed = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return listed.status === 0 && listed.stdout.includes(name);
}

checkNode();
try {
  installIfNeeded(root);
  if (process.argv.includes('build')) buildIfChanged(root);
  if (process.argv.includes('browser')) provideBrowser();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
