import { encodeFbx } from '../../../src/main/engine/export/fbx/fbx-binary';
import { buildFbxDocument } from '../../../src/main/engine/export/fbx/fbx-document';
import type { FbxNode } from '../../../src/main/engine/export/fbx/fbx-node';
import { writeGlb } from '../../../src/main/engine/export/gltf/write-glb';
import type { ExportScene, ExportTake } from '../../../src/shared/export-model/export-scene';
import { type FrameRateLabel, frameRateOf } from '../../../src/shared/export-model/frame-rate';
import { createTestHead, createTestTake } from '../../fixtures/export/test-head';

/** The test head with its takes at one rate, written in both formats. */
export interface ExportCase {
  readonly scene: ExportScene;
  readonly takes: readonly ExportTake[];
  readonly document: readonly FbxNode[];
  readonly fbx: Uint8Array;
  readonly glb: Uint8Array;
}

const INFORMATION = { creator: 'VividTalker Studio test', title: 'test head', provenance: { seed: 7 } };
const withoutPause = async (): Promise<void> => undefined;

/** Encodes a document without progress or cancel. */
export function encodeDocument(document: readonly FbxNode[]): Promise<Uint8Array> {
  return encodeFbx(document, withoutPause);
}

/** Writes the test head with takes of the given lengths (frames) at a rate. */
export async function writeCase(label: FrameRateLabel, frameCounts: readonly number[]): Promise<ExportCase> {
  const scene = createTestHead();
  const rate = frameRateOf(label);
  const takes = frameCounts.map((frameCount, index) => createTestTake(scene, `take_${index + 1}`, frameCount, rate, index));
  return writeScene(scene, takes);
}

/** Writes any scene in both formats. */
export async function writeScene(scene: ExportScene, takes: readonly ExportTake[]): Promise<ExportCase> {
  const document = await buildFbxDocument(scene, takes, INFORMATION, withoutPause);
  return { scene, takes, document, fbx: await encodeDocument(document), glb: await writeGlb(scene, takes, INFORMATION, withoutPause) };
}

/** Frames at which deformation is compared: first, second, two inside, last. */
export function probedFrames(take: ExportTake): number[] {
  return [0, 1, Math.floor(take.frameCount * 0.31), Math.floor(take.frameCount / 2), take.frameCount - 1];
}
