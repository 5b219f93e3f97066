/** Three numbers: a point in metres or centimetres, or a rotation vector in radians. */
export type Vector3 = readonly [number, number, number];

/** Unit quaternion, x y z w. */
export type Quaternion = readonly [number, number, number, number];

export const IDENTITY_QUATERNION: Quaternion = [0, 0, 0, 1];

/** Quaternion of a rotation vector (axis times angle, radians). `scale` takes a share of the turn. */
export function rotationVectorToQuaternion(vector: ArrayLike<number>, scale = 1): Quaternion {
  const x = (vector[0] ?? 0) * scale;
  const y = (vector[1] ?? 0) * scale;
  const z = (vector[2] ?? 0) * scale;
  const angle = Math.hypot(x, y, z);
  // sin(a/2)/a by its series near zero, where the quotient loses all digits.
  const factor = angle < 1e-6 ? 0.5 - (angle * angle) / 48 : Math.sin(angle / 2) / angle;
  return [x * factor, y * factor, z * factor, Math.cos(angle / 2)];
}

/** Rotation vector (radians, length 0..pi) of a unit quaternion. */
export function quaternionToRotationVector(quaternion: Quaternion): Vector3 {
  const sign = quaternion[3] < 0 ? -1 : 1;
  const [x, y, z, w] = [quaternion[0] * sign, quaternion[1] * sign, quaternion[2] * sign, quaternion[3] * sign];
  const sine = Math.hypot(x, y, z);
  const factor = sine < 1e-9 ? 2 : (2 * Math.atan2(sine, w)) / sine;
  return [x * factor, y * factor, z * factor];
}

/** Product `a * b`: first b, then a. */
export function multiplyQuaternions(a: Quaternion, b: Quaternion): Quaternion {
  const [ax, ay, az, aw] = a;
  const [bx, by, bz, bw] = b;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

/** Inverse of a unit quaternion. */
export function invertQuaternion([x, y, z, w]: Quaternion): Quaternion {
  return [-x, -y, -z, w];
}

/** Turns a vector by a unit quaternion. */
export function rotateVector([x, y, z, w]: Quaternion, vector: ArrayLike<number>): Vector3 {
  const [vx, vy, vz] = [vector[0] ?? 0, vector[1] ?? 0, vector[2] ?? 0];
  const tx = 2 * (y * vz - z * vy);
  const ty = 2 * (z * vx - x * vz);
  const tz = 2 * (x * vy - y * vx);
  return [vx + w * tx + y * tz - z * ty, vy + w * ty + z * tx - x * tz, vz + w * tz + x * ty - y * tx];
}

/** Turn of an eye: yaw (+ = its own left) after pitch (+ = down), radians. */
export function yawPitchToQuaternion(yaw: number, pitch: number): Quaternion {
  const [sy, cy, sp, cp] = [Math.sin(yaw / 2), Math.cos(yaw / 2), Math.sin(pitch / 2), Math.cos(pitch / 2)];
  return [cy * sp, sy * cp, -sy * sp, cy * cp];
}

/** Row-major 3x3 rotation matrix of a unit quaternion. */
function rotationMatrix([x, y, z, w]: Quaternion): readonly [number, number, number, number, number, number, number, number, number] {
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    1 - 2 * (x * x + z * z),
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    1 - 2 * (x * x + y * y),
  ];
}

/** Angles x y z (radians) with R = Rz * Ry * Rx, the rotation order 'XYZ' of FBX and BVH. */
export function quaternionToFixedXyz(quaternion: Quaternion): Vector3 {
  const [m00, , , m10, m11, m12, m20, m21, m22] = rotationMatrix(quaternion);
  const cosineY = Math.hypot(m00, m10);
  const y = Math.atan2(-m20, cosineY);
  if (cosineY < 1e-9) return [Math.atan2(-m12, m11), y, 0];
  return [Math.atan2(m21, m22), y, Math.atan2(m10, m00)];
}

/** Quaternion of angles (radians) with R = Rz * Ry * Rx. */
export function fixedXyzToQuaternion([x, y, z]: Vector3): Quaternion {
  return multiplyQuaternions(
    rotationVectorToQuaternion([0, 0, z]),
    multiplyQuaternions(rotationVectorToQuaternion([0, y, 0]), rotationVectorToQuaternion([x, 0, 0])),
  );
}

/** Pitch, yaw and roll (radians) with R = Ry * Rx * Rz, the angles shown to the animator. */
export function quaternionToPitchYawRoll(quaternion: Quaternion): Vector3 {
  const [m00, m01, m02, m10, m11, m12, , , m22] = rotationMatrix(quaternion);
  const cosinePitch = Math.hypot(m10, m11);
  const pitch = Math.atan2(-m12, cosinePitch);
  if (cosinePitch < 1e-9) return [pitch, Math.atan2(-Math.sign(m12) * m01, m00), 0];
  return [pitch, Math.atan2(m02, m22), Math.atan2(m10, m11)];
}

/** Quaternion of pitch, yaw and roll (radians) with R = Ry * Rx * Rz. */
export function pitchYawRollToQuaternion([pitch, yaw, roll]: Vector3): Quaternion {
  return multiplyQuaternions(yawPitchToQuaternion(yaw, pitch), rotationVectorToQuaternion([0, 0, roll]));
}

/** The same fixed XYZ angles, by full turns and the mirror solution, nearest to the previous frame's, so that curves have no jumps (radians). */
export function unwrapFixedXyz(angles: Vector3, previous: Vector3): Vector3 {
  const near = (angle: number, reference: number): number => angle - 2 * Math.PI * Math.round((angle - reference) / (2 * Math.PI));
  const nearest = ([x, y, z]: Vector3): Vector3 => [near(x, previous[0]), near(y, previous[1]), near(z, previous[2])];
  const distance = (candidate: Vector3): number => candidate.reduce((sum, angle, axis) => sum + Math.abs(angle - (previous[axis] ?? 0)), 0);
  const direct = nearest(angles);
  const mirrored = nearest([angles[0] + Math.PI, Math.PI - angles[1], angles[2] + Math.PI]);
  return distance(mirrored) < distance(direct) ? mirrored : direct;
}
