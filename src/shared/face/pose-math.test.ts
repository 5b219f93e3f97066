import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fixedXyzToQuaternion,
  invertQuaternion,
  multiplyQuaternions,
  pitchYawRollToQuaternion,
  type Quaternion,
  quaternionToFixedXyz,
  quaternionToPitchYawRoll,
  quaternionToRotationVector,
  rotateVector,
  rotationVectorToQuaternion,
  unwrapFixedXyz,
  type Vector3,
  yawPitchToQuaternion,
} from './pose-math';

const angle = (limit: number): fc.Arbitrary<number> => fc.double({ min: -limit, max: limit, noNaN: true });
const vector = (limit: number): fc.Arbitrary<Vector3> => fc.tuple(angle(limit), angle(limit), angle(limit));

function expectSameTurn(actual: Quaternion, expected: Quaternion): void {
  const difference = quaternionToRotationVector(multiplyQuaternions(actual, invertQuaternion(expected)));
  expect(Math.hypot(...difference)).toBeLessThan(1e-7);
}

describe('pose math', () => {
  test('signs follow the conventions: left, down, tilt to the right', () => {
    const forward: Vector3 = [0, 0, 1];
    expect(rotateVector(rotationVectorToQuaternion([0, 0.5, 0]), forward)[0]).toBeCloseTo(Math.sin(0.5), 12);
    expect(rotateVector(rotationVectorToQuaternion([0.5, 0, 0]), forward)[1]).toBeCloseTo(-Math.sin(0.5), 12);
    expect(rotateVector(rotationVectorToQuaternion([0, 0, 0.5]), [0, 1, 0])[0]).toBeCloseTo(-Math.sin(0.5), 12);
    const gaze = rotateVector(yawPitchToQuaternion(0.3, 0.2), forward);
    expect(gaze[0]).toBeGreaterThan(0.2);
    expect(gaze[1]).toBeCloseTo(-Math.sin(0.2), 12);
  });

  test('rotation vectors survive the quaternion, tiny ones too', () => {
    fc.assert(
      fc.property(vector(1.8), (turn) => {
        const back = quaternionToRotationVector(rotationVectorToQuaternion(turn));
        turn.forEach((value, axis) => {
          expect(back[axis]).toBeCloseTo(value, 9);
        });
      }),
    );
    expect(quaternionToRotationVector(rotationVectorToQuaternion([1e-12, 0, 0]))[0]).toBeCloseTo(1e-12, 18);
  });

  test('shares of a turn compose to the whole turn', () => {
    const turn: Vector3 = [0.4, -0.7, 0.2];
    const parts = multiplyQuaternions(rotationVectorToQuaternion(turn, 0.4), rotationVectorToQuaternion(turn, 0.6));
    expectSameTurn(parts, rotationVectorToQuaternion(turn));
  });

  test('both Euler orders give the turn back', () => {
    fc.assert(
      fc.property(vector(1.5), (turn) => {
        const quaternion = rotationVectorToQuaternion(turn);
        expectSameTurn(fixedXyzToQuaternion(quaternionToFixedXyz(quaternion)), quaternion);
        expectSameTurn(pitchYawRollToQuaternion(quaternionToPitchYawRoll(quaternion)), quaternion);
      }),
    );
  });

  test('pitch, yaw and roll come back as given, also straight up', () => {
    const angles = quaternionToPitchYawRoll(pitchYawRollToQuaternion([0.3, -0.6, 0.1]));
    expect(angles[0]).toBeCloseTo(0.3, 12);
    expect(angles[1]).toBeCloseTo(-0.6, 12);
    expect(angles[2]).toBeCloseTo(0.1, 12);
    for (const pitch of [Math.PI / 2, -Math.PI / 2]) {
      const upright = pitchYawRollToQuaternion([pitch, 0.4, 0.2]);
      expectSameTurn(pitchYawRollToQuaternion(quaternionToPitchYawRoll(upright)), upright);
    }
  });

  test('unwrapped angles do not jump and mean the same turn', () => {
    let previous: Vector3 = [0, 0, 0];
    for (let step = 0; step <= 200; step++) {
      const quaternion = rotationVectorToQuaternion([0, step * 0.05, 0]);
      const angles = unwrapFixedXyz(quaternionToFixedXyz(quaternion), previous);
      angles.forEach((value, axis) => {
        expect(Math.abs(value - (previous[axis] ?? 0))).toBeLessThan(0.06);
      });
      expectSameTurn(fixedXyzToQuaternion(angles), quaternion);
      previous = angles;
    }
  });
});
