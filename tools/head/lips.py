"""Finds the lip seam, measures the gap between the lips, and closes it. Lengths in decimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from solve import spread
from topology import Adjacency, HeadTopology

# base-mesh midline vertices of the concentric rings of the mouth opening, from outside to inside
RING_STARTS_UPPER = (468, 474, 520, 537)
UPPER_HALF, CORNER_ORDINAL = 12, 12
UPPER_SHARE = 0.75


@dataclass(frozen=True)
class Lips:
    """Level-0 lip vertices: `upper`, `lower` inner lip sets, `corners` (left, right), `rings` of the opening."""

    upper: np.ndarray
    lower: np.ndarray
    corners: np.ndarray
    rings: list[list[int]]


def find(head: HeadTopology, vertices: np.ndarray) -> Lips:
    """Traces the four edge loops around the mouth opening and splits them into upper and lower halves."""
    local = {int(base): i for i, base in enumerate(head.ids)}
    adjacency = Adjacency(head.quads)
    upper, lower, corners, rings = [], [], [], []
    for start in RING_STARTS_UPPER:
        here = local[start]
        side = max(adjacency.linked[here], key=lambda v: vertices[v][0])
        ring = adjacency.edge_loop(here, side)
        rings.append(ring)
        size = len(ring)
        for ordinal, vertex in enumerate(ring):
            distance = min(ordinal, size - ordinal)
            if distance < UPPER_HALF:
                upper.append(vertex)
            elif distance > CORNER_ORDINAL:
                lower.append(vertex)
        corners.append([ring[CORNER_ORDINAL], ring[size - CORNER_ORDINAL]])
    return Lips(np.array(upper), np.array(lower), np.array(corners[1]), rings)


def subdivided(members: np.ndarray, operator: sparse.csr_matrix, count: int) -> np.ndarray:
    """Rows of `operator` that depend on `members` almost only (at least 60 % of the weight)."""
    flag = np.zeros(count)
    flag[members] = 1
    return np.flatnonzero(operator @ flag > 0.6)


def profile(upper: np.ndarray, lower: np.ndarray, half_width: float) -> tuple[np.ndarray, np.ndarray]:
    """Gap (dm, negative = overlap) between point sets [*, 3] at 25 places across the mouth: (x, gap)."""
    xs = np.linspace(-0.90, 0.90, 25) * half_width
    window = 0.06 * half_width
    gaps = []
    for x in xs:
        above = upper[np.abs(upper[:, 0] - x) <= max(window, np.abs(upper[:, 0] - x).min())][:, 1]
        below = lower[np.abs(lower[:, 0] - x) <= max(window, np.abs(lower[:, 0] - x).min())][:, 1]
        gaps.append(above.min() - below.max())
    return xs, np.array(gaps)


class LipCloser:
    """Computes level-0 displacements that close the gap between the lips of a posed mesh."""

    def __init__(self, head: HeadTopology, lips: Lips, vertices: np.ndarray, laplacian: sparse.csr_matrix,
                 operator: sparse.csr_matrix) -> None:
        self.lips, self.operator, self.laplacian = lips, operator, laplacian
        n = len(vertices)
        self.upper_rows = subdivided(lips.upper, operator, n)
        self.lower_rows = subdivided(lips.lower, operator, n)
        self.seam = np.zeros(n, bool)
        self.seam[lips.upper] = True
        self.seam[lips.lower] = True
        self.seam[np.array([v for ring in lips.rings for v in ring])] = True
        ring = np.where(self.seam, 0, 99)
        for _ in range(9):
            np.minimum.at(ring, head.quads.ravel(), np.repeat(ring[head.quads].min(1) + 1, 4))
        self.far = ring > 6

    def gap(self, vertices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Gap profile (x, gap) of level-0 positions after subdivision."""
        half = 0.5 * np.ptp(vertices[self.lips.corners][:, 0])
        fine = self.operator @ vertices
        centre = vertices[self.lips.corners].mean(0) * np.array([1.0, 0, 0])
        return profile(fine[self.upper_rows] - centre, fine[self.lower_rows] - centre, half)

    def close(self, vertices: np.ndarray, wanted: float = 0.0) -> np.ndarray:
        """Displacement [n, 3] after which the gap is about `wanted` (dm) wherever it was larger."""
        total = np.zeros_like(vertices)
        centre = vertices[self.lips.corners].mean(0)[0]
        for _ in range(4):
            posed = vertices + total
            xs, gap = self.gap(posed)
            excess = np.maximum(gap - wanted, 0)
            values = np.zeros_like(vertices)
            at = posed[:, 0] - centre
            amount = np.interp(at, xs, excess)
            amount[np.abs(at) > np.abs(xs).max() * 1.08] = 0
            values[self.lips.upper, 1] = -UPPER_SHARE * amount[self.lips.upper]
            values[self.lips.lower, 1] = (1 - UPPER_SHARE) * amount[self.lips.lower]
            total += spread(self.laplacian, self.seam | self.far, values)
        return total
