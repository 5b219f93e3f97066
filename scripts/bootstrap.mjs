/**
 * Makes a fresh clone ready: `node scripts/bootstrap.mjs [build] [test-programs]`. Runs before node_modules exists, so it uses Node alone.
 * Always installs the packages when they do not fit the lock file; `build` builds the studio when a source has changed; `test-programs` provides what the tests run.
 * All it says goes to stderr, because stdout belongs to the command that follows.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfChanged } from './build-if-changed.mjs';
import { installIfNeeded } from './install-if-needed.mjs';
import { provideTestPrograms } from './provide-test-programs.mjs';

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

checkNode();
try {
  installIfNeeded(root);
  if (process.argv.includes('build')) buildIfChanged(root);
  if (process.argv.includes('test-programs')) provideTestPrograms();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
