"""The 52 expression shapes of the Face Units, made mirror-exact. Displacements in decimetres on the base mesh."""

from __future__ import annotations

import numpy as np

from names import EXPRESSIONS, mirrored
from source import FACE_UNITS, Source

TAIL_DM = (0.0005, 0.0020)
TONGUE_LIP = 0.35


def mirror_delta(delta: np.ndarray, mirror: np.ndarray) -> np.ndarray:
    """The displacement [N, 3] reflected across x = 0."""
    reflected = np.empty_like(delta)
    reflected[mirror] = delta * np.array([-1.0, 1.0, 1.0])
    return reflected


def load(source: Source, count: int, mirror: np.ndarray) -> dict[str, np.ndarray]:
    """All 52 displacements by name; each is the mean of itself and the reflection of its counterpart."""
    raw = {name: source.target(f"{FACE_UNITS}{name}.target", count) for name in EXPRESSIONS}
    even = {name: fade_tail(0.5 * (raw[name] + mirror_delta(raw[mirrored(name)], mirror))) for name in EXPRESSIONS}
    # the source moves the tongue only; the lower lip gives way to it
    even["tongueOut"] = even["tongueOut"] + TONGUE_LIP * (even["mouthLowerDownLeft"] + even["mouthLowerDownRight"])
    return even


def fade_tail(delta: np.ndarray) -> np.ndarray:
    """Fades movements below 0.2 mm out to nothing at 0.05 mm: the source is rounded to 0.1 mm, so they are noise."""
    length = np.linalg.norm(delta, axis=1, keepdims=True)
    t = np.clip((length - TAIL_DM[0]) / (TAIL_DM[1] - TAIL_DM[0]), 0, 1)
    return delta * (t * t * (3 - 2 * t))


def rigid_fit(points: np.ndarray, delta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Best rotation R [3, 3] and translation t [3] about the centroid with `c + R (p - c) + t ~ p + delta` (Kabsch)."""
    centre = points.mean(0)
    moved = points + delta
    u, _, vt = np.linalg.svd((points - centre).T @ (moved - moved.mean(0)))
    flip = np.diag([1.0, 1.0, np.sign(np.linalg.det(vt.T @ u.T))])
    return vt.T @ flip @ u.T, moved.mean(0) - centre
