import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeAudio } from '../../../src/main/engine/audio/decode-audio';
import { computeFeatures } from '../../../src/main/engine/audio/features/compute-features';
import { FEATURE_COUNT } from '../../../src/main/engine/audio/features/features';
import { openAudio } from '../../../src/main/engine/audio/read-audio';

interface GoldenClip {
  readonly name: string;
  readonly wav: string;
  readonly sampleCount: number;
  readonly features: string;
  readonly featureShape: readonly [number, number];
}

const folder = import.meta.dirname;
const { clips } = JSON.parse(readFileSync(resolve(folder, 'index.json'), 'utf8')) as { clips: GoldenClip[] };

function readFloats(name: string): Float32Array {
  const bytes = readFileSync(resolve(folder, name));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

async function readMono(name: string): Promise<Float32Array> {
  const source = await openAudio(resolve(folder, name));
  try {
    return (await decodeAudio(source))[0] ?? new Float32Array(0);
  } finally {
    await source.close();
  }
}

/** Largest absolute difference in every feature column. */
function worstPerColumn(actual: Float32Array, expected: Float32Array): number[] {
  const worst = new Array<number>(FEATURE_COUNT).fill(0);
  expected.forEach((value, index) => {
    const column = index % FEATURE_COUNT;
    worst[column] = Math.max(worst[column] ?? 0, Math.abs(value - (actual[index] ?? Number.NaN)));
  });
  return worst;
}

describe('features equal those of the training code', () => {
  it.each(clips)('$name', async (clip) => {
    const samples = await readMono(clip.wav);
    expect(samples.length).toBe(clip.sampleCount);
    const features = computeFeatures(samples);
    expect([features.frameCount, FEATURE_COUNT]).toEqual([...clip.featureShape]);
    const expected = readFloats(clip.features);
    expect(features.values.length).toBe(expected.length);
    const worst = worstPerColumn(features.values, expected);
    expect(
      worst.every((difference) => difference < 1e-3),
      `largest differences ${worst.map((value) => value.toExponential(1)).join(' ')}`,
    ).toBe(true);
  });
});
