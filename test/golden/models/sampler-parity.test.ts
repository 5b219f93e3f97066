import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SamplingSettings, sampleWindow } from '../../../src/main/engine/generation/sample-window';
import { STREAM_NUMBERS } from '../../../src/shared/clip/random';

interface SampledCase {
  readonly stream: 'head' | 'mouth';
  readonly groupSizes: readonly number[];
  readonly tokenCount: number;
  readonly firstToken: number;
  readonly locked: readonly number[];
  readonly seed: number;
  readonly settings: SamplingSettings;
  readonly codes: readonly number[];
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'sampled-codes.json'), 'utf8')) as SampledCase[];

/** The formula of make_sampled_codes.py. */
function predict(groupSizes: readonly number[], tokenCount: number) {
  const logitCount = groupSizes.reduce((sum, size) => sum + size, 0);
  return async (codes: Int32Array, drops: readonly boolean[]): Promise<Float32Array> =>
    Float32Array.from({ length: drops.length * tokenCount * logitCount }, (_, index) => {
      const code = index % logitCount;
      const token = Math.floor(index / logitCount) % tokenCount;
      const window = Math.floor(index / (logitCount * tokenCount));
      const own = codes[(window * tokenCount + token) * groupSizes.length] ?? 0;
      const before = token === 0 ? 0 : (codes[(window * tokenCount + token - 1) * groupSizes.length] ?? 0);
      return ((token * 7919 + code * 104729 + before * 31 + own * 17 + (drops[window] ? code * 13 : 0)) % 700) / 100;
    });
}

/** The engine's sampler and the training code's, which set the operating points of the shipped models, draw the same codes. */
describe('masked sampling in both languages', () => {
  it.each(cases.map((example, index) => ({ ...example, index })))(
    'case $index: $stream, seed $seed',
    async ({ stream, groupSizes, tokenCount, firstToken, locked, seed, settings, codes: expected }) => {
      const codes = Int32Array.from({ length: tokenCount * groupSizes.length }, (_, i) => groupSizes[i % groupSizes.length] ?? 0);
      for (const token of locked) codes.set([3, 1, 2].slice(0, groupSizes.length), token * groupSizes.length);
      const sampled = await sampleWindow(predict(groupSizes, tokenCount), {
        streamNumber: STREAM_NUMBERS[stream],
        groupSizes,
        firstToken,
        tokenCount,
        codes,
        seeds: [seed],
        settings,
      });
      expect([...sampled.codes]).toEqual(expected);
    },
  );
});
