import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const biomeProgram = resolve('node_modules/@biomejs/biome/bin/biome');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vividtalker-'));
  const configuration = JSON.parse(readFileSync('biome.json', 'utf8')) as Record<string, unknown>;
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...configuration, vcs: { enabled: false } }));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the linter says to one line in a file of the given folder. */
function lint(filePath: string, importLine: string): string {
  mkdirSync(join(folder, dirname(filePath)), { recursive: true });
  writeFileSync(join(folder, filePath), `${importLine}\nexport const used = wanted;\n`);
  const biome = spawnSync(process.execPath, [biomeProgram, 'lint', filePath], { cwd: folder, encoding: 'utf8' });
  expect(biome.stdout).toContain('Checked 1 file');
  return biome.stdout + biome.stderr;
}

const sample = (from: string): string => `import { wanted } from '${from}';`;

/** Who may import what: the table of docs/architecture.md, enforced by biome.json. */
describe('layers', () => {
  it.each([
    ['src/shared/clip/a.ts', '../../main/host/guard'],
    ['src/shared/clip/a.ts', '../../renderer/app'],
    ['src/shared/clip/a.ts', 'node:fs/promises'],
    ['src/shared/clip/a.ts', 'react'],
    ['src/shared/a.ts', 'electron'],
    ['src/main/engine/a.ts', 'electron'],
    ['src/main/engine/a.ts', '../host/guard'],
    ['src/main/engine/audio/a.ts', '../../host/guard'],
    ['src/main/engine/audio/a.ts', 'onnxruntime-node'],
    ['src/main/engine/export/a.ts', 'react'],
    ['src/main/engine/inference/a.ts', '../../host/guard'],
    ['src/main/engine/inference/a.ts', 'electron'],
    ['src/main/host/a.ts', '../engine/create-engine'],
    ['src/main/host/a.ts', 'electron'],
    ['src/main/cli/a.ts', '../electron/main'],
    ['src/main/cli/a.ts', 'electron'],
    ['src/main/electron/a.ts', '../../renderer/app'],
    ['src/main/electron/a.ts', 'onnxruntime-node'],
    ['src/renderer/ui/a.ts', 'node:fs/promises'],
    ['src/renderer/ui/a.ts', 'electron'],
    ['src/renderer/ui/a.ts', '../../main/engine/create-engine'],
    ['src/renderer/document/a.ts', '../workspace/view-store'],
    ['src/renderer/timeline/a.ts', '../preview/viewport'],
    ['src/renderer/timeline/lanes/a.ts', '../../inspector/inspector'],
  ])('%s may not import %s', (filePath, from) => {
    expect(lint(filePath, sample(from))).toContain('noRestrictedImports');
  });

  it('catches dynamic and type imports too', () => {
    expect(lint('src/main/engine/a.ts', "const wanted = await import('electron');")).toContain('noRestrictedImports');
    expect(lint('src/main/engine/a.ts', "import type { wanted } from '../host/guard';")).toContain('noRestrictedImports');
  });

  it.each([
    ['src/shared/clip/a.ts', 'zod'],
    ['src/shared/clip/a.ts', '../face/eyes'],
    ['src/main/engine/audio/a.ts', '../inference/runner'],
    ['src/main/engine/audio/a.ts', 'node:fs/promises'],
    ['src/main/engine/inference/a.ts', 'onnxruntime-node'],
    ['src/main/host/a.ts', '../../shared/contract/codec'],
    ['src/main/cli/a.ts', '../engine/create-engine'],
    ['src/main/electron/a.ts', 'electron'],
    ['src/renderer/timeline/a.ts', '../document/store'],
    ['src/renderer/preview/a.ts', 'three'],
  ])('%s may import %s', (filePath, from) => {
    expect(lint(filePath, sample(from))).not.toContain('noRestrictedImports');
  });

  it('forbids any and the console in the engine', () => {
    expect(lint('src/main/engine/a.ts', 'const wanted: any = console.log(1);')).toMatch(/noExplicitAny[\s\S]*noConsole|noConsole[\s\S]*noExplicitAny/);
  });
});
