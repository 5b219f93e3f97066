"""Catmull-Clark subdivision as sparse matrices, and meshes that mix subdivision levels without cracks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse


@dataclass(frozen=True)
class Level:
    """One topological subdivision step of a quad mesh.

    Children are numbered: old vertices, then edge points, then face points; child quad `4 f + i` sits at corner i of
    quad f. `edges` [E, 2] are vertex pairs, `face_edges` [F, 4] holds the edge between corner i and i + 1.
    """

    vertex_count: int
    quads: np.ndarray
    edges: np.ndarray
    face_edges: np.ndarray
    children: np.ndarray

    @property
    def child_count(self) -> int:
        """Number of vertices after the step."""
        return self.vertex_count + len(self.edges) + len(self.quads)


def split(quads: np.ndarray, vertex_count: int) -> Level:
    """Topology of one subdivision step."""
    a, b = quads, np.roll(quads, -1, axis=1)
    pairs = np.stack([np.minimum(a, b).ravel(), np.maximum(a, b).ravel()], axis=1)
    edges, inverse = np.unique(pairs, axis=0, return_inverse=True)
    face_edges = inverse.reshape(quads.shape)
    edge_point = vertex_count + face_edges
    face_point = vertex_count + len(edges) + np.arange(len(quads))
    corners = [
        np.stack([quads[:, i], edge_point[:, i], face_point, edge_point[:, i - 1]], axis=1) for i in range(4)
    ]
    children = np.stack(corners, axis=1).reshape(-1, 4)
    return Level(vertex_count, quads, edges, face_edges, children)


def _matrix(rows: np.ndarray, columns: np.ndarray, values: np.ndarray, shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((values, (rows, columns)), shape=shape)


def linear_operator(level: Level) -> sparse.csr_matrix:
    """Matrix [children, vertices] that only interpolates; used for UVs."""
    v, e, f = level.vertex_count, len(level.edges), len(level.quads)
    keep = sparse.identity(v, format="csr")
    mid = _matrix(np.repeat(np.arange(e), 2), level.edges.ravel(), np.full(2 * e, 0.5), (e, v))
    centre = _matrix(np.repeat(np.arange(f), 4), level.quads.ravel(), np.full(4 * f, 0.25), (f, v))
    return sparse.vstack([keep, mid, centre]).tocsr()


def smooth_operator(level: Level) -> sparse.csr_matrix:
    """Catmull-Clark matrix [children, vertices]; boundary edges and vertices follow the cubic B-spline rule."""
    v, e, f = level.vertex_count, len(level.edges), len(level.quads)
    centre = _matrix(np.repeat(np.arange(f), 4), level.quads.ravel(), np.full(4 * f, 0.25), (f, v))
    mid = _matrix(np.repeat(np.arange(e), 2), level.edges.ravel(), np.full(2 * e, 0.5), (e, v))
    face_of = np.repeat(np.arange(f), 4)
    edge_faces = _matrix(level.face_edges.ravel(), face_of, np.ones(4 * f), (e, f))
    faces_per_edge = np.asarray(edge_faces.sum(1)).ravel()
    inner = faces_per_edge == 2
    inner_rows = sparse.diags(inner.astype(float))
    border_rows = sparse.diags((~inner).astype(float))
    edge_points = border_rows @ mid + inner_rows @ (0.5 * mid + 0.25 * (edge_faces @ centre))

    incident = _matrix(level.edges.ravel(), np.repeat(np.arange(e), 2), np.ones(2 * e), (v, e))
    vertex_faces = _matrix(level.quads.ravel(), face_of, np.ones(4 * f), (v, f))
    valence = np.maximum(np.asarray(vertex_faces.sum(1)).ravel(), 1.0)
    on_border = np.zeros(v, bool)
    on_border[level.edges[~inner].ravel()] = True
    edges_per_vertex = np.maximum(np.asarray(incident.sum(1)).ravel(), 1.0)
    smooth = (
        sparse.diags(1 / valence**2) @ (vertex_faces @ centre)
        + sparse.diags(2 / (valence * edges_per_vertex)) @ (incident @ mid)
        + sparse.diags((valence - 3) / valence)
    )
    border_mid = sparse.diags(0.25 * np.ones(v)) @ (incident @ border_rows @ mid)
    border = border_mid + 0.5 * sparse.identity(v)
    # a corner that belongs to a single quad has two border edges as well, so the same rule holds there
    points = sparse.diags((~on_border).astype(float)) @ smooth + sparse.diags(on_border.astype(float)) @ border
    return sparse.vstack([points, edge_points, centre]).tocsr()


def balance(levels: np.ndarray, topology: Level) -> np.ndarray:
    """Raises levels until quads that share a vertex differ by at most one."""
    levels = levels.copy()
    for _ in range(4):
        at_vertex = np.zeros(topology.vertex_count, int)
        np.maximum.at(at_vertex, topology.quads.ravel(), np.repeat(levels, 4))
        levels = np.maximum(levels, at_vertex[topology.quads].max(1) - 1)
    return levels


def mixed_polygons(first: Level, second: Level, levels: np.ndarray) -> list[tuple[int, list[tuple[int, int, int]]]]:
    """Polygons of a mesh whose quads are split `levels[f]` (0, 1 or 2) times.

    Returns one entry (level-0 quad, corners) a polygon. A corner is (kind, quad, slot), resolved by `corner_index`:
    kind 0 = corner `slot` of the level-0 quad, 1 = edge point, 2 = face point of the level-0 quad;
    kinds 3, 4, 5 the same for a level-1 child quad. Polygons with more than 4 corners start with their centre.
    """
    needed_first = np.zeros(len(first.edges), bool)
    needed_first[first.face_edges[levels >= 1].ravel()] = True
    child_levels = np.repeat(levels, 4)
    needed_second = np.zeros(len(second.edges), bool)
    needed_second[second.face_edges[child_levels >= 2].ravel()] = True
    polygons: list[tuple[int, list[tuple[int, int, int]]]] = []
    for face, level in enumerate(levels):
        if level == 0:
            corners = []
            for i in range(4):
                corners.append((0, face, i))
                if needed_first[first.face_edges[face, i]]:
                    corners.append((1, face, i))
            if len(corners) > 4:
                corners.insert(0, (2, face, 0))
            polygons.append((face, corners))
        else:
            for child in range(4 * face, 4 * face + 4):
                if level == 1:
                    corners = []
                    for i in range(4):
                        corners.append((3, child, i))
                        if needed_second[second.face_edges[child, i]]:
                            corners.append((4, child, i))
                    if len(corners) > 4:
                        corners.insert(0, (5, child, 0))
                    polygons.append((face, corners))
                else:
                    for i in range(4):
                        corners = [(3, child, i), (4, child, i), (5, child, 0), (4, child, (i + 3) % 4)]
                        polygons.append((face, corners))
    return polygons


def corner_index(first: Level, second: Level, corner: tuple[int, int, int]) -> int:
    """Level-2 vertex number of a corner returned by `mixed_polygons`, in the numbering of the given topology."""
    kind, quad, slot = corner
    level = first if kind < 3 else second
    kind %= 3
    if kind == 0:
        return int(level.quads[quad, slot])
    if kind == 1:
        return int(level.vertex_count + level.face_edges[quad, slot])
    return int(level.vertex_count + len(level.edges) + quad)
