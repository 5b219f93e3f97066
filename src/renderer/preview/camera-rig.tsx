import { useThree } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { MOUSE, PerspectiveCamera } from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import { useCurves, useView } from '../session/studio-context';
import { FACE_CENTRE, lookAtHead } from './look-at-head';

/** Orbit by mouse, and the three standing views. In pose mode the left button turns the head and the right one the camera. */
export function CameraRig() {
  const { camera, gl, invalidate, size } = useThree();
  const preset = useView((view) => view.camera);
  const request = useView((view) => view.cameraRequest);
  const isPosing = useCurves((curves) => curves.isPosing);
  const controls = useRef<OrbitControls | null>(null);

  useEffect(() => {
    const orbit = new OrbitControls(camera, gl.domElement);
    orbit.target.copy(FACE_CENTRE);
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

  useEffect(() => {
    if (controls.current)
      controls.current.mouseButtons = { LEFT: isPosing ? null : MOUSE.ROTATE, MIDDLE: MOUSE.DOLLY, RIGHT: isPosing ? MOUSE.ROTATE : MOUSE.PAN };
  }, [isPosing]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `request` asks for the same preset again
  useEffect(() => {
    lookAtHead(camera, preset);
    controls.current?.target.copy(FACE_CENTRE);
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
