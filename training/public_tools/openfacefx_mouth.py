"""openfacefx on phones: its dominance curves of 15 visemes through its own ARKit preset, used as they are."""

import numpy as np

from vividtalker.phones import Phone

from .recognised_phones import recognise
from .visemes import RATE_HZ, curve_of, row_count


def run_on_phones(phones: list[Phone], sample_count: int) -> np.ndarray:
    """Curve [rows at 60 Hz, 58] of phones with known times."""
    from openfacefx import PhonemeSegment, generate_from_alignment
    from openfacefx.retarget import PRESETS, retarget

    rows = row_count(sample_count)
    if not phones:
        return curve_of({}, rows)
    segments = [PhonemeSegment('sil' if p.name == 'SIL' else p.name, p.start, p.end) for p in phones]
    track = retarget(generate_from_alignment(segments, fps=RATE_HZ), PRESETS['arkit'])
    times = np.arange(rows) / RATE_HZ
    return curve_of(
        {c.name: np.interp(times, [key.time for key in c.keys], [key.value for key in c.keys]) for c in track.channels}, rows
    )


def run(samples_16k: np.ndarray) -> np.ndarray:
    """Curve [rows at 60 Hz, 58] of phones recognised from the sound."""
    return run_on_phones(recognise(samples_16k), len(samples_16k))
