import { invertQuaternion, multiplyQuaternions, type Quaternion, quaternionToRotationVector, rotationVectorToQuaternion } from '../../../shared/face/pose-math';

/** Blend length of the velocity match in frames (400 ms), and the length (0.5 s) below which one spline spans the whole range. */
const HEAD_BLEND_FRAMES = 12;
const SHORT_RANGE_FRAMES = 15;

/** Frames of a decoded stream around a range: `values` is [frames x channels] and starts at frame `firstFrame` of the clip. */
export interface DecodedPiece {
  readonly firstFrame: number;
  readonly channelCount: number;
  readonly values: Float32Array;
}

/** What the new piece has to meet: the stored frames next to the range, outermost first on the left, nearest first on the right; empty at the ends of the clip. */
export interface SeamNeighbours {
  /** The two stored frames before the range, [.., x-2, x-1]. */
  readonly left: readonly Float32Array[];
  /** The two stored frames after the range, [x, x+1]. */
  readonly right: readonly Float32Array[];
}

/** Joins the first `seamChannels` channels of newly decoded motion to their stored neighbours by adding a correction per channel; the others stay as decoded. */
function joinChannels(
  piece: DecodedPiece,
  startFrame: number,
  endFrame: number,
  neighbours: SeamNeighbours,
  seamChannels: number,
  correctionOf: CorrectionOf,
): Float32Array<ArrayBuffer> {
  const { channelCount, values, firstFrame } = piece;
  const length = endFrame - startFrame;
  const joined = values.slice((startFrame - firstFrame) * channelCount, (endFrame - firstFrame) * channelCount);
  const decodedAt = (frame: number, channel: number): number => values[(frame - firstFrame) * channelCount + channel] ?? 0;
  for (let channel = 0; channel < seamChannels; channel++) {
    // Stored minus decoded in the frames next to the range: the correction must continue these without a jump in value or velocity.
    const left = neighbours.left.map((frame, index) => (frame[channel] ?? 0) - decodedAt(startFrame - neighbours.left.length + index, channel));
    const right = neighbours.right.map((frame, index) => (frame[channel] ?? 0) - decodedAt(endFrame + index, channel));
    const correction = correctionOf(endOf(left.at(-1), left.at(-2), 1), endOf(right[0], right[1], -1), length);
    for (let i = 0; i < length; i++) {
      const index = i * channelCount + channel;
      joined[index] = (joined[index] ?? 0) + correction(i + 1);
    }
  }
  return joined;
}

/** Value and slope (per frame, along time) that a correction has next to the range; undefined at an end of the clip, where nothing has to be met. */
interface CorrectionEnd {
  readonly value: number;
  readonly slope: number;
}

/** Correction at position 1..length of a range whose neighbours lie at 0 and length + 1. */
type CorrectionOf = (left: CorrectionEnd | undefined, right: CorrectionEnd | undefined, length: number) => (position: number) => number;

function endOf(nearest: number | undefined, next: number | undefined, sign: number): CorrectionEnd | undefined {
  return nearest === undefined ? undefined : { value: nearest, slope: next === undefined ? 0 : sign * (nearest - next) };
}

/** A straight line removes the offsets at both ends, a cubic matches the velocities over `blendFrames`, at most a third of the range; below half a second one cubic spans the range. */
function lineCorrection(blendFrames: number): CorrectionOf {
  return (left, right, length) => {
    const span = length + 1;
    const start = left?.value ?? 0;
    const lineSlope = ((right?.value ?? 0) - start) / span;
    const blend = length < SHORT_RANGE_FRAMES ? span : Math.min(blendFrames, span / 3);
    const leftPull = (left?.slope ?? 0) - lineSlope;
    const rightPull = (right?.slope ?? 0) - lineSlope;
    return (position) => start + lineSlope * position + leftPull * fadingRamp(position, blend) - rightPull * fadingRamp(span - position, blend);
  };
}

/** Each end fades out on its own within `blendFrames`, at most half of the range, so that the middle stays as decoded. */
function localCorrection(blendFrames: number): CorrectionOf {
  return (left, right, length) => {
    const span = length + 1;
    const blend = Math.min(blendFrames, span / 2);
    const part = (end: CorrectionEnd | undefined, distance: number, sign: number): number => {
      const u = distance / blend;
      return end === undefined || u >= 1 ? 0 : end.value * (1 - u) * (1 - u) * (1 + 2 * u) + sign * end.slope * fadingRamp(distance, blend);
    };
    return (position) => part(left, position, 1) + part(right, span - position, -1);
  };
}

/** Starts at 0 with slope 1, ends at `length` with value and slope 0. */
function fadingRamp(distance: number, length: number): number {
  const u = distance / length;
  return u >= 1 ? 0 : distance * (1 - u) * (1 - u);
}

/** Joins mouth frames within `blendFrames` of each end; the first `seamChannels` channels only, because contact channels are exact 0/1 decisions of the codes. */
export function joinMouth(
  piece: DecodedPiece,
  startFrame: number,
  endFrame: number,
  neighbours: SeamNeighbours,
  seamChannels: number,
  blendFrames: number,
): Float32Array<ArrayBuffer> {
  return joinChannels(piece, startFrame, endFrame, neighbours, seamChannels, localCorrection(Math.max(1, blendFrames)));
}

/** Joins head motion [rotation vector, translation]: the line anchor and cubic velocity match over 400 ms, on rotation vectors relative to the pose before the range. */
export function joinHead(piece: DecodedPiece, startFrame: number, endFrame: number, neighbours: SeamNeighbours): Float32Array<ArrayBuffer> {
  const reference = rotationVectorToQuaternion(neighbours.left.at(-1) ?? neighbours.right[0] ?? [0, 0, 0]);
  const inverse = invertQuaternion(reference);
  const turned = (frames: Float32Array, quaternion: Quaternion, channelCount: number): Float32Array<ArrayBuffer> => {
    const result = frames.slice();
    for (let offset = 0; offset < frames.length; offset += channelCount) {
      result.set(quaternionToRotationVector(multiplyQuaternions(quaternion, rotationVectorToQuaternion(frames.subarray(offset, offset + 3)))), offset);
    }
    return result;
  };
  const { channelCount } = piece;
  const relative: DecodedPiece = { ...piece, values: turned(piece.values, inverse, channelCount) };
  const met: SeamNeighbours = {
    left: neighbours.left.map((frame) => turned(frame, inverse, channelCount)),
    right: neighbours.right.map((frame) => turned(frame, inverse, channelCount)),
  };
  const joined = joinChannels(relative, startFrame, endFrame, met, channelCount, lineCorrection(HEAD_BLEND_FRAMES));
  return turned(joined, reference, channelCount);
}
