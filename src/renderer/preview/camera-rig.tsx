import { useThree } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { PerspectiveCamera, Vector3 } from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import { useView } from '../session/studio-context';
import type { CameraPreset } from '../workspace/view-store';

/** Middle of the face of the shipped head, metres above the base of the neck. */
const TARGET = new Vector3(0, 0.108, 0.03);
const DISTANCE = 0.82;
const ANGLES_DEGREES: Readonly<Record<CameraPreset, number>> = { front: 0, 'three-quarter': 32, side: 90 };
const HEIGHT_ABOVE_TARGET = 0.015;

/** Orbit by mouse, and the three standing views. */
export function CameraRig() {
  const { camera, gl, invalidate, size } = useThree();
  const preset = useView((view) => view.camera);
  const request = useView((view) => view.cameraRequest);
  const controls = useRef<OrbitControls | null>(null);

  useEffect(() => {
    const orbit = new OrbitControls(camera, gl.domElement);
    orbit.target.copy(TARGET);
    orbit.minDistance = 0.25;
    orbit.maxDistance = 2;
    orbit.enablePan = true;
    orbit.zoomSpeed = 0.7;
    const redraw = (): void => invalidate();
    orbit.addEventListener('change', redraw);
    controls.current = orbit;
    return () => {
      controls.current = null;
      orbit.dispose();
    };
  }, [camera, gl, invalidate]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `request` asks for the same preset again
  useEffect(() => {
    const angle = (ANGLES_DEGREES[preset] * Math.PI) / 180;
    camera.position.set(Math.sin(angle) * DISTANCE, TARGET.y + HEIGHT_ABOVE_TARGET, TARGET.z + Math.cos(angle) * DISTANCE);
    controls.current?.target.copy(TARGET);
    controls.current?.update();
    invalidate();
  }, [camera, preset, request, invalidate]);

  useEffect(() => {
    if (!(camera instanceof PerspectiveCamera)) return;
    // A narrow viewport still has to hold the whole head.
    camera.fov = size.width < size.height ? 38 : 26;
    camera.updateProjectionMatrix();
    invalidate();
  }, [camera, size, invalidate]);
  return null;
}
