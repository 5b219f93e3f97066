import * as THREE from 'three';
import headUrl from '../../assets/head/head.glb?url';
import lightHeadUrl from '../../assets/head/head-l0.glb?url';
import { createLights, createRoom } from '../../src/renderer/preview/create-lights';
import { LIGHT_SETUPS, type LightSetup } from '../../src/renderer/preview/light-setups';
import { loadHeadMaps } from '../../src/renderer/preview/load-head-maps';
import { type HeadModel, loadHeadModel } from '../../src/renderer/preview/load-head-model';
import { poseHead } from '../../src/renderer/preview/pose-head';
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

/** Draws faces; `light` changes the lamps for the pictures that follow. */
export interface FaceRenderer {
  draw(face: EvaluatedFrame, view: View): HTMLCanvasElement;
  light(setup: LightSetup): void;
}

/** Draws with the head, materials, lights and shaders of the studio's viewport as a graphics processor shows them, on a canvas of its own. */
export async function createFaceRenderer(detail: 'full' | 'light' = 'full'): Promise<FaceRenderer> {
  const canvas = document.createElement('canvas');
  const [response, maps] = await Promise.all([fetch(detail === 'full' ? headUrl : lightHeadUrl), loadHeadMaps(true, true)]);
  const model = await loadHeadModel(new Uint8Array(await response.arrayBuffer()), maps);
  model.root.updateMatrixWorld(true);
  const restInverse = model.bones.head.bone.matrixWorld.clone().invert();
  if (!maps.wrinkles) throw new Error('the maps of the wrinkles are missing');
  const regions = regionMaterials(model, maps.wrinkles);
  const gl = new THREE.WebGLRenderer({ canvas, antialias: true, alpha: true, preserveDrawingBuffer: true });
  gl.toneMapping = THREE.NeutralToneMapping;
  gl.toneMappingExposure = 1.35;
  gl.shadowMap.enabled = true;
  gl.shadowMap.type = THREE.PCFShadowMap;
  const scene = new THREE.Scene();
  scene.add(model.root);
  const camera = new THREE.PerspectiveCamera(FIELD_OF_VIEW_DEGREES, 1, 0.05, 10);
  let lights: THREE.Group | null = null;
  const light = (setup: LightSetup): void => {
    lights?.removeFromParent();
    scene.environment?.dispose();
    lights = createLights(setup, true, true);
    scene.add(lights);
    scene.environment = createRoom(gl, setup);
    scene.environmentIntensity = setup.roomIntensity;
  };
  light(LIGHT_SETUPS.studio);
  const draw = (face: EvaluatedFrame, view: View): HTMLCanvasElement => {
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
  return { draw, light };
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
