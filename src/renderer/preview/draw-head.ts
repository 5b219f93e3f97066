import { DoubleSide, MeshBasicMaterial, MeshLambertMaterial, type PerspectiveCamera, type Scene, type WebGLRenderer } from 'three';
import type { Take } from '../../shared/clip/clip-schema';
import { createEvaluatedFrame, evaluateTake } from '../../shared/face/evaluate';
import { decodedStreamsOf } from '../document/decoded-streams';
import type { Ink } from '../ui/use-canvas';
import { type HeadView, middleOf, type Rectangle } from './head-views';
import type { HeadModel } from './load-head-model';
import { poseHead } from './pose-head';

/** What one renderer draws heads with; the one head in the scene is posed anew for every picture. */
export interface HeadStage {
  readonly gl: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
}

const frame = createEvaluatedFrame();
const resting = createEvaluatedFrame();
const ghostDepth = new MeshBasicMaterial({ colorWrite: false, side: DoubleSide });
const ghostSkin = new MeshLambertMaterial({ transparent: true, opacity: 0.42, side: DoubleSide });

/** Gives ghosts the colour of the theme. */
export function tintGhosts(ink: Ink): void {
  ghostSkin.color.set(ink('--accent'));
}

/** Puts the head as a take has it at a time, or at rest. */
export function poseTake(model: HeadModel, take: Take | undefined, timeSeconds: number): void {
  poseHead(model, take ? evaluateTake(take, decodedStreamsOf(take), timeSeconds, frame) : resting);
}

/** Draws the posed head into a part of the canvas and clears only that part. */
export function drawHead({ gl, scene, camera }: HeadStage, place: Rectangle, visible = place): void {
  gl.setViewport(place.x, place.y, place.width, place.height);
  gl.setScissor(visible.x, visible.y, visible.width, visible.height);
  gl.setScissorTest(true);
  gl.render(scene, camera);
  gl.setScissorTest(false);
}

/** Leaves a part of the canvas empty. */
export function clearPlace(gl: WebGLRenderer, place: Rectangle): void {
  gl.setScissor(place.x, place.y, place.width, place.height);
  gl.setScissorTest(true);
  gl.clear();
  gl.setScissorTest(false);
}

/** Draws a picture of the viewport; `whole` is the size of the canvas. */
export function drawView(stage: HeadStage, view: HeadView, whole: { readonly width: number; readonly height: number }): void {
  const { camera } = stage;
  const isPart = view.frame.width !== whole.width;
  if (isPart) {
    const middle = middleOf(whole, view.frame);
    camera.setViewOffset(whole.width, whole.height, middle.x, middle.y, middle.width, middle.height);
  }
  if (view.isGhost) drawGhost(stage, view);
  else drawHead(stage, view.frame, view.visible);
  if (isPart) camera.clearViewOffset();
}

/** A ghost lies over what is there; its depth is drawn first, so that only its outer skin is seen. */
function drawGhost(stage: HeadStage, { frame: place, visible }: HeadView): void {
  const { gl, scene } = stage;
  gl.autoClear = false;
  gl.clearDepth();
  for (const material of [ghostDepth, ghostSkin]) {
    scene.overrideMaterial = material;
    drawHead(stage, place, visible);
  }
  scene.overrideMaterial = null;
  gl.autoClear = true;
}
