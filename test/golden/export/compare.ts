/** Distance at rest (centimetres) up to which a vertex belongs to a control point. */
const MATCH_CENTIMETRES = 1e-3;
const CELL_CENTIMETRES = 0.01;
const NEIGHBOURS = [-1, 0, 1] as const;

/** For each vertex the control points at its place; more than one where parts of a head touch. */
export type VertexMatch = readonly (readonly number[])[];

/** Finds the control points of each vertex at rest (both [n x 3], centimetres). Throws when a vertex has none or, with `useAll`, when a control point is left over. */
export function matchVertices(vertices: ArrayLike<number>, points: ArrayLike<number>, useAll = true): VertexMatch {
  const cells = new Map<string, number[]>();
  const cellOf = (values: ArrayLike<number>, row: number): [number, number, number] =>
    [0, 1, 2].map((axis) => Math.round((values[row * 3 + axis] ?? Number.NaN) / CELL_CENTIMETRES)) as [number, number, number];
  for (let point = 0; point < points.length / 3; point++) {
    const key = cellOf(points, point).join();
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [point]);
    else cell.push(point);
  }
  const used = new Set<number>();
  const match: number[][] = [];
  for (let vertex = 0; vertex < vertices.length / 3; vertex++) {
    const [x, y, z] = cellOf(vertices, vertex);
    const found: number[] = [];
    for (const dx of NEIGHBOURS) {
      for (const dy of NEIGHBOURS) {
        for (const dz of NEIGHBOURS) {
          for (const point of cells.get(`${x + dx},${y + dy},${z + dz}`) ?? []) {
            if (axisDistance(vertices, vertex, points, point) < MATCH_CENTIMETRES) found.push(point);
          }
        }
      }
    }
    if (found.length === 0) throw new Error(`vertex ${vertex} is at no control point at rest`);
    for (const point of found) used.add(point);
    match.push(found);
  }
  if (useAll && used.size !== points.length / 3) throw new Error(`${points.length / 3 - used.size} control points are missing`);
  return match;
}

/** Largest difference of a coordinate between vertices and their control points, in the unit of the input. */
export function largestDifference(vertices: ArrayLike<number>, points: ArrayLike<number>, match: VertexMatch): number {
  let largest = 0;
  match.forEach((candidates, vertex) => {
    const distance = Math.min(...candidates.map((point) => axisDistance(vertices, vertex, points, point)));
    // NaN must not pass as small.
    if (!(distance <= largest)) largest = distance;
  });
  return largest;
}

function axisDistance(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number): number {
  const at = (values: ArrayLike<number>, index: number): number => values[index] ?? Number.NaN;
  return Math.max(Math.abs(at(a, i * 3) - at(b, j * 3)), Math.abs(at(a, i * 3 + 1) - at(b, j * 3 + 1)), Math.abs(at(a, i * 3 + 2) - at(b, j * 3 + 2)));
}
