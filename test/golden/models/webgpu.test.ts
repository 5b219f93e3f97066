import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkProcess } from '../../../src/main/engine/inference/fork-process';
import { ModelLibrary } from '../../../src/main/engine/inference/model-library';
import { readModelManifest } from '../../../src/main/engine/inference/model-manifest';
import { ModelService } from '../../../src/main/engine/inference/model-service';
import { compareTrials } from '../../../src/main/engine/inference/providers';
import { Runner } from '../../../src/main/engine/inference/runner';
import { loadNetwork, networkKey } from '../../../src/main/engine/inference/runner-network';
import { SILENT_LOGGER } from '../../../src/main/engine/logger';
import { builtProgram } from '../../fixtures/built-program';

const MODELS = 'test/fixtures/models';
const HINT = 'apt-get install -y chromium libvulkan1 (the software GPU of Chromium is the only one a machine without a GPU has)';
const SOFTWARE_GPU = 'libvk_swiftshader.so';

let folder: string;
let entry: string;
let environment: NodeJS.ProcessEnv;

/** Where Chromium's software GPU lies. Fails, and does not skip, when it is missing. */
function softwareGpu(): string {
  const places = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/usr/lib64/chromium-browser', '/opt/google/chrome', '/opt/microsoft/msedge'];
  const found = places.map((place) => join(place, SOFTWARE_GPU)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${SOFTWARE_GPU} is not installed. ${HINT}`);
  return found;
}

beforeAll(async () => {
  entry = await builtProgram('runner-process');
  folder = await mkdtemp(join(tmpdir(), 'vividtalker-webgpu-'));
  const icd = join(folder, 'icd.json');
  await writeFile(icd, JSON.stringify({ file_format_version: '1.0.0', ICD: { library_path: softwareGpu(), api_version: '1.3.0' } }));
  environment = { ...process.env, VK_ICD_FILENAMES: icd, VK_DRIVER_FILES: icd, XDG_RUNTIME_DIR: folder };
});

afterAll(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform !== 'linux')('WebGPU provider on a software GPU', () => {
  it('gives the logits and codes of the CPU', async () => {
    const manifest = await readModelManifest(MODELS);
    const { predictor, groupSizes, framesPerToken } = manifest.streams.mouth;
    const tokens = 8;
    const rows = tokens * framesPerToken * 2;
    const feeds = {
      codes: {
        type: 'int64',
        dims: [1, tokens, groupSizes.length],
        data: Int32Array.from({ length: tokens * groupSizes.length }, (_, i) => groupSizes[i % groupSizes.length] ?? 0),
      },
      features: {
        type: 'float32',
        dims: [1, rows, manifest.featureCount],
        data: Float32Array.from({ length: rows * manifest.featureCount }, (_, i) => Math.sin(i)),
      },
      style: { type: 'float32', dims: [1, manifest.style.length], data: Float32Array.from(manifest.style, (control) => control.default) },
      drop: { type: 'float32', dims: [1, 2], data: new Float32Array(2) },
    } as const;
    const runner = new Runner(() => forkProcess(entry, environment));
    try {
      const logitsOn = async (provider: string): Promise<Float32Array> => {
        await loadNetwork(runner, MODELS, predictor, provider, 1).catch((error: Error) => {
          throw new Error(`${provider} does not start: ${error.message}. ${HINT}`);
        });
        return Float32Array.from((await runner.call('run', { key: networkKey(predictor), feeds, output: 'logits' })).data);
      };
      const [cpu, gpu] = [await logitsOn('cpu'), await logitsOn('webgpu')];
      const difference = cpu.reduce((most, value, i) => Math.max(most, Math.abs(value - (gpu[i] ?? Number.NaN))), 0);
      expect(difference).toBeGreaterThan(0);
      expect(difference).toBeLessThan(1e-4);
      expect(compareTrials({ logits: cpu, milliseconds: 2 }, { logits: gpu, milliseconds: 1 }, groupSizes)).toBe('');
    } finally {
      runner.dispose();
    }
  });

  it('is tried by the device ladder, found slower, and not used', async () => {
    const models = new ModelService({
      library: new ModelLibrary(MODELS, join(folder, 'none')),
      forkRunner: () => forkProcess(entry, environment),
      devicePreference: 'webgpu',
      logger: SILENT_LOGGER,
    });
    expect(await models.deviceInfo()).toMatchObject({ id: 'cpu', reason: expect.stringMatching(/WebGPU\): slower than the CPU/) });
    models.dispose();
  });

  it('gives way to the CPU with a reason when there is no GPU at all', async () => {
    const none = { ...environment, VK_ICD_FILENAMES: join(folder, 'none.json'), VK_DRIVER_FILES: join(folder, 'none.json') };
    const models = new ModelService({
      library: new ModelLibrary(MODELS, join(folder, 'none')),
      forkRunner: () => forkProcess(entry, none),
      devicePreference: 'auto',
      logger: SILENT_LOGGER,
    });
    const device = await models.deviceInfo();
    expect(device.id).toBe('cpu');
    expect(device.reason).toMatch(/GPU not used.*WebGPU\): \S/);
    expect((await models.load()).manifest.id).toBe('tiny-1');
    models.dispose();
  });
});
