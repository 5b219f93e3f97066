import { expect, test } from 'vitest';
import { createMovingTake } from '../../../test/fixtures/export/test-clip';
import { createTestHead } from '../../../test/fixtures/export/test-head';
import { decodeTake } from '../clip/decoded-stream';
import { invertQuaternion, multiplyQuaternions, type Quaternion, quaternionToRotationVector, rotateVector } from '../face/pose-math';
import { frameRateOf } from './frame-rate';
import { poseTake, restOrientations } from './pose-take';
import { sampleTake } from './sample-take';

const STREAMS = { head: true, mouth: true, wrinkles: true, eyes: true };

test('bones with any rest orientation turn the head and eyes by the evaluated angles', async () => {
  const head = createTestHead();
  const source = createMovingTake(30);
  const face = await sampleTake(source, decodeTake(source), { startSeconds: 0, endSeconds: 1 }, frameRateOf('30'), STREAMS, async () => undefined);
  const take = poseTake(head, face, 0.4);
  const rest = restOrientations(head.joints);
  for (const frame of [0, 7, 29]) {
    const posed = restOrientations(
      head.joints.map((joint, index) => {
        const values = take.rotations.find((track) => track.joint === index)?.values.subarray(frame * 4, frame * 4 + 4);
        return values === undefined ? joint : { ...joint, rotation: [...values] as unknown as Quaternion };
      }),
    );
    const turnOf = (name: string): Quaternion => {
      const index = head.joints.findIndex((joint) => joint.name === name);
      return multiplyQuaternions(posed[index] ?? [0, 0, 0, 1], invertQuaternion(rest[index] ?? [0, 0, 0, 1]));
    };
    quaternionToRotationVector(turnOf('head')).forEach((value, axis) => {
      expect(value).toBeCloseTo(face.headRotation[frame * 3 + axis] ?? Number.NaN, 5);
    });
    const gaze = rotateVector(multiplyQuaternions(invertQuaternion(turnOf('head')), turnOf('LeftEye')), [0, 0, 1]);
    expect(Math.atan2(gaze[0], gaze[2])).toBeCloseTo(face.eyes[frame * 4] ?? Number.NaN, 5);
    expect(Math.asin(-gaze[1])).toBeCloseTo(face.eyes[frame * 4 + 1] ?? Number.NaN, 5);
  }
});

test('a rig without a needed bone is refused by name', async () => {
  const head = createTestHead();
  const source = createMovingTake(3);
  const face = await sampleTake(source, decodeTake(source), { startSeconds: 0, endSeconds: 0.1 }, frameRateOf('30'), STREAMS, async () => undefined);
  expect(() => poseTake({ ...head, joints: head.joints.slice(0, 3) }, face, 0.4)).toThrow('no bone called head');
});
