/** Makes the bundled sample project anew with the installed models: `node tools/sample/make-sample.mjs`. Run it after every change of the weights. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SEED = '7';
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const run = (...parameters) => {
  const { status } = spawnSync(process.execPath, parameters, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

run(join('scripts', 'bootstrap.mjs'), 'build');
// The CPU gives the same project on every machine of the same kind.
run(
  join('out', 'main', 'cli.js'),
  'generate',
  join('tools', 'sample', 'the-lost-map.flac'),
  '-o',
  join('assets', 'samples', 'sample.vividtalker'),
  '--seed',
  SEED,
  '--device',
  'cpu',
  '--force',
);
