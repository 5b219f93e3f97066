import type { Segment, Stream } from './clip-schema';
import type { FrameRange } from './timing';

/**
 * Puts a segment into a stream in place of what lies in its range. Segments that reach into the range are cut there: what remains of them keeps its stored curve bit for bit, and
 * `contextTokens` of their codes beyond the cut. Segments outside are kept by identity. Pure; throws RangeError when the new segment does not fit the stream.
 */
export function cutSegments(stream: Stream, inserted: Segment, contextTokens: number): Stream {
  const end = stream.segments.at(-1)?.endFrame ?? 0;
  if (inserted.endFrame > end) throw new RangeError(`a segment up to frame ${inserted.endFrame} does not fit a stream of ${end} frames`);
  const before: Segment[] = [];
  const after: Segment[] = [];
  for (const segment of stream.segments) {
    if (segment.startFrame < inserted.startFrame)
      before.push(cutSegment(stream, segment, { startFrame: segment.startFrame, endFrame: Math.min(segment.endFrame, inserted.startFrame) }, contextTokens));
    if (segment.endFrame > inserted.endFrame)
      after.push(cutSegment(stream, segment, { startFrame: Math.max(segment.startFrame, inserted.endFrame), endFrame: segment.endFrame }, contextTokens));
  }
  return { ...stream, segments: [...before, inserted, ...after] };
}

/** The part of a segment in a range of its frames; the segment itself when that is all of it. */
function cutSegment(stream: Stream, segment: Segment, range: FrameRange, contextTokens: number): Segment {
  if (range.startFrame === segment.startFrame && range.endFrame === segment.endFrame) return segment;
  const { framesPerToken, groupSizes, channels } = stream;
  const tokenCount = segment.codes.length / groupSizes.length;
  const firstToken = Math.max(segment.firstToken, Math.floor(range.startFrame / framesPerToken) - contextTokens);
  const endToken = Math.min(segment.firstToken + tokenCount, Math.ceil(range.endFrame / framesPerToken) + contextTokens);
  const codeStart = (firstToken - segment.firstToken) * groupSizes.length;
  const codeEnd = (endToken - segment.firstToken) * groupSizes.length;
  return {
    ...segment,
    startFrame: range.startFrame,
    endFrame: range.endFrame,
    firstToken,
    codes: segment.codes.slice(codeStart, codeEnd),
    confidence: segment.confidence.slice(codeStart, codeEnd),
    curve: segment.curve.slice((range.startFrame - segment.startFrame) * channels.length, (range.endFrame - segment.startFrame) * channels.length),
  };
}
