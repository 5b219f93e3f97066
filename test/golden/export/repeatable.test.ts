import { describe, expect, test } from 'vitest';
import { largestDifference, matchVertices } from './compare';
import { threeDeformError } from './expectations';
import { probedFrames, writeCase } from './export-cases';
import { convertWithSdk } from './foreign-tools';
import { deformedVertices, readGlbWithThree, restVertices, skinnedMesh } from './three-reader';

describe('the same clip', () => {
  test('F7: gives the same bytes every time', async () => {
    const [first, second] = [await writeCase('29.97', [31, 20]), await writeCase('29.97', [31, 20])];
    expect(Buffer.compare(first.fbx, second.fbx)).toBe(0);
    expect(Buffer.compare(first.glb, second.glb)).toBe(0);
    const longer = await writeCase('29.97', [32, 20]);
    expect(Buffer.compare(first.fbx, longer.fbx)).not.toBe(0);
  });

  test('X1: moves alike through FBX and through glTF', async () => {
    const written = await writeCase('60', [60]);
    const [take] = written.takes;
    if (take === undefined) throw new Error('no take');
    const viaGltf = await readGlbWithThree(written.glb);
    const viaFbx = await readGlbWithThree((await convertWithSdk(written.fbx, 60)).glb);
    const times = probedFrames(take).map((frame) => frame / 60);
    for (const mesh of written.scene.meshes) {
      const [a, b] = [skinnedMesh(viaFbx, mesh.name), skinnedMesh(viaGltf, mesh.name)];
      const match = matchVertices(restVertices(a, 100), restVertices(b, 100), false);
      const [clipA, clipB] = [viaFbx.clips[0], viaGltf.clips[0]];
      if (clipA === undefined || clipB === undefined) throw new Error('no clip');
      const framesB = deformedVertices(viaGltf, clipB, b, times, 100);
      deformedVertices(viaFbx, clipA, a, times, 100).forEach((vertices, index) => {
        expect(largestDifference(vertices, framesB[index] ?? [], match)).toBeLessThan(1e-3);
      });
    }
    expect(threeDeformError(viaGltf, written.scene, written.takes, 100)).toBeLessThan(1e-3);
  });
});
