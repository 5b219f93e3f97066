"""The simplest mouth: the jaw follows the level in dB, from the clip's 10th to its 95th percentile."""

import numpy as np

from .visemes import RATE_HZ, SAMPLE_RATE_HZ, curve_of, row_count

WINDOW_SECONDS = 0.05
WIDEST_JAW = 0.3
LEAST_RANGE_DB = 1.0


def run(samples_16k: np.ndarray) -> np.ndarray:
    """Curve [rows at 60 Hz, 58]."""
    rows = row_count(len(samples_16k))
    total = np.concatenate([[0.0], np.cumsum(np.asarray(samples_16k, np.float64) ** 2)])
    centre = np.arange(rows) * SAMPLE_RATE_HZ / RATE_HZ
    half = WINDOW_SECONDS * SAMPLE_RATE_HZ / 2
    first, last = (np.clip(centre + side * half, 0, len(samples_16k)).astype(int) for side in (-1, 1))
    level_db = 10 * np.log10((total[last] - total[first]) / np.maximum(last - first, 1) + 1e-8)
    low, high = np.percentile(level_db, (10, 95))
    opening = np.clip((level_db - low) / max(high - low, LEAST_RANGE_DB), 0, 1)
    return curve_of({'jawOpen': WIDEST_JAW * opening}, rows)
