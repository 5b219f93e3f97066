import { type AnimationClip, AnimationMixer, LoadingManager, LoopOnce, type Object3D, type SkinnedMesh, Vector3 } from 'three';
import { FBXLoader } from 'three/addons/loaders/FBXLoader.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';

/** What three.js made of a file. `embeddedBytes` are the sizes of the pictures it found inside. */
export interface ThreeScene {
  readonly root: Object3D;
  readonly clips: readonly AnimationClip[];
  readonly embeddedBytes: readonly number[];
}

/** The two DOM members the loaders touch: an image that reports itself as loaded, and object URLs whose sizes are kept. */
function withImageStub<T>(sizes: number[], run: () => T): T {
  const target = globalThis as unknown as Record<string, unknown>;
  target.self = globalThis;
  target.window = globalThis;
  target.document = {
    createElementNS: () => {
      const listeners = new Map<string, () => void>();
      return {
        width: 1,
        height: 1,
        addEventListener: (event: string, listener: () => void) => listeners.set(event, listener),
        removeEventListener: () => undefined,
        set src(_url: string) {
          queueMicrotask(() => listeners.get('load')?.());
        },
      };
    },
  };
  const create = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    sizes.push((blob as Blob).size);
    return 'blob:stub';
  };
  try {
    return run();
  } finally {
    URL.createObjectURL = create;
  }
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** Reads an FBX with three's FBXLoader. */
export function readFbxWithThree(bytes: Uint8Array): ThreeScene {
  const sizes: number[] = [];
  const root = withImageStub(sizes, () => new FBXLoader(new LoadingManager()).parse(exactBuffer(bytes), ''));
  return { root, clips: root.animations, embeddedBytes: sizes };
}

/** Reads a GLB with three's GLTFLoader. */
export async function readGlbWithThree(bytes: Uint8Array): Promise<ThreeScene> {
  const sizes: number[] = [];
  const create = URL.createObjectURL;
  withImageStub(sizes, () => undefined);
  URL.createObjectURL = (blob) => {
    sizes.push((blob as Blob).size);
    return 'blob:stub';
  };
  try {
    const gltf = await new GLTFLoader(new LoadingManager()).parseAsync(exactBuffer(bytes), '');
    return { root: gltf.scene, clips: gltf.animations, embeddedBytes: sizes };
  } finally {
    URL.createObjectURL = create;
  }
}

/** All skinned meshes of a scene whose name starts with `name` (converters append suffixes). */
export function skinnedMesh(scene: ThreeScene, name: string): SkinnedMesh {
  let found: SkinnedMesh | undefined;
  scene.root.traverse((object) => {
    if ((object as SkinnedMesh).isSkinnedMesh && object.name.startsWith(name)) found ??= object as SkinnedMesh;
  });
  if (found === undefined) throw new Error(`no skinned mesh called ${name}`);
  return found;
}

/** Every `step`-th vertex of a mesh at rest, [vertices x 3], in centimetres when `centimetresPerUnit` fits the file. */
export function restVertices(mesh: SkinnedMesh, centimetresPerUnit: number, step = 1): Float64Array {
  mesh.updateWorldMatrix(true, false);
  const positions = mesh.geometry.getAttribute('position');
  const result = new Float64Array(Math.ceil(positions.count / step) * 3);
  const vertex = new Vector3();
  for (let i = 0; i < result.length / 3; i++) {
    vertex
      .fromBufferAttribute(positions, i * step)
      .applyMatrix4(mesh.bindMatrix)
      .multiplyScalar(centimetresPerUnit)
      .toArray(result, i * 3);
  }
  return result;
}

/** Plays a clip and gives every `step`-th deformed vertex of a mesh at each time, [vertices x 3] centimetres. */
export function deformedVertices(
  scene: ThreeScene,
  clip: AnimationClip,
  mesh: SkinnedMesh,
  times: readonly number[],
  centimetresPerUnit: number,
  step = 1,
): Float64Array[] {
  const mixer = new AnimationMixer(scene.root);
  const action = mixer.clipAction(clip).setLoop(LoopOnce, 1);
  action.clampWhenFinished = true;
  action.play();
  const frames = times.map((time) => {
    // At the very end of a clip the mixer would wrap to its start.
    mixer.setTime(Math.min(time, clip.duration - 1e-7));
    scene.root.updateMatrixWorld(true);
    mesh.skeleton.update();
    const result = new Float64Array(Math.ceil(mesh.geometry.getAttribute('position').count / step) * 3);
    const vertex = new Vector3();
    for (let i = 0; i < result.length / 3; i++) {
      mesh
        .getVertexPosition(i * step, vertex)
        .applyMatrix4(mesh.matrixWorld)
        .multiplyScalar(centimetresPerUnit)
        .toArray(result, i * 3);
    }
    return result;
  });
  action.stop();
  mixer.uncacheRoot(scene.root);
  return frames;
}
