import { type Bone, Matrix3, Matrix4, type Mesh, type MeshStandardMaterial, type SkinnedMesh, type Texture, type Vector3 } from 'three';
import { DETAIL_COUNT } from '../../shared/face/coefficients';
import { CARD_LIGHT } from './card-light';
import { type EyePlaces, eyeLight } from './eye-light';
import { followVertex, landmarksOf } from './follow-vertex';
import { HEAD_SPACE } from './head-space';
import { mouthLight } from './mouth-light';
import { patchShader } from './shader-patch';
import { skinLight } from './skin-light';
import { type WrinkleMaps, wrinklePatch } from './wrinkle-maps';

/** Pictures for the shaders of the head, beside those in its file; small and weak pictures do without. */
export interface HeadMaps {
  readonly wrinkles: WrinkleMaps | null;
  /** Without it the skin is lit plainly. */
  readonly microNormal: Texture | null;
}

/** The part of a frame that shaders need. */
export interface HeadDress {
  readonly wrinkleWeights: Float32Array;
  /** Tells the shaders where lips and lids are (52 expression weights) and how the eye bones stand. */
  update(expression: Float32Array): void;
}

/** The inside of the mouth has a chart of its own in a corner of the skin's pictures. */
const INSIDE_MOUTH_CHART = 'step(vRestUv.x, 0.0575) * step(vRestUv.y, 0.0455)';

/** Gives the materials of a loaded head their shaders: skin with wrinkles, light in the mouth, eyes. */
export function dressHead(meshes: ReadonlyMap<string, SkinnedMesh>, eyes: readonly Bone[], maps: HeadMaps): HeadDress {
  const skin = meshes.get('Skin');
  const wrinkleWeights = new Float32Array(DETAIL_COUNT);
  if (!skin) return { wrinkleWeights, update: () => undefined };
  const landmarks = landmarksOf(skin);
  const follow = (vertex: number) => followVertex(skin, vertex);
  const [upper, lower, corner] = [follow(landmarks.lipUpper), follow(landmarks.lipLower), follow(landmarks.mouthCorner)];
  const lidsUpper = [follow(landmarks.leftLidUpper), follow(landmarks.rightLidUpper)];
  const lidsLower = [follow(landmarks.leftLidLower), follow(landmarks.rightLidLower)];
  const mouth = { upper: upper.point, lower: lower.point, corner: corner.point };
  const places: EyePlaces = {
    centres: eyes.map(restPlace),
    turns: eyes.map(() => new Matrix3()),
    lidsUpper: lidsUpper.map(({ point }) => point),
    lidsLower: lidsLower.map(({ point }) => point),
  };
  patchShader(materialOf(skin), [
    HEAD_SPACE,
    ...(maps.microNormal ? [skinLight(maps.microNormal)] : []),
    ...(maps.wrinkles ? [wrinklePatch(maps.wrinkles, wrinkleWeights)] : []),
    mouthLight(mouth, INSIDE_MOUTH_CHART),
  ]);
  for (const name of ['Teeth', 'Tongue']) {
    const mesh = meshes.get(name);
    if (mesh) patchShader(materialOf(mesh), [HEAD_SPACE, mouthLight(mouth, '1.0')]);
  }
  for (const name of ['Brows', 'Lashes']) {
    const mesh = meshes.get(name);
    if (mesh) patchShader(materialOf(mesh), [HEAD_SPACE, CARD_LIGHT]);
  }
  const balls = meshes.get('Eyes');
  if (balls) patchShader(materialOf(balls), [HEAD_SPACE, eyeLight(places)]);
  const turn = new Matrix4();
  const followers = [upper, lower, corner, ...lidsUpper, ...lidsLower];
  return {
    wrinkleWeights,
    update: (expression) => {
      for (const follower of followers) follower.update(expression);
      places.turns.forEach((matrix, index) => {
        const bone = eyes[index];
        if (bone) matrix.setFromMatrix4(turn.makeRotationFromQuaternion(bone.quaternion));
      });
    },
  };
}

function materialOf(mesh: Mesh): MeshStandardMaterial {
  return mesh.material as MeshStandardMaterial;
}

/** Place of a bone on the head at rest, before anything has moved it. */
function restPlace(bone: Bone): Vector3 {
  bone.updateWorldMatrix(true, false);
  return bone.getWorldPosition(bone.position.clone());
}
