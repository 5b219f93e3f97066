import { beforeAll, describe, expect, test } from 'vitest';
import type { FbxNode } from '../../../src/main/engine/export/fbx/fbx-node';
import { DEFORM_TOLERANCE_CENTIMETRES, threeDeformError, threeWeightError, WEIGHT_TOLERANCE } from './expectations';
import { type ExportCase, encodeDocument, writeCase } from './export-cases';
import { convertWithSdk } from './foreign-tools';
import { readGlbWithThree, skinnedMesh } from './three-reader';

const RATE = 30;

/** The checks of the FBX SDK's result that a good file passes; true when all hold. */
async function sdkAccepts(fbx: Uint8Array, written: ExportCase): Promise<boolean> {
  const { glb, log } = await convertWithSdk(fbx, RATE);
  if (!written.takes.every((take) => log.includes(`Animation ${take.name}: [0 - ${take.frameCount - 1}]`))) return false;
  const read = await readGlbWithThree(glb);
  if (written.scene.meshes.some((mesh) => (skinnedMesh(read, mesh.name).morphTargetInfluences?.length ?? 0) !== mesh.targets.length)) return false;
  const weightError = Math.max(...written.takes.map((take) => threeWeightError(read, written.scene, take)));
  return weightError < WEIGHT_TOLERANCE && threeDeformError(read, written.scene, written.takes, 100) < DEFORM_TOLERANCE_CENTIMETRES;
}

function mapNodes(nodes: readonly FbxNode[], change: (node: FbxNode) => FbxNode): FbxNode[] {
  return nodes.map((node) => change({ ...node, children: mapNodes(node.children, change) }));
}

describe('F6: files with known mistakes', () => {
  let written: ExportCase;
  beforeAll(async () => {
    written = await writeCase(`${RATE}`, [40]);
  });

  test('the sound file passes the checks the broken ones must fail', async () => {
    expect(await sdkAccepts(written.fbx, written)).toBe(true);
  });

  test('an animation layer without its empty record loses the animation', async () => {
    const document = mapNodes(written.document, (node) => (node.name === 'AnimationLayer' ? { ...node, endMarker: false } : node));
    expect(await sdkAccepts(await encodeDocument(document), written)).toBe(false);
  });

  test('a footer that does not fit the creation time loses the scene', async () => {
    const broken = Buffer.from(written.fbx);
    const code = broken.lastIndexOf(Buffer.from('fabcab09d0c8d466b176fb831cf7267e', 'hex'));
    expect(code).toBeGreaterThan(0);
    broken.writeUInt8(broken.readUInt8(code) ^ 1, code);
    const { glb, log } = await convertWithSdk(broken, RATE);
    expect(log).not.toContain('Animation take_1');
    expect(glb.length).toBeLessThan(1000);
  });

  test('weights 0..1 instead of percent move a hundred times too little', async () => {
    const connections = written.document.find((node) => node.name === 'Connections')?.children ?? [];
    const weightCurves = new Set(
      connections.filter(({ properties }) => properties[3]?.value === 'd|DeformPercent').map(({ properties }) => properties[1]?.value),
    );
    expect(weightCurves.size).toBeGreaterThan(written.scene.channels.length);
    const asFractions = (node: FbxNode): FbxNode => {
      if (node.name !== 'KeyValueFloat') return node;
      const [property] = node.properties;
      return property?.type === 'f' ? { ...node, properties: [{ type: 'f', value: property.value.map((value) => value / 100) }] } : node;
    };
    const document = mapNodes(written.document, (node) =>
      node.name === 'AnimationCurve' && weightCurves.has(node.properties[0]?.value ?? '') ? { ...node, children: node.children.map(asFractions) } : node,
    );
    expect(await sdkAccepts(await encodeDocument(document), written)).toBe(false);
  });
});
