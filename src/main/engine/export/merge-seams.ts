/** Vertices of a mesh as glTF stores them, split at texture seams; all rows belong to one vertex. */
export interface SplitVertices {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  /** [vertices x 4] */
  readonly skinJoints: Uint16Array;
  /** [vertices x 4] */
  readonly skinWeights: Float32Array;
  readonly targets: readonly { readonly positions: Float32Array; readonly normals: Float32Array }[];
}

/** Which vertices are one control point. */
export interface MergedPoints {
  /** Control point of each vertex. */
  readonly pointOfVertex: Uint32Array;
  /** A vertex of each control point. */
  readonly firstVertices: Uint32Array;
}

/** Finds the vertices that agree in everything but texture coordinates: position, normal, skin and all shapes, bit for bit. */
export function mergeSeams(vertices: SplitVertices): MergedPoints {
  const vertexCount = vertices.positions.length / 3;
  const pointOfVertex = new Uint32Array(vertexCount);
  const firstVertices: number[] = [];
  const pointsByPlace = new Map<string, number[]>();
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    const place = vertices.positions.subarray(vertex * 3, vertex * 3 + 3).join();
    const candidates = pointsByPlace.get(place) ?? [];
    let point = candidates.find((candidate) => isSamePoint(vertices, firstVertices[candidate] ?? 0, vertex));
    if (point === undefined) {
      point = firstVertices.length;
      firstVertices.push(vertex);
      candidates.push(point);
      pointsByPlace.set(place, candidates);
    }
    pointOfVertex[vertex] = point;
  }
  return { pointOfVertex, firstVertices: Uint32Array.from(firstVertices) };
}

function isSamePoint({ normals, skinJoints, skinWeights, targets }: SplitVertices, a: number, b: number): boolean {
  return (
    isSameRow(normals, 3, a, b) &&
    isSameRow(skinJoints, 4, a, b) &&
    isSameRow(skinWeights, 4, a, b) &&
    targets.every((target) => isSameRow(target.positions, 3, a, b) && isSameRow(target.normals, 3, a, b))
  );
}

function isSameRow(values: Float32Array | Uint16Array, width: number, a: number, b: number): boolean {
  for (let i = 0; i < width; i++) if (values[a * width + i] !== values[b * width + i]) return false;
  return true;
}
