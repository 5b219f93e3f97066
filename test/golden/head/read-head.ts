import { readFileSync } from 'node:fs';
import { type Node, NodeIO, type Primitive } from '@gltf-transform/core';

export type Vector = readonly [number, number, number];

/** One mesh of the head file: positions in metres, morph targets as dense displacements, bone numbers and weights. */
export interface HeadPart {
  readonly name: string;
  readonly positions: Float32Array;
  readonly uvs: Float32Array;
  readonly indices: Uint32Array;
  readonly joints: Float32Array;
  readonly weights: Float32Array;
  readonly targetNames: readonly string[];
  readonly targets: ReadonlyMap<string, { readonly positions: Float32Array; readonly normals: Float32Array | null }>;
  readonly jointNames: readonly string[];
  readonly extras: Readonly<Record<string, unknown>>;
}

/** Reads a GLB and returns its parts by mesh name. */
export async function readHead(path: string): Promise<ReadonlyMap<string, HeadPart>> {
  const root = (await new NodeIO().readBinary(new Uint8Array(readFileSync(path)))).getRoot();
  const nodes = root.listNodes().filter((node) => node.getMesh() !== null);
  return new Map(nodes.map((node) => [node.getName(), readPart(node)]));
}

function readPart(node: Node): HeadPart {
  const mesh = node.getMesh();
  const primitive = mesh?.listPrimitives()[0];
  if (!mesh || !primitive) throw new Error(`${node.getName()} has no geometry`);
  const targetNames = (mesh.getExtras()['targetNames'] ?? []) as string[];
  const targets = new Map(
    primitive.listTargets().map((target, i) => {
      const normal = target.getAttribute('NORMAL');
      const entry = {
        positions: Float32Array.from(target.getAttribute('POSITION')?.getArray() ?? []),
        normals: normal ? Float32Array.from(normal.getArray() ?? []) : null,
      };
      return [targetNames[i] ?? '', entry] as const;
    }),
  );
  return {
    name: node.getName(),
    positions: numbers(primitive, 'POSITION'),
    uvs: numbers(primitive, 'TEXCOORD_0'),
    indices: Uint32Array.from(primitive.getIndices()?.getArray() ?? []),
    joints: numbers(primitive, 'JOINTS_0'),
    weights: numbers(primitive, 'WEIGHTS_0'),
    targetNames,
    targets,
    jointNames: (node.getSkin()?.listJoints() ?? []).map((joint) => joint.getName()),
    extras: mesh.getExtras(),
  };
}

function numbers(primitive: Primitive, semantic: string): Float32Array {
  return Float32Array.from(primitive.getAttribute(semantic)?.getArray() ?? []);
}

/** Positions (metres) with the given morph weights added. Names the part does not carry are skipped. */
export function pose(part: HeadPart, weights: Readonly<Record<string, number>>): Float32Array {
  const posed = Float32Array.from(part.positions);
  for (const [name, weight] of Object.entries(weights)) {
    const delta = part.targets.get(name)?.positions;
    if (delta) for (let i = 0; i < posed.length; i++) posed[i] = (posed[i] ?? 0) + weight * (delta[i] ?? 0);
  }
  return posed;
}

/** Vertex `index` of a flat position array. */
export function vertex(positions: Float32Array, index: number): Vector {
  return [positions[index * 3] ?? 0, positions[index * 3 + 1] ?? 0, positions[index * 3 + 2] ?? 0];
}

/** Gap in mm between two vertex sets at 21 places across their common width (negative = overlap). */
export function gapProfile(positions: Float32Array, upper: readonly number[], lower: readonly number[], halfWidth: number, centre: number): number[] {
  const edge = (members: readonly number[], x: number, pick: (...values: number[]) => number): number => {
    const offsets = members.map((i) => Math.abs(vertex(positions, i)[0] - x));
    const window = Math.max(0.06 * halfWidth, Math.min(...offsets));
    return pick(...members.filter((_, k) => (offsets[k] ?? 1) <= window).map((i) => vertex(positions, i)[1]));
  };
  return Array.from({ length: 21 }, (_, k) => {
    const x = centre + (k / 10 - 1) * 0.84 * halfWidth;
    return (edge(upper, x, Math.min) - edge(lower, x, Math.max)) * 1000;
  });
}

/** Looks along -Z onto triangles that face the viewer: the largest z (metres) at a place, or null where there are none. */
export class FrontView {
  private readonly cells = new Map<string, number[]>();
  private readonly cell = 0.002;

  constructor(
    private readonly positions: Float32Array,
    private readonly indices: Uint32Array,
    accept: (triangle: number) => boolean,
    smallestFacing: number,
  ) {
    for (let t = 0; t < indices.length / 3; t++) {
      if (!accept(t)) continue;
      const [a, b, c] = this.corners(t);
      const [ux, uy, uz, vx, vy, vz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2], c[0] - a[0], c[1] - a[1], c[2] - a[2]];
      const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx] as const;
      if (normal[2] < smallestFacing * Math.hypot(...normal)) continue;
      for (let x = this.index(Math.min(a[0], b[0], c[0])); x <= this.index(Math.max(a[0], b[0], c[0])); x++)
        for (let y = this.index(Math.min(a[1], b[1], c[1])); y <= this.index(Math.max(a[1], b[1], c[1])); y++) {
          const key = `${x},${y}`;
          const list = this.cells.get(key);
          if (list) list.push(t);
          else this.cells.set(key, [t]);
        }
    }
  }

  private index(value: number): number {
    return Math.floor(value / this.cell);
  }

  private corners(t: number): [Vector, Vector, Vector] {
    return [0, 1, 2].map((k) => vertex(this.positions, this.indices[t * 3 + k] ?? 0)) as [Vector, Vector, Vector];
  }

  /** Largest z of the accepted triangles over (x, y), or null. */
  frontZ(x: number, y: number): number | null {
    let best: number | null = null;
    for (const t of this.cells.get(`${this.index(x)},${this.index(y)}`) ?? []) {
      const [a, b, c] = this.corners(t);
      const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
      if (Math.abs(area) < 1e-14) continue;
      const v = ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / area;
      const w = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / area;
      if (v < 0 || w < 0 || v + w > 1) continue;
      const z = a[2] + v * (b[2] - a[2]) + w * (c[2] - a[2]);
      if (best === null || z > best) best = z;
    }
    return best;
  }
}
