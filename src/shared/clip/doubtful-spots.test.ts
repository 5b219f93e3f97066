import { expect, it } from 'vitest';
import { syntheticStream } from '../../../test/fakes/synthetic-clip';
import { cutSegments } from './cut-segments';
import { doubtfulSpots, tokenConfidences } from './doubtful-spots';

it('the confidence of a token is the geometric mean of what is stored for its codes, also across segments', () => {
  const stream = syntheticStream('mouth', 24, 1);
  const [segment] = stream.segments;
  if (!segment) throw new Error('a stream has a segment');
  const stored = segment.confidence.map((_, index) => 0.1 + ((index * 7) % 13) / 20);
  const piece = { ...segment, startFrame: 8, endFrame: 16, firstToken: 0, confidence: stored, curve: segment.curve.slice(8 * 58, 16 * 58) };
  const sure = tokenConfidences(cutSegments({ ...stream, segments: [{ ...segment, confidence: stored }] }, piece, 1));
  expect(sure).toHaveLength(12);
  sure.forEach((value, token) => {
    const groups = stored.slice(token * 4, token * 4 + 4);
    expect(value).toBeCloseTo(groups.reduce((product, confidence) => product * confidence, 1) ** 0.25, 6);
  });
});

it('spots are runs far below the median, with the least sure token of each; an even stream has none', () => {
  expect(doubtfulSpots(new Float32Array(20).fill(0.02))).toEqual([]);
  const sure = new Float32Array(12).fill(0.6);
  sure.set([0.1, 0.05, 0.15], 3);
  sure[9] = 0.19;
  expect(doubtfulSpots(sure)).toEqual([
    { startToken: 3, endToken: 6, worstToken: 4 },
    { startToken: 9, endToken: 10, worstToken: 9 },
  ]);
  expect(doubtfulSpots(new Float32Array(0))).toEqual([]);
});
