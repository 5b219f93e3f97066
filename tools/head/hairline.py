"""Where hair grows: scalp and brows as functions of the position on the base mesh (decimetres)."""

from __future__ import annotations

import numpy as np

# brow centre line: |x|, y on the base mesh; half thickness along it
BROW_X = np.array([0.10, 0.17, 0.26, 0.36, 0.45, 0.52])
BROW_Y = np.array([7.425, 7.455, 7.480, 7.492, 7.468, 7.425])
BROW_HALF = np.array([0.032, 0.040, 0.036, 0.030, 0.020, 0.008])


def brow_amount(p: np.ndarray) -> np.ndarray:
    """Brow density [...] in 0..1 at base-mesh positions [..., 3]."""
    x = np.abs(p[..., 0])
    half = np.interp(x, BROW_X, BROW_HALF, left=0.001, right=0.001)
    off = (p[..., 1] - np.interp(x, BROW_X, BROW_Y)) / half
    ends = np.clip((x - BROW_X[0] + 0.02) / 0.05, 0, 1) * np.clip((BROW_X[-1] + 0.01 - x) / 0.05, 0, 1)
    return np.clip(1.35 - np.abs(off), 0, 1) * ends * (p[..., 2] > 0.9)


def scalp_signed(p: np.ndarray) -> np.ndarray:
    """Signed distance-like field [...] (dm): positive where head hair grows."""
    x, y, z = np.abs(p[..., 0]), p[..., 1], p[..., 2]
    # lowest hair height for a place going from the forehead (z large) over the temple and the ear to the nape
    front = 8.02 - 0.10 * np.clip((x - 0.18) / 0.2, 0, 1) + 0.06 * np.exp(-(((x - 0.33) / 0.09) ** 2))
    border = np.interp(z, [-0.45, -0.1, 0.28, 0.40, 0.62, 0.68, 0.78, 0.88, 1.00, 1.22],
                       [6.62, 6.70, 7.02, 7.22, 7.38, 7.05, 7.02, 7.40, 7.62, 7.95])
    t = np.clip((z - 0.88) / 0.30, 0, 1)
    border = border + (t * t * (3 - 2 * t)) * (np.maximum(border, front) - border)
    return y - border


def scalp_amount(p: np.ndarray, softness: float, jitter: np.ndarray | float) -> np.ndarray:
    """Hair cover [...] in 0..1 with a border `softness` dm wide, shifted by `jitter` times the softness."""
    ear = (np.abs(p[..., 0]) > 0.74 + 0.6 * np.maximum(p[..., 1] - 7.34, 0)) & (p[..., 1] > 6.7) & (p[..., 2] > 0.2)
    t = np.clip(scalp_signed(p) / softness + 0.5 + jitter, 0, 1)
    return np.where(ear, 0.0, t * t * (3 - 2 * t))
