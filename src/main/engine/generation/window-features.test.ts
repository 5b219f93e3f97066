import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { windowFeatures } from './window-features';

interface GoldenIndex {
  readonly clips: readonly {
    readonly name: string;
    readonly features: string;
    readonly featureShape: readonly [number, number];
    readonly network: string;
    readonly networkShape: readonly [number, number];
  }[];
}

const FOLDER = 'test/golden/features';
const index = JSON.parse(readFileSync(`${FOLDER}/index.json`, 'utf8')) as GoldenIndex;
const floats = (name: string): Float32Array => new Float32Array(Uint8Array.from(readFileSync(`${FOLDER}/${name}`)).buffer);

describe('features at the rate of the networks', () => {
  it.each(index.clips)('equal those of the training code: $name', ({ features, featureShape, network, networkShape }) => {
    const rows = windowFeatures({ frameCount: featureShape[0], values: floats(features) }, 0, networkShape[0]);
    const expected = floats(network);
    expect(rows.length).toBe(expected.length);
    const difference = rows.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? 0))), 0);
    expect(difference).toBeLessThan(1e-5);
  });

  it('cuts a window as it lies in the clip, with silence past the end', () => {
    const clip = { frameCount: 50, values: Float32Array.from({ length: 50 * 84 }, (_, i) => Math.sin(i)) };
    const all = windowFeatures(clip, 0, 40);
    expect(windowFeatures(clip, 12, 28)).toEqual(all.slice(12 * 84));
    expect(all[39 * 84]).toBeCloseTo((Math.log(1e-4) + 2) / 4, 6);
    expect(all[39 * 84 + 82]).toBeCloseTo((Math.log(1e-4) + 5) / 2.5, 6);
  });
});
