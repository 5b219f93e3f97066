"""The resting face: a mix of the CC0 macro targets. Lengths in decimetres."""

from __future__ import annotations

import numpy as np

from source import TARGETS, BaseMesh, Source

FEMALE, MALE = 0.45, 0.55
MACRO = "macrodetails/caucasian-{sex}-young.target.gz"
UNIVERSAL = "macrodetails/universal-{sex}-young-averagemuscle-averageweight.target.gz"
DETAILS = {
    "asym/asym-eye-1-l": 0.10,
    "asym/asym-nose-1-r": 0.12,
    "asym/asym-mouth-1-l": 0.10,
    "asym/asym-brown-1-r": 0.12,
    "asym/asym-jaw-1-l": 0.12,
    "asym/asym-cheek-1-r": 0.10,
    "asym/asym-ear-2-l": 0.15,
    "head/head-oval": 0.25,
    "mouth/mouth-upperlip-volume-incr": 0.15,
    "mouth/mouth-lowerlip-volume-incr": 0.15,
}


def macro_mix(source: Source, count: int) -> np.ndarray:
    """Displacement [count, 3] of the mixed macro targets and the small asymmetries."""
    total = np.zeros((count, 3))
    for pattern in (MACRO, UNIVERSAL):
        total += FEMALE * source.target(TARGETS + pattern.format(sex="female"), count)
        total += MALE * source.target(TARGETS + pattern.format(sex="male"), count)
    for path, weight in DETAILS.items():
        total += weight * source.target(f"{TARGETS}{path}.target.gz", count)
    return total


def build(source: Source, base: BaseMesh) -> np.ndarray:
    """Neutral positions [19158, 3] of the whole base mesh, helpers included, in dm."""
    return base.vertices + macro_mix(source, len(base.vertices))
