import { MORPH_NAMES } from '../face/coefficients';
import { HEAD_BONES, headRigPose } from '../face/head-rig';
import {
  IDENTITY_QUATERNION,
  invertQuaternion,
  multiplyQuaternions,
  type Quaternion,
  rotateVector,
  type Vector3,
  yawPitchToQuaternion,
} from '../face/pose-math';
import type { ExportJoint, ExportScene, ExportTake, RotationTrack, TranslationTrack } from './export-scene';
import type { SampledFace } from './sample-take';

/** Puts a sampled face on the bones and channels of a scene. `neckShare` (0..1) is the part of the head turn that the neck takes. Throws RangeError when a bone is missing. */
export function poseTake(scene: ExportScene, face: SampledFace, neckShare: number): ExportTake {
  const { frameCount } = face;
  const neck01 = rotationWriter(scene.joints, HEAD_BONES.neck01, frameCount);
  const neck02 = rotationWriter(scene.joints, HEAD_BONES.neck02, frameCount);
  const head = rotationWriter(scene.joints, HEAD_BONES.head, frameCount);
  const leftEye = rotationWriter(scene.joints, HEAD_BONES.leftEye, frameCount);
  const rightEye = rotationWriter(scene.joints, HEAD_BONES.rightEye, frameCount);
  const headShift = translationWriter(scene.joints, HEAD_BONES.head, frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    const pose = headRigPose(row(face.headRotation, frame), row(face.headTranslation, frame), neckShare);
    neck01.write(frame, pose.neck);
    neck02.write(frame, pose.neck);
    head.write(frame, pose.head);
    headShift.write(frame, pose.headTranslation);
    const eye = (offset: number): number => face.eyes[frame * 4 + offset] ?? 0;
    leftEye.write(frame, yawPitchToQuaternion(eye(0), eye(1)));
    rightEye.write(frame, yawPitchToQuaternion(eye(2), eye(3)));
  }
  return {
    name: face.name,
    frameCount,
    rate: face.rate,
    weights: orderWeights(face.weights, frameCount, scene.channels),
    rotations: [neck01, neck02, head, leftEye, rightEye].map((writer) => writer.track),
    translations: [headShift.track],
  };
}

/** Orientation of every joint at rest in the axes of the model. */
export function restOrientations(joints: readonly ExportJoint[]): Quaternion[] {
  const orientations: Quaternion[] = [];
  for (const joint of joints) {
    orientations.push(multiplyQuaternions(orientations[joint.parent] ?? IDENTITY_QUATERNION, joint.rotation));
  }
  return orientations;
}

function row(values: Float32Array, frame: number): Vector3 {
  return [values[frame * 3] ?? 0, values[frame * 3 + 1] ?? 0, values[frame * 3 + 2] ?? 0];
}

function findJoint(joints: readonly ExportJoint[], name: string): { index: number; joint: ExportJoint; parentOrientation: Quaternion } {
  const index = joints.findIndex((joint) => joint.name === name);
  const joint = joints[index];
  if (joint === undefined) throw new RangeError(`the head has no bone called ${name}`);
  return { index, joint, parentOrientation: restOrientations(joints)[joint.parent] ?? IDENTITY_QUATERNION };
}

/** Writes turns given in model axes as local rotations; bones may have any orientation at rest. */
function rotationWriter(
  joints: readonly ExportJoint[],
  name: string,
  frameCount: number,
): { track: RotationTrack; write(frame: number, turn: Quaternion): void } {
  const { index, joint, parentOrientation } = findJoint(joints, name);
  const toLocal = invertQuaternion(parentOrientation);
  const fromLocal = multiplyQuaternions(parentOrientation, joint.rotation);
  const values = new Float32Array(frameCount * 4);
  let previous: Quaternion = joint.rotation;
  return {
    track: { joint: index, values },
    write(frame, turn) {
      const local = multiplyQuaternions(multiplyQuaternions(toLocal, turn), fromLocal);
      const dot = local.reduce((sum, value, i) => sum + value * (previous[i] ?? 0), 0);
      previous = dot < 0 ? [-local[0], -local[1], -local[2], -local[3]] : local;
      values.set(previous, frame * 4);
    },
  };
}

function translationWriter(
  joints: readonly ExportJoint[],
  name: string,
  frameCount: number,
): { track: TranslationTrack; write(frame: number, shift: Vector3): void } {
  const { index, joint, parentOrientation } = findJoint(joints, name);
  const toLocal = invertQuaternion(parentOrientation);
  const values = new Float32Array(frameCount * 3);
  return {
    track: { joint: index, values },
    write(frame, shift) {
      rotateVector(toLocal, shift).forEach((value, axis) => {
        values[frame * 3 + axis] = joint.translation[axis as 0 | 1 | 2] + value;
      });
    },
  };
}

function orderWeights(weights: Float32Array, frameCount: number, channels: readonly string[]): Float32Array {
  const ordered = new Float32Array(frameCount * channels.length);
  channels.forEach((name, channel) => {
    const source = MORPH_NAMES.indexOf(name);
    if (source < 0) return;
    for (let frame = 0; frame < frameCount; frame++) {
      ordered[frame * channels.length + channel] = weights[frame * MORPH_NAMES.length + source] ?? 0;
    }
  });
  return ordered;
}
