"""Crops the head out of the body mesh, drops what the eyeballs hide, and cuts the surface for the UV charts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from source import BaseMesh

CROP_BELOW_NECK_DM = 0.35
HIDDEN_BELOW_COLLAR_DM = 0.15
SHOULDER_DM = 1.25
SOCKET_RINGS_KEPT = 5


@dataclass(frozen=True)
class HeadTopology:
    """The cropped level-0 quads.

    `ids` maps local vertices to the base mesh, `quads` [F, 4] are local, `chart` [F] is 0 outer skin, 1 mouth bag,
    2 left socket, 3 right socket. `seam_*` are the rings of the mouth opening, local vertices.
    """

    ids: np.ndarray
    quads: np.ndarray
    chart: np.ndarray
    base_uv: np.ndarray
    uv_quads: np.ndarray


def collar_height(positions: np.ndarray) -> np.ndarray:
    """Height y [...] of the shirt collar over base-mesh positions [..., 3]: high at the nape, low at the throat."""
    return 6.0 - 0.38 * (positions[..., 2] + 0.1)


def _islands(uv_quads: np.ndarray, count: int) -> np.ndarray:
    rows, columns = uv_quads.ravel(), np.roll(uv_quads, 1, axis=1).ravel()
    graph = sparse.coo_matrix((np.ones(len(rows)), (rows, columns)), (count, count))
    return connected_components(graph, directed=False)[1][uv_quads[:, 0]]


def _rings_from(quads: np.ndarray, count: int, start: np.ndarray) -> np.ndarray:
    """Vertex ring number (quad neighbourhood) counted from the vertices in the boolean `start`."""
    ring = np.where(start, 0, 10**6)
    for _ in range(40):
        nearest = ring[quads].min(1)
        before = ring.copy()
        np.minimum.at(ring, quads.ravel(), np.repeat(nearest + 1, 4))
        ring = np.minimum(ring, before)
    return ring


def crop(base: BaseMesh) -> HeadTopology:
    """Body quads above the neck joint minus 0.35 dm, without what shirt and eyeballs hide."""
    neck = base.vertices[base.joint("neck")].mean(0)
    body = base.groups == "body"
    lowest = base.vertices[base.quads][:, :, 1].min(1)
    corner = base.vertices[base.quads]
    seen = (corner[:, :, 1] - collar_height(corner)).max(1) > -HIDDEN_BELOW_COLLAR_DM
    seen &= (np.abs(corner[:, :, 0]).max(1) < SHOULDER_DM) | (lowest > neck[1] + 0.5)
    kept = np.flatnonzero(body & seen & (lowest > neck[1] - CROP_BELOW_NECK_DM))
    quads, uv_quads = base.quads[kept], base.uv_quads[kept]
    island = _islands(uv_quads, len(base.uvs))
    centre = base.vertices[quads].mean(1)
    names, sizes = np.unique(island, return_counts=True)
    chart = np.zeros(len(quads), int)
    for name, _ in zip(names, sizes, strict=True):
        members = island == name
        low, high = centre[members].min(0), centre[members].max(0)
        if high[1] < 7.05 and low[1] > 6.1 and high[2] < 1.6 and abs(low[0]) < 0.5:
            chart[members] = 1
        elif high[1] - low[1] < 0.5 and low[1] > 7.0:
            chart[members] = 2 if low[0] > 0 else 3
    outer = np.zeros(len(base.vertices), bool)
    outer[quads[chart == 0].ravel()] = True
    ring = _rings_from(quads, len(base.vertices), outer)
    hidden = (chart >= 2) & (ring[quads].min(1) >= SOCKET_RINGS_KEPT)
    quads, uv_quads, chart = quads[~hidden], uv_quads[~hidden], chart[~hidden]
    ids, local = np.unique(quads, return_inverse=True)
    return HeadTopology(ids, local.reshape(quads.shape), chart, base.uvs, uv_quads)


class Adjacency:
    """Edge neighbours (`linked`) and quads (`faces_of`) of every vertex of a quad mesh."""

    def __init__(self, quads: np.ndarray) -> None:
        self.linked: dict[int, set[int]] = {}
        self.faces_of: dict[int, list[list[int]]] = {}
        for quad in quads.tolist():
            for i in range(4):
                self.linked.setdefault(quad[i], set()).update((quad[i - 1], quad[(i + 1) % 4]))
                self.faces_of.setdefault(quad[i], []).append(quad)

    def edge_loop(self, start: int, second: int) -> list[int]:
        """Vertices of the edge loop that goes from `start` to `second` and straight on until it closes or ends."""
        loop = [start, second]
        while len(loop) < 200:
            before, here = loop[-2], loop[-1]
            beside = {v for quad in self.faces_of[here] if before in quad for v in quad}
            ahead = [v for v in self.linked[here] if v not in beside]
            if len(self.linked[here]) != 4 or len(ahead) != 1 or ahead[0] == start:
                return loop
            loop.append(ahead[0])
        return loop
