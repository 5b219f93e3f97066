import type { ExportMesh } from '../../../../shared/export-model/export-scene';

/** Triangles of a mesh whose vertices are split where one control point has several texture coordinates. */
export interface SplitMesh {
  /** Control point of each vertex. */
  readonly pointOfVertex: Uint32Array;
  /** [vertices x 2] */
  readonly uvs: Float32Array;
  /** [triangles x 3] vertices; polygons become fans. */
  readonly indices: Uint32Array;
}

/** Splits control points at texture seams and cuts polygons into triangles. */
export function splitAtSeams(mesh: ExportMesh): SplitMesh {
  const vertexByPair = new Map<number, number>();
  const points: number[] = [];
  const uvs: number[] = [];
  const uvCount = mesh.uvs.length / 2;
  const vertexOfCorner = (corner: number): number => {
    const point = mesh.cornerPoints[corner] ?? 0;
    const uv = mesh.cornerUvs[corner] ?? 0;
    const key = point * uvCount + uv;
    const known = vertexByPair.get(key);
    if (known !== undefined) return known;
    const vertex = points.length;
    vertexByPair.set(key, vertex);
    points.push(point);
    uvs.push(mesh.uvs[uv * 2] ?? 0, mesh.uvs[uv * 2 + 1] ?? 0);
    return vertex;
  };
  const indices: number[] = [];
  for (let polygon = 0; polygon + 1 < mesh.polygonStarts.length; polygon++) {
    const start = mesh.polygonStarts[polygon] ?? 0;
    const end = mesh.polygonStarts[polygon + 1] ?? 0;
    const first = vertexOfCorner(start);
    for (let corner = start + 1; corner + 1 < end; corner++) {
      indices.push(first, vertexOfCorner(corner), vertexOfCorner(corner + 1));
    }
  }
  return { pointOfVertex: Uint32Array.from(points), uvs: Float32Array.from(uvs), indices: Uint32Array.from(indices) };
}
