import { createRoot, extend } from '@react-three/fiber';
import { createElement } from 'react';
import * as THREE from 'three';
import headUrl from '../../assets/head/head.glb?url';
import { type HeadModel, loadHeadModel } from '../../src/renderer/preview/load-head-model';
import { poseHead } from '../../src/renderer/preview/pose-head';
import { StudioLights } from '../../src/renderer/preview/studio-lights';
import { loadWrinkleMaps } from '../../src/renderer/preview/wrinkle-maps';
import type { EvaluatedFrame } from '../../src/shared/face/evaluate';
import { regionMaterials } from './region-materials';

/** Size of a picture in pixels, and what it shows. */
export interface View {
  readonly width: number;
  readonly height: number;
  /** Point in the middle, metres, on the head at rest. */
  readonly target: readonly [number, number, number];
  /** The camera moves and turns with the head. */
  readonly isFollowing: boolean;
  readonly distanceMetres: number;
  /** 0 = from the front, positive = from the left of the face. */
  readonly angleDegrees: number;
  /** The studio's own look, or the wrinkle regions that the face uses in red on a green head. */
  readonly look: 'shaded' | 'regions';
}

const FIELD_OF_VIEW_DEGREES = 20;

/** Draws faces with the head, materials, lights and wrinkle shader of the studio's viewport, on a canvas of its own. */
export async function createFaceRenderer(): Promise<(face: EvaluatedFrame, view: View) => HTMLCanvasElement> {
  const canvas = document.createElement('canvas');
  const [response, maps] = await Promise.all([fetch(headUrl), loadWrinkleMaps()]);
  const model = await loadHeadModel(new Uint8Array(await response.arrayBuffer()), maps);
  model.root.updateMatrixWorld(true);
  const restInverse = model.bones.head.bone.matrixWorld.clone().invert();
  const regions = regionMaterials(model, maps);
  extend({ DirectionalLight: THREE.DirectionalLight, HemisphereLight: THREE.HemisphereLight });
  const root = createRoot(canvas);
  const camera = new THREE.PerspectiveCamera(FIELD_OF_VIEW_DEGREES, 1, 0.05, 10);
  await root.configure({
    frameloop: 'never',
    dpr: 1,
    size: { width: 16, height: 16, top: 0, left: 0 },
    camera,
    gl: { antialias: true, toneMapping: THREE.NeutralToneMapping, toneMappingExposure: 1.35, preserveDrawingBuffer: true },
  });
  const store = root.render(createElement(StudioLights, { isRaking: false }));
  const { gl, scene } = store.getState();
  // The lights come with the next commit of React.
  while (scene.children.length === 0) await new Promise((done) => setTimeout(done, 50));
  scene.add(model.root);
  return (face, view) => {
    poseHead(model, face);
    gl.setSize(view.width, view.height, false);
    camera.aspect = view.width / view.height;
    placeCamera(camera, view, view.isFollowing ? headTurn(model, restInverse) : new THREE.Matrix4());
    camera.updateProjectionMatrix();
    if (view.look === 'regions') regions.show(face.detail);
    gl.render(scene, camera);
    if (view.look === 'regions') regions.hide();
    return canvas;
  };
}

/** Where the pose has taken the head, from its place at rest. */
function headTurn(model: HeadModel, restInverse: THREE.Matrix4): THREE.Matrix4 {
  model.root.updateMatrixWorld(true);
  return model.bones.head.bone.matrixWorld.clone().multiply(restInverse);
}

function placeCamera(camera: THREE.PerspectiveCamera, { target, distanceMetres, angleDegrees }: View, turn: THREE.Matrix4): void {
  const angle = THREE.MathUtils.degToRad(angleDegrees);
  const middle = new THREE.Vector3(...target);
  camera.position.set(Math.sin(angle), 0, Math.cos(angle)).multiplyScalar(distanceMetres).add(middle).applyMatrix4(turn);
  camera.up.set(0, 1, 0).transformDirection(turn);
  camera.lookAt(middle.applyMatrix4(turn));
}
