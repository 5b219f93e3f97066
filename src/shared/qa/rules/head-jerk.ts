import { FRAME_RATE_HZ } from '../../clip/timing';
import { invertQuaternion, multiplyQuaternions, quaternionToRotationVector, rotationVectorToQuaternion } from '../../face/pose-math';
import type { Finding } from '../finding';
import { frameRuns, highestFrame } from '../frame-runs';
import type { MeasuredMotion } from '../measured-motion';
import type { CheckedScene } from '../scene';

const DEGREES = 180 / Math.PI;
const FASTEST_DEGREES_PER_SECOND = 200;
const STRONGEST_DEGREES_PER_SECOND2 = 2500;
/** Frames that exceed a limit so close to each other are one jerk. */
const BRIDGED_FRAMES = 6;

/** The head turns faster, or starts and stops more abruptly, than a neck can. */
export function headJerk({ motion }: CheckedScene): Finding[] {
  const { speed, acceleration } = headDynamics(motion);
  const speedShare = (frame: number): number => (speed[frame] ?? 0) / FASTEST_DEGREES_PER_SECOND;
  const accelerationShare = (frame: number): number => (acceleration[frame] ?? 0) / STRONGEST_DEGREES_PER_SECOND2;
  const worst = (frame: number): number => Math.max(speedShare(frame), accelerationShare(frame));
  return frameRuns(motion.frameCount, (frame) => worst(frame) > 1, BRIDGED_FRAMES).map((run) => {
    const frame = highestFrame(run, worst);
    return speedShare(frame) > accelerationShare(frame)
      ? { ...run, rule: 'head-jerk', measure: 'speed', value: speed[frame] ?? 0, threshold: FASTEST_DEGREES_PER_SECOND, unit: '°/s' }
      : { ...run, rule: 'head-jerk', measure: 'acceleration', value: acceleration[frame] ?? 0, threshold: STRONGEST_DEGREES_PER_SECOND2, unit: '°/s²' };
  });
}

/** Speed (degrees per second, from the frame before) and acceleration (degrees per second squared) of the head at each frame. */
export function headDynamics({ frameCount, headRotation }: MeasuredMotion): { speed: Float32Array; acceleration: Float32Array } {
  const velocity = new Float32Array(3 * (frameCount + 1));
  const speed = new Float32Array(frameCount);
  const acceleration = new Float32Array(frameCount);
  let before = rotationVectorToQuaternion(headRotation);
  for (let frame = 1; frame < frameCount; frame++) {
    const pose = rotationVectorToQuaternion(headRotation.subarray(3 * frame, 3 * frame + 3));
    const turn = quaternionToRotationVector(multiplyQuaternions(pose, invertQuaternion(before)));
    velocity.set(
      turn.map((radians) => radians * DEGREES * FRAME_RATE_HZ),
      3 * frame,
    );
    speed[frame] = lengthAt(velocity, frame, -1);
    before = pose;
  }
  for (let frame = 1; frame < frameCount - 1; frame++) acceleration[frame] = lengthAt(velocity, frame + 1, frame) * FRAME_RATE_HZ;
  return { speed, acceleration };
}

/** Length of vector `row`, or of its difference to vector `other` when that is not negative. */
function lengthAt(vectors: Float32Array, row: number, other: number): number {
  const part = (axis: number): number => (vectors[3 * row + axis] ?? 0) - (other < 0 ? 0 : (vectors[3 * other + axis] ?? 0));
  return Math.hypot(part(0), part(1), part(2));
}
