import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packForLinux, writeFakeElectron } from './pack-with-fake-electron';
import { type AsarArchive, readAsar } from './read-asar';

let workFolder: string;
let resources: string;
let archive: AsarArchive;
let archived: readonly string[];

beforeAll(() => {
  workFolder = mkdtempSync(join(tmpdir(), 'vividtalker-pack-'));
  writeFakeElectron(join(workFolder, 'electron'));
  const app = packForLinux(join(workFolder, 'electron'), join(workFolder, 'dist'), workFolder);
  resources = join(app, 'resources');
  archive = readAsar(join(resources, 'app.asar'));
  archived = archive.paths;
});
afterAll(() => rmSync(workFolder, { recursive: true, force: true }));

/** Names of all files under a folder, relative to it. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
}

describe('the packed app', () => {
  it.each([
    '/package.json',
    '/out/main/electron.js',
    '/out/main/cli.js',
    '/out/main/runner-process.js',
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
  ])('holds %s', (path) => {
    expect(archived).toContain(path);
  });

  it('holds the packages that run and none that build or test', () => {
    const packages = new Set(archived.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
    for (const name of ['zod', 'ws', 'mpg123-decoder', '@wasm-audio-decoders/flac', 'onnxruntime-node', 'onnxruntime-common'])
      expect([...packages]).toContain(name);
    for (const name of ['electron', 'vite', 'vitest', 'typescript', 'electron-builder', 'playwright-core', 'fbx2gltf', 'gltf-validator', '@biomejs/biome']) {
      expect([...packages]).not.toContain(name);
    }
  });

  it('holds no sources, tests, maps or tools', () => {
    const strangers = archived.filter((path) => !/^\/(out|node_modules)\/|^\/package\.json$/.test(path));
    expect(strangers).toEqual([]);
    expect(archived.filter((path) => /\.(ts|tsx|map)$/.test(path))).toEqual([]);
    expect(
      archived.filter((path) => path.startsWith('/node_modules/onnxruntime-node/script') || path.startsWith('/node_modules/onnxruntime-node/lib/')),
    ).toEqual([]);
  });

  it('starts from its main file, which imports electron and nothing that is not there', () => {
    const packageJson = JSON.parse(archive.read('/package.json')) as { main: string };
    expect(packageJson.main).toBe('out/main/electron.js');
    const source = archive.read(`/${packageJson.main}`);
    expect(source).toMatch(/from ["']electron["']/);
    for (const [, chunk] of source.matchAll(/from ["']\.\/(chunks\/[^"']+)["']/g)) expect(archived).toContain(`/out/main/${chunk}`);
  });

  it('has a preload script that imports electron only', () => {
    const source = archive.read('/out/preload/preload.cjs');
    expect([...source.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name)).toEqual(['electron']);
  });

  it('unpacks the inference library of this platform alone, and it loads', () => {
    const binFolder = join(resources, 'app.asar.unpacked', 'node_modules', 'onnxruntime-node', 'bin', 'napi-v6');
    expect(readdirSync(binFolder)).toEqual(['linux']);
    expect(readdirSync(join(binFolder, 'linux'))).toEqual(['x64']);
    const binding = join(binFolder, 'linux', 'x64', 'onnxruntime_binding.node');
    const loaded = spawnSync(process.execPath, ['-e', `process.stdout.write(Object.keys(require(${JSON.stringify(binding)})).join())`], { encoding: 'utf8' });
    expect(loaded.stderr).toBe('');
    expect(loaded.stdout).toContain('InferenceSession');
  });

  it('brings models, head, sample and licences as plain files', () => {
    const assets = filesUnder(join(resources, 'assets'));
    for (const name of ['models/manifest.json', 'head/head.glb', 'head/head-manifest.json']) expect(assets).toContain(name);
    expect(assets.some((name) => name.startsWith('samples/') && name.endsWith('.vividtalker'))).toBe(true);
    for (const name of ['THIRD_PARTY_NOTICES', 'LICENSE']) expect(existsSync(join(resources, name))).toBe(true);
  });
});
