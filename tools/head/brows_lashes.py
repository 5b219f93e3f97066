"""Eyebrows and eyelashes as fine hairs that follow the skin. Lengths in decimetres."""

from __future__ import annotations

import numpy as np

from context import HeadContext
from gltf_writer import GlbWriter, Part
from hairline import BROW_X, brow_amount
from images import encode
from names import MORPHS
from strands import Roots, follow, in_metres, ribbons, scatter
from teeth import head_bound
from topology import Adjacency

LASH_RING = 3


def _material(writer: GlbWriter, name: str, colour: tuple[float, float, float]) -> dict:
    shades = np.linspace(0.7, 1.25, 16)[None, :, None] * np.array(colour) * np.ones((4, 1, 1))
    picture = writer.image(name.lower(), encode(np.clip(shades, 0, 1), "png"))
    return {
        "name": name, "doubleSided": True,
        "pbrMetallicRoughness": {"baseColorTexture": {"index": picture}, "metallicFactor": 0.0, "roughnessFactor": 0.6},
    }


def build_brows(context: HeadContext, writer: GlbWriter, coarse: bool, shapes: dict[str, np.ndarray]) -> Part:
    """The `Brows` part. `shapes` maps morph names to point displacements [P, 3]."""
    region = context.point_region[context.mesh.point_triangles].mean(1)
    density = brow_amount(region) * (context.head.chart[context.mesh.face] == 0)
    roots = scatter(context, density, 110 if coarse else 600, 71, 0.012 if coarse else 0.006)
    generator = np.random.default_rng(72)
    place, normal = roots.at(context, context.points), roots.at(context, context.point_normals)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    p = roots.at(context, context.point_region)
    side = np.sign(p[:, 0])
    t = np.clip((np.abs(p[:, 0]) - BROW_X[0]) / (BROW_X[-1] - BROW_X[0]), 0, 1)
    # upright at the inner end, lying outward and a little down at the tail
    rise = np.interp(t, [0, 0.25, 0.6, 1], [1.6, 0.75, 0.25, -0.35])
    flow = np.stack([side, rise, -0.25 * np.ones_like(t)], axis=1) + 0.22 * generator.standard_normal((len(t), 3))
    flow -= (flow * normal).sum(1, keepdims=True) * normal
    flow /= np.linalg.norm(flow, axis=1, keepdims=True)
    length = np.interp(t, [0, 0.3, 1], [0.062, 0.076, 0.052]) * generator.uniform(0.7, 1.25, len(t))
    s = np.linspace(0, 1, 3)
    paths = place[:, None] - 0.002 * normal[:, None] + (length[:, None] * s)[..., None] * flow[:, None]
    paths = paths + (length[:, None] * (0.30 * s - 0.16 * s**2)[None])[..., None] * normal[:, None]
    paths[:, :, 1] -= (length[:, None] * (0.18 * s**2)[None])
    facing = np.repeat(normal[:, None], 3, axis=1)
    wide = (0.009 if coarse else 0.0038) * generator.uniform(0.8, 1.2, len(t))
    geometry = ribbons(paths, np.cross(flow, normal), wide, np.array([1.0, 0.8, 0.0]), generator.uniform(0, 0.95, len(t)),
                       facing)
    return _part(context, writer, "Brows", (0.25, 0.175, 0.125), geometry, roots, shapes)


def _part(context: HeadContext, writer: GlbWriter, name: str, colour, geometry, roots: Roots, shapes) -> Part:
    positions, normals, uv, triangles, owner = geometry
    names = [n for n in MORPHS if n in shapes]
    morphs = follow(context, roots, owner, positions, names, shapes)
    return Part(name, context.metres(positions), normals, uv, triangles, *head_bound(len(positions)),
                _material(writer, name, colour), in_metres(morphs))


def lid_loops(context: HeadContext) -> list[np.ndarray]:
    """Level-0 vertices on the lash line of the lids, one ordered loop an eye (left, right)."""
    head = context.head
    loops = []
    skin = set(head.quads[head.chart == 0].ravel().tolist())
    adjacency = Adjacency(head.quads)
    for chart in (2, 3):
        members = head.quads[head.chart == chart]
        outer = set(head.quads[head.chart == 0].ravel().tolist())
        links: dict[int, list[int]] = {}
        for quad in members.tolist():
            for i in range(4):
                a, b = quad[i], quad[(i + 1) % 4]
                if a in outer and b in outer:
                    links.setdefault(a, []).append(b)
                    links.setdefault(b, []).append(a)
        start = min(links)
        loop, before, here = [start], -1, start
        while True:
            options = [v for v in links[here] if v != before]
            before, here = here, min(options)
            if here == start:
                break
            loop.append(here)
        # the outer skin starts behind the lid; the lash line is three rings further out
        inside = set(loop)
        ring = []
        for vertex in loop:
            second = next(v for v in sorted(adjacency.linked[vertex]) if v in skin and v not in inside)
            ring.append(adjacency.edge_loop(vertex, second)[LASH_RING])
        loops.append(np.array(ring))
    return loops


def build_lashes(context: HeadContext, writer: GlbWriter, coarse: bool, shapes: dict[str, np.ndarray]) -> Part:
    """The `Lashes` part: upper and lower lashes rooted on the lid margin."""
    triangles_of: dict[int, int] = {}
    outer = context.head.chart[context.mesh.face] == 0
    for t in np.flatnonzero(outer):
        for corner in context.mesh.point_triangles[t]:
            triangles_of.setdefault(int(corner), int(t))
    generator = np.random.default_rng(81)
    triangle, weights, flows, lengths, widths, acrosses = [], [], [], [], [], []
    loops = lid_loops(context)
    point_of = level0_points(context, loops)
    for eye, loop in enumerate(loops):
        side = 1 if eye == 0 else -1
        line = context.vertices[loop]
        closed = np.concatenate([line, line[:1]])
        length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
        outward = line[:, 0] * side
        inner, outside = outward.min(), outward.max()
        ends_y = [line[np.argmin(outward), 1], line[np.argmax(outward), 1]]
        tree = context.points[[point_of[int(v)] for v in loop]]
        total = 26 if coarse else 120
        for where in (np.arange(total) + generator.uniform(-0.3, 0.3, total)) % total / total * length[-1]:
            k = int(np.searchsorted(length, where, side="right") - 1) % len(loop)
            f = (where - length[k]) / max(length[k + 1] - length[k], 1e-9)
            place = closed[k] * (1 - f) + closed[k + 1] * f
            across_eye = (place[0] * side - inner) / (outside - inner)
            if across_eye < 0.10:
                continue
            upper = place[1] > np.interp(across_eye, [0, 1], ends_y)
            nearest = int(np.argmin(((tree - place) ** 2).sum(1)))
            index = point_of[int(loop[nearest])]
            tri = triangles_of[index]
            triangle.append(tri)
            corner = context.mesh.point_triangles[tri]
            weights.append((corner == index).astype(float))
            fan = (across_eye - 0.42) * 1.1 * side
            reach = np.sin(np.pi * np.clip(0.12 + 0.80 * across_eye, 0, 1))
            if upper:
                flows.append([fan, 0.42, 1.0])
                lengths.append((0.040 + 0.042 * across_eye) * (0.5 + 0.5 * reach))
                widths.append(0.0036)
            else:
                flows.append([fan, -0.75, 1.0])
                lengths.append(0.026 * (0.4 + 0.6 * reach))
                widths.append(0.0020)
            acrosses.append(place)
    place = np.array(acrosses)
    flow = np.array(flows) + 0.10 * generator.standard_normal((len(flows), 3))
    flow /= np.linalg.norm(flow, axis=1, keepdims=True)
    long = np.array(lengths) * generator.uniform(0.8, 1.15, len(flows))
    s = np.linspace(0, 1, 4)
    bend = np.where(flow[:, 1] > 0, 0.62, -0.35)
    paths = place[:, None] + (long[:, None] * s)[..., None] * flow[:, None]
    paths[:, :, 1] += (long * bend)[:, None] * (s**2)[None]
    facing = np.repeat((flow * [1, 0.2, 1])[:, None], 4, axis=1)
    across = np.cross(flow, np.array([0.0, 1.0, 0.0]))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    wide = np.array(widths) * (2.6 if coarse else 1.0)
    geometry = ribbons(paths, across, wide, np.array([1.0, 0.85, 0.55, 0.0]), generator.uniform(0, 0.9, len(flow)), facing)
    return _part(context, writer, "Lashes", (0.11, 0.08, 0.065), geometry,
                 Roots(np.array(triangle), np.array(weights)), shapes)


def level0_points(context: HeadContext, loops: list[np.ndarray]) -> dict[int, int]:
    """Render point of every loop vertex: the row where its weight is largest."""
    operator = context.mesh.operator.tocsc()
    result = {}
    for loop in loops:
        for vertex in loop.tolist():
            column = operator.getcol(vertex).tocoo()
            result[vertex] = int(column.row[np.argmax(column.data)])
    return result
