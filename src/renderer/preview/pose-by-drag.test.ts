import { expect, test } from 'vitest';
import { pitchYawRollToQuaternion, rotateVector, type Vector3 } from '../../shared/face/pose-math';
import { type HeadTurn, turnByDrag } from './pose-by-drag';

/** Where a point of the head goes on the screen of a camera at an azimuth, pixels right and up. */
function moved(turn: HeadTurn, point: Vector3, azimuth: number): { right: number; up: number } {
  const radians = [turn.headPitch, turn.headYaw, turn.headRoll].map((degrees) => (degrees * Math.PI) / 180) as unknown as Vector3;
  const after = rotateVector(pitchYawRollToQuaternion(radians), point);
  const right = ([x, , z]: Vector3): number => x * Math.cos(azimuth) - z * Math.sin(azimuth);
  return { right: right(after) - right(point), up: after[1] - point[1] };
}

test.each([0, 0.6, Math.PI / 2, -1])('from azimuth %f the near side of the head follows the pointer', (azimuth) => {
  const near: Vector3 = [Math.sin(azimuth), 0, Math.cos(azimuth)];
  const sideways = moved(turnByDrag(40, 0, azimuth, false), near, azimuth);
  expect(sideways.right).toBeGreaterThan(0.1);
  expect(Math.abs(sideways.up)).toBeLessThan(0.02);
  const down = moved(turnByDrag(0, 40, azimuth, false), near, azimuth);
  expect(down.up).toBeLessThan(-0.1);
  expect(Math.abs(down.right)).toBeLessThan(0.02);
});

test.each([0, 0.6, Math.PI / 2])('rolling from azimuth %f moves the top of the head with the pointer, and not towards the camera', (azimuth) => {
  expect(moved(turnByDrag(40, 0, azimuth, true), [0, 1, 0], azimuth).right).toBeGreaterThan(0.1);
  const near: Vector3 = [Math.sin(azimuth), 0, Math.cos(azimuth)];
  const still = moved(turnByDrag(40, 0, azimuth, true), near, azimuth);
  expect(Math.hypot(still.right, still.up)).toBeLessThan(0.02);
});
