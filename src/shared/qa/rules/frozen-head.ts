import { FRAME_RATE_HZ } from '../../clip/timing';
import type { Finding } from '../finding';
import type { MeasuredMotion } from '../measured-motion';
import type { CheckedScene } from '../scene';

const DEGREES = 180 / Math.PI;
const SMALLEST_MOTION_DEGREES = 0.3;
const LONGEST_STILL_SECONDS = 2;
/** Share of the still time in which somebody must speak. */
const SPEECH_SHARE = 0.5;

/** The head does not move although somebody speaks. */
export function frozenHead({ motion, sound: { isSilent } }: CheckedScene): Finding[] {
  const findings: Finding[] = [];
  for (let startFrame = 0; startFrame < motion.frameCount; ) {
    const { endFrame, degrees } = stillFrom(motion, startFrame);
    const length = endFrame - startFrame;
    const speaking = length - isSilent.subarray(startFrame, endFrame).reduce((sum, silent) => sum + silent, 0);
    const isFrozen = length > LONGEST_STILL_SECONDS * FRAME_RATE_HZ && speaking >= SPEECH_SHARE * length;
    if (isFrozen)
      findings.push({ startFrame, endFrame, rule: 'frozen-head', measure: 'motion', value: degrees, threshold: SMALLEST_MOTION_DEGREES, unit: '°' });
    startFrame = isFrozen ? endFrame : startFrame + 1;
  }
  return findings;
}

/** How far the head stays within the smallest visible motion from a frame on, and how much it moves until then. */
function stillFrom({ frameCount, headRotation }: MeasuredMotion, startFrame: number): { endFrame: number; degrees: number } {
  const lowest = [...headRotation.subarray(3 * startFrame, 3 * startFrame + 3)];
  const highest = [...lowest];
  let degrees = 0;
  let frame = startFrame + 1;
  for (; frame < frameCount; frame++) {
    let widest = 0;
    for (let axis = 0; axis < 3; axis++) {
      const angle = headRotation[3 * frame + axis] ?? 0;
      lowest[axis] = Math.min(lowest[axis] ?? angle, angle);
      highest[axis] = Math.max(highest[axis] ?? angle, angle);
      widest = Math.max(widest, ((highest[axis] ?? 0) - (lowest[axis] ?? 0)) * DEGREES);
    }
    if (widest >= SMALLEST_MOTION_DEGREES) break;
    degrees = widest;
  }
  return { endFrame: frame, degrees };
}
