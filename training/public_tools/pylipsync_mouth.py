"""pylipsync (uLipSync in Python): five vowel weights and silence from MFCC templates; it has no consonants."""

from functools import cache

import numpy as np

from .visemes import RATE_HZ, SAMPLE_RATE_HZ, curve_of_visemes, row_count

# The tool's names to Oculus visemes; its silence is a mouth at rest.
PHONEME_VISEME = {'aa': 'aa', 'ee': 'E', 'ih': 'I', 'oh': 'O', 'ou': 'U', 'silence': 'sil'}


@cache
def _analyser():
    from pylipsync import PhonemeAnalyzer  # here, so that the mapping is tested without the tool

    return PhonemeAnalyzer()


def run(samples_16k: np.ndarray) -> np.ndarray:
    """Curve [rows at 60 Hz, 58]; the tool's frames come every 266 samples, so they are read at their own times."""
    rows = row_count(len(samples_16k))
    segments = _analyser().extract_phoneme_segments(np.asarray(samples_16k, np.float32), SAMPLE_RATE_HZ, fps=RATE_HZ)
    centres = [(segment.start + segment.end) / 2 / SAMPLE_RATE_HZ for segment in segments]
    targets = [{phoneme.name: phoneme.target for phoneme in segment.phonemes} for segment in segments]
    times = np.arange(rows) / RATE_HZ
    weights = {
        viseme: np.interp(times, centres, np.nan_to_num([target[name] for target in targets])) for name, viseme in PHONEME_VISEME.items()
    }
    return curve_of_visemes(weights, rows)
