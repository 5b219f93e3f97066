import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extendKey, gumbelOf } from '../../../shared/clip/random';
import { createDrawScratch, createRace, drawCode, maskedAfterStep, type SampleRequest, type SamplingSettings, sampleWindow } from './sample-window';

const SETTINGS: SamplingSettings = { steps: 4, temperature: 1, topP: 1, guidance: 1, confidenceNoise: 2, logitBias: [] };

function request(changes: Partial<SampleRequest> = {}): SampleRequest {
  return {
    streamNumber: 1,
    groupSizes: [4, 3],
    firstToken: 0,
    tokenCount: 10,
    codes: Int32Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 4 : 3)),
    seeds: [5],
    settings: SETTINGS,
    ...changes,
  };
}

const flat = async (codes: Int32Array, drops: readonly boolean[]): Promise<Float32Array> =>
  new Float32Array((drops.length * codes.length * 7) / 2 / drops.length);

describe('masked sampling of a window', () => {
  it('draws every masked token and keeps the given ones', async () => {
    const codes = request().codes.slice();
    codes.set([2, 1], 6);
    const sampled = await sampleWindow(flat, request({ codes }));
    expect([...sampled.codes].every((code, index) => code < (index % 2 === 0 ? 4 : 3))).toBe(true);
    expect([...sampled.codes.subarray(6, 8)]).toEqual([2, 1]);
    expect([...sampled.confidence.subarray(6, 8)]).toEqual([0, 0]);
    expect(sampled.confidence[0]).toBeCloseTo(1 / 4, 5);
    expect(sampled.confidence[1]).toBeCloseTo(1 / 3, 5);
  });

  it('reveals on a cosine course and nothing stays masked', () => {
    const course = Array.from({ length: 8 }, (_, step) => maskedAfterStep(60, step, 8));
    expect(course).toEqual([59, 56, 50, 43, 34, 23, 12, 0]);
    expect(maskedAfterStep(1, 0, 1)).toBe(0);
  });

  it('draws the groups of a token by each other, so that they agree', async () => {
    // Both groups are free until one of them is known; the other then has to be equal.
    const twins = async (codes: Int32Array): Promise<Float32Array> =>
      Float32Array.from({ length: (codes.length * 6) / 2 }, (_, i) => {
        const other = codes[Math.floor(i / 6) * 2 + (i % 6 < 3 ? 1 : 0)];
        return other === i % 3 ? 20 : 0;
      });
    const masked = request({ groupSizes: [3, 3], codes: new Int32Array(20).fill(3), settings: { ...SETTINGS, steps: 60, confidenceNoise: 0 } });
    const { codes } = await sampleWindow(twins, masked);
    const tokens = Array.from({ length: 10 }, (_, token) => [...codes.subarray(token * 2, token * 2 + 2)]);
    expect(tokens.filter(([first, second]) => first === second)).toHaveLength(10);
    expect(new Set(tokens.map(([first]) => first)).size).toBeGreaterThan(1);
  });

  it('draws only the groups that are masked', async () => {
    const codes = request().codes.slice();
    codes[6] = 2;
    const sampled = await sampleWindow(flat, request({ codes }));
    expect(sampled.codes[6]).toBe(2);
    expect(sampled.confidence[6]).toBe(0);
    expect(sampled.codes[7]).toBeLessThan(3);
    expect(sampled.confidence[7]).toBeCloseTo(1 / 3, 5);
  });

  it('draws a batch exactly as it draws each window alone', async () => {
    const look = async (codes: Int32Array): Promise<Float32Array> =>
      Float32Array.from({ length: (codes.length * 7) / 2 }, (_, i) => Math.sin(i * 1.7 + (codes[(Math.floor(i / 7) * 2) % codes.length] ?? 0)) * 3);
    const single = (codes: Int32Array): Promise<Float32Array> => look(codes);
    const perWindow = async (codes: Int32Array, drops: readonly boolean[]): Promise<Float32Array> => {
      const parts = await Promise.all(drops.map((_, window) => look(codes.subarray(window * 20, (window + 1) * 20))));
      return Float32Array.from(parts.flatMap((part) => [...part]));
    };
    const masked = request().codes;
    const batch = await sampleWindow(perWindow, request({ seeds: [1, 2, 3], codes: Int32Array.from([...masked, ...masked, ...masked]) }));
    for (const [window, seed] of [1, 2, 3].entries()) {
      const alone = await sampleWindow(single, request({ seeds: [seed] }));
      expect([...batch.codes.subarray(window * 20, (window + 1) * 20)]).toEqual([...alone.codes]);
    }
    expect([...batch.codes.subarray(0, 20)]).not.toEqual([...batch.codes.subarray(20, 40)]);
  });

  it('pushes away from the unconditioned logits by the guidance', async () => {
    const predict = async (codes: Int32Array, drops: readonly boolean[]): Promise<Float32Array> => {
      const perWindow = codes.length / drops.length;
      return Float32Array.from(
        drops.flatMap((isDropped) =>
          Array.from({ length: (perWindow / 2) * 7 }, (_, i) => (i % 7 === 0 ? (isDropped ? 2 : 1) : i % 7 === 1 ? (isDropped ? 0 : 0.9) : -9)),
        ),
      );
    };
    const sampled = await sampleWindow(predict, request({ settings: { ...SETTINGS, temperature: 0, guidance: 3 } }));
    // Conditioned alone prefers code 0 (1 against 0.9); guided 3 it is 2 - 3 = -1 against 2.7.
    expect([...sampled.codes].filter((_, index) => index % 2 === 0)).toEqual(new Array(10).fill(1));
  });

  it('stops between passes and refuses numbers that are not finite', async () => {
    let steps = 0;
    const cancel = (): void => {
      if (++steps === 2) throw new Error('stop');
    };
    await expect(sampleWindow(flat, request(), cancel)).rejects.toThrow('stop');
    const broken = async (): Promise<Float32Array> => new Float32Array(70).fill(Number.NaN);
    await expect(sampleWindow(broken, request())).rejects.toMatchObject({ code: 'inference-failed' });
    await expect(sampleWindow(async () => new Float32Array(3), request())).rejects.toMatchObject({ code: 'inference-failed' });
  });
});

describe('drawing a code', () => {
  const draw = (logits: number[], key: number, changes: Partial<SamplingSettings> = {}) =>
    drawCode(
      Float32Array.from(logits),
      0,
      logits.length,
      { ...SETTINGS, ...changes },
      changes.logitBias ?? [],
      createRace(key, logits.length),
      createDrawScratch(logits.length),
    ).code;

  it('follows the probabilities of the logits', () => {
    const counts = [0, 0, 0];
    for (let key = 0; key < 6000; key++) counts[draw([Math.log(0.6), Math.log(0.3), Math.log(0.1)], Math.imul(key, 0x9e3779b1) >>> 0)]! += 1;
    expect(counts.map((count) => count / 6000).every((share, code) => Math.abs(share - ([0.6, 0.3, 0.1][code] ?? 0)) < 0.03)).toBe(true);
  });

  it('is the Gumbel-max draw from the sorted nucleus, code for code', () => {
    fc.assert(
      fc.property(
        // On a grid: logits that differ by less than rounding would make equal weights of unequal logits.
        fc.array(
          fc.integer({ min: -800, max: 800 }).map((value) => value / 100),
          { minLength: 1, maxLength: 60 },
        ),
        fc.nat(),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: 0.3, max: 2, noNaN: true }),
        (logits, key, topP, temperature) => {
          const exact = [...Float32Array.from(logits)];
          const weights = exact.map((logit) => Math.exp(logit / temperature));
          const sum = weights.reduce((a, b) => a + b, 0);
          const ranked = weights.map((_, code) => code).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
          let mass = 0;
          let [winner, highest] = [-1, Number.NEGATIVE_INFINITY];
          for (const code of ranked) {
            // A border of the nucleus within rounding may fall on either side.
            fc.pre(Math.abs(mass - topP * sum) > 1e-9 * sum || topP === 1);
            if (mass >= topP * sum && topP < 1) break;
            mass += weights[code] ?? 0;
            const score = (exact[code] ?? 0) / temperature + gumbelOf(extendKey(key, code));
            if (score > highest) [winner, highest] = [code, score];
          }
          expect(draw(logits, key, { topP, temperature })).toBe(winner);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes the best code at temperature 0, with the bias, lower index on ties', () => {
    expect(draw([1, 3, 3], 9, { temperature: 0 })).toBe(1);
    expect(draw([1, 3, 3], 9, { temperature: 0, logitBias: [0, 0, 1] })).toBe(2);
  });
});
