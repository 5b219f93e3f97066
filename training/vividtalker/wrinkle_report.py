"""E3 in numbers: predicted wrinkle weights against the strain rule applied to the same predicted expression."""

import numpy as np

from .detail import wrinkle_weights
from .face import DETAIL_NAMES, channel_indices


def wrinkle_report(mouths: list[np.ndarray]) -> dict[str, dict[str, float | None]]:
    """Per wrinkle region: correlation of prediction and rule, both mean levels, and the RMS difference; mouths [frames, 58]."""
    predicted = np.concatenate([mouth[:, channel_indices(DETAIL_NAMES)] for mouth in mouths])
    rule = np.concatenate([wrinkle_weights(mouth) for mouth in mouths])
    result = {}
    for column, name in enumerate(DETAIL_NAMES):
        pair = predicted[:, column], rule[:, column]
        moving = min(values.std() for values in pair) > 1e-4
        result[name] = {
            'correlation': float(np.corrcoef(*pair)[0, 1]) if moving else None, 'predictedMean': float(pair[0].mean()),
            'ruleMean': float(pair[1].mean()), 'rmsDifference': float(np.sqrt(np.mean((pair[0] - pair[1]) ** 2))),
        }  # fmt: skip
    return result
