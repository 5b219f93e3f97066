import type { ExportImage, ExportScene, ExportTake, ProvenanceRecord } from '../../../../shared/export-model/export-scene';
import type { Checkpoint } from '../../../../shared/export-model/sample-take';
import { poseMatrix, type WorldPose, worldRestPoses } from '../rest-pose';
import { stopTicks, writeTake } from './fbx-animation';
import { CREATION_TIME, FILE_ID } from './fbx-binary';
import { writeMaterial } from './fbx-material';
import { modelChildren, type WrittenMesh, writeMesh } from './fbx-mesh';
import { type FbxNode, int, node, objectName, properties70, raw, record } from './fbx-node';
import { FbxObjects } from './fbx-objects';
import { timeMode } from './fbx-time';
import { CENTIMETRES_PER_METRE, eulerDegrees } from './fbx-units';

const DOCUMENT_ID = 999_999n;
const IDENTITY_POSE: WorldPose = { rotation: [0, 0, 0, 1], translation: [0, 0, 0] };

/** What the file says about itself. */
export interface FbxInformation {
  readonly creator: string;
  readonly title: string;
  readonly provenance: ProvenanceRecord;
}

/** Builds the whole document: header, settings, objects, connections and takes. Centimetres, Y up, +Z front. */
export async function buildFbxDocument(
  scene: ExportScene,
  takes: readonly ExportTake[],
  information: FbxInformation,
  checkpoint: Checkpoint,
): Promise<FbxNode[]> {
  const objects = new FbxObjects();
  const restPoses = worldRestPoses(scene.joints);
  const jointIds = writeJoints(objects, scene);
  const textureIds = new Map<ExportImage, bigint>();
  const materialIds = scene.materials.map((material) => writeMaterial(objects, material, textureIds));
  const channelIds = new Map<number, bigint[]>();
  const meshIds: bigint[] = [];
  const provenance = record('vividtalkerProvenance', 'KString', '', 'U', JSON.stringify(information.provenance));
  for (const mesh of scene.meshes) {
    await checkpoint(0);
    const written: WrittenMesh = writeMesh(objects, scene, mesh, jointIds, restPoses, meshIds.length === 0 ? [provenance] : []);
    meshIds.push(written.modelId);
    const materialId = materialIds[mesh.material];
    if (materialId !== undefined) objects.connect(materialId, written.modelId);
    for (const [channel, id] of written.channelIds) channelIds.set(channel, [...(channelIds.get(channel) ?? []), id]);
  }
  writeBindPose(objects, meshIds, jointIds, restPoses);
  for (const [index, take] of takes.entries()) {
    await writeTake(objects, take, { jointIds, channelIds, channelCount: scene.channels.length }, (fraction) => checkpoint((index + fraction) / takes.length));
  }
  return [
    headerExtension(information),
    node('FileId', [raw(FILE_ID)]),
    node('CreationTime', [CREATION_TIME]),
    node('Creator', [information.creator]),
    globalSettings(takes),
    node(
      'Documents',
      [],
      [
        node('Count', [int(1)]),
        node(
          'Document',
          [DOCUMENT_ID, 'Scene', 'Scene'],
          [
            properties70(record('SourceObject', 'object', '', ''), record('ActiveAnimStackName', 'KString', '', '', takes[0]?.name ?? '')),
            node('RootNode', [0n]),
          ],
        ),
      ],
    ),
    node('References'),
    definitions(objects.objects),
    node('Objects', [], objects.objects),
    node('Connections', [], objects.connections),
    takesNode(takes),
  ];
}

function writeJoints(objects: FbxObjects, scene: ExportScene): bigint[] {
  const ids: bigint[] = [];
  for (const joint of scene.joints) {
    const translation = joint.translation.map((value) => value * CENTIMETRES_PER_METRE);
    const id = objects.add('Model', objectName(joint.name, 'Model'), 'LimbNode', modelChildren(translation, eulerDegrees(joint.rotation), []));
    objects.connect(id, ids[joint.parent] ?? 0n);
    const attributeId = objects.add('NodeAttribute', objectName(joint.name, 'NodeAttribute'), 'LimbNode', [
      properties70(record('Size', 'double', 'Number', '', 1)),
      node('TypeFlags', ['Skeleton']),
    ]);
    objects.connect(attributeId, id);
    ids.push(id);
  }
  return ids;
}

function writeBindPose(objects: FbxObjects, meshIds: readonly bigint[], jointIds: readonly bigint[], restPoses: readonly WorldPose[]): void {
  const entry = (id: bigint, pose: WorldPose): FbxNode => node('PoseNode', [], [node('Node', [id]), node('Matrix', [poseMatrix(pose, CENTIMETRES_PER_METRE)])]);
  const entries = [...meshIds.map((id) => entry(id, IDENTITY_POSE)), ...jointIds.map((id, joint) => entry(id, restPoses[joint] ?? IDENTITY_POSE))];
  objects.add('Pose', objectName('BindPose', 'Pose'), 'BindPose', [
    node('Type', ['BindPose']),
    node('Version', [int(100)]),
    node('NbPoseNodes', [int(entries.length)]),
    ...entries,
  ]);
}

function headerExtension(information: FbxInformation): FbxNode {
  const field = (name: string, value: number): FbxNode => node(name, [int(value)]);
  return node(
    'FBXHeaderExtension',
    [],
    [
      field('FBXHeaderVersion', 1003),
      field('FBXVersion', 7400),
      field('EncryptionType', 0),
      node(
        'CreationTimeStamp',
        [],
        [
          field('Version', 1000),
          field('Year', 1970),
          field('Month', 1),
          field('Day', 1),
          field('Hour', 10),
          field('Minute', 0),
          field('Second', 0),
          field('Millisecond', 0),
        ],
      ),
      node('Creator', [information.creator]),
      node(
        'SceneInfo',
        [objectName('GlobalInfo', 'SceneInfo'), 'UserData'],
        [
          node('Type', ['UserData']),
          field('Version', 100),
          node(
            'MetaData',
            [],
            [
              field('Version', 100),
              node('Title', [information.title]),
              node('Subject', ['']),
              node('Author', ['']),
              node('Keywords', ['']),
              node('Revision', ['']),
              node('Comment', ['']),
            ],
          ),
          properties70(
            record('DocumentUrl', 'KString', 'Url', '', ''),
            record('Original', 'Compound', '', ''),
            record('Original|ApplicationName', 'KString', '', '', information.creator),
          ),
        ],
      ),
    ],
  );
}

function globalSettings(takes: readonly ExportTake[]): FbxNode {
  const { mode, customFrameRate } = timeMode(takes[0]?.rate ?? { numerator: 30, denominator: 1 });
  const integer = (name: string, value: number): FbxNode => record(name, 'int', 'Integer', '', int(value));
  const real = (name: string, value: number): FbxNode => record(name, 'double', 'Number', '', value);
  const longest = takes.map(stopTicks).reduce((a, b) => (a > b ? a : b), 0n);
  return node(
    'GlobalSettings',
    [],
    [
      node('Version', [int(1000)]),
      properties70(
        integer('UpAxis', 1),
        integer('UpAxisSign', 1),
        integer('FrontAxis', 2),
        integer('FrontAxisSign', 1),
        integer('CoordAxis', 0),
        integer('CoordAxisSign', 1),
        integer('OriginalUpAxis', 1),
        integer('OriginalUpAxisSign', 1),
        real('UnitScaleFactor', 1),
        real('OriginalUnitScaleFactor', 1),
        record('AmbientColor', 'ColorRGB', 'Color', '', 0, 0, 0),
        record('DefaultCamera', 'KString', '', '', 'Producer Perspective'),
        record('TimeMode', 'enum', '', '', int(mode)),
        record('TimeProtocol', 'enum', '', '', int(2)),
        record('SnapOnFrameMode', 'enum', '', '', int(0)),
        record('TimeSpanStart', 'KTime', 'Time', '', 0n),
        record('TimeSpanStop', 'KTime', 'Time', '', longest),
        real('CustomFrameRate', customFrameRate),
      ),
    ],
  );
}

function definitions(objects: readonly FbxNode[]): FbxNode {
  const counts = new Map<string, number>();
  for (const { name } of objects) counts.set(name, (counts.get(name) ?? 0) + 1);
  const types = [...counts].map(([name, count]) => node('ObjectType', [name], [node('Count', [int(count)]), ...(name === 'Model' ? [modelTemplate()] : [])]));
  return node(
    'Definitions',
    [],
    [node('Version', [int(100)]), node('Count', [int(objects.length + 1)]), node('ObjectType', ['GlobalSettings'], [node('Count', [int(1)])]), ...types],
  );
}

function modelTemplate(): FbxNode {
  return node(
    'PropertyTemplate',
    ['FbxNode'],
    [
      properties70(
        record('QuaternionInterpolate', 'enum', '', '', int(0)),
        record('RotationOrder', 'enum', '', '', int(0)),
        record('InheritType', 'enum', '', '', int(0)),
        record('Lcl Translation', 'Lcl Translation', '', 'A', 0, 0, 0),
        record('Lcl Rotation', 'Lcl Rotation', '', 'A', 0, 0, 0),
        record('Lcl Scaling', 'Lcl Scaling', '', 'A', 1, 1, 1),
        record('Visibility', 'Visibility', '', 'A', 1),
      ),
    ],
  );
}

function takesNode(takes: readonly ExportTake[]): FbxNode {
  const entries = takes.map((take) => {
    const stop = stopTicks(take);
    return node('Take', [take.name], [node('FileName', [`${take.name}.tak`]), node('LocalTime', [0n, stop]), node('ReferenceTime', [0n, stop])]);
  });
  return node('Takes', [], [node('Current', [takes[0]?.name ?? '']), ...entries]);
}
