/** Fails when anything that ships has a licence the product cannot carry, or when THIRD_PARTY_NOTICES is not up to date. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { productionPackages } from './production-packages.mjs';
import { noticesText } from './third-party-notices.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const PERMISSIVE = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'Zlib',
  'CC0-1.0',
  'CC-BY-4.0',
  'OFL-1.1',
  'Unlicense',
  'BlueOak-1.0.0',
  'Python-2.0',
]);
/** Weak copyleft by package or by file, used unchanged; each is named here on purpose, and in third-party-notices.mjs with where its source is. */
const NAMED_EXCEPTIONS = new Map([
  ['codec-parser', 'LGPL-3.0-or-later'],
  ['mediabunny', 'MPL-2.0'],
]);

/** True when every part of an SPDX expression joined by AND is allowed, or one of those joined by OR. */
function isAllowed(expression) {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (plain.includes(' OR ')) return plain.split(' OR ').some(isAllowed);
  return plain.split(' AND ').every((licence) => PERMISSIVE.has(licence.trim()));
}

const problems = productionPackages(root)
  .filter(({ name, licence }) => !isAllowed(licence) && NAMED_EXCEPTIONS.get(name) !== licence)
  .map(({ name, version, licence }) => `${name}@${version} has the licence '${licence}'`);

const manifestPath = join(root, 'assets', 'models', 'manifest.json');
if (existsSync(manifestPath)) {
  const { licence } = JSON.parse(readFileSync(manifestPath, 'utf8'));
  if (!isAllowed(licence)) problems.push(`assets/models has the licence '${licence}'`);
} else problems.push('assets/models/manifest.json is missing');
for (const path of ['assets/head/ATTRIBUTION.md', 'assets/samples/ATTRIBUTION.md', 'tools/evaluation/clips/ATTRIBUTION.md']) {
  if (!existsSync(join(root, path))) problems.push(`${path} is missing`);
}

const noticesPath = join(root, 'THIRD_PARTY_NOTICES');
const written = existsSync(noticesPath) ? readFileSync(noticesPath, 'utf8') : '';
if (written !== noticesText(root)) problems.push('THIRD_PARTY_NOTICES is out of date: run node scripts/write-notices.mjs');

for (const problem of problems) console.error(`licences: ${problem}`);
if (problems.length === 0) console.log('licences: everything that ships may ship');
process.exit(problems.length === 0 ? 0 : 1);
