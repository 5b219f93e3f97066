import type { ExportMesh, ExportScene } from '../../../../shared/export-model/export-scene';
import { inversePoseMatrix, poseMatrix, type WorldPose } from '../rest-pose';
import { type FbxNode, flag, int, node, objectName, properties70, record } from './fbx-node';
import type { FbxObjects } from './fbx-objects';
import { CENTIMETRES_PER_METRE } from './fbx-units';

/** Prefix that Unity shows before every blend shape; one fixed short name for all meshes. */
const BLEND_SHAPE_NAME = 'face';
const IDENTITY_POSE: WorldPose = { rotation: [0, 0, 0, 1], translation: [0, 0, 0] };

/** Ids of a written mesh; channel ids by scene channel. */
export interface WrittenMesh {
  readonly modelId: bigint;
  readonly geometryId: bigint;
  readonly channelIds: ReadonlyMap<number, bigint>;
}

/** Writes one mesh: model, geometry, skin and blend shapes. */
export function writeMesh(
  objects: FbxObjects,
  scene: ExportScene,
  mesh: ExportMesh,
  jointIds: readonly bigint[],
  restPoses: readonly WorldPose[],
  userProperties: readonly FbxNode[],
): WrittenMesh {
  const modelId = objects.add('Model', objectName(mesh.name, 'Model'), 'Mesh', modelChildren([0, 0, 0], [0, 0, 0], userProperties));
  objects.connect(modelId, 0n);
  const geometryId = objects.add('Geometry', objectName(mesh.name, 'Geometry'), 'Mesh', geometryChildren(mesh));
  objects.connect(geometryId, modelId);
  writeSkin(objects, mesh, geometryId, jointIds, restPoses);
  const channelIds = writeBlendShapes(objects, scene, mesh, geometryId);
  return { modelId, geometryId, channelIds };
}

/** Children of a Model node; translation in centimetres, rotation in degrees. */
export function modelChildren(translation: readonly number[], rotation: readonly number[], userProperties: readonly FbxNode[]): FbxNode[] {
  return [
    node('Version', [int(232)]),
    properties70(
      record('RotationActive', 'bool', '', '', int(1)),
      record('InheritType', 'enum', '', '', int(1)),
      record('ScalingMax', 'Vector3D', 'Vector', '', 0, 0, 0),
      record('DefaultAttributeIndex', 'int', 'Integer', '', int(0)),
      record('Lcl Translation', 'Lcl Translation', '', 'A', ...translation),
      record('Lcl Rotation', 'Lcl Rotation', '', 'A', ...rotation),
      record('Lcl Scaling', 'Lcl Scaling', '', 'A', 1, 1, 1),
      ...userProperties,
    ),
    node('Shading', [flag(true)]),
    node('Culling', ['CullingOff']),
  ];
}

function geometryChildren(mesh: ExportMesh): FbxNode[] {
  const cornerCount = mesh.cornerPoints.length;
  const polygonVertexIndex = Int32Array.from(mesh.cornerPoints);
  for (let polygon = 1; polygon < mesh.polygonStarts.length; polygon++) {
    const last = (mesh.polygonStarts[polygon] ?? 0) - 1;
    polygonVertexIndex[last] = ~(polygonVertexIndex[last] ?? 0);
  }
  const normals = new Float64Array(cornerCount * 3);
  mesh.cornerPoints.forEach((point, corner) => {
    for (let axis = 0; axis < 3; axis++) normals[corner * 3 + axis] = mesh.normals[point * 3 + axis] ?? 0;
  });
  // Texture coordinates of the scene count from the top, those of FBX from the bottom.
  const uvs = Float64Array.from(mesh.uvs, (value, index) => (index % 2 === 0 ? value : 1 - value));
  const layer = (type: string): FbxNode => node('LayerElement', [], [node('Type', [type]), node('TypedIndex', [int(0)])]);
  return [
    properties70(),
    node('GeometryVersion', [int(124)]),
    node('Vertices', [scaled(mesh.positions)]),
    node('PolygonVertexIndex', [polygonVertexIndex]),
    node(
      'LayerElementNormal',
      [int(0)],
      [
        node('Version', [int(101)]),
        node('Name', ['']),
        node('MappingInformationType', ['ByPolygonVertex']),
        node('ReferenceInformationType', ['Direct']),
        node('Normals', [normals]),
      ],
    ),
    node(
      'LayerElementUV',
      [int(0)],
      [
        node('Version', [int(101)]),
        node('Name', ['UVMap']),
        node('MappingInformationType', ['ByPolygonVertex']),
        node('ReferenceInformationType', ['IndexToDirect']),
        node('UV', [uvs]),
        node('UVIndex', [Int32Array.from(mesh.cornerUvs)]),
      ],
    ),
    node(
      'LayerElementMaterial',
      [int(0)],
      [
        node('Version', [int(101)]),
        node('Name', ['']),
        node('MappingInformationType', ['AllSame']),
        node('ReferenceInformationType', ['IndexToDirect']),
        node('Materials', [Int32Array.of(0)]),
      ],
    ),
    node('Layer', [int(0)], [node('Version', [int(100)]), layer('LayerElementNormal'), layer('LayerElementUV'), layer('LayerElementMaterial')]),
  ];
}

function writeSkin(objects: FbxObjects, mesh: ExportMesh, geometryId: bigint, jointIds: readonly bigint[], restPoses: readonly WorldPose[]): void {
  const skinId = objects.add('Deformer', objectName(`${mesh.name}_skin`, 'Deformer'), 'Skin', [
    node('Version', [int(101)]),
    node('Link_DeformAcuracy', [50]),
    node('SkinningType', ['Linear']),
  ]);
  objects.connect(skinId, geometryId);
  const points = new Map<number, number[]>();
  const weights = new Map<number, number[]>();
  mesh.skinWeights.forEach((weight, slot) => {
    if (weight <= 0) return;
    const joint = mesh.skinJoints[slot] ?? 0;
    const jointPoints = points.get(joint) ?? [];
    const jointWeights = weights.get(joint) ?? [];
    jointPoints.push(slot >> 2);
    jointWeights.push(weight);
    points.set(joint, jointPoints);
    weights.set(joint, jointWeights);
  });
  for (const joint of [...points.keys()].sort((a, b) => a - b)) {
    const jointId = jointIds[joint];
    if (jointId === undefined) throw new RangeError(`the mesh ${mesh.name} hangs on bone ${joint}, which does not exist`);
    const rest = restPoses[joint] ?? IDENTITY_POSE;
    const clusterId = objects.add('Deformer', objectName(`${mesh.name}_cluster_${joint}`, 'SubDeformer'), 'Cluster', [
      node('Version', [int(100)]),
      node('UserData', ['', '']),
      node('Indexes', [Int32Array.from(points.get(joint) ?? [])]),
      node('Weights', [Float64Array.from(weights.get(joint) ?? [])]),
      node('Transform', [inversePoseMatrix(rest, CENTIMETRES_PER_METRE)]),
      node('TransformLink', [poseMatrix(rest, CENTIMETRES_PER_METRE)]),
    ]);
    objects.connect(clusterId, skinId);
    objects.connect(jointId, clusterId);
  }
}

function writeBlendShapes(objects: FbxObjects, scene: ExportScene, mesh: ExportMesh, geometryId: bigint): Map<number, bigint> {
  const channelIds = new Map<number, bigint>();
  if (mesh.targets.length === 0) return channelIds;
  const blendShapeId = objects.add('Deformer', objectName(BLEND_SHAPE_NAME, 'Deformer'), 'BlendShape', [node('Version', [int(100)])]);
  objects.connect(blendShapeId, geometryId);
  for (const target of mesh.targets) {
    const name = scene.channels[target.channel] ?? '';
    const channelId = objects.add('Deformer', objectName(name, 'SubDeformer'), 'BlendShapeChannel', [
      node('Version', [int(100)]),
      node('DeformPercent', [0]),
      node('FullWeights', [Float64Array.of(100)]),
      properties70(record('DeformPercent', 'Number', '', 'A', 0)),
    ]);
    const shapeId = objects.add('Geometry', objectName(name, 'Geometry'), 'Shape', [
      properties70(),
      node('Version', [int(100)]),
      node('Indexes', [Int32Array.from(target.indices)]),
      node('Vertices', [scaled(target.positions)]),
      node('Normals', [Float64Array.from(target.normals)]),
    ]);
    objects.connect(channelId, blendShapeId);
    objects.connect(shapeId, channelId);
    channelIds.set(target.channel, channelId);
  }
  return channelIds;
}

function scaled(metres: Float32Array): Float64Array {
  return Float64Array.from(metres, (value) => value * CENTIMETRES_PER_METRE);
}
