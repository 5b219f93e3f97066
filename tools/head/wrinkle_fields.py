"""Wrinkle height fields as functions of the position on the base mesh (dm); heights in millimetres, outward positive.

Each field is evaluated alike on mesh points (for the morph targets) and on texels (for the normal maps).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.spatial import cKDTree

Field = Callable[[np.ndarray], np.ndarray]


def smoothstep(low: float, high: float, x: np.ndarray) -> np.ndarray:
    """Cubic step from 0 at `low` to 1 at `high`."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def solid_noise(p: np.ndarray, seed: int, cell: float) -> np.ndarray:
    """Smooth noise [...] in about -1..1 at positions [..., 3], feature size `cell`: a sum of random plane waves."""
    generator = np.random.default_rng(seed)
    total = np.zeros(p.shape[:-1])
    for _ in range(7):
        wave = generator.standard_normal(3) * 2.2 / cell
        total += np.sin(p @ wave + generator.uniform(0, 2 * np.pi))
    return total / 3.2


def furrows(phase: np.ndarray) -> np.ndarray:
    """Narrow valleys between broad ridges, period 2 pi; about -1.03..0.32."""
    return 0.32 - 1.35 * (0.5 + 0.5 * np.cos(phase)) ** 5


def _side(p: np.ndarray, sign: int) -> np.ndarray:
    """The position mirrored so that the wanted side of the face has positive x."""
    return p * np.array([sign, 1, 1])


def _breaks(p: np.ndarray, seed: int, cell: float) -> np.ndarray:
    """Amplitude variation 0.25..1.3 along the lines."""
    return np.clip(0.85 + 0.5 * solid_noise(p, seed, cell), 0.25, 1.3)


def forehead(sign: int) -> Field:
    """Horizontal lines between brow and hairline on one half; both halves add up to one even field."""

    def field(p: np.ndarray) -> np.ndarray:
        x, y, z = p[..., 0], p[..., 1], p[..., 2]
        half = smoothstep(-0.07, 0.07, sign * x)
        mask = smoothstep(7.49, 7.57, y) * (1 - smoothstep(7.93, 8.04, y)) * (1 - smoothstep(0.40, 0.58, np.abs(x)))
        mask = mask * smoothstep(0.75, 1.0, z)
        dip = 0.045 * np.exp(-((x / 0.16) ** 2)) + 0.16 * np.abs(x) ** 2
        warp = 0.016 * solid_noise(p, 101, 0.30)
        phase = 2 * np.pi * (y + dip + warp - 7.58) / 0.088
        return 1.35 * half * mask * _breaks(p, 102, 0.20) * furrows(phase)

    return field


def glabella(p: np.ndarray) -> np.ndarray:
    """Two upright furrows between the brows with a bulge between and beside them."""
    x, y, z = np.abs(p[..., 0]), p[..., 1], p[..., 2]
    along = smoothstep(7.33, 7.43, y) * (1 - smoothstep(7.54, 7.68, y)) * smoothstep(1.1, 1.3, z)
    d = x - (0.066 + 0.16 * np.maximum(y - 7.44, -0.03) + 0.006 * solid_noise(p, 111, 0.15))
    valley = np.exp(-((d / 0.016) ** 2))
    bulge = np.exp(-(((d - 0.042) / 0.028) ** 2)) + 0.8 * np.exp(-(((d + 0.040) / 0.026) ** 2))
    return along * (-1.35 * valley + 0.55 * bulge)


def nose_bridge(p: np.ndarray) -> np.ndarray:
    """Lines across the root of the nose and slanting ones on its sides."""
    x, y, z = np.abs(p[..., 0]), p[..., 1], p[..., 2]
    root = (1 - smoothstep(0.07, 0.12, x)) * smoothstep(7.20, 7.27, y) * (1 - smoothstep(7.34, 7.42, y))
    across = furrows(2 * np.pi * (y - 0.9 * x**2 - 7.31 + 0.004 * solid_noise(p, 121, 0.1)) / 0.052)
    flank = np.exp(-(((x - 0.125) / 0.045) ** 2)) * smoothstep(7.05, 7.11, y) * (1 - smoothstep(7.20, 7.26, y))
    slant = furrows(2 * np.pi * (y - 0.75 * x - 7.06) / 0.046)
    return smoothstep(1.15, 1.3, z) * (0.75 * root * across + 0.5 * flank * slant) * _breaks(p, 122, 0.12)


def crow(sign: int) -> Field:
    """A fan of lines from the outer corner of one eye."""

    def field(p: np.ndarray) -> np.ndarray:
        q = _side(p, sign)
        out = (q[..., 0] - 0.42) + 0.75 * (1.22 - q[..., 2])
        up = q[..., 1] - 7.262
        r, angle = np.hypot(out, up), np.arctan2(up, out)
        mask = smoothstep(0.115, 0.17, r) * (1 - smoothstep(0.27, 0.42, r)) * (1 - smoothstep(0.65, 1.05, np.abs(angle)))
        mask = mask * smoothstep(0.38, 0.44, q[..., 0])
        phase = 2 * np.pi * (angle + 0.05 * solid_noise(p, 131, 0.2) + 0.35 * r * angle) / 0.34
        return 0.85 * mask * _breaks(p, 132, 0.13) * furrows(phase)

    return field


def under_eye(sign: int) -> Field:
    """Fine lines that follow the lower lid, and a faint bag below them."""

    def field(p: np.ndarray) -> np.ndarray:
        q = _side(p, sign)
        x, y = q[..., 0], q[..., 1]
        lid = 7.185 + 0.9 * (x - 0.30) ** 2
        d = lid - y
        mask = smoothstep(0.012, 0.03, d) * (1 - smoothstep(0.10, 0.15, d))
        mask = mask * smoothstep(0.15, 0.22, x) * (1 - smoothstep(0.40, 0.48, x)) * smoothstep(0.95, 1.1, q[..., 2])
        slope = 0.28 * (x - 0.30)
        lines = furrows(2 * np.pi * (d + slope + 0.006 * solid_noise(p, 141, 0.12)) / 0.037)
        return 0.50 * mask * _breaks(p, 142, 0.10) * lines

    return field


def _polyline(p: np.ndarray, line: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Distance to a polyline [K, 3], place along it 0..1, and side (positive = lateral, larger x)."""
    best = np.full(p.shape[:-1], 1e9)
    along, lateral = np.zeros(p.shape[:-1]), np.zeros(p.shape[:-1])
    for k in range(len(line) - 1):
        a, e = line[k], line[k + 1] - line[k]
        t = np.clip(((p - a) @ e) / (e @ e), 0, 1)
        foot = a + t[..., None] * e
        d = np.linalg.norm(p - foot, axis=-1)
        closer = d < best
        best = np.where(closer, d, best)
        along = np.where(closer, (k + t) / (len(line) - 1), along)
        # the face is seen from the front: left of the downward direction is lateral on the character's left
        lateral = np.where(closer, np.sign((p[..., 0] - foot[..., 0]) * -e[1] + (p[..., 1] - foot[..., 1]) * e[0]), lateral)
    return best, along, lateral


def fold(sign: int, line: np.ndarray, depth: float, bulge: float, reach: tuple[float, float]) -> Field:
    """A single fold along a curve with a valley and an outer bulge; `reach` fades the two ends."""

    def field(p: np.ndarray) -> np.ndarray:
        d, along, lateral = _polyline(_side(p, sign), line)
        ends = smoothstep(0.0, reach[0], along + 0.02) * (1 - smoothstep(1 - reach[1], 1.0, along))
        valley = np.exp(-((d / 0.024) ** 2))
        outer = np.exp(-(((d - 0.062) / 0.044) ** 2)) * (lateral > 0)
        inner = 0.3 * np.exp(-(((d - 0.05) / 0.03) ** 2)) * (lateral < 0)
        return ends * (-depth * valley + bulge * (outer + inner))

    return field


def chin_dimples(p: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Cobblestone dimples around the given centres [K, 3]."""
    mask = np.exp(-(((p[..., 0] / 0.17) ** 2 + ((p[..., 1] - 6.335) / 0.115) ** 2) ** 2)) * smoothstep(1.3, 1.42, p[..., 2])
    distance, _ = cKDTree(centres).query(p.reshape(-1, 3), k=1)
    d = distance.reshape(p.shape[:-1])
    return mask * (0.30 - 1.0 * np.exp(-((d / 0.016) ** 2)))


def lip_purse(p: np.ndarray) -> np.ndarray:
    """Upright lines around the lips, close together, fading outward."""
    x, y = p[..., 0], p[..., 1] - 6.60
    scaled = np.hypot(x / 0.27, y / 0.155)
    angle = np.arctan2(y / 0.155, x / 0.27)
    mask = smoothstep(0.25, 0.5, scaled) * (1 - smoothstep(0.95, 1.3, scaled)) * smoothstep(1.25, 1.4, p[..., 2])
    # no line at the very corners, where the angle runs along the lip
    mask = mask * (1 - np.exp(-(((np.abs(x) - 0.27) / 0.06) ** 2) - (y / 0.03) ** 2))
    phase = 2 * np.pi * (angle + 0.05 * solid_noise(p, 151, 0.2)) / 0.185
    return 0.55 * mask * _breaks(p, 152, 0.08) * furrows(phase)
