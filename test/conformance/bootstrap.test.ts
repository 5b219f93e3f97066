import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** Stands for npm: notes its arguments, then does what `npm ci` leaves behind, or fails when asked to. */
const FAKE_NPM = `
const fs = require('node:fs');
fs.appendFileSync('npm-calls.txt', process.argv.slice(2).join(' ') + '\\n');
console.log('noise of npm');
if (fs.existsSync('fail-npm')) process.exit(7);
fs.rmSync('node_modules', { recursive: true, force: true });
fs.mkdirSync('node_modules/electron-vite/bin', { recursive: true });
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
fs.copyFileSync('fake-build.js', 'node_modules/electron-vite/bin/electron-vite.js');
`;
/** Stands for electron-vite. */
const FAKE_BUILD = `
const fs = require('node:fs');
fs.appendFileSync('builds.txt', 'build\\n');
if (fs.readFileSync('src/main.ts', 'utf8').includes('broken')) { console.log('main.ts is broken'); process.exit(1); }
for (const path of ['main/cli.js', 'main/electron.js', 'main/runner-process.js', 'preload/preload.cjs', 'renderer/index.html']) {
  fs.mkdirSync('out/' + path.split('/')[0], { recursive: true });
  fs.writeFileSync('out/' + path, '');
}
`;
const LOCK = {
  packages: {
    '': { name: 'x' },
    'node_modules/zod': { version: '1.0.0', integrity: 'a' },
    'node_modules/binding': { version: '1.0.0', integrity: 'b', optional: true, os: ['no-such-system'] },
  },
};

let root: string;
const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
const linesOf = (path: string): number => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8').split('\n').length - 1 : 0);

function bootstrap(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'scripts', 'bootstrap.mjs'), ...parameters], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: join(root, 'npm-cli.js') },
  });
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vividtalker boot '));
  cpSync('scripts', join(root, 'scripts'), { recursive: true });
  mkdirSync(join(root, 'src'));
  for (const name of ['package.json', 'electron.vite.config.ts', 'tsconfig.base.json', 'tsconfig.json']) write(name, '{}');
  write('package.json', '{"type":"commonjs"}');
  write('package-lock.json', JSON.stringify(LOCK));
  write('npm-cli.js', FAKE_NPM);
  write('fake-build.js', FAKE_BUILD);
  write('src/main.ts', 'export {};');
  write('src/main.test.ts', '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('bootstrap', () => {
  it('installs and builds a fresh clone once, in a folder with spaces, and says nothing on stdout', () => {
    const first = bootstrap('build');
    expect([first.status, first.stdout]).toEqual([0, '']);
    expect(first.stderr).toContain('Installing packages');
    expect(readFileSync(join(root, 'npm-calls.txt'), 'utf8')).toMatch(/^ci /);
    expect(bootstrap('build')).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect([linesOf('npm-calls.txt'), linesOf('builds.txt')]).toEqual([1, 1]);
  });

  it('installs again when the lock file asks for something else, or the packages are gone', () => {
    bootstrap();
    write('package-lock.json', JSON.stringify({ packages: { ...LOCK.packages, 'node_modules/ws': { version: '8.0.0', integrity: 'c' } } }));
    expect(bootstrap().status).toBe(0);
    expect(linesOf('npm-calls.txt')).toBe(2);
    rmSync(join(root, 'node_modules'), { recursive: true });
    bootstrap();
    expect(linesOf('npm-calls.txt')).toBe(3);
  });

  it('trusts what npm installed by hand', () => {
    mkdirSync(join(root, 'node_modules'));
    write('node_modules/.package-lock.json', JSON.stringify(LOCK));
    expect(bootstrap().status).toBe(0);
    expect(linesOf('npm-calls.txt')).toBe(0);
  });

  it('stops with a message when npm fails, and tries again the next time', () => {
    write('fail-npm', '');
    const failed = bootstrap('build');
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('The packages could not be installed (npm ci ended with 7).');
    expect(linesOf('builds.txt')).toBe(0);
    rmSync(join(root, 'fail-npm'));
    expect(bootstrap('build').status).toBe(0);
  });

  it('builds again when a source changed, came or went, or an output is gone, but not for a test', () => {
    bootstrap('build');
    write('src/main.test.ts', 'changed');
    bootstrap('build');
    expect(linesOf('builds.txt')).toBe(1);
    write('src/main.ts', 'export const changed = 1;');
    bootstrap('build');
    write('src/more.css', '');
    bootstrap('build');
    rmSync(join(root, 'src/more.css'));
    bootstrap('build');
    rmSync(join(root, 'out/main/cli.js'));
    bootstrap('build');
    expect(linesOf('builds.txt')).toBe(5);
  });

  it("shows the build's own message when the build fails, and does not take the old output for the new", () => {
    bootstrap('build');
    write('src/main.ts', 'broken');
    for (const attempt of [1, 2]) {
      const failed = bootstrap('build');
      expect([attempt, failed.status]).toEqual([attempt, 1]);
      expect(failed.stderr).toContain('main.ts is broken');
    }
  });

  it('finds a named browser, and says how to get one when it is not there', async () => {
    const { findBrowser, BROWSER_HINT } = await import('../../scripts/find-browser.mjs');
    const named = process.env['VIVIDTALKER_BROWSER'];
    try {
      write('browser', '');
      chmodSync(join(root, 'browser'), 0o755);
      process.env['VIVIDTALKER_BROWSER'] = join(root, 'browser');
      expect(findBrowser()).toBe(join(root, 'browser'));
      process.env['VIVIDTALKER_BROWSER'] = join(root, 'none');
      expect(findBrowser()).toBeNull();
    } finally {
      if (named === undefined) delete process.env['VIVIDTALKER_BROWSER'];
      else process.env['VIVIDTALKER_BROWSER'] = named;
    }
    expect(BROWSER_HINT).toContain('VIVIDTALKER_BROWSER');
  });
});
