import type { ExportJoint } from '../../../shared/export-model/export-scene';
import { invertQuaternion, multiplyQuaternions, type Quaternion, rotateVector, type Vector3 } from '../../../shared/face/pose-math';

/** Rest pose of a bone in the axes of the model, metres. */
export interface WorldPose {
  readonly rotation: Quaternion;
  readonly translation: Vector3;
}

/** Rest poses of all bones in the axes of the model. */
export function worldRestPoses(joints: readonly ExportJoint[]): WorldPose[] {
  const poses: WorldPose[] = [];
  for (const joint of joints) {
    const parent = poses[joint.parent];
    if (parent === undefined) {
      poses.push({ rotation: joint.rotation, translation: joint.translation });
      continue;
    }
    const moved = rotateVector(parent.rotation, joint.translation);
    poses.push({
      rotation: multiplyQuaternions(parent.rotation, joint.rotation),
      translation: [parent.translation[0] + moved[0], parent.translation[1] + moved[1], parent.translation[2] + moved[2]],
    });
  }
  return poses;
}

/** 4x4 matrix of a pose, stored column by column; `unitsPerMetre` scales the translation. */
export function poseMatrix({ rotation, translation }: WorldPose, unitsPerMetre: number): Float64Array {
  const x = rotateVector(rotation, [1, 0, 0]);
  const y = rotateVector(rotation, [0, 1, 0]);
  const z = rotateVector(rotation, [0, 0, 1]);
  const shift = translation.map((value) => value * unitsPerMetre);
  return Float64Array.from([...x, 0, ...y, 0, ...z, 0, ...shift, 1]);
}

/** Matrix of the inverse of a pose, stored like `poseMatrix`. */
export function inversePoseMatrix({ rotation, translation }: WorldPose, unitsPerMetre: number): Float64Array {
  const inverse = invertQuaternion(rotation);
  const shift = rotateVector(inverse, translation);
  return poseMatrix({ rotation: inverse, translation: [-shift[0], -shift[1], -shift[2]] }, unitsPerMetre);
}
