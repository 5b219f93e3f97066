import type { DecodedStream } from './decoded-stream';
import { FRAME_RATE_HZ } from './timing';

const weights = new Float64Array(256);
/** A narrower Gaussian would see one frame, or none. */
const LEAST_SIGMA_FRAMES = 0.1;

/**
 * Samples all channels of a decoded stream at any time into `out` (length >= channelCount), held at both ends.
 * Without smoothing it is a Catmull-Rom spline through the stored frames, exact on them; `smoothingSeconds` > 0 gives a Gaussian of that standard deviation instead.
 */
export function sampleCurve(stream: DecodedStream, timeSeconds: number, smoothingSeconds: number, out: Float32Array): void {
  const position = Math.min(Math.max(timeSeconds * FRAME_RATE_HZ, 0), stream.frameCount - 1);
  if (smoothingSeconds * FRAME_RATE_HZ > LEAST_SIGMA_FRAMES) mixFrames(stream, gaussianWeights(position, smoothingSeconds * FRAME_RATE_HZ), out);
  else mixFrames(stream, splineWeights(position), out);
}

interface Weights {
  readonly firstFrame: number;
  readonly count: number;
}

function splineWeights(position: number): Weights {
  const frame = Math.floor(position + 1e-9);
  const u = Math.max(0, position - frame);
  const u2 = u * u;
  const u3 = u2 * u;
  weights[0] = 0.5 * (-u3 + 2 * u2 - u);
  weights[1] = 0.5 * (3 * u3 - 5 * u2 + 2);
  weights[2] = 0.5 * (-3 * u3 + 4 * u2 + u);
  weights[3] = 0.5 * (u3 - u2);
  return { firstFrame: frame - 1, count: 4 };
}

function gaussianWeights(position: number, sigmaFrames: number): Weights {
  const reach = Math.min(Math.ceil(3 * sigmaFrames), 100);
  const firstFrame = Math.ceil(position - reach);
  const count = Math.floor(position + reach) - firstFrame + 1;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const distance = (firstFrame + i - position) / sigmaFrames;
    const weight = Math.exp(-0.5 * distance * distance);
    weights[i] = weight;
    sum += weight;
  }
  for (let i = 0; i < count; i++) weights[i] = (weights[i] ?? 0) / sum;
  return { firstFrame, count };
}

function mixFrames(stream: DecodedStream, { firstFrame, count }: Weights, out: Float32Array): void {
  const { values, channelCount, frameCount } = stream;
  for (let channel = 0; channel < channelCount; channel++) {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const weight = weights[i] ?? 0;
      if (weight === 0) continue;
      const frame = Math.min(Math.max(firstFrame + i, 0), frameCount - 1);
      sum += weight * (values[frame * channelCount + channel] ?? 0);
    }
    out[channel] = sum;
  }
}
