import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDERS = ['src', 'test', 'scripts', 'tools', 'training'];
const LARGEST_LINE_COUNT = 500;

/** Paths and line counts of all hand-written source files. */
function sourceFiles(): [string, number][] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|css|py)$/.test(entry.name) && !(entry.parentPath ?? entry.path).includes('node_modules'))
      .map((entry): [string, number] => {
        const path = join(entry.parentPath ?? entry.path, entry.name);
        return [path, readFileSync(path, 'utf8').split('\n').length];
      }),
  );
}

it(`keeps every source file under ${LARGEST_LINE_COUNT} lines`, () => {
  const files = sourceFiles();
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter(([, lineCount]) => lineCount > LARGEST_LINE_COUNT)).toEqual([]);
});

it('keeps all files that know Electron together under 300 lines, and alone', () => {
  const shell = sourceFiles().filter(([path]) => path.startsWith(join('src', 'main', 'electron')));
  expect(shell.reduce((sum, [path]) => sum + readFileSync(path, 'utf8').trimEnd().split('\n').length, 0)).toBeLessThanOrEqual(300);
  const importers = sourceFiles().filter(([path]) => path.startsWith('src') && /from 'electron'/.test(readFileSync(path, 'utf8')));
  expect(importers.map(([path]) => path).filter((path) => !path.startsWith(join('src', 'main', 'electron')))).toEqual([]);
});
