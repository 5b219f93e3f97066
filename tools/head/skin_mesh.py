"""Render mesh of the skin: which quads are split how often, triangles, UV splits and normals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

import subdivide
from topology import HeadTopology


@dataclass(frozen=True)
class SkinMesh:
    """A triangle mesh over geometric points.

    `operator` [P, V] makes points from level-0 vertices, `point` [R] and `uv` [R, 2] describe render vertices,
    `triangles` [T, 3] index render vertices and `point_triangles` [T, 3] index points. `face` [T] is the level-0 quad.
    """

    operator: sparse.csr_matrix
    point: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    point_triangles: np.ndarray
    face: np.ndarray


def normals(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Unit point normals [P, 3], the mean of the triangle normals weighted by area."""
    a, b, c = (points[triangles[:, i]] for i in range(3))
    cross = np.cross(b - a, c - a)
    total = np.zeros_like(points)
    for i in range(3):
        for axis in range(3):
            total[:, axis] += np.bincount(triangles[:, i], cross[:, axis], minlength=len(points))
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


def detail_levels(head: HeadTopology, base_vertices: np.ndarray) -> np.ndarray:
    """Number of splits (0, 1, 2) of every level-0 quad: fine forehead and eye corners, coarse back.

    `base_vertices` are the positions (dm) of the base mesh, so that regions do not depend on the face mix.
    """
    c = base_vertices[head.quads].mean(1)
    x, y, z = np.abs(c[:, 0]), c[:, 1], c[:, 2]
    outer = head.chart == 0
    level = np.zeros(len(c), int)
    level[outer & (y > 6.05) & (y < 8.1)] = 1
    level[outer & (y > 7.35) & (z < 0.35)] = 0
    level[outer & (y > 6.75) & (z < -0.05)] = 0
    level[(head.chart == 1) & (z > 1.36)] = 1
    forehead = outer & (y > 7.45) & (y < 8.02) & (z > 1.05)
    crow = outer & (y > 7.05) & (y < 7.5) & (x > 0.42) & (x < 0.62) & (z > 0.95)
    level[forehead | crow] = 2
    return level


def build(head: HeadTopology, uvs: np.ndarray, uv_quads: np.ndarray, levels: np.ndarray,
          vertices: np.ndarray) -> SkinMesh:
    """Render mesh with the given splits a quad; `vertices` (dm) choose the shorter diagonal."""
    first = subdivide.split(head.quads, len(vertices))
    second = subdivide.split(first.children, first.child_count)
    operator = (subdivide.smooth_operator(second) @ subdivide.smooth_operator(first)).tocsr()
    uv_first = subdivide.split(uv_quads, len(uvs))
    uv_second = subdivide.split(uv_first.children, uv_first.child_count)
    fine_uv = subdivide.linear_operator(uv_second) @ (subdivide.linear_operator(uv_first) @ uvs)
    fine = operator @ vertices
    levels = subdivide.balance(levels, first)
    triangles, uv_triangles, faces = [], [], []
    for face, corners in subdivide.mixed_polygons(first, second, levels):
        p = [subdivide.corner_index(first, second, c) for c in corners]
        t = [subdivide.corner_index(uv_first, uv_second, c) for c in corners]
        if len(p) == 4:
            short = np.linalg.norm(fine[p[0]] - fine[p[2]]) <= np.linalg.norm(fine[p[1]] - fine[p[3]]) + 1e-9
            picks = [(0, 1, 2), (0, 2, 3)] if short else [(0, 1, 3), (1, 2, 3)]
        else:
            picks = [(0, i, i % (len(p) - 1) + 1) for i in range(1, len(p))]
        for pick in picks:
            triangles.append([p[i] for i in pick])
            uv_triangles.append([t[i] for i in pick])
            faces.append(face)
    tri, uv_tri = np.array(triangles), np.array(uv_triangles)
    used, point_triangles = np.unique(tri, return_inverse=True)
    point_triangles = point_triangles.reshape(tri.shape)
    pairs = np.stack([point_triangles.ravel(), uv_tri.ravel()], axis=1)
    unique, inverse = np.unique(pairs, axis=0, return_inverse=True)
    return SkinMesh(
        operator[used], unique[:, 0], fine_uv[unique[:, 1]], inverse.reshape(tri.shape), point_triangles,
        np.array(faces),
    )
