import { Bone, BufferGeometry, Group, Mesh, Quaternion } from 'three';
import { expect, test } from 'vitest';
import { expressionIndex, MORPH_NAMES } from '../../shared/face/coefficients';
import { createEvaluatedFrame } from '../../shared/face/evaluate';
import { rotationVectorToQuaternion } from '../../shared/face/pose-math';
import type { HeadModel, RestBone } from './load-head-model';
import { poseHead } from './pose-head';

function makeModel(): { model: HeadModel; mesh: Mesh; chain: Record<string, Bone> } {
  const chain: Record<string, Bone> = {};
  const rest = (name: string, parent?: Bone): RestBone => {
    const bone = new Bone();
    bone.position.set(0, 0.05, 0.02);
    chain[name] = bone;
    parent?.add(bone);
    return { bone, restRotation: bone.quaternion.clone(), restPosition: bone.position.clone() };
  };
  const neck01 = rest('neck01');
  const neck02 = rest('neck02', neck01.bone);
  const head = rest('head', neck02.bone);
  const mesh = new Mesh(new BufferGeometry());
  mesh.morphTargetInfluences = [0, 0, 9];
  const model: HeadModel = {
    root: new Group().add(neck01.bone),
    morphMeshes: [{ mesh, weightIndices: [MORPH_NAMES.indexOf('jawOpen'), MORPH_NAMES.indexOf('wrinkle_chin'), -1] }],
    bones: { neck01, neck02, head, leftEye: rest('leftEye', head.bone), rightEye: rest('rightEye', head.bone) },
    materials: [],
    dress: { wrinkleWeights: new Float32Array(14), update: () => undefined },
    dispose: () => undefined,
  };
  return { model, mesh, chain };
}

test('weights reach their morph targets by name, unknown targets rest', () => {
  const { model, mesh } = makeModel();
  const frame = createEvaluatedFrame();
  frame.expression[expressionIndex('jawOpen')] = 0.25;
  frame.detail[12] = 0.5;
  poseHead(model, frame);
  expect(mesh.morphTargetInfluences).toEqual([0.25, 0.5, 0]);
  expect(model.dress.wrinkleWeights[12]).toBe(0.5);
});

test('neck and head together turn by exactly the head pose, and a second pose starts from rest', () => {
  const { model, chain } = makeModel();
  const frame = createEvaluatedFrame();
  frame.headRotation.set([0.1, -0.4, 0.2]);
  poseHead(model, frame);
  poseHead(model, frame);
  model.root.updateMatrixWorld(true);
  const turned = chain['head']?.getWorldQuaternion(new Quaternion()) ?? new Quaternion();
  const [x, y, z, w] = rotationVectorToQuaternion([0.1, -0.4, 0.2]);
  expect(turned.angleTo(new Quaternion(x, y, z, w))).toBeLessThan(1e-6);
});

test('eyes look to the own left for a positive yaw and down for a positive pitch', () => {
  const { model, chain } = makeModel();
  const frame = createEvaluatedFrame();
  frame.leftEye.yaw = 0.2;
  frame.rightEye.pitch = 0.1;
  poseHead(model, frame);
  expect(chain['leftEye']?.rotation.y).toBeCloseTo(0.2, 6);
  expect(chain['rightEye']?.rotation.x).toBeCloseTo(0.1, 6);
});
