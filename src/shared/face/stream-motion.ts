import type { StreamId } from '../clip/clip-schema';
import type { DecodedStream } from '../clip/decoded-stream';
import { FRAME_RATE_HZ, type FrameRange } from '../clip/timing';
import { BLENDED_MOUTH_CHANNELS } from './coefficients';

const DEGREES_PER_RADIAN = 180 / Math.PI;

/** Root-mean-square distance of two curves of a stream over a range: degrees of head rotation, or coefficient units of the mouth. */
export function curveDistance(streamId: StreamId, a: DecodedStream, b: DecodedStream, range: FrameRange): number {
  return meanSize(streamId, range, a.channelCount, (index) => (a.values[index] ?? 0) - (b.values[index] ?? 0));
}

/** Root-mean-square speed of a stream over a range: degrees a second of head rotation, or coefficient units a second of the mouth. */
export function curveSpeed(streamId: StreamId, { values, channelCount }: DecodedStream, range: FrameRange): number {
  const steps = { startFrame: Math.max(1, range.startFrame), endFrame: range.endFrame };
  return FRAME_RATE_HZ * meanSize(streamId, steps, channelCount, (index) => (values[index] ?? 0) - (values[index - channelCount] ?? 0));
}

function meanSize(streamId: StreamId, range: FrameRange, channelCount: number, valueAt: (index: number) => number): number {
  const channels = streamId === 'head' ? 3 : BLENDED_MOUTH_CHANNELS;
  const scale = streamId === 'head' ? DEGREES_PER_RADIAN : 1;
  let sum = 0;
  for (let frame = range.startFrame; frame < range.endFrame; frame++) {
    for (let channel = 0; channel < channels; channel++) sum += valueAt(frame * channelCount + channel) ** 2;
  }
  return scale * Math.sqrt(sum / Math.max(1, (range.endFrame - range.startFrame) * channels));
}
