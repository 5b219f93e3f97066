"""ARKit recipes of the 15 Oculus visemes, for tools that put out visemes; rows at 60 Hz in the order of face.MOUTH_CHANNELS.

Our own table, in the proportions common on ARKit rigs, checked on the head: PP shuts the lips (mouthClose takes back what jawOpen
opens), FF lifts and rolls the lower lip to the upper teeth while the lips stay apart, every other shape but sil is open.
A name without side stands for left and right. Weights of several visemes add up, as on a rig that has a shape per viseme.
"""

import numpy as np

from vividtalker.face import MOUTH_INDEX, zero_motion

SAMPLE_RATE_HZ = 16000
RATE_HZ = 60
VISEME_RECIPES: dict[str, dict[str, float]] = {
    'sil': {},
    'PP': {'jawOpen': 0.06, 'mouthClose': 0.06, 'mouthPress': 0.3, 'mouthRollLower': 0.12, 'mouthRollUpper': 0.12},
    'FF': {'jawOpen': 0.11, 'mouthRollLower': 0.4, 'mouthShrugLower': 0.25, 'mouthUpperUp': 0.2},
    'TH': {'jawOpen': 0.12, 'tongueOut': 0.4, 'mouthLowerDown': 0.1, 'mouthUpperUp': 0.08},
    'DD': {'jawOpen': 0.1, 'tongueOut': 0.04, 'mouthLowerDown': 0.15, 'mouthUpperUp': 0.08},
    'kk': {'jawOpen': 0.14, 'mouthLowerDown': 0.1, 'mouthUpperUp': 0.05},
    'CH': {'jawOpen': 0.08, 'mouthFunnel': 0.4, 'mouthPucker': 0.2},
    'SS': {'jawOpen': 0.05, 'mouthStretch': 0.2, 'mouthLowerDown': 0.2, 'mouthUpperUp': 0.1},
    'nn': {'jawOpen': 0.1, 'tongueOut': 0.04, 'mouthLowerDown': 0.12, 'mouthUpperUp': 0.05},
    'RR': {'jawOpen': 0.1, 'mouthPucker': 0.3, 'mouthFunnel': 0.15},
    'aa': {'jawOpen': 0.35, 'mouthLowerDown': 0.2, 'mouthUpperUp': 0.1},
    'E': {'jawOpen': 0.22, 'mouthStretch': 0.2, 'mouthLowerDown': 0.15, 'mouthUpperUp': 0.08},
    'I': {'jawOpen': 0.1, 'mouthStretch': 0.35, 'mouthSmile': 0.15, 'mouthLowerDown': 0.15, 'mouthUpperUp': 0.1},
    'O': {'jawOpen': 0.25, 'mouthFunnel': 0.4, 'mouthPucker': 0.35},
    'U': {'jawOpen': 0.08, 'mouthPucker': 0.7, 'mouthFunnel': 0.2},
}


def row_count(sample_count: int) -> int:
    """Rows at 60 Hz that cover a clip at 16 kHz."""
    return max(1, -(-sample_count * RATE_HZ // SAMPLE_RATE_HZ))


def curve_of(weights: dict[str, np.ndarray], rows: int) -> np.ndarray:
    """Curve [rows, 58] of weights [rows] by coefficient name; a name without side sets both sides, names we lack are dropped."""
    curve = zero_motion(rows)
    for name, values in weights.items():
        for channel in (name, f'{name}Left', f'{name}Right'):
            if channel in MOUTH_INDEX:
                curve[:, MOUTH_INDEX[channel]] += values
    return np.clip(curve, 0, 1)


def curve_of_visemes(weights: dict[str, np.ndarray], rows: int) -> np.ndarray:
    """Curve [rows, 58] of viseme weights [rows] by Oculus name."""
    total: dict[str, np.ndarray] = {}
    for viseme, values in weights.items():
        for name, share in VISEME_RECIPES[viseme].items():
            total[name] = total.get(name, np.zeros(rows)) + share * values
    return curve_of(total, rows)
