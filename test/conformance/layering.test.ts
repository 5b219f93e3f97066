import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

/** What no file of a folder may import. */
const FORBIDDEN = [
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
] as const;

/** What it may. */
const ALLOWED = [
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
] as const;

const statement = (from: string): string => `import { wanted } from '${from}';`;
/** Forbidden in other shapes: a dynamic import, a type, any, the console. */
const SPECIAL = [
  ['src/main/engine/a.ts', "const wanted = await import('electron');", 'noRestrictedImports'],
  ['src/main/engine/a.ts', "import type { wanted } from '../host/guard';", 'noRestrictedImports'],
  ['src/main/engine/a.ts', 'const wanted: any = 1;', 'noExplicitAny'],
  ['src/main/engine/a.ts', 'const wanted = console.log(1);', 'noConsole'],
] as const;

let rulesOfLine: Map<string, string[]>;

/** Lints every line above in a file of its own, in one run: the linter takes longer to start than to read. Returns the rules each line broke. */
function lintAll(lines: readonly (readonly [path: string, line: string])[]): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vividtalker-'));
  try {
    const configuration = JSON.parse(readFileSync('biome.json', 'utf8')) as Record<string, unknown>;
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...configuration, vcs: { enabled: false } }));
    const files = lines.map(([path, line], index) => {
      const file = join(dirname(path), `line-${index}.ts`);
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), `${line}\nexport const used = wanted;\n`);
      return { file, key: `${path} ${line}` };
    });
    const program = resolve('node_modules/@biomejs/biome/bin/biome');
    const biome = spawnSync(process.execPath, [program, 'lint', '--reporter=github', '--max-diagnostics=none', 'src'], { cwd: folder, encoding: 'utf8' });
    if (biome.error) throw biome.error;
    const findings = [...biome.stdout.matchAll(/title=lint\/\w+\/(\w+),file=([^,]+),/g)];
    return new Map(
      files.map(({ file, key }) => [
        key,
        findings.filter(([, , found]) => found?.replaceAll('\\', '/').endsWith(`/${file.replaceAll('\\', '/')}`)).map(([, rule]) => rule ?? ''),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

beforeAll(() => {
  const imports = [...FORBIDDEN, ...ALLOWED].map(([path, from]) => [path, statement(from)] as const);
  rulesOfLine = lintAll([...imports, ...SPECIAL.map(([path, line]) => [path, line] as const)]);
});

/** Who may import what: the table of docs/architecture.md, enforced by biome.json. */
describe('layers', () => {
  it.each(FORBIDDEN)('%s may not import %s', (path, from) => {
    expect(rulesOfLine.get(`${path} ${statement(from)}`)).toContain('noRestrictedImports');
  });

  it.each(ALLOWED)('%s may import %s', (path, from) => {
    expect(rulesOfLine.get(`${path} ${statement(from)}`)).toEqual([]);
  });

  it.each(SPECIAL)('in %s, %s breaks %s', (path, line, rule) => {
    expect(rulesOfLine.get(`${path} ${line}`)).toContain(rule);
  });
});
