/** Control point nearest to each vertex at rest; throws when a vertex is further than 1e-3 cm from all of them or a control point is left over. */
export function matchVertices(vertices: ArrayLike<number>, points: ArrayLike<number>): Uint32Array {
  const pointCount = points.length / 3;
  const used = new Set<number>();
  const match = Uint32Array.from({ length: vertices.length / 3 }, (_, vertex) => {
    let best = 0;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (let point = 0; point < pointCount; point++) {
      const distance = axisDistance(vertices, vertex, points, point);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = point;
      }
    }
    if (bestDistance > 1e-3) throw new Error(`vertex ${vertex} is ${bestDistance} cm from every control point at rest`);
    used.add(best);
    return best;
  });
  if (used.size !== pointCount) throw new Error(`${pointCount - used.size} control points are missing`);
  return match;
}

/** Largest difference of a coordinate between vertices and their control points, in the unit of the input. */
export function largestDifference(vertices: ArrayLike<number>, points: ArrayLike<number>, match: ArrayLike<number>): number {
  let largest = 0;
  for (let vertex = 0; vertex < match.length; vertex++) {
    const distance = axisDistance(vertices, vertex, points, match[vertex] ?? 0);
    // NaN must not pass as small.
    if (!(distance <= largest)) largest = distance;
  }
  return largest;
}

function axisDistance(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number): number {
  const at = (values: ArrayLike<number>, index: number): number => values[index] ?? Number.NaN;
  return Math.max(Math.abs(at(a, i * 3) - at(b, j * 3)), Math.abs(at(a, i * 3 + 1) - at(b, j * 3 + 1)), Math.abs(at(a, i * 3 + 2) - at(b, j * 3 + 2)));
}
