"""Hairs as thin tapering ribbons, and their binding to the moving skin. Lengths in decimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import skin_mesh
from context import METRES_PER_DM, HeadContext


@dataclass(frozen=True)
class Roots:
    """Places on the render mesh: triangle [N] and barycentric weights [N, 3]."""

    triangle: np.ndarray
    weights: np.ndarray

    def at(self, context: HeadContext, point_values: np.ndarray) -> np.ndarray:
        """Point values [P, k] interpolated at the roots [N, k]."""
        corner = context.mesh.point_triangles[self.triangle]
        return np.einsum("nc,nck->nk", self.weights, point_values[corner])


def scatter(context: HeadContext, density: np.ndarray, count: int, seed: int, spacing: float) -> Roots:
    """About `count` random roots with probability by triangle area times `density` [T], at least `spacing` apart."""
    generator = np.random.default_rng(seed)
    p = context.points[context.mesh.point_triangles]
    area = 0.5 * np.linalg.norm(np.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0]), axis=1)
    chance = np.cumsum(area * density)
    drawn = np.searchsorted(chance, generator.random(count * 6) * chance[-1])
    drawn = np.clip(drawn, 0, len(area) - 1)
    uv = generator.random((len(drawn), 2))
    fold = uv.sum(1) > 1
    uv[fold] = 1 - uv[fold]
    weights = np.stack([1 - uv.sum(1), uv[:, 0], uv[:, 1]], axis=1)
    places = np.einsum("nc,nck->nk", weights, p[drawn])
    taken: dict[tuple[int, ...], list[int]] = {}
    kept: list[int] = []
    for i, place in enumerate(places):
        cell = tuple(int(v) for v in np.floor(place / spacing))
        near = [
            k for dx in (-1, 0, 1) for dy in (-1, 0, 1) for dz in (-1, 0, 1)
            for k in taken.get((cell[0] + dx, cell[1] + dy, cell[2] + dz), ())
        ]
        if all(np.sum((places[k] - place) ** 2) >= spacing * spacing for k in near):
            taken.setdefault(cell, []).append(i)
            kept.append(i)
            if len(kept) == count:
                break
    return Roots(drawn[kept], weights[kept])


def frames(context: HeadContext, roots: Roots, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions [N, 3] and orthonormal frames [N, 3, 3] (columns tangent, normal, third) of the roots on posed points."""
    normals = skin_mesh.normals(points, context.mesh.point_triangles)
    place, normal = roots.at(context, points), roots.at(context, normals)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    corner = context.mesh.point_triangles[roots.triangle]
    edge = points[corner[:, 1]] - points[corner[:, 0]]
    edge -= (edge * normal).sum(1, keepdims=True) * normal
    edge /= np.maximum(np.linalg.norm(edge, axis=1, keepdims=True), 1e-9)
    return place, np.stack([edge, normal, np.cross(edge, normal)], axis=2)


def follow(context: HeadContext, roots: Roots, owner: np.ndarray, positions: np.ndarray, names: list[str],
           shapes: dict[str, np.ndarray], still: float = 0.0006) -> dict[str, np.ndarray]:
    """Displacement of hair vertices for every shape that moves them.

    `owner` [M] is the root of every vertex, `shapes` maps names to point displacements [P, 3] in dm.
    """
    rest_place, rest_frame = frames(context, roots, context.points)
    offset = positions - rest_place[owner]
    local = np.einsum("nij,ni->nj", rest_frame[owner], offset)
    result = {}
    for name in names:
        delta = shapes[name]
        if np.linalg.norm(roots.at(context, delta), axis=1).max() < still:
            continue
        place, frame = frames(context, roots, context.points + delta)
        moved = place[owner] + np.einsum("nij,nj->ni", frame[owner], local)
        result[name] = moved - positions
    return result


def in_metres(morphs: dict[str, np.ndarray]) -> dict[str, tuple[np.ndarray, None]]:
    """Morph table of a glTF part without normal deltas."""
    return {name: (delta * METRES_PER_DM, None) for name, delta in morphs.items()}


def ribbons(paths: np.ndarray, across: np.ndarray, width: np.ndarray, taper: np.ndarray, shade: np.ndarray,
            facing: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Ribbons along `paths` [N, K, 3], `across` [N, 3] unit, `width` [N], `taper` [K] with last 0.

    `shade` [N] in 0..1 picks the texture column, `facing` [N, K, 3] are shading normals.
    Returns (positions, normals, uv, triangles, owner of every vertex); every ribbon has 2 (K - 1) + 1 vertices.
    """
    n, k = paths.shape[:2]
    size = 2 * (k - 1) + 1
    positions, normals = np.zeros((n, size, 3)), np.zeros((n, size, 3))
    uv = np.zeros((n, size, 2))
    for j in range(k - 1):
        half = (across * (0.5 * width * taper[j])[:, None])
        positions[:, 2 * j], positions[:, 2 * j + 1] = paths[:, j] - half, paths[:, j] + half
        normals[:, 2 * j] = facing[:, j] - 0.35 * across
        normals[:, 2 * j + 1] = facing[:, j] + 0.35 * across
        uv[:, 2 * j] = np.stack([shade, np.full(n, 0.03 + 0.94 * j / (k - 1))], axis=1)
        uv[:, 2 * j + 1] = uv[:, 2 * j] + [0.015, 0]
    positions[:, -1], normals[:, -1] = paths[:, -1], facing[:, -1]
    uv[:, -1] = np.stack([shade, np.full(n, 0.97)], axis=1)
    normals /= np.maximum(np.linalg.norm(normals, axis=2, keepdims=True), 1e-9)
    pattern = []
    for j in range(k - 2):
        a = 2 * j
        pattern += [[a, a + 1, a + 3], [a, a + 3, a + 2]]
    pattern.append([2 * (k - 2), 2 * (k - 2) + 1, size - 1])
    triangles = (np.array(pattern)[None] + (np.arange(n) * size)[:, None, None]).reshape(-1, 3)
    owner = np.repeat(np.arange(n), size)
    return positions.reshape(-1, 3), normals.reshape(-1, 3), uv.reshape(-1, 2), triangles, owner
