import { expect, test } from 'vitest';
import { headRigPose } from './head-rig';
import { multiplyQuaternions, rotateVector, rotationVectorToQuaternion } from './pose-math';

test('neck and head together make exactly the given pose', () => {
  const rotation = [0.3, -0.5, 0.1];
  for (const share of [0, 0.4, 1]) {
    const pose = headRigPose(rotation, [1, -2, 3], share);
    const neck = multiplyQuaternions(pose.neck, pose.neck);
    const whole = multiplyQuaternions(neck, pose.head);
    rotationVectorToQuaternion(rotation).forEach((value, i) => {
      expect(whole[i]).toBeCloseTo(value, 12);
    });
    rotateVector(neck, pose.headTranslation).forEach((value, axis) => {
      expect(value).toBeCloseTo([0.01, -0.02, 0.03][axis] ?? Number.NaN, 12);
    });
  }
});

test('without a neck share the neck stays at rest', () => {
  expect(headRigPose([0.3, -0.5, 0.1], [0, 0, 0], 0).neck.map(Math.abs)).toEqual([0, 0, 0, 1]);
});
