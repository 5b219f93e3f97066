import type { Take } from '../clip/clip-schema';
import type { DecodedStreams } from '../clip/decoded-stream';
import { DETAIL_COUNT, EXPRESSION_COUNT, EXPRESSION_NAMES, isEyeEventName } from '../face/coefficients';
import { createEvaluatedFrame, type EvaluatedFrame, evaluateTake } from '../face/evaluate';
import { exportFrameCount, exportFrameSeconds, type FrameRate } from './frame-rate';

/** Which parts of the animation an export carries; the others stay at rest. */
export interface ExportStreams {
  readonly head: boolean;
  readonly mouth: boolean;
  readonly wrinkles: boolean;
  readonly eyes: boolean;
}

/** Half-open time range of the clip in seconds. */
export interface SecondsRange {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A take at every export frame, still without a rig. All arrays are frame-major. */
export interface SampledFace {
  readonly name: string;
  readonly rate: FrameRate;
  readonly frameCount: number;
  /** [frames x 66], order of MORPH_NAMES, 0..1. */
  readonly weights: Float32Array;
  /** [frames x 3] rotation vector, radians. */
  readonly headRotation: Float32Array;
  /** [frames x 3] centimetres. */
  readonly headTranslation: Float32Array;
  /** [frames x 4]: left yaw, left pitch, right yaw, right pitch, radians. */
  readonly eyes: Float32Array;
}

/** Called now and then during long work with the share done (0..1): lets others run and throws when the job was cancelled. */
export type Checkpoint = (fraction: number) => Promise<void>;

const WEIGHT_COUNT = EXPRESSION_COUNT + DETAIL_COUNT;
const FRAMES_PER_CHECKPOINT = 240;
const EYE_EVENT = EXPRESSION_NAMES.map(isEyeEventName);

/** Evaluates a take at every frame of an export. Frame 0 is the start of the range. */
export async function sampleTake(
  take: Take,
  decoded: DecodedStreams,
  range: SecondsRange,
  rate: FrameRate,
  streams: ExportStreams,
  checkpoint: Checkpoint,
): Promise<SampledFace> {
  const frameCount = exportFrameCount(rate, range.endSeconds - range.startSeconds);
  const face: SampledFace = {
    name: take.name,
    rate,
    frameCount,
    weights: new Float32Array(frameCount * WEIGHT_COUNT),
    headRotation: new Float32Array(frameCount * 3),
    headTranslation: new Float32Array(frameCount * 3),
    eyes: new Float32Array(frameCount * 4),
  };
  const evaluated = createEvaluatedFrame();
  for (let frame = 0; frame < frameCount; frame++) {
    if (frame % FRAMES_PER_CHECKPOINT === 0) await checkpoint(frame / frameCount);
    evaluateTake(take, decoded, range.startSeconds + exportFrameSeconds(rate, frame), evaluated);
    store(face, frame, evaluated, streams);
  }
  return face;
}

function store(face: SampledFace, frame: number, evaluated: EvaluatedFrame, streams: ExportStreams): void {
  const first = frame * WEIGHT_COUNT;
  for (let i = 0; i < EXPRESSION_COUNT; i++) {
    const wanted = EYE_EVENT[i] ? streams.eyes : streams.mouth;
    if (wanted) face.weights[first + i] = evaluated.expression[i] ?? 0;
  }
  if (streams.wrinkles) face.weights.set(evaluated.detail, first + EXPRESSION_COUNT);
  if (streams.head) {
    face.headRotation.set(evaluated.headRotation, frame * 3);
    face.headTranslation.set(evaluated.headTranslation, frame * 3);
  }
  if (streams.eyes) {
    const { leftEye, rightEye } = evaluated;
    face.eyes.set([leftEye.yaw, leftEye.pitch, rightEye.yaw, rightEye.pitch], frame * 4);
  }
}
