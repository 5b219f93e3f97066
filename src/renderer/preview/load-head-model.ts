import { Bone, type Group, type Mesh, MeshStandardMaterial, type Quaternion, SkinnedMesh, TextureLoader, type Vector3 } from 'three';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { AppError } from '../../shared/contract/errors';
import { MORPH_NAMES } from '../../shared/face/coefficients';
import { HEAD_BONES } from '../../shared/face/head-rig';
import { dressHead, type HeadDress, type HeadMaps } from './dress-head';

/** A bone with the pose it has at rest. */
export interface RestBone {
  readonly bone: Bone;
  readonly restRotation: Quaternion;
  readonly restPosition: Vector3;
}

/** A mesh with, for each of its morph targets, the index in the 66 weights of a frame (-1 = not driven). */
export interface MorphMesh {
  readonly mesh: Mesh;
  readonly weightIndices: readonly number[];
}

/** The head in the viewport: what a frame is applied to. */
export interface HeadModel {
  readonly root: Group;
  readonly morphMeshes: readonly MorphMesh[];
  readonly bones: Readonly<Record<keyof typeof HEAD_BONES, RestBone>>;
  readonly materials: readonly MeshStandardMaterial[];
  readonly dress: HeadDress;
  dispose(): void;
}

/** What throws shadows; lashes and brows are too fine for them. */
const SHADOW_PARTS = new Set(['Skin', 'Hair', 'Shirt']);

/** Builds the preview head from GLB bytes, without maps a plain smooth one. Throws AppError 'internal' when bones are missing. */
export async function loadHeadModel(bytes: Uint8Array, maps: HeadMaps): Promise<HeadModel> {
  const loader = new GLTFLoader();
  // Images decoded by an <img> need no extra right in the content security policy.
  loader.register((parser) => {
    parser.textureLoader = new TextureLoader(parser.options.manager);
    return { name: 'STUDIO_textures' };
  });
  const { scene } = await loader.parseAsync(bytes.slice().buffer, '');
  const morphMeshes: MorphMesh[] = [];
  const bonesByName = new Map<string, Bone>();
  const materials = new Set<MeshStandardMaterial>();
  const meshes = new Map<string, SkinnedMesh>();
  scene.traverse((node) => {
    if (node instanceof Bone) bonesByName.set(node.name, node);
    if (!(node instanceof SkinnedMesh)) return;
    node.frustumCulled = false;
    node.castShadow = SHADOW_PARTS.has(node.name);
    node.receiveShadow = true;
    meshes.set(node.name, node);
    if (node.material instanceof MeshStandardMaterial) materials.add(node.material);
    const dictionary = node.morphTargetDictionary ?? {};
    const weightIndices: number[] = [];
    for (const [name, target] of Object.entries(dictionary)) weightIndices[target] = MORPH_NAMES.indexOf(name);
    if (weightIndices.length > 0) morphMeshes.push({ mesh: node, weightIndices });
  });
  const rest = (name: string): RestBone => {
    const bone = bonesByName.get(name);
    if (!bone) throw new AppError('internal', `The head has no bone called '${name}'.`, 'Reinstall the studio: its head file is damaged.');
    return { bone, restRotation: bone.quaternion.clone(), restPosition: bone.position.clone() };
  };
  const bones = {
    neck01: rest(HEAD_BONES.neck01),
    neck02: rest(HEAD_BONES.neck02),
    head: rest(HEAD_BONES.head),
    leftEye: rest(HEAD_BONES.leftEye),
    rightEye: rest(HEAD_BONES.rightEye),
  };
  return {
    root: scene,
    morphMeshes,
    bones,
    materials: [...materials],
    dress: dressHead(meshes, [bones.leftEye.bone, bones.rightEye.bone], maps),
    dispose: () => {
      for (const { mesh } of morphMeshes) mesh.geometry.dispose();
      for (const material of materials) {
        material.map?.dispose();
        material.normalMap?.dispose();
        material.roughnessMap?.dispose();
        material.dispose();
      }
    },
  };
}
