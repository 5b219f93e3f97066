"""A plain crew-neck shirt over the shoulders, so that the bust ends in cloth and not in a cut. Lengths in decimetres."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

import skin_mesh
import subdivide
from context import HeadContext
from gltf_writer import GlbWriter, Part
from images import encode, noise
from topology import collar_height

BOTTOM_DM = 4.62
SIDE_DM = 1.72
THICKNESS_DM = 0.05
BAND_RADIUS_DM = (0.030, 0.055)


def _clip(points: list[np.ndarray], values: np.ndarray, triangles: np.ndarray):
    """Keeps the part of a triangle mesh where the per-point `values` are positive; new points are cut on the edges.

    `points` is a list of point attributes [N, k] that are interpolated alike. Returns (attributes, triangles, cut edges).
    """
    new_points: dict[tuple[int, int], int] = {}
    extra: list[tuple[int, int, float]] = []
    count = len(values)

    def cut(inside: int, outside: int) -> int:
        key = (inside, outside)
        if key not in new_points:
            new_points[key] = count + len(extra)
            extra.append((inside, outside, values[inside] / (values[inside] - values[outside])))
        return new_points[key]

    kept, border = [], []
    for tri in triangles.tolist():
        inside = [v for v in tri if values[v] > 0]
        if len(inside) == 3:
            kept.append(tri)
        elif len(inside) == 1:
            k = tri.index(inside[0])
            a, b, c = tri[k], tri[(k + 1) % 3], tri[(k + 2) % 3]
            kept.append([a, cut(a, b), cut(a, c)])
            border.append((cut(a, b), cut(a, c)))
        elif len(inside) == 2:
            k = next(i for i in range(3) if values[tri[i]] <= 0)
            a, b, c = tri[k], tri[(k + 1) % 3], tri[(k + 2) % 3]
            kept += [[b, c, cut(c, a)], [b, cut(c, a), cut(b, a)]]
            border.append((cut(c, a), cut(b, a)))
    if extra:
        i = np.array([e[0] for e in extra])
        o = np.array([e[1] for e in extra])
        t = np.array([e[2] for e in extra])[:, None]
        points = [np.concatenate([p, p[i] * (1 - t) + p[o] * t]) for p in points]
    return points, np.array(kept), border


def _smooth(quads: np.ndarray, vertices: np.ndarray, steps: int) -> np.ndarray:
    """Plain averaging with the edge neighbours; border vertices stay."""
    a, b = quads, np.roll(quads, -1, axis=1)
    pairs = np.stack([np.minimum(a, b).ravel(), np.maximum(a, b).ravel()], axis=1)
    edges, uses = np.unique(pairs, axis=0, return_counts=True)
    still = np.zeros(len(vertices), bool)
    still[edges[uses == 1].ravel()] = True
    degree = np.maximum(np.bincount(edges.ravel(), minlength=len(vertices)), 1)[:, None]
    for _ in range(steps):
        total = np.zeros_like(vertices)
        np.add.at(total, edges[:, 0], vertices[edges[:, 1]])
        np.add.at(total, edges[:, 1], vertices[edges[:, 0]])
        vertices = np.where(still[:, None], vertices, 0.4 * vertices + 0.6 * total / degree)
    return vertices


def _chain(edges: list[tuple[int, int]]) -> list[int]:
    """The longest closed loop of the border edges."""
    following = dict(edges)
    loops = []
    while following:
        start = min(following)
        loop, here = [], start
        while here in following:
            loop.append(here)
            here = following.pop(here)
        loops.append(loop)
    return max(loops, key=len)


def _band(loop: np.ndarray, normals: np.ndarray, count: int, around: int):
    """Ribbed collar: a flat tube [count x around] along the closed border `loop` [K, 3]."""
    closed = np.concatenate([loop, loop[:1]])
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    at = np.linspace(0, length[-1], count, endpoint=False)
    line = np.stack([np.interp(at, length, closed[:, k]) for k in range(3)], axis=1)
    outward = np.stack([np.interp(at, length, np.append(normals[:, k], normals[0, k])) for k in range(3)], axis=1)
    for _ in range(6):
        line = 0.25 * (np.roll(line, 1, 0) + np.roll(line, -1, 0)) + 0.5 * line
        outward = 0.25 * (np.roll(outward, 1, 0) + np.roll(outward, -1, 0)) + 0.5 * outward
    tangent = np.roll(line, -1, 0) - np.roll(line, 1, 0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    outward -= (outward * tangent).sum(1, keepdims=True) * tangent
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    rise = np.cross(outward, tangent)
    rise *= np.where(rise[:, 1] < 0, -1, 1)[:, None]
    angle = 2 * np.pi * np.arange(around) / around
    ring = BAND_RADIUS_DM[0] * np.cos(angle)[None, :, None] * outward[:, None]
    ring = ring + BAND_RADIUS_DM[1] * np.sin(angle)[None, :, None] * rise[:, None]
    positions = (line[:, None] + ring - 0.01 * outward[:, None]).reshape(-1, 3)
    triangles = []
    for i in range(count):
        p, q = i * around, ((i + 1) % count) * around
        for k in range(around):
            n = (k + 1) % around
            triangles += [[p + k, q + k, q + n], [p + k, q + n, p + n]]
    tri = np.array(triangles)
    a, b, c = (positions[tri[:, k]] for k in range(3))
    centre = np.repeat(line, around, axis=0)[tri[:, 0]]
    if ((np.cross(b - a, c - a) * (a - centre)).sum(1)).mean() < 0:
        tri = tri[:, ::-1]
    return positions, tri


def build(context: HeadContext, writer: GlbWriter, coarse: bool) -> Part:
    """The `Shirt` part."""
    base = context.base
    body = base.quads[base.groups == "body"]
    corner = base.vertices[body]
    near = (corner[:, :, 1].min(1) > BOTTOM_DM - 0.4) & (np.abs(corner[:, :, 0]).max(1) < SIDE_DM + 0.5)
    near &= corner[:, :, 1].max(1) < 6.9
    ids, local = np.unique(body[near], return_inverse=True)
    quads = local.reshape(-1, 4)
    vertices, region = context.base_neutral[ids], base.vertices[ids]
    if not coarse:
        level = subdivide.split(quads, len(ids))
        operator = subdivide.smooth_operator(level)
        vertices, region, quads = operator @ vertices, operator @ region, level.children
    vertices = _smooth(quads, vertices, 3 if coarse else 12)
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    normals = skin_mesh.normals(vertices, triangles)
    low = np.clip((6.0 - region[:, 1]) / 0.5, 0, 1)[:, None]
    shell = vertices + normals * (THICKNESS_DM * (0.75 + 0.8 * low))
    attributes = [shell, normals, region]
    for limit in ("collar", "bottom", "side"):
        place = attributes[2]
        if limit == "collar":
            values = collar_height(place) - place[:, 1]
        elif limit == "bottom":
            values = place[:, 1] - BOTTOM_DM
        else:
            values = SIDE_DM - np.abs(place[:, 0])
        attributes, triangles, border = _clip(attributes, values, triangles)
        if limit == "collar":
            loop = _chain(border)
            collar_line, collar_normals = attributes[0][loop], attributes[1][loop]
    used, compact = np.unique(triangles, return_inverse=True)
    cloth, cloth_triangles = attributes[0][used], compact.reshape(-1, 3)
    band, band_triangles = _band(collar_line, collar_normals, 40 if coarse else 96, 5 if coarse else 8)
    positions = np.concatenate([cloth, band])
    faces = np.concatenate([cloth_triangles, band_triangles + len(cloth)])
    _, nearest = cKDTree(context.vertices).query(positions)
    weights = context.skin_weights[nearest]
    joints = np.where(weights > 0, np.arange(4)[None, :], 0)
    uv = np.stack([positions[:, 0] * 0.9 + 0.5, 0.2 * (positions[:, 1] - positions[:, 2])], axis=1) % 1.0
    weave = 0.92 + 0.16 * noise(91, 128, 2, 64)[..., None]
    picture = writer.image("shirt", encode(np.array([0.185, 0.215, 0.255]) * weave, "png"))
    material = {
        "name": "Shirt", "doubleSided": True,
        "pbrMetallicRoughness": {"baseColorTexture": {"index": picture}, "metallicFactor": 0.0, "roughnessFactor": 0.92},
    }
    return Part("Shirt", context.metres(positions), skin_mesh.normals(positions, faces), uv, faces, joints, weights, material)
