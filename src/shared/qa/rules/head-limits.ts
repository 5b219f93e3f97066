import { quaternionToPitchYawRoll, rotationVectorToQuaternion } from '../../face/pose-math';
import type { Finding } from '../finding';
import { frameRuns, highestFrame } from '../frame-runs';
import type { CheckedScene } from '../scene';

const DEGREES = 180 / Math.PI;
/** In the order of `quaternionToPitchYawRoll`. */
const AXES = [
  { measure: 'pitch', limitDegrees: 30 },
  { measure: 'yaw', limitDegrees: 45 },
  { measure: 'roll', limitDegrees: 25 },
] as const;
const BRIDGED_FRAMES = 6;

/** The head turns further than looks natural on a neck. */
export function headLimits({ motion: { frameCount, headRotation } }: CheckedScene): Finding[] {
  const angles = new Float32Array(3 * frameCount);
  for (let frame = 0; frame < frameCount; frame++)
    angles.set(quaternionToPitchYawRoll(rotationVectorToQuaternion(headRotation.subarray(3 * frame, 3 * frame + 3))), 3 * frame);
  return AXES.flatMap(({ measure, limitDegrees }, axis) => {
    const angle = (frame: number): number => Math.abs(angles[3 * frame + axis] ?? 0) * DEGREES;
    return frameRuns(frameCount, (frame) => angle(frame) > limitDegrees, BRIDGED_FRAMES).map(
      (run): Finding => ({ ...run, rule: 'head-limits', measure, value: angle(highestFrame(run, angle)), threshold: limitDegrees, unit: '°' }),
    );
  });
}
