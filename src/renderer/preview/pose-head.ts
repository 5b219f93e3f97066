import { Quaternion } from 'three';
import { EXPRESSION_COUNT } from '../../shared/face/coefficients';
import type { EvaluatedFrame } from '../../shared/face/evaluate';
import { headRigPose } from '../../shared/face/head-rig';
import { type Quaternion as QuaternionNumbers, yawPitchToQuaternion } from '../../shared/face/pose-math';
import type { HeadModel, RestBone } from './load-head-model';

const turn = new Quaternion();

/** Puts an evaluated frame on the head: morph weights, neck, head and eyes; the same shares as in exports. */
export function poseHead(model: HeadModel, frame: EvaluatedFrame): void {
  for (const { mesh, weightIndices } of model.morphMeshes) {
    const influences = mesh.morphTargetInfluences;
    if (!influences) continue;
    weightIndices.forEach((index, target) => {
      influences[target] = index < 0 ? 0 : index < EXPRESSION_COUNT ? (frame.expression[index] ?? 0) : (frame.detail[index - EXPRESSION_COUNT] ?? 0);
    });
  }
  model.dress.wrinkleWeights.set(frame.detail);
  const pose = headRigPose(frame.headRotation, frame.headTranslation);
  turnBone(model.bones.neck01, pose.neck);
  turnBone(model.bones.neck02, pose.neck);
  turnBone(model.bones.head, pose.head);
  const { bone, restPosition } = model.bones.head;
  bone.position.set(restPosition.x + pose.headTranslation[0], restPosition.y + pose.headTranslation[1], restPosition.z + pose.headTranslation[2]);
  turnBone(model.bones.leftEye, yawPitchToQuaternion(frame.leftEye.yaw, frame.leftEye.pitch));
  turnBone(model.bones.rightEye, yawPitchToQuaternion(frame.rightEye.yaw, frame.rightEye.pitch));
  model.dress.update(frame.expression);
}

function turnBone({ bone, restRotation }: RestBone, [x, y, z, w]: QuaternionNumbers): void {
  bone.quaternion.copy(turn.set(x, y, z, w)).multiply(restRotation);
}
