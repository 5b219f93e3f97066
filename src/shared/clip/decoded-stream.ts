import type { Stream, Take } from './clip-schema';

/** A stream's curve over the whole clip: `values` is [frameCount x channelCount], frame-major. */
export interface DecodedStream {
  readonly frameCount: number;
  readonly channelCount: number;
  readonly values: Float32Array;
}

/** The two streams of a take, ready to evaluate. */
export interface DecodedStreams {
  readonly head: DecodedStream;
  readonly mouth: DecodedStream;
}

/** Joins the stored curves of a stream. No model runs. Throws RangeError when segments leave a gap or overlap. */
export function joinSegments(stream: Stream): DecodedStream {
  const channelCount = stream.channels.length;
  const frameCount = stream.segments.at(-1)?.endFrame ?? 0;
  const values = new Float32Array(frameCount * channelCount);
  let nextFrame = 0;
  for (const segment of stream.segments) {
    const length = (segment.endFrame - segment.startFrame) * channelCount;
    if (segment.startFrame !== nextFrame || segment.curve.length !== length) {
      throw new RangeError(`segment at frame ${segment.startFrame} does not continue the stream at frame ${nextFrame}`);
    }
    values.set(segment.curve, segment.startFrame * channelCount);
    nextFrame = segment.endFrame;
  }
  return { frameCount, channelCount, values };
}

/** Joins both streams of a take. */
export function decodeTake(take: Take): DecodedStreams {
  return { head: joinSegments(take.streams.head), mouth: joinSegments(take.streams.mouth) };
}
