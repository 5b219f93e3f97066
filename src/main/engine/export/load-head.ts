import { type Accessor, type Material, type Node, NodeIO, type Primitive, type Root, type Texture } from '@gltf-transform/core';
import { AppError } from '../../../shared/contract/errors';
import { safeName } from '../../../shared/export-model/check-scene';
import type { ExportImage, ExportJoint, ExportMaterial, ExportMesh, ExportScene, ExportTarget } from '../../../shared/export-model/export-scene';
import { MORPH_NAMES } from '../../../shared/face/coefficients';
import type { Quaternion, Vector3 } from '../../../shared/face/pose-math';
import { mergeSeams } from './merge-seams';

/** Smaller movements than this (metres, or length of a normal's change) are noise of the asset, not part of a shape. */
const SMALLEST_DELTA = 1e-9;

/** Reads the shipped head (GLB, metres, Y up) into the neutral scene; vertices split at texture seams become one control point again. Throws AppError `bad-input` when the file is damaged. */
export async function loadHead(glb: Uint8Array): Promise<ExportScene> {
  try {
    const document = await new NodeIO().readBinary(glb);
    return readScene(document.getRoot());
  } catch (error) {
    throw new AppError('bad-input', `The head file cannot be read: ${error instanceof Error ? error.message : String(error)}`, 'Install the program again.', {
      cause: error,
    });
  }
}

function readScene(root: Root): ExportScene {
  const jointNodes = listJoints(root);
  const materials = root.listMaterials();
  const images = new Map<Texture, ExportImage>();
  const meshNodes = root.listNodes().filter((node) => node.getMesh() !== null);
  const present = new Set(meshNodes.flatMap(targetNames));
  const channels = [...MORPH_NAMES.filter((name) => present.has(name)), ...[...present].filter((name) => !MORPH_NAMES.includes(name))];
  const joints = jointNodes.map((node) => readJoint(node, jointNodes));
  const meshes = meshNodes.flatMap((node) =>
    (node.getMesh()?.listPrimitives() ?? []).map((primitive, index) => {
      const name = safeName(index === 0 ? node.getName() : `${node.getName()}_${index + 1}`, 'Mesh');
      const material = primitive.getMaterial();
      return readMesh(node, primitive, name, material === null ? -1 : materials.indexOf(material), jointNodes, channels);
    }),
  );
  return { joints, materials: materials.map((material) => readMaterial(material, images)), meshes, channels };
}

/** All bones of all skins, parents first. */
function listJoints(root: Root): Node[] {
  const known = new Set(root.listSkins().flatMap((skin) => skin.listJoints()));
  const ordered: Node[] = [];
  const visit = (node: Node): void => {
    if (known.has(node)) ordered.push(node);
    node.listChildren().forEach(visit);
  };
  for (const node of root.listNodes()) if (node.getParentNode() === null) visit(node);
  if (ordered.length === 0) throw new RangeError('it has no bones');
  return ordered;
}

function readJoint(node: Node, joints: readonly Node[]): ExportJoint {
  const parent = node.getParentNode();
  const parentIndex = parent === null ? -1 : joints.indexOf(parent);
  if (parent !== null && parentIndex < 0) throw new RangeError(`the bone ${node.getName()} hangs on something that is not a bone`);
  if (node.getScale().some((value) => Math.abs(value - 1) > 1e-6)) throw new RangeError(`the bone ${node.getName()} is scaled`);
  return { name: node.getName(), parent: parentIndex, translation: node.getTranslation() as Vector3, rotation: node.getRotation() as Quaternion };
}

function targetNames(node: Node): string[] {
  const names: unknown = node.getMesh()?.getExtras().targetNames;
  return Array.isArray(names) ? names.map(String) : [];
}

function readMesh(node: Node, primitive: Primitive, name: string, material: number, joints: readonly Node[], channels: readonly string[]): ExportMesh {
  const attribute = (semantic: string): Accessor => {
    const accessor = primitive.getAttribute(semantic);
    if (accessor === null) throw new RangeError(`the mesh ${name} has no ${semantic}`);
    return accessor;
  };
  const positions = readFloats(attribute('POSITION'));
  const names = targetNames(node);
  const targets = primitive.listTargets().map((target, index) => {
    const [position, normal] = [target.getAttribute('POSITION'), target.getAttribute('NORMAL')];
    return {
      channel: channels.indexOf(names[index] ?? ''),
      positions: position === null ? new Float32Array(positions.length) : readFloats(position),
      normals: normal === null ? new Float32Array(positions.length) : readFloats(normal),
    };
  });
  if (targets.some((target) => target.channel < 0)) throw new RangeError(`a shape of the mesh ${name} has no name`);
  const sceneJoint = (node.getSkin()?.listJoints() ?? []).map((joint) => joints.indexOf(joint));
  if (sceneJoint.length === 0) throw new RangeError(`the mesh ${name} hangs on no bone`);
  const split = {
    positions,
    normals: readFloats(attribute('NORMAL')),
    skinJoints: Uint16Array.from(readFloats(attribute('JOINTS_0')).map((joint) => sceneJoint[joint] ?? 0)),
    skinWeights: readFloats(attribute('WEIGHTS_0')),
    targets,
  };
  const { pointOfVertex, firstVertices } = mergeSeams(split);
  const indices = Uint32Array.from(primitive.getIndices()?.getArray() ?? Array.from({ length: positions.length / 3 }, (_, i) => i));
  return {
    name,
    material,
    positions: pick(split.positions, 3, firstVertices),
    normals: pick(split.normals, 3, firstVertices),
    polygonStarts: Uint32Array.from({ length: indices.length / 3 + 1 }, (_, i) => i * 3),
    cornerPoints: Uint32Array.from(indices, (vertex) => pointOfVertex[vertex] ?? 0),
    cornerUvs: Uint32Array.from(indices),
    uvs: readFloats(attribute('TEXCOORD_0')),
    skinJoints: Uint16Array.from(pick(Float32Array.from(split.skinJoints), 4, firstVertices)),
    skinWeights: pick(split.skinWeights, 4, firstVertices),
    targets: targets.map((target) => sparseTarget(target.channel, pick(target.positions, 3, firstVertices), pick(target.normals, 3, firstVertices))),
  };
}

function sparseTarget(channel: number, positions: Float32Array, normals: Float32Array): ExportTarget {
  const moved: number[] = [];
  const isMoved = (values: Float32Array, point: number): boolean => {
    for (let i = point * 3; i < point * 3 + 3; i++) if (Math.abs(values[i] ?? 0) > SMALLEST_DELTA) return true;
    return false;
  };
  for (let point = 0; point < positions.length / 3; point++) {
    if (isMoved(positions, point) || isMoved(normals, point)) moved.push(point);
  }
  // A shape without any point is dropped or refused by importers.
  if (moved.length === 0) moved.push(0);
  const indices = Uint32Array.from(moved);
  return { channel, indices, positions: pick(positions, 3, indices), normals: pick(normals, 3, indices) };
}

function pick(values: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const result = new Float32Array(rows.length * width);
  let next = 0;
  for (const row of rows) {
    for (let i = 0; i < width; i++) result[next++] = values[row * width + i] ?? 0;
  }
  return result;
}

function readFloats(accessor: Accessor): Float32Array {
  const array = accessor.getArray();
  if (array instanceof Float32Array) return array;
  const size = accessor.getElementSize();
  const result = new Float32Array(accessor.getCount() * size);
  const element: number[] = [];
  for (let i = 0; i < accessor.getCount(); i++) result.set(accessor.getElement(i, element).slice(0, size), i * size);
  return result;
}

function readMaterial(material: Material, images: Map<Texture, ExportImage>): ExportMaterial {
  const image = (texture: Texture | null): ExportImage | null => (texture === null ? null : readImage(texture, images));
  return {
    name: safeName(material.getName(), 'Material'),
    baseColor: material.getBaseColorFactor(),
    metallic: material.getMetallicFactor(),
    roughness: material.getRoughnessFactor(),
    alphaMode: material.getAlphaMode(),
    alphaCutoff: material.getAlphaCutoff(),
    doubleSided: material.getDoubleSided(),
    baseColorImage: image(material.getBaseColorTexture()),
    normalImage: image(material.getNormalTexture()),
    metallicRoughnessImage: image(material.getMetallicRoughnessTexture()),
  };
}

function readImage(texture: Texture, images: Map<Texture, ExportImage>): ExportImage {
  const known = images.get(texture);
  if (known !== undefined) return known;
  const mimeType = texture.getMimeType();
  const bytes = texture.getImage();
  if (bytes === null || (mimeType !== 'image/png' && mimeType !== 'image/jpeg'))
    throw new RangeError(`the picture ${texture.getName()} is neither PNG nor JPEG`);
  const image: ExportImage = { name: safeName(texture.getName(), `texture_${images.size + 1}`), mimeType, bytes };
  images.set(texture, image);
  return image;
}
