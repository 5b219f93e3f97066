import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelManifest, readModelManifest, readNetwork } from './model-manifest';
import { checkSignature } from './runner-network';
import type { NetworkSignature } from './runner-protocol';

const FIXTURE = 'test/fixtures/models';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vividtalker-models-'));
  await cp(FIXTURE, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function changeManifest(change: (manifest: ModelManifest) => void): Promise<void> {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as ModelManifest;
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
}

describe('model folder', () => {
  it('reads manifest and networks', async () => {
    const manifest = await readModelManifest(folder);
    expect(manifest.streams.head.framesPerToken).toBe(4);
    expect((await readNetwork(folder, manifest.streams.mouth.predictor)).length).toBeGreaterThan(1000);
  });

  it('says what is missing', async () => {
    const manifest = await readModelManifest(folder);
    await rm(join(folder, 'head-decoder.onnx'));
    await expect(readNetwork(folder, manifest.streams.head.decoder)).rejects.toMatchObject({
      code: 'missing-model',
      message: expect.stringContaining('head-decoder.onnx'),
    });
    await rm(join(folder, 'manifest.json'));
    await expect(readModelManifest(folder)).rejects.toMatchObject({ code: 'missing-model', hint: expect.stringContaining('assets/models') });
  });

  it('refuses a network with one changed byte', async () => {
    const manifest = await readModelManifest(folder);
    const path = join(folder, manifest.streams.head.predictor.file);
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(readNetwork(folder, manifest.streams.head.predictor)).rejects.toMatchObject({
      code: 'damaged-model',
      message: expect.stringContaining('sha256'),
    });
  });

  it.each<[string, (manifest: ModelManifest) => void, RegExp]>([
    ['a path instead of a file name', (manifest) => Object.assign(manifest.streams.head.predictor, { file: '../evil.onnx' }), /file name/],
    ['other channels', (manifest) => manifest.streams.head.channels.reverse(), /channels/],
    ['windows that overlap completely', (manifest) => Object.assign(manifest.streams.head, { overlapTokens: 60 }), /overlap/],
    ['too little context for the decoder', (manifest) => Object.assign(manifest.streams.head, { contextTokens: 1 }), /context/],
    ['another version', (manifest) => Object.assign(manifest, { version: 2 }), /version/],
  ])('refuses %s', async (_, change, message) => {
    await changeManifest(change);
    await expect(readModelManifest(folder)).rejects.toMatchObject({ code: 'damaged-model', message: expect.stringMatching(message) });
  });

  it('refuses a manifest that is not JSON', async () => {
    await writeFile(join(folder, 'manifest.json'), '{');
    await expect(readModelManifest(folder)).rejects.toMatchObject({ code: 'damaged-model' });
  });

  it('compares a network with what the manifest says of it', async () => {
    const manifest = await readModelManifest(folder);
    const file = manifest.streams.head.decoder;
    const signature = (groups: number, channels: number): NetworkSignature => ({
      inputs: [{ name: 'codes', type: 'int64', dims: [-1, -1, groups] }],
      outputs: [{ name: 'motion', type: 'float32', dims: [-1, -1, channels] }],
    });
    expect(() => checkSignature(manifest, 'head', file, signature(1, 6))).not.toThrow();
    expect(() => checkSignature(manifest, 'head', file, signature(1, -1))).not.toThrow();
    expect(() => checkSignature(manifest, 'head', file, signature(2, 6))).toThrow(/"codes" has 2 columns instead of 1/);
    expect(() => checkSignature(manifest, 'head', file, signature(1, 7))).toThrow(expect.objectContaining({ code: 'damaged-model' }));
    expect(() => checkSignature(manifest, 'head', file, { inputs: [], outputs: [] })).toThrow(/is missing/);
  });
});
