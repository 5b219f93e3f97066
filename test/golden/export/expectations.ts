import { expect } from 'vitest';
import type { ExportScene, ExportTake } from '../../../src/shared/export-model/export-scene';
import { exportFrameSeconds } from '../../../src/shared/export-model/frame-rate';
import { deformedPoints, restPoints } from '../../fixtures/export/deform-reference';
import type { BlenderReport } from './blender-reader';
import { largestDifference, matchVertices } from './compare';
import { probedFrames } from './export-cases';
import { deformedVertices, restVertices, skinnedMesh, type ThreeScene } from './three-reader';

/** Largest deformation error allowed, centimetres. */
export const DEFORM_TOLERANCE_CENTIMETRES = 1e-3;
/** Largest error of a weight 0..1 allowed. */
export const WEIGHT_TOLERANCE = 1e-6;

/** Largest vertex error (centimetres) of everything three.js plays, over all meshes, takes and probed frames; `step` > 1 looks at every step-th vertex only. */
export function threeDeformError(read: ThreeScene, scene: ExportScene, takes: readonly ExportTake[], centimetresPerUnit: number, step = 1): number {
  let largest = 0;
  for (const mesh of scene.meshes) {
    const skinned = skinnedMesh(read, mesh.name);
    const match = matchVertices(restVertices(skinned, centimetresPerUnit, step), restPoints(mesh), step === 1);
    for (const take of takes) {
      const clip = read.clips.find((candidate) => candidate.name === take.name);
      if (clip === undefined) throw new Error(`no clip called ${take.name}`);
      const frames = probedFrames(take);
      const times = frames.map((frame) => exportFrameSeconds(take.rate, frame));
      deformedVertices(read, clip, skinned, times, centimetresPerUnit, step).forEach((vertices, i) => {
        largest = Math.max(largest, largestDifference(vertices, deformedPoints(scene, mesh, take, frames[i] ?? 0), match));
      });
    }
  }
  return largest;
}

/** Largest weight error of the animation three.js reads; every shape of every mesh must have a track. */
export function threeWeightError(read: ThreeScene, scene: ExportScene, take: ExportTake): number {
  const clip = read.clips.find((candidate) => candidate.name === take.name);
  let largest = clip === undefined ? Number.NaN : 0;
  for (const mesh of scene.meshes) {
    const skinned = skinnedMesh(read, mesh.name);
    const joint = clip?.tracks.find((track) => track.name === `${skinned.name}.morphTargetInfluences`);
    mesh.targets.forEach((target, index) => {
      const name = scene.channels[target.channel] ?? '';
      const own = clip?.tracks.find((track) => track.name === `${skinned.name}.morphTargetInfluences[${skinned.morphTargetDictionary?.[name] ?? name}]`);
      for (let frame = 0; frame < take.frameCount; frame++) {
        const expected = take.weights[frame * scene.channels.length + target.channel] ?? 0;
        const actual = joint !== undefined ? joint.values[frame * mesh.targets.length + index] : valueAt(own, frame);
        const error = Math.abs((actual ?? Number.NaN) - expected);
        if (!(error <= largest)) largest = error;
      }
    });
  }
  return largest;
}

function valueAt(track: { readonly times: ArrayLike<number>; readonly values: ArrayLike<number> } | undefined, frame: number): number | undefined {
  // A constant curve has two keys only.
  if (track === undefined) return undefined;
  return track.times.length === 2 ? track.values[0] : track.values[frame];
}

/** Compares a Blender report with the scene: bones, shape names and order, keys, weights and deformation. Returns the deformation error in centimetres. */
export function expectBlenderAgrees(report: BlenderReport, scene: ExportScene, take: ExportTake): number {
  expect(new Set(report.bones)).toEqual(new Set(scene.joints.map((joint) => joint.name)));
  let largest = 0;
  for (const mesh of scene.meshes) {
    const read = report.meshes.find((candidate) => candidate.name.startsWith(mesh.name));
    if (read === undefined) throw new Error(`Blender has no mesh called ${mesh.name}`);
    expect(read.shapeKeys).toEqual(mesh.targets.map((target) => scene.channels[target.channel]));
    for (const target of mesh.targets) {
      const keys = read.curves[scene.channels[target.channel] ?? ''] ?? [];
      const values = Float32Array.from({ length: take.frameCount }, (_, frame) => take.weights[frame * scene.channels.length + target.channel] ?? 0);
      const isConstant = values.every((value) => value === values[0]);
      if (!isConstant) expect(keys.length).toBe(take.frameCount);
      keys.forEach(([frame, value], index) => {
        expect(Math.abs(frame - (isConstant && keys.length === 2 ? index * (take.frameCount - 1) : index))).toBeLessThan(1e-3);
        expect(Math.abs(value - (values[Math.round(frame)] ?? Number.NaN))).toBeLessThan(WEIGHT_TOLERANCE);
      });
    }
    const match = matchVertices(read.rest, restPoints(mesh));
    probedFrames(take).forEach((frame, index) => {
      const error = largestDifference(read.deformed[index] ?? [], deformedPoints(scene, mesh, take, frame), match);
      largest = Math.max(largest, error);
    });
  }
  return largest;
}
