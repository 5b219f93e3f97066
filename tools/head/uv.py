"""Head-only UV layout: one outer chart cut along nape and crown, unrolled from a cylinder and relaxed, plus small charts.

The face gets about twice the texel density of the scalp and the shoulders.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from topology import HeadTopology

CUT_FRONT_Z_DM = 0.35
RELAX_STEPS = 25
AXIS_DM = np.array([0.0, 7.1, 0.35])
AZIMUTH_WARP = (np.radians([-180, -110, -70, 70, 110, 180]), np.array([0.004, 0.10, 0.19, 0.81, 0.90, 0.996]))
HEIGHT_WARP = (
    np.array([-2.6, -1.75, -1.15, 0.0, 0.80, 1.15, 1.50]),
    np.array([0.004, 0.05, 0.14, 0.54, 0.85, 0.95, 0.992]),
)


def _cut(quads: np.ndarray, vertices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Duplicates the nape and crown midline. Returns quads over UV vertices and the vertex of every UV vertex."""
    used = np.unique(quads)
    point = vertices[used]
    middle = np.abs(point[:, 0]) < 0.02
    behind = (point[:, 2] < 0.1) | ((point[:, 1] > vertices[used][:, 1].max() - 0.6) & (point[:, 2] < CUT_FRONT_Z_DM))
    on_cut = used[middle & behind]
    end = on_cut[np.argmax(vertices[on_cut][:, 2])]
    origin = list(range(len(vertices)))
    twin = {}
    for vertex in on_cut.tolist():
        if vertex != end:
            twin[vertex] = len(origin)
            origin.append(vertex)
    result = quads.copy()
    right = vertices[quads][:, :, 0].mean(1) < 0
    for face in np.flatnonzero(right):
        for i in range(4):
            result[face, i] = twin.get(int(quads[face, i]), quads[face, i])
    return result, np.array(origin)


def _cylinder(positions: np.ndarray, centre_side: np.ndarray) -> np.ndarray:
    """Start layout [U, 2]: azimuth and height around a vertical axis, widened over the face."""
    p = positions - AXIS_DM
    azimuth = np.arctan2(p[:, 0], p[:, 2])
    on_seam = np.abs(positions[:, 0]) < 0.02
    back = on_seam & (p[:, 2] < 0)
    azimuth = np.where(back, np.pi * centre_side, azimuth)
    radius = np.hypot(p[:, 0], p[:, 2])
    above = 0.95 * np.arctan2(np.maximum(p[:, 1], 0), radius)
    below = np.minimum(p[:, 1], 0) - 0.8 * np.maximum(radius - 1.0, 0) * (p[:, 1] < -0.9)
    u = np.interp(azimuth, *AZIMUTH_WARP)
    v = np.interp(np.where(p[:, 1] > 0, above, below), *HEIGHT_WARP)
    return np.stack([u, v], axis=1)


def _relax(quads: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Pulls the start layout towards the mean of the neighbours, harder and harder where it is folded (ears, nostrils)."""
    count = len(start)
    a = np.concatenate([quads.ravel(), np.roll(quads, -1, axis=1).ravel()])
    b = np.concatenate([np.roll(quads, -1, axis=1).ravel(), quads.ravel()])
    link = sparse.csr_matrix((np.ones(len(a)), (a, b)), (count, count))
    link.data[:] = 1.0
    degree = np.asarray(link.sum(1)).ravel()
    laplacian = sparse.diags(degree) - link
    edge_use = np.zeros(count)
    np.add.at(edge_use, quads.ravel(), 1)
    border = (edge_use < degree) & (edge_use > 0)
    pin = np.where(border, 20.0, 0.4)
    flat = start
    for _ in range(RELAX_STEPS):
        flat = splu((laplacian + sparse.diags(pin)).tocsc()).solve(pin[:, None] * start)
        bad = np.zeros(count, bool)
        for i in range(4):
            e1 = flat[quads[:, (i + 1) % 4]] - flat[quads[:, i]]
            e2 = flat[quads[:, i - 1]] - flat[quads[:, i]]
            bad[quads[e1[:, 0] * e2[:, 1] - e1[:, 1] * e2[:, 0] <= 1e-9].ravel()] = True
        if not bad.any():
            break
        near = bad | (link @ bad.astype(float) > 0)
        pin = np.where(near, pin * 0.35, pin)
    return flat


def _place(uv: np.ndarray, used: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    """Scales the used points uniformly into box (left, bottom, right, top) and centres them."""
    low, high = uv[used].min(0), uv[used].max(0)
    size = np.array([box[2] - box[0], box[3] - box[1]])
    scale = (size / (high - low)).min()
    middle = np.array([box[0] + box[2], box[1] + box[3]]) / 2
    return (uv - (low + high) / 2) * scale + middle


def layout(head: HeadTopology, vertices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """UVs of the head from neutral positions [V, 3] in dm: (uvs [U, 2] with v up, uv quads [F, 4])."""
    outer = head.chart == 0
    cut, origin = _cut(head.quads[outer], vertices)
    positions = vertices[origin]
    side = np.ones(len(origin))
    side[len(vertices) :] = -1
    flat = _relax(cut, _cylinder(positions, side))
    uvs, uv_quads = [flat], np.zeros_like(head.quads)
    uv_quads[outer] = cut
    total = len(flat)
    small = {1: (0.005, 0.955, 0.055, 0.995), 2: (0.06, 0.955, 0.10, 0.995), 3: (0.90, 0.955, 0.94, 0.995)}
    for chart, box in small.items():
        members = head.chart == chart
        ids, local = np.unique(head.uv_quads[members], return_inverse=True)
        uvs.append(_place(head.base_uv[ids], np.arange(len(ids)), box))
        uv_quads[members] = local.reshape(-1, 4) + total
        total += len(ids)
    return np.concatenate(uvs), uv_quads
