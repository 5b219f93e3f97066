import { validateBytes } from 'gltf-validator';
import { describe, expect, test } from 'vitest';
import { fbxExporter } from '../../../src/main/engine/export/fbx/fbx-exporter';
import { gltfExporter } from '../../../src/main/engine/export/gltf/gltf-exporter';
import { createExportInput } from '../../fixtures/export/test-clip';
import { convertWithSdk } from './foreign-tools';
import { readFbxWithThree, readGlbWithThree, skinnedMesh } from './three-reader';

const NOTHING = { head: false, mouth: false, wrinkles: false, eyes: false };

describe.each([
  ['a clip of one frame', 1, {}],
  ['a clip whose streams are all left out', 30, { streams: NOTHING }],
  ['a range inside a clip', 60, { range: { startSeconds: 0.5, endSeconds: 1.5 } }],
] as const)('%s', (_name, frameCount, options) => {
  const lastFrame = frameCount === 1 ? 1 : 29;

  test('is an FBX with every shape animated and the right length', async () => {
    const fbx = await fbxExporter.export(createExportInput(frameCount), options, {});
    const { glb, log } = await convertWithSdk(fbx, 30);
    expect(log).toContain(`: [0 - ${lastFrame}]`);
    expect(skinnedMesh(await readGlbWithThree(glb), 'Skin').morphTargetInfluences).toHaveLength(66);
    const [clip] = readFbxWithThree(fbx).clips;
    expect(clip?.duration).toBeCloseTo(lastFrame / 30, 5);
    expect(clip?.tracks.filter((track) => track.name.startsWith('Skin.morphTargetInfluences'))).toHaveLength(66);
  });

  test('is a valid GLB of the right length', async () => {
    const glb = await gltfExporter.export(createExportInput(frameCount), options, {});
    expect((await validateBytes(glb)).issues.numErrors).toBe(0);
    const [clip] = (await readGlbWithThree(glb)).clips;
    expect(clip?.duration).toBeCloseTo(lastFrame / 30, 5);
  });
});
