import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findElectron } from './find-electron';

let nodeModules: string;
beforeEach(() => {
  nodeModules = mkdtempSync(join(tmpdir(), 'vividtalker-'));
  mkdirSync(join(nodeModules, 'electron', 'dist'), { recursive: true });
  writeFileSync(join(nodeModules, 'electron', 'index.js'), 'throw new Error("must not be loaded")');
});
afterEach(() => rmSync(nodeModules, { recursive: true }));

describe('findElectron', () => {
  it('finds nothing when only the package is there', () => {
    expect(findElectron(nodeModules, {})).toBeNull();
  });

  it('finds nothing when the program itself is missing', () => {
    writeFileSync(join(nodeModules, 'electron', 'path.txt'), 'electron');
    expect(findElectron(nodeModules, {})).toBeNull();
  });

  it('finds the downloaded program', () => {
    writeFileSync(join(nodeModules, 'electron', 'path.txt'), 'electron\n');
    writeFileSync(join(nodeModules, 'electron', 'dist', 'electron'), '');
    expect(findElectron(nodeModules, {})).toBe(join(nodeModules, 'electron', 'dist', 'electron'));
  });

  it('prefers the folder of the environment', () => {
    const folder = join(nodeModules, 'elsewhere');
    mkdirSync(folder);
    writeFileSync(join(nodeModules, 'electron', 'path.txt'), 'electron');
    writeFileSync(join(folder, 'electron'), '');
    expect(findElectron(nodeModules, { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(join(folder, 'electron'));
  });
});
