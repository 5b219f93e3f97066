import { readFileSync } from 'node:fs';
import { validateBytes } from 'gltf-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import { fbxExporter } from '../../../src/main/engine/export/fbx/fbx-exporter';
import { gltfExporter } from '../../../src/main/engine/export/gltf/gltf-exporter';
import { loadHead } from '../../../src/main/engine/export/load-head';
import type { ExportScene, ExportTake } from '../../../src/shared/export-model/export-scene';
import { frameRateOf } from '../../../src/shared/export-model/frame-rate';
import { poseTake } from '../../../src/shared/export-model/pose-take';
import { sampleTake } from '../../../src/shared/export-model/sample-take';
import { MORPH_NAMES } from '../../../src/shared/face/coefficients';
import { createExportInput } from '../../fixtures/export/test-clip';
import { readWithBlender } from './blender-reader';
import { DEFORM_TOLERANCE_CENTIMETRES, threeDeformError, threeWeightError, WEIGHT_TOLERANCE } from './expectations';
import { convertWithSdk } from './foreign-tools';
import { readGlbWithThree, skinnedMesh } from './three-reader';

const CLIP_FRAMES = 45;
/** Looking at a part of the vertices keeps the test short. */
const VERTEX_STEP = 11;

describe('the shipped head', () => {
  let scene: ExportScene;
  let take: ExportTake;
  let glb: Uint8Array;
  let fbx: Uint8Array;

  beforeAll(async () => {
    scene = await loadHead(readFileSync(new URL('../../../assets/head/head.glb', import.meta.url)));
    const input = createExportInput(CLIP_FRAMES, async () => scene);
    const options = { fps: '60' };
    glb = await gltfExporter.export(input, options, {});
    fbx = await fbxExporter.export(input, options, {});
    const everything = { head: true, mouth: true, wrinkles: true, eyes: true };
    const range = { startSeconds: 0, endSeconds: CLIP_FRAMES / 30 };
    const face = await sampleTake(input.take, input.decoded, range, frameRateOf('60'), everything, async () => undefined);
    take = { ...poseTake(scene, face, 0.4), name: 'Grusse_01_wav_Take_1' };
  });

  test('carries all shapes in order and few points twice', ({ annotate }) => {
    expect(scene.channels).toEqual(MORPH_NAMES);
    const skin = scene.meshes.find((mesh) => mesh.name === 'Skin');
    expect(skin?.targets.map((target) => scene.channels[target.channel])).toEqual(MORPH_NAMES);
    expect(skin === undefined || skin.positions.length < skin.uvs.length * 1.5).toBe(true);
    const pictures = scene.materials
      .flatMap((material) => [material.baseColorImage, material.normalImage])
      .reduce((sum, image) => sum + (image?.bytes.length ?? 0), 0);
    annotate(`GLB ${glb.length} bytes, FBX ${fbx.length} bytes, pictures ${pictures} bytes, ${CLIP_FRAMES * 2} frames`);
  });

  test('is a valid GLB that moves as evaluated', async () => {
    const report = await validateBytes(glb);
    expect(report.issues.messages.filter((issue) => issue.severity <= 1 && issue.code !== 'MESH_PRIMITIVE_GENERATED_TANGENT_SPACE')).toEqual([]);
    const read = await readGlbWithThree(glb);
    expect(threeWeightError(read, scene, take)).toBeLessThan(WEIGHT_TOLERANCE);
    expect(threeDeformError(read, scene, [take], 100, VERTEX_STEP)).toBeLessThan(DEFORM_TOLERANCE_CENTIMETRES);
  });

  test('is an FBX that the FBX SDK reads whole', async () => {
    const { glb: converted, log } = await convertWithSdk(fbx, 60);
    expect(log).toContain(`Animation ${take.name}: [0 - ${take.frameCount - 1}]`);
    const read = await readGlbWithThree(converted);
    for (const mesh of scene.meshes) expect(skinnedMesh(read, mesh.name).morphTargetInfluences?.length ?? 0).toBe(mesh.targets.length);
    expect(threeWeightError(read, scene, take)).toBeLessThan(WEIGHT_TOLERANCE);
    expect(threeDeformError(read, scene, [take], 100, VERTEX_STEP)).toBeLessThan(DEFORM_TOLERANCE_CENTIMETRES);
  });

  test('opens in Blender in both formats with bones, shapes and keys', async () => {
    const job = { take: take.name, framesPerSecond: 60, frames: [] };
    const reports = await readWithBlender([
      { ...job, format: 'fbx', bytes: fbx },
      { ...job, format: 'glb', bytes: glb },
    ]);
    expect(reports).toHaveLength(2);
    for (const report of reports) {
      expect(new Set(report.bones)).toEqual(new Set(scene.joints.map((joint) => joint.name)));
      expect(report.lastKeyFrames.map(Math.round)).toEqual([take.frameCount - 1]);
      for (const mesh of scene.meshes) {
        const read = report.meshes.find((candidate) => candidate.name.startsWith(mesh.name));
        expect(read?.shapeKeys).toEqual(mesh.targets.map((target) => scene.channels[target.channel]));
      }
      expect(report.images.length).toBeGreaterThan(0);
      expect(report.images.every((image) => image.packed)).toBe(true);
    }
  });
});
