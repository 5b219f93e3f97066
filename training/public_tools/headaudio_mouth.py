"""@met4citizen/headaudio: its detector and its blending of 15 Oculus visemes, run under Node by headaudio.mjs."""

import subprocess
from pathlib import Path

import numpy as np

from .visemes import SAMPLE_RATE_HZ, curve_of_visemes, row_count

SCRIPT = Path(__file__).with_name('headaudio.mjs')
# Order of the tool's blend shapes.
VISEMES = ('aa', 'E', 'I', 'O', 'U', 'PP', 'SS', 'TH', 'DD', 'FF', 'kk', 'nn', 'RR', 'CH', 'sil')
# The sound is delayed by this much in the tool's own example, so that the lips are not late.
LATENCY_SECONDS = 0.1


def run(samples_16k: np.ndarray) -> np.ndarray:
    """Curve [rows at 60 Hz, 58]."""
    rows = row_count(len(samples_16k))
    tail = np.zeros(int((LATENCY_SECONDS + 0.1) * SAMPLE_RATE_HZ), np.float32)
    sound = np.concatenate([np.asarray(samples_16k, np.float32), tail]).astype('<f4').tobytes()
    command = ['node', str(SCRIPT), str(rows), str(LATENCY_SECONDS)]
    output = subprocess.run(command, input=sound, stdout=subprocess.PIPE, check=True).stdout
    values = np.frombuffer(output, '<f4').reshape(rows, len(VISEMES))
    return curve_of_visemes(dict(zip(VISEMES, values.T, strict=True)), rows)
