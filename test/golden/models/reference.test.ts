import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { forkProcess } from '../../../src/main/engine/inference/fork-process';
import { readModelManifest } from '../../../src/main/engine/inference/model-manifest';
import { Runner } from '../../../src/main/engine/inference/runner';
import { checkSignature, loadNetwork, networkKey } from '../../../src/main/engine/inference/runner-network';
import { builtProgram } from '../../fixtures/built-program';

interface ReferenceTensor {
  readonly shape: readonly number[];
  readonly type: 'float32' | 'int64';
  readonly data: readonly number[];
}

type Reference = Record<'head' | 'mouth', Record<'predictor' | 'decoder' | 'encoder', Record<'inputs' | 'outputs', Record<string, ReferenceTensor>>>>;

const TOLERANCE = 1e-3;
const entry = await builtProgram('runner-process');
const runner = new Runner(() => forkProcess(entry));
afterAll(() => runner.dispose());

const cases = ['test/fixtures/models', 'assets/models'].flatMap((folder) =>
  (['head', 'mouth'] as const).flatMap((streamId) => (['predictor', 'decoder', 'encoder'] as const).map((part) => ({ folder, streamId, part }))),
);

/** What PyTorch computed when the networks were exported (reference.json), against what the engine's process computes with the exported files. */
describe('networks against their PyTorch reference', () => {
  it.each(cases)('$folder $streamId $part', async ({ folder, streamId, part }) => {
    const manifest = await readModelManifest(folder);
    const { [part]: file } = manifest.streams[streamId];
    if (!file) throw new Error(`the manifest names no ${part}`);
    const signature = await loadNetwork(runner, folder, file, 'cpu', 1);
    if (part !== 'encoder') checkSignature(manifest, streamId, file, signature);
    const reference = (JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')) as Reference)[streamId][part];
    const feeds = Object.fromEntries(
      Object.entries(reference.inputs).map(([name, { type, shape, data }]) => [
        name,
        { type, dims: shape, data: type === 'int64' ? Int32Array.from(data) : Float32Array.from(data) },
      ]),
    );
    for (const [output, expected] of Object.entries(reference.outputs)) {
      const actual = await runner.call('run', { key: networkKey(file), feeds, output });
      expect(actual.dims).toEqual(expected.shape);
      const difference = expected.data.reduce((most, value, index) => Math.max(most, Math.abs(value - (actual.data[index] ?? Number.NaN))), 0);
      expect(difference).toBeLessThanOrEqual(expected.type === 'int64' ? 0 : TOLERANCE);
    }
  });
});
