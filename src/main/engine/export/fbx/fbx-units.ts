import { type Quaternion, quaternionToFixedXyz, type Vector3 } from '../../../../shared/face/pose-math';

/** FBX files are written in centimetres. */
export const CENTIMETRES_PER_METRE = 100;
export const DEGREES_PER_RADIAN = 180 / Math.PI;

/** Rotation as FBX stores it with rotation order XYZ: degrees, R = Rz * Ry * Rx. */
export function eulerDegrees(rotation: Quaternion): Vector3 {
  const [x, y, z] = quaternionToFixedXyz(rotation);
  return [x * DEGREES_PER_RADIAN, y * DEGREES_PER_RADIAN, z * DEGREES_PER_RADIAN];
}
