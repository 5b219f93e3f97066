import type { Take, TrackEdits } from '../clip/clip-schema';
import type { DecodedStreams } from '../clip/decoded-stream';
import { DETAIL_COUNT, EXPRESSION_COUNT } from '../face/coefficients';
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
  const shown = withStreams(take, streams);
  const evaluated = createEvaluatedFrame();
  for (let frame = 0; frame < frameCount; frame++) {
    if (frame % FRAMES_PER_CHECKPOINT === 0) await checkpoint(frame / frameCount);
    evaluateTake(shown, decoded, range.startSeconds + exportFrameSeconds(rate, frame), evaluated);
    store(face, frame, evaluated);
  }
  return face;
}

/** The take with the streams that an export leaves out at rest, as if they were muted: the eyes then do not follow a head that is not there. */
function withStreams(take: Take, streams: ExportStreams): Take {
  const { head, mouth, wrinkles, eyes } = take.edits;
  const kept = (edits: TrackEdits, isWanted: boolean): TrackEdits => (isWanted ? edits : { ...edits, muted: true });
  return {
    ...take,
    edits: {
      ...take.edits,
      head: kept(head, streams.head),
      mouth: kept(mouth, streams.mouth),
      wrinkles: kept(wrinkles, streams.wrinkles),
      eyes: kept(eyes, streams.eyes),
    },
  };
}

function store(face: SampledFace, frame: number, { expression, detail, headRotation, headTranslation, leftEye, rightEye }: EvaluatedFrame): void {
  face.weights.set(expression, frame * WEIGHT_COUNT);
  face.weights.set(detail, frame * WEIGHT_COUNT + EXPRESSION_COUNT);
  face.headRotation.set(headRotation, frame * 3);
  face.headTranslation.set(headTranslation, frame * 3);
  face.eyes.set([leftEye.yaw, leftEye.pitch, rightEye.yaw, rightEye.pitch], frame * 4);
}
