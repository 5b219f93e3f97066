import type { Take } from '../clip/clip-schema';
import type { DecodedStreams } from '../clip/decoded-stream';
import { FRAME_RATE_HZ, type FrameRange } from '../clip/timing';
import { createEvaluatedFrame, evaluateTake } from '../face/evaluate';
import { lipGapPercent } from '../face/lip-gap';

/** What QA sees at each model frame of a take: the motion after all edits. */
export interface MeasuredMotion {
  readonly frameCount: number;
  /** Gap between the lips in percent of the mouth's width. */
  readonly lipGap: Float32Array;
  /** Rotation vectors in radians, [frameCount x 3], without the breath. */
  readonly headRotation: Float32Array;
}

/** Room for the motion of a take, to be filled by `measureMotion`. */
export function emptyMotion(frameCount: number): MeasuredMotion {
  return { frameCount, lipGap: new Float32Array(frameCount), headRotation: new Float32Array(3 * frameCount) };
}

/** Evaluates a range of frames of a take into `motion`, whose first frame is frame `firstFrame` of the take. */
export function measureMotion(take: Take, decoded: DecodedStreams, range: FrameRange, motion: MeasuredMotion, firstFrame = 0): void {
  // Breath moves even a head that is frozen.
  const still: Take = { ...take, events: { ...take.events, breathAmount: 0 } };
  const frame = createEvaluatedFrame();
  for (let index = range.startFrame; index < range.endFrame; index++) {
    evaluateTake(still, decoded, index / FRAME_RATE_HZ, frame);
    motion.lipGap[index - firstFrame] = lipGapPercent(frame.expression);
    motion.headRotation.set(frame.headRotation, 3 * (index - firstFrame));
  }
}
