import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Runs `npm ci` in `root` unless what is installed fits the lock file, this platform and this Node. A stamp makes the usual check a matter of milliseconds;
 * without one, npm's own list of what it installed decides. Throws with a message for the user when npm fails.
 */
export function installIfNeeded(root) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stampPath = join(root, 'node_modules', '.cache', 'vividtalker', 'installed.txt');
  const stamp = [createHash('sha256').update(lockText).digest('hex'), process.platform, process.arch, process.versions.modules].join(' ');
  if (readIfThere(stampPath) === stamp && isLockInstalled(root, lockText)) return;
  if (!isLockInstalled(root, lockText)) {
    console.error('Installing packages (once; about a minute) ...');
    runNpmCi(root);
  }
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, stamp);
}

function runNpmCi(root) {
  // npm tells its scripts where it lives; started by hand, it is looked for beside Node, then on the path. No shell takes part where that can be had.
  const npm = process.env.npm_execpath;
  const parameters = ['ci', '--no-audit', '--no-fund'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const run =
    npm && /npm-cli\.[cm]?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...parameters], options)
      : spawnSync('npm', parameters, { ...options, shell: process.platform === 'win32' });
  if (run.status === 0) return;
  throw new Error(
    `The packages could not be installed (npm ci ${run.error ? run.error.message : `ended with ${run.status ?? run.signal}`}).\nCheck the network and the messages above, then try again.`,
  );
}

/** True when every package the lock file wants here is in npm's list of installed packages, with the same content. */
function isLockInstalled(root, lockText) {
  const installedText = readIfThere(join(root, 'node_modules', '.package-lock.json'));
  if (!installedText) return false;
  const wanted = JSON.parse(lockText).packages;
  const installed = JSON.parse(installedText).packages;
  return Object.entries(wanted).every(([path, wantedPackage]) => {
    if (path === '' || !isForThisPlatform(wantedPackage)) return true;
    const found = installed[path];
    if (!found) return wantedPackage.optional === true && !wantedPackage.os;
    return found.version === wantedPackage.version && found.integrity === wantedPackage.integrity;
  });
}

/** Optional packages name the platforms they are for. The C library cannot be told without starting something, so those that name one are not asked for. */
function isForThisPlatform({ os, cpu, libc, optional }) {
  if (!optional) return true;
  return fits(os, process.platform) && fits(cpu, process.arch) && libc === undefined;
}

function fits(list, value) {
  if (!list) return true;
  return list.some((entry) => (entry.startsWith('!') ? entry.slice(1) !== value : entry === value));
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
