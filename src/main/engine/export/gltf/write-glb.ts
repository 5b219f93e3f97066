import { type Accessor, Document, type Buffer as GltfBuffer, type Node, NodeIO, type Primitive, type Skin, type Texture } from '@gltf-transform/core';
import type { ExportImage, ExportMaterial, ExportMesh, ExportScene, ExportTake, ProvenanceRecord } from '../../../../shared/export-model/export-scene';
import { exportFrameSeconds } from '../../../../shared/export-model/frame-rate';
import type { Checkpoint } from '../../../../shared/export-model/sample-take';
import { inversePoseMatrix, worldRestPoses } from '../rest-pose';
import { type SplitMesh, splitAtSeams } from './split-at-seams';

/** A sparse row costs a third more bytes than a dense one; readers complain about sparse accessors that are mostly filled. */
const SPARSE_BELOW_SHARE = 0.45;

/** What the file says about itself. */
export interface GlbInformation {
  readonly creator: string;
  readonly provenance: ProvenanceRecord;
}

interface Builder {
  readonly document: Document;
  readonly buffer: GltfBuffer;
  readonly scene: ExportScene;
  readonly joints: readonly Node[];
  readonly skin: Skin;
  readonly textures: Map<ExportImage, Texture>;
}

/** Writes a scene with its takes as one binary glTF 2.0: metres, sparse blend shapes with normals, one weights channel per mesh, no extensions. */
export async function writeGlb(scene: ExportScene, takes: readonly ExportTake[], information: GlbInformation, checkpoint: Checkpoint): Promise<Uint8Array> {
  const document = new Document();
  const asset = document.getRoot().getAsset();
  asset.generator = information.creator;
  asset.extras = { provenance: information.provenance };
  const buffer = document.createBuffer();
  const gltfScene = document.createScene('Scene');
  document.getRoot().setDefaultScene(gltfScene);
  const joints = createJoints(document, scene);
  scene.joints.forEach((joint, index) => {
    const created = joints[index];
    if (joint.parent < 0 && created !== undefined) gltfScene.addChild(created);
  });
  const builder: Builder = { document, buffer, scene, joints, skin: createSkin(document, buffer, scene, joints), textures: new Map() };
  const meshNodes: Node[] = [];
  for (const [index, mesh] of scene.meshes.entries()) {
    await checkpoint((0.5 * index) / scene.meshes.length);
    const meshNode = createMeshNode(builder, mesh);
    gltfScene.addChild(meshNode);
    meshNodes.push(meshNode);
  }
  for (const [index, take] of takes.entries()) {
    await checkpoint(0.5 + (0.4 * index) / takes.length);
    createAnimation(builder, take, meshNodes);
  }
  await checkpoint(0.9);
  return new NodeIO().writeBinary(document);
}

function createJoints(document: Document, scene: ExportScene): Node[] {
  const nodes: Node[] = [];
  for (const joint of scene.joints) {
    const created = document
      .createNode(joint.name)
      .setTranslation([...joint.translation])
      .setRotation([...joint.rotation]);
    nodes[joint.parent]?.addChild(created);
    nodes.push(created);
  }
  return nodes;
}

function createSkin(document: Document, buffer: GltfBuffer, scene: ExportScene, joints: readonly Node[]): Skin {
  const matrices = Float32Array.from(worldRestPoses(scene.joints).flatMap((pose) => [...inversePoseMatrix(pose, 1)]));
  const skin = document.createSkin('HeadRig').setInverseBindMatrices(document.createAccessor().setType('MAT4').setArray(matrices).setBuffer(buffer));
  for (const joint of joints) skin.addJoint(joint);
  const root = joints[0];
  if (root !== undefined) skin.setSkeleton(root);
  return skin;
}

function createMeshNode(builder: Builder, mesh: ExportMesh): Node {
  const { document, scene } = builder;
  const primitive = createPrimitive(builder, mesh, splitAtSeams(mesh));
  const created = document.createMesh(mesh.name).addPrimitive(primitive);
  if (mesh.targets.length > 0) {
    created.setWeights(mesh.targets.map(() => 0));
    created.setExtras({ targetNames: mesh.targets.map((target) => scene.channels[target.channel] ?? '') });
  }
  return document.createNode(mesh.name).setMesh(created).setSkin(builder.skin);
}

function createPrimitive(builder: Builder, mesh: ExportMesh, split: SplitMesh): Primitive {
  const { document, buffer } = builder;
  const { pointOfVertex, indices } = split;
  const accessor = (type: 'VEC2' | 'VEC3' | 'VEC4' | 'SCALAR', array: Float32Array | Uint8Array | Uint16Array | Uint32Array): Accessor =>
    document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
  // Byte indices keep the file small; the shipped rig has far fewer than 256 bones.
  const joints = gather(Uint8Array, mesh.skinJoints, 4, pointOfVertex);
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', gather(Float32Array, mesh.positions, 3, pointOfVertex)))
    .setAttribute('NORMAL', accessor('VEC3', gather(Float32Array, mesh.normals, 3, pointOfVertex)))
    .setAttribute('TEXCOORD_0', accessor('VEC2', split.uvs))
    .setAttribute('JOINTS_0', accessor('VEC4', joints))
    .setAttribute('WEIGHTS_0', accessor('VEC4', gather(Float32Array, mesh.skinWeights, 4, pointOfVertex)))
    .setIndices(accessor('SCALAR', pointOfVertex.length > 65_535 ? indices : Uint16Array.from(indices)));
  const material = builder.scene.materials[mesh.material];
  if (material !== undefined) primitive.setMaterial(createMaterial(builder, material));
  const deltaAccessor = (deltas: Float32Array): Accessor => accessor('VEC3', deltas).setSparse(filledShare(deltas) < SPARSE_BELOW_SHARE);
  for (const target of mesh.targets) {
    const spread = (deltas: Float32Array): Float32Array => {
      const dense = new Float32Array(mesh.positions.length);
      target.indices.forEach((point, i) => {
        dense.set(deltas.subarray(i * 3, i * 3 + 3), point * 3);
      });
      return gather(Float32Array, dense, 3, pointOfVertex);
    };
    primitive.addTarget(
      document
        .createPrimitiveTarget(builder.scene.channels[target.channel] ?? '')
        .setAttribute('POSITION', deltaAccessor(spread(target.positions)))
        .setAttribute('NORMAL', deltaAccessor(spread(target.normals))),
    );
  }
  return primitive;
}

/** Share of rows of a [n x 3] array that are not all zero. */
function filledShare(rows: Float32Array): number {
  let filled = 0;
  for (let i = 0; i < rows.length; i += 3) if (rows[i] !== 0 || rows[i + 1] !== 0 || rows[i + 2] !== 0) filled++;
  return (3 * filled) / rows.length;
}

function gather<T extends Float32Array | Uint8Array>(
  Kind: new (length: number) => T,
  values: Float32Array | Uint16Array,
  width: number,
  pointOfVertex: Uint32Array,
): T {
  const result = new Kind(pointOfVertex.length * width);
  let next = 0;
  for (const point of pointOfVertex) {
    for (let i = 0; i < width; i++) result[next++] = values[point * width + i] ?? 0;
  }
  return result;
}

function createMaterial(builder: Builder, material: ExportMaterial): ReturnType<Document['createMaterial']> {
  const existing = builder.document
    .getRoot()
    .listMaterials()
    .find((candidate) => candidate.getName() === material.name);
  if (existing !== undefined) return existing;
  return builder.document
    .createMaterial(material.name)
    .setBaseColorFactor([...material.baseColor])
    .setMetallicFactor(material.metallic)
    .setRoughnessFactor(material.roughness)
    .setAlphaMode(material.alphaMode)
    .setAlphaCutoff(material.alphaCutoff)
    .setDoubleSided(material.doubleSided)
    .setBaseColorTexture(createTexture(builder, material.baseColorImage))
    .setNormalTexture(createTexture(builder, material.normalImage))
    .setMetallicRoughnessTexture(createTexture(builder, material.metallicRoughnessImage));
}

function createTexture(builder: Builder, image: ExportImage | null): Texture | null {
  if (image === null) return null;
  const existing = builder.textures.get(image);
  if (existing !== undefined) return existing;
  const texture = builder.document.createTexture(image.name).setImage(image.bytes).setMimeType(image.mimeType);
  builder.textures.set(image, texture);
  return texture;
}

function createAnimation({ document, buffer, scene, joints }: Builder, take: ExportTake, meshNodes: readonly Node[]): void {
  const animation = document.createAnimation(take.name);
  const seconds = Float32Array.from({ length: take.frameCount }, (_, frame) => exportFrameSeconds(take.rate, frame));
  const input = document.createAccessor().setType('SCALAR').setArray(seconds).setBuffer(buffer);
  const add = (target: Node | undefined, path: 'rotation' | 'translation' | 'weights', type: 'SCALAR' | 'VEC3' | 'VEC4', values: Float32Array): void => {
    if (target === undefined) throw new RangeError('the animation refers to a bone that does not exist');
    const output = document.createAccessor().setType(type).setArray(values).setBuffer(buffer);
    const sampler = document.createAnimationSampler().setInput(input).setOutput(output).setInterpolation('LINEAR');
    animation.addSampler(sampler).addChannel(document.createAnimationChannel().setTargetNode(target).setTargetPath(path).setSampler(sampler));
  };
  for (const track of take.rotations) add(joints[track.joint], 'rotation', 'VEC4', track.values);
  for (const track of take.translations) add(joints[track.joint], 'translation', 'VEC3', track.values);
  scene.meshes.forEach((mesh, index) => {
    if (mesh.targets.length > 0) add(meshNodes[index], 'weights', 'SCALAR', meshWeights(take, mesh, scene.channels.length));
  });
}

function meshWeights(take: ExportTake, mesh: ExportMesh, channelCount: number): Float32Array {
  const width = mesh.targets.length;
  const values = new Float32Array(take.frameCount * width);
  for (let frame = 0; frame < take.frameCount; frame++) {
    mesh.targets.forEach((target, i) => {
      values[frame * width + i] = take.weights[frame * channelCount + target.channel] ?? 0;
    });
  }
  return values;
}
