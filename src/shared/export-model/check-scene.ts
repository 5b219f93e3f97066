import { AppError } from '../contract/errors';
import type { ExportScene, ExportTake } from './export-scene';

const SAFE_NAME = /^[A-Za-z0-9_]{1,63}$/;

/** A name that every importer accepts: ASCII letters, digits and `_`, at most 63 characters, never empty. */
export function safeName(name: string, fallback: string): string {
  const safe = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 63);
  return safe === '' ? fallback : safe;
}

/** Refuses, before any writer runs, what importers choke on. Throws AppError `bad-input`. */
export function checkExport(scene: ExportScene, takes: readonly ExportTake[]): void {
  checkNames('channel', scene.channels);
  checkNames('bone or mesh', [...scene.joints.map((joint) => joint.name), ...scene.meshes.map((mesh) => mesh.name)]);
  checkNames(
    'take',
    takes.map((take) => take.name),
  );
  if (scene.channels.length === 0) refuse('The head has no blend shapes.', 'Reinstall the program; its head file is damaged.');
  if (takes.length === 0) refuse('There is nothing to export.', 'Generate the animation first.');
  for (const mesh of scene.meshes) {
    checkFinite(`the mesh ${mesh.name}`, mesh.positions, mesh.normals, mesh.uvs, mesh.skinWeights);
    for (const target of mesh.targets) checkFinite(`the shape ${scene.channels[target.channel]} of ${mesh.name}`, target.positions, target.normals);
  }
  for (const take of takes) checkTake(scene, take);
}

function checkTake(scene: ExportScene, take: ExportTake): void {
  if (take.frameCount < 1) refuse(`The take ${take.name} is empty.`, 'Choose a longer range.');
  if (take.weights.length !== take.frameCount * scene.channels.length) refuse(`The take ${take.name} does not fit the head.`, 'Open the project again.');
  const tracks = [...take.rotations, ...take.translations].map((track) => track.values);
  checkFinite(`the take ${take.name}`, take.weights, ...tracks);
}

function checkNames(kind: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (!SAFE_NAME.test(name)) refuse(`The ${kind} name '${name}' is not portable.`, 'Use letters, digits and underscores, at most 63.');
    if (seen.has(name)) refuse(`The ${kind} name '${name}' is used twice.`, 'Rename one of them.');
    seen.add(name);
  }
}

function checkFinite(what: string, ...arrays: readonly Float32Array[]): void {
  for (const values of arrays) {
    if (!values.every(Number.isFinite)) refuse(`A number in ${what} is not finite.`, 'Generate the affected range again.');
  }
}

function refuse(message: string, hint: string): never {
  throw new AppError('bad-input', message, hint);
}
