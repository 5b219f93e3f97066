import { readFileSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXPRESSION_NAMES, MORPH_NAMES } from '../../../src/shared/face/coefficients';
import { FrontView, gapProfile, type HeadPart, pose, readHead, type Vector, vertex } from './read-head';

const FOLDER = 'assets/head';
const LARGEST_GLB_BYTES = 12e6;
const MESHES = ['Skin', 'Eyes', 'Teeth', 'Tongue', 'Hair', 'Shirt', 'Brows', 'Lashes'];
const BONES = ['root', 'neck01', 'neck02', 'head', 'LeftEye', 'RightEye', 'jaw'];

/** Mixtures as speech makes them. */
const VISEMES: Record<string, number>[] = [
  { jawOpen: 0.6, mouthLowerDownLeft: 0.3, mouthLowerDownRight: 0.3 },
  { jawOpen: 0.35, mouthStretchLeft: 0.4, mouthStretchRight: 0.4 },
  { jawOpen: 0.15, mouthSmileLeft: 0.6, mouthSmileRight: 0.6 },
  { jawOpen: 0.3, mouthFunnel: 0.7 },
  { jawOpen: 0.2, mouthPucker: 0.8 },
  { jawOpen: 0.1, mouthPucker: 0.5, mouthFunnel: 0.4 },
  { mouthPressLeft: 0.6, mouthPressRight: 0.6 },
  { mouthRollUpper: 0.5, mouthRollLower: 0.5 },
  { jawOpen: 0.1, mouthRollLower: 0.6, mouthUpperUpLeft: 0.3, mouthUpperUpRight: 0.3 },
  { jawOpen: 0.12, mouthShrugUpper: 0.3, mouthLowerDownLeft: 0.4, mouthLowerDownRight: 0.4 },
  { jawOpen: 0.2, tongueOut: 0.3 },
  { jawOpen: 0.45, mouthClose: 0.2 },
  { jawOpen: 0.25, mouthUpperUpLeft: 0.5, mouthUpperUpRight: 0.5 },
  { mouthSmileLeft: 0.8, mouthSmileRight: 0.8, mouthUpperUpLeft: 0.4, mouthUpperUpRight: 0.4 },
  { jawOpen: 0.3, jawForward: 0.4 },
  { jawOpen: 0.3, jawLeft: 0.4, mouthLeft: 0.3 },
  { jawOpen: 0.5, mouthFrownLeft: 0.4, mouthFrownRight: 0.4 },
  { mouthFunnel: 0.5, mouthShrugLower: 0.3 },
  { jawOpen: 0.2, mouthDimpleLeft: 0.5, mouthDimpleRight: 0.5 },
  { jawOpen: 0.7, mouthStretchLeft: 0.3, mouthStretchRight: 0.3 },
];

interface Manifest {
  morphs: string[];
  bones: { name: string; rest: [number, number, number] }[];
  eyeRotation: Record<string, { bone: string; pitchDegrees: number; yawDegrees: number }>;
  lipResponse: Record<string, number>;
  lipGapRestMm: number;
  mouthWidthMm: number;
  lipVertices: { upper: number[]; lower: number[]; corners: [number, number]; middleUpper: number; middleLower: number };
  lidVertices: Record<'left' | 'right', { upper: number[]; lower: number[] }>;
  wrinkles: { driverRule: { drivers: Record<string, Record<string, number>> }; masks: Record<string, { texture: string }> };
  meshes: Record<string, Record<string, { vertices: number }>>;
}

const manifest = JSON.parse(readFileSync(`${FOLDER}/head-manifest.json`, 'utf8')) as Manifest;
let full: ReadonlyMap<string, HeadPart>;
let light: ReadonlyMap<string, HeadPart>;

function part(name: string): HeadPart {
  const found = full.get(name);
  if (!found) throw new Error(`no mesh ${name}`);
  return found;
}

function length(values: Float32Array, index: number): number {
  return Math.hypot(...vertex(values, index));
}

function largest(values: Float32Array): number {
  let most = 0;
  for (let i = 0; i < values.length / 3; i++) most = Math.max(most, length(values, i));
  return most;
}

/** Outer skin only: mouth bag and eye sockets have small texture charts of their own in the top corners. */
function isOuterSkin(skin: HeadPart, triangle: number): boolean {
  const corner = skin.indices[triangle * 3] ?? 0;
  const [u, v] = [skin.uvs[corner * 2] ?? 0, skin.uvs[corner * 2 + 1] ?? 0];
  return !(v < 0.0455 && (u < 0.101 || u > 0.899));
}

function lipGap(weights: Record<string, number>): number {
  const skin = part('Skin');
  const posed = pose(skin, weights);
  const [left, right] = manifest.lipVertices.corners.map((i) => vertex(posed, i)[0]) as [number, number];
  return Math.max(...gapProfile(posed, manifest.lipVertices.upper, manifest.lipVertices.lower, Math.abs(left - right) / 2, (left + right) / 2));
}

beforeAll(async () => {
  full = await readHead(`${FOLDER}/head.glb`);
  light = await readHead(`${FOLDER}/head-l0.glb`);
});

describe('names and sizes', () => {
  it('carries the named meshes, bones and 66 shapes in product order', () => {
    expect([...full.keys()]).toEqual(MESHES);
    expect([...light.keys()]).toEqual(MESHES);
    expect(part('Skin').jointNames).toEqual(BONES);
    expect(manifest.bones.map((bone) => bone.name)).toEqual(BONES);
    expect(manifest.morphs).toEqual(MORPH_NAMES);
    expect(part('Skin').targetNames).toEqual(MORPH_NAMES);
    expect(light.get('Skin')?.targetNames).toEqual(MORPH_NAMES);
    for (const mesh of full.values()) for (const name of mesh.targetNames) expect(MORPH_NAMES).toContain(name);
  });

  it('stays inside its size budget and agrees with the manifest', () => {
    expect(statSync(`${FOLDER}/head.glb`).size).toBeLessThan(LARGEST_GLB_BYTES);
    for (const [name, mesh] of full) expect(mesh.positions.length / 3).toBe(manifest.meshes['head.glb']?.[name]?.vertices);
    expect(part('Skin').positions.length / 3).toBeLessThan(26_000);
    expect((light.get('Skin')?.positions.length ?? 0) / 3).toBeLessThan(5_000);
  });
});

describe('data', () => {
  it('holds finite numbers, no empty shape, and weights that sum to one', () => {
    for (const mesh of [...full.values(), ...light.values()]) {
      for (const values of [mesh.positions, mesh.uvs, mesh.weights]) expect(values.every(Number.isFinite)).toBe(true);
      for (const [name, target] of mesh.targets) {
        expect(target.positions.every(Number.isFinite), name).toBe(true);
        expect(target.normals?.every(Number.isFinite) ?? true, name).toBe(true);
        expect(largest(target.positions), `${mesh.name} ${name}`).toBeGreaterThan(2e-5);
      }
      for (let i = 0; i < mesh.weights.length; i += 4) {
        const sum = (mesh.weights[i] ?? 0) + (mesh.weights[i + 1] ?? 0) + (mesh.weights[i + 2] ?? 0) + (mesh.weights[i + 3] ?? 0);
        if (Math.abs(sum - 1) > 1e-4) expect.fail(`${mesh.name} vertex ${i / 4}: weights sum to ${sum}`);
      }
    }
  });

  it('gives every wrinkle shape normals that turn visibly', () => {
    for (const name of MORPH_NAMES.slice(EXPRESSION_NAMES.length)) {
      const target = part('Skin').targets.get(name);
      expect(largest(target?.normals ?? new Float32Array(3)), name).toBeGreaterThan(0.12);
      expect(largest(target?.positions ?? new Float32Array(3)), name).toBeGreaterThan(1.5e-4);
    }
  });

  it('moves both sides alike: every Left/Right pair mirrors within 0.2 mm', () => {
    const bytes = readFileSync('test/golden/head/skin-mirror.bin');
    const mirror = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    const skin = part('Skin');
    expect(mirror.length).toBe(skin.positions.length / 3);
    expect(mirror.filter((index) => index === 65535).length).toBeLessThan(mirror.length / 100);
    for (const name of EXPRESSION_NAMES) {
      const other = name.endsWith('Left') ? name.replace(/Left$/, 'Right') : name.endsWith('Right') ? name.replace(/Right$/, 'Left') : name;
      const [here, there] = [skin.targets.get(name)?.positions, skin.targets.get(other)?.positions];
      if (!here || !there) throw new Error(name);
      let worst = 0;
      mirror.forEach((partner, i) => {
        if (partner === 65535) return;
        const [a, b] = [vertex(here, i), vertex(there, partner)];
        worst = Math.max(worst, Math.hypot(a[0] + b[0], a[1] - b[1], a[2] - b[2]));
      });
      expect(worst * 1000, name).toBeLessThan(0.2);
    }
  });
});

describe('lips and teeth', () => {
  it('closes the lips at rest, when pressed, and when mouthClose answers jawOpen', () => {
    expect(lipGap({})).toBeLessThan(0.3);
    expect(lipGap({ mouthPressLeft: 1, mouthPressRight: 1 })).toBeLessThan(0.3);
    expect(lipGap({ jawOpen: 1, mouthClose: 1 })).toBeLessThan(1);
    expect(lipGap({ jawOpen: 0.3 })).toBeGreaterThan(5);
  });

  it('measures the lip response it announces', () => {
    const { middleUpper, middleLower } = manifest.lipVertices;
    const skin = part('Skin');
    const gap = (weights: Record<string, number>): number => {
      const posed = pose(skin, weights);
      return (vertex(posed, middleUpper)[1] - vertex(posed, middleLower)[1]) * 1000;
    };
    expect(gap({})).toBeCloseTo(manifest.lipGapRestMm, 2);
    for (const name of EXPRESSION_NAMES) expect(Math.abs(gap({ [name]: 1 }) - gap({}) - (manifest.lipResponse[name] ?? 0)), name).toBeLessThan(0.1);
  });

  it('keeps every tooth behind the lips for single shapes and viseme mixes', () => {
    const [skin, teeth] = [part('Skin'), part('Teeth')];
    const middle = vertex(skin.positions, manifest.lipVertices.middleUpper);
    const nearMouth = new Set<number>();
    for (let t = 0; t < skin.indices.length / 3; t++) {
      const corner = vertex(skin.positions, skin.indices[t * 3] ?? 0);
      if (Math.hypot(corner[0] - middle[0], corner[1] - middle[1], corner[2] - middle[2]) < 0.055) nearMouth.add(t);
    }
    const shapes = [...EXPRESSION_NAMES.map((name) => ({ [name]: 1 }) as Record<string, number>), {}, ...VISEMES];
    const outside = (weights: Record<string, number>, forwardMetres: number): number => {
      const view = new FrontView(pose(skin, weights), skin.indices, (t) => nearMouth.has(t) && isOuterSkin(skin, t), 0.05);
      const posed = pose(teeth, weights);
      let count = 0;
      for (let i = 0; i < posed.length / 3; i++) {
        const [x, y, z] = vertex(posed, i);
        const front = view.frontZ(x, y);
        if (front !== null && z + forwardMetres > front) count += 1;
      }
      return count;
    };
    for (const weights of shapes) expect(outside(weights, 0), JSON.stringify(weights)).toBe(0);
    expect(outside({}, 0.02)).toBeGreaterThan(100);
  });
});

describe('landmarks', () => {
  it('names vertices on lips, mouth corner and lids in both details, so that light follows the shapes', () => {
    for (const skin of [full.get('Skin'), light.get('Skin')]) {
      if (!skin) throw new Error('no skin');
      const places = (weights: Record<string, number>): Record<string, Vector> => {
        const posed = pose(skin, weights);
        return Object.fromEntries(Object.entries(skin.extras['landmarks'] as Record<string, number>).map(([name, index]) => [name, vertex(posed, index)]));
      };
      const height = (weights: Record<string, number>, upper: string, lower: string): number => {
        const found = places(weights);
        return ((found[upper]?.[1] ?? Number.NaN) - (found[lower]?.[1] ?? Number.NaN)) * 1000;
      };
      expect(Math.abs(height({}, 'lipUpper', 'lipLower'))).toBeLessThan(2.5);
      expect(height({ jawOpen: 1 }, 'lipUpper', 'lipLower')).toBeGreaterThan(20);
      expect(places({})['mouthCorner']?.[0]).toBeGreaterThan(0.018);
      for (const side of ['Left', 'Right']) {
        const [upper, lower] = [`${side.toLowerCase()}LidUpper`, `${side.toLowerCase()}LidLower`];
        expect(height({}, upper, lower), side).toBeGreaterThan(6);
        expect(height({ [`eyeBlink${side}`]: 1 }, upper, lower), side).toBeLessThan(3);
      }
    }
  });
});

describe('eyes', () => {
  it('shuts the lids in a blink', () => {
    const posed = pose(part('Skin'), { eyeBlinkLeft: 1, eyeBlinkRight: 1 });
    for (const side of ['left', 'right'] as const) {
      const { upper, lower } = manifest.lidVertices[side];
      const xs = upper.map((i) => vertex(posed, i)[0]);
      const [low, high] = [Math.min(...xs), Math.max(...xs)];
      expect(Math.max(...gapProfile(posed, upper, lower, (high - low) / 2, (high + low) / 2)), side).toBeLessThan(0.6);
    }
  });

  it('keeps the eyeballs behind the lids in every shape', () => {
    const [skin, eyes] = [part('Skin'), part('Eyes')];
    const deepest = (name: string, forwardMm: number): number => {
      const look = manifest.eyeRotation[name];
      const view = new FrontView(pose(skin, { [name]: 1 }), skin.indices, (t) => isOuterSkin(skin, t), 0.35);
      let most = 0;
      for (let i = 0; i < eyes.positions.length / 3; i++) {
        const bone = eyes.jointNames[eyes.joints[i * 4] ?? 0];
        const rest = vertex(eyes.positions, i);
        const turned = look && look.bone === bone ? turn(rest, bone, look.pitchDegrees, look.yawDegrees) : rest;
        const front = view.frontZ(turned[0], turned[1]);
        if (front !== null) most = Math.max(most, (turned[2] - front) * 1000 + forwardMm);
      }
      return most;
    };
    for (const name of EXPRESSION_NAMES) expect(deepest(name, 0), name).toBeLessThan(0.05);
    expect(deepest('eyeBlinkLeft', 4)).toBeGreaterThan(1);
  });
});

function turn(point: readonly [number, number, number], boneName: string, pitchDegrees: number, yawDegrees: number): [number, number, number] {
  const rest = manifest.bones.find((bone) => bone.name === boneName)?.rest ?? [0, 0, 0];
  const [x, y, z] = [point[0] - rest[0], point[1] - rest[1], point[2] - rest[2]];
  const [p, w] = [(pitchDegrees * Math.PI) / 180, (yawDegrees * Math.PI) / 180];
  const [py, pz] = [y * Math.cos(p) - z * Math.sin(p), y * Math.sin(p) + z * Math.cos(p)];
  return [rest[0] + x * Math.cos(w) + pz * Math.sin(w), rest[1] + py, rest[2] - x * Math.sin(w) + pz * Math.cos(w)];
}
