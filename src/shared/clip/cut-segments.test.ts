import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segment, Stream } from './clip-schema';
import { cutSegments } from './cut-segments';
import { joinSegments } from './decoded-stream';

const PROVENANCE = {
  kind: 'generated',
  modelId: 'm',
  predictorSha256: '',
  decoderSha256: '',
  seed: 1,
  temperature: 1,
  guidance: 1,
  steps: 8,
  style: {},
} as const;
const TOKENS = 25;

/** A segment whose codes and curve name the token and frame they belong to, plus `offset`. */
function segment(startToken: number, endToken: number, contextTokens: number, offset: number): Segment {
  const first = Math.max(0, startToken - contextTokens);
  const last = Math.min(TOKENS, endToken + contextTokens);
  return {
    startFrame: startToken * 4,
    endFrame: endToken * 4,
    firstToken: first,
    codes: Uint16Array.from({ length: (last - first) * 2 }, (_, i) => offset + first + Math.floor(i / 2)),
    confidence: Float32Array.from({ length: (last - first) * 2 }, (_, i) => (first + Math.floor(i / 2)) / 100),
    curve: Float32Array.from({ length: (endToken - startToken) * 4 * 3 }, (_, i) => offset + startToken * 4 + Math.floor(i / 3)),
    provenance: PROVENANCE,
  };
}

const whole = (): Stream => ({ framesPerToken: 4, groupSizes: [9, 9], channels: ['x', 'y', 'z'], segments: [segment(0, TOKENS, 0, 0)] });

describe('cutting a segment into a stream', () => {
  it('keeps everything outside bit for bit and everything inside from the new one', () => {
    const edit = fc.tuple(fc.nat(TOKENS - 1), fc.nat(TOKENS - 1)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        let stream = whole();
        const expected = joinSegments(stream).values;
        edits.forEach(([start, end], index) => {
          const inserted = segment(start, end, 3, 1000 * (index + 1));
          stream = cutSegments(stream, inserted, 3);
          expected.set(inserted.curve, start * 4 * 3);
          expect(joinSegments(stream).values).toEqual(expected);
          for (const part of stream.segments) {
            // Codes still belong to the frames they stand at: the first code of the segment's own range names its token.
            const own = part.codes[(part.startFrame / 4 - part.firstToken) * 2] ?? -1;
            expect(own % 1000).toBe(part.startFrame / 4);
            expect(Math.round((part.confidence[0] ?? 0) * 100)).toBe(part.firstToken);
            expect(part.startFrame / 4 - part.firstToken).toBe(Math.min(3, part.startFrame / 4));
          }
        });
      }),
    );
  });

  it('keeps untouched segments by identity', () => {
    const first = cutSegments(whole(), segment(8, 12, 3, 1000), 3);
    const second = cutSegments(first, segment(20, 22, 3, 2000), 3);
    expect(second.segments[0]).toBe(first.segments[0]);
    expect(second.segments[1]).toBe(first.segments[1]);
    expect(second.segments.map(({ startFrame, endFrame }) => [startFrame, endFrame])).toEqual([
      [0, 32],
      [32, 48],
      [48, 80],
      [80, 88],
      [88, 100],
    ]);
  });

  it('refuses a segment that reaches past the end', () => {
    expect(() => cutSegments({ ...whole(), segments: [segment(0, 10, 0, 0)] }, segment(8, 12, 0, 0), 3)).toThrow(RangeError);
  });
});
