"""Reading recordings as 16-kHz mono."""

from math import gcd
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

from .features import SAMPLE_RATE_HZ


def read_audio(path: Path) -> np.ndarray:
    """Mono float64 samples at 16 kHz of any file libsndfile reads (WAV, FLAC, Opus)."""
    samples, rate = soundfile.read(str(path), dtype='float64', always_2d=True)
    mono = samples.mean(axis=1)
    if rate == SAMPLE_RATE_HZ:
        return mono
    divisor = gcd(rate, SAMPLE_RATE_HZ)
    return resample_poly(mono, SAMPLE_RATE_HZ // divisor, rate // divisor)
