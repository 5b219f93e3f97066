import { invertQuaternion, type Quaternion, rotateVector, rotationVectorToQuaternion, type Vector3 } from './pose-math';

/** Bones of the shipped head, in order from the root; eyes and jaw hang on the head. */
export const HEAD_BONES = { neck01: 'neck01', neck02: 'neck02', head: 'head', leftEye: 'LeftEye', rightEye: 'RightEye' } as const;

/** Share of a head turn that the two neck bones take together; the head bone takes the rest. */
export const DEFAULT_NECK_SHARE = 0.4;

/** What the bones of the neck do for one head pose, in axes of the model (Y up, +Z front), each relative to its parent. */
export interface HeadRigPose {
  /** Turn of neck01 and of neck02 each. */
  readonly neck: Quaternion;
  /** Turn of the head bone. */
  readonly head: Quaternion;
  /** Shift of the head bone in metres, in the frame of the turned neck. */
  readonly headTranslation: Vector3;
}

/**
 * Spreads a head pose (rotation vector in radians, translation in centimetres) over neck and head. All shares turn about one axis, so together they are exactly
 * the given turn, and the translation moves the head by exactly that much in the model's axes.
 */
export function headRigPose(rotation: ArrayLike<number>, translationCentimetres: ArrayLike<number>, neckShare = DEFAULT_NECK_SHARE): HeadRigPose {
  const wholeNeck = rotationVectorToQuaternion(rotation, neckShare);
  const shift: Vector3 = [(translationCentimetres[0] ?? 0) / 100, (translationCentimetres[1] ?? 0) / 100, (translationCentimetres[2] ?? 0) / 100];
  return {
    neck: rotationVectorToQuaternion(rotation, neckShare / 2),
    head: rotationVectorToQuaternion(rotation, 1 - neckShare),
    headTranslation: rotateVector(invertQuaternion(wholeNeck), shift),
  };
}
