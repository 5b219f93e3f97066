import { type Camera, Vector3 } from 'three';
import type { CameraPreset } from '../workspace/view-store';

/** Middle of the face of the shipped head, metres above the base of the neck. */
export const FACE_CENTRE = new Vector3(0, 0.108, 0.03);
const DISTANCE = 0.82;
const ANGLES_DEGREES: Readonly<Record<CameraPreset, number>> = { front: 0, 'three-quarter': 32, side: 90 };
const HEIGHT_ABOVE_CENTRE = 0.015;

/** Puts a camera at one of the standing views. */
export function lookAtHead(camera: Camera, preset: CameraPreset): void {
  const angle = (ANGLES_DEGREES[preset] * Math.PI) / 180;
  camera.position.set(Math.sin(angle) * DISTANCE, FACE_CENTRE.y + HEIGHT_ABOVE_CENTRE, FACE_CENTRE.z + Math.cos(angle) * DISTANCE);
  camera.lookAt(FACE_CENTRE);
}
