import { chooseMoments, type Moment } from './choose-moments';
import { CURVE_RATE_HZ } from './curve-rate';
import { type ClipMotion, detailSampler } from './read-motion';
import type { MomentFace, SheetData } from './sheet-data';

const CLOSURE_FRAMES = 16;
const FRAME_RATE_HZ = 30;

/** Everything a sheet shows of a clip. `ruleRows` is [frames x 14] at 30 fps. */
export function sheetData(title: string, motion: ClipMotion, ruleRows: readonly (readonly number[])[]): SheetData {
  const ruleAt = detailSampler(ruleRows);
  const faceAt = (moment: Moment): MomentFace => {
    const { expression, detail, headRotation, headTranslation, leftEye, rightEye } = motion.frameAt(moment.timeSeconds);
    return {
      ...moment,
      face: { expression: [...expression], detail: [...detail], headRotation: [...headRotation], headTranslation: [...headTranslation], leftEye, rightEye },
      ruleDetail: ruleAt(moment.timeSeconds),
    };
  };
  const { durationSeconds, peaks, curves } = motion;
  const moments = chooseMoments(motion);
  const closed = moments.find(({ kind }) => kind === 'lips closed') ?? moments[0];
  const first = Math.round((closed?.timeSeconds ?? 0) * FRAME_RATE_HZ) - CLOSURE_FRAMES / 2;
  const closure = Array.from({ length: CLOSURE_FRAMES }, (_, index) => ({
    kind: 'lips closed' as const,
    timeSeconds: Math.max(0, first + index) / FRAME_RATE_HZ,
  }));
  const ruleWrinkleSum = curves.wrinkleSum.map((_, row) => ruleAt(row / CURVE_RATE_HZ).reduce((sum, value) => sum + value, 0));
  return { title, ruleWrinkleSum, durationSeconds, peaks, curves, moments: moments.map(faceAt), closure: closure.map(faceAt) };
}
