"""Vertices that others need to find: the inner lips, the corners of the mouth, the edges of the lids."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

import lips
import skin_mesh
import subdivide
from brows_lashes import level0_points, lid_loops
from context import HeadContext


def lip_points(context: HeadContext) -> tuple[np.ndarray, np.ndarray]:
    """Render points of the inner upper and the inner lower lip."""
    mesh, n = context.mesh, len(context.vertices)
    return lips.subdivided(context.lips.upper, mesh.operator, n), lips.subdivided(context.lips.lower, mesh.operator, n)


def lip_middles(context: HeadContext) -> tuple[int, int]:
    """Render points in the middle of the edges of the upper and the lower lip."""
    upper, lower = lip_points(context)
    points = context.points
    middle = context.vertices[context.lips.corners].mean(0)[0]
    above = upper[np.abs(points[upper][:, 0] - middle) < 0.012]
    below = lower[np.abs(points[lower][:, 0] - middle) < 0.012]
    return int(above[np.argmin(points[above][:, 1])]), int(below[np.argmax(points[below][:, 1])])


def mesh_corners(context: HeadContext) -> np.ndarray:
    """Subdivided positions [2, 3] (dm) of the left and right mouth corner."""
    first = subdivide.split(context.head.quads, len(context.vertices))
    fine = subdivide.smooth_operator(first) @ context.vertices
    return fine[context.lips.corners]


def lid_vertices(context: HeadContext) -> dict:
    """Render vertices on the lash lines of both eyes, upper and lower lid apart, without the two corners."""
    loops = lid_loops(context)
    points = level0_points(context, loops)
    first = {int(p): int(r) for r, p in reversed(list(enumerate(context.mesh.point)))}
    result = {}
    for side, sign, loop in zip(("left", "right"), (1, -1), loops, strict=True):
        line = context.vertices[loop]
        outward = line[:, 0] * sign
        inner, outer = int(np.argmin(outward)), int(np.argmax(outward))
        height = np.interp(outward, [outward[inner], outward[outer]], [line[inner, 1], line[outer, 1]])
        middle = (outward > np.quantile(outward, 0.12)) & (outward < np.quantile(outward, 0.88))
        result[side] = {
            "upper": [first[points[int(v)]] for v in loop[middle & (line[:, 1] > height)]],
            "lower": [first[points[int(v)]] for v in loop[middle & (line[:, 1] < height)]],
        }
    return result


def entry(context: HeadContext, mesh: skin_mesh.SkinMesh) -> dict[str, int]:
    """The landmarks that the light in mouth and eyes follows, as render vertices of `mesh`."""
    top, bottom = lip_middles(context)
    places = {"lipUpper": context.points[top], "lipLower": context.points[bottom], "mouthCorner": mesh_corners(context)[0]}
    for side, edges in lid_vertices(context).items():
        for edge, vertices in edges.items():
            line = context.points[context.mesh.point[vertices]]
            middle = line[:, 0].mean()
            places[f"{side}Lid{edge.capitalize()}"] = line[np.argmin(np.abs(line[:, 0] - middle))]
    nearest = cKDTree(mesh.operator @ context.vertices)
    first = {int(p): int(r) for r, p in reversed(list(enumerate(mesh.point)))}
    return {name: first[int(nearest.query(place)[1])] for name, place in places.items()}
