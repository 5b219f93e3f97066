import type { Take } from '../../shared/clip/clip-schema';
import { FRAME_RATE_HZ } from '../../shared/clip/timing';
import { DETAIL_COUNT, expressionIndex } from '../../shared/face/coefficients';
import { createEvaluatedFrame, evaluateTake } from '../../shared/face/evaluate';
import { decodedStreamsOf } from '../document/decoded-streams';

/** What the lanes draw, once per model frame: head angles in degrees, lip opening and wrinkle weights 0..1. */
export interface EvaluatedLanes {
  readonly frameCount: number;
  readonly pitch: Float32Array;
  readonly yaw: Float32Array;
  readonly roll: Float32Array;
  /** Half height of the head lane in degrees: the smallest round one that holds every angle of the clip. */
  readonly headScaleDegrees: number;
  readonly lipOpening: Float32Array;
  /** [frameCount x DETAIL_COUNT] */
  readonly wrinkles: Float32Array;
}

const DEGREES = 180 / Math.PI;
const JAW_OPEN = expressionIndex('jawOpen');
const MOUTH_CLOSE = expressionIndex('mouthClose');
const LOWER_DOWN_LEFT = expressionIndex('mouthLowerDownLeft');
const UPPER_UP_LEFT = expressionIndex('mouthUpperUpLeft');

/** The take as the viewport shows it, but with every track on, so that a muted lane still shows what it holds. */
export function evaluateLanes(take: Take): EvaluatedLanes {
  const decoded = decodedStreamsOf(take);
  const frameCount = decoded.head.frameCount;
  const audible = {
    ...take,
    edits: {
      ...take.edits,
      head: { ...take.edits.head, muted: false },
      mouth: { ...take.edits.mouth, muted: false },
      wrinkles: { ...take.edits.wrinkles, muted: false },
    },
  };
  const lanes: Omit<EvaluatedLanes, 'headScaleDegrees'> = {
    frameCount,
    pitch: new Float32Array(frameCount),
    yaw: new Float32Array(frameCount),
    roll: new Float32Array(frameCount),
    lipOpening: new Float32Array(frameCount),
    wrinkles: new Float32Array(frameCount * DETAIL_COUNT),
  };
  const frame = createEvaluatedFrame();
  for (let index = 0; index < frameCount; index++) {
    evaluateTake(audible, decoded, index / FRAME_RATE_HZ, frame);
    lanes.pitch[index] = (frame.headRotation[0] ?? 0) * DEGREES;
    lanes.yaw[index] = (frame.headRotation[1] ?? 0) * DEGREES;
    lanes.roll[index] = (frame.headRotation[2] ?? 0) * DEGREES;
    lanes.lipOpening[index] = lipOpening(frame.expression);
    lanes.wrinkles.set(frame.detail, index * DETAIL_COUNT);
  }
  return { ...lanes, headScaleDegrees: roundScale([lanes.pitch, lanes.yaw, lanes.roll]) };
}

const SCALES_DEGREES = [5, 10, 15, 30, 45, 90];

function roundScale(curves: readonly Float32Array[]): number {
  const largest = curves.reduce((most, curve) => curve.reduce((inner, value) => Math.max(inner, Math.abs(value)), most), 0);
  return SCALES_DEGREES.find((scale) => scale >= largest) ?? 180;
}

/** Rough opening of the lips 0..1 from the coefficients that part and close them. */
function lipOpening(expression: Float32Array): number {
  const at = (index: number): number => expression[index] ?? 0;
  const opening = at(JAW_OPEN) - at(MOUTH_CLOSE) + 0.35 * (at(LOWER_DOWN_LEFT) + at(UPPER_UP_LEFT));
  return Math.min(1, Math.max(0, opening));
}
