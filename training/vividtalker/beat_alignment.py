"""Do pauses of the head's motion fall on beats of the sound? Score over chance, by circular shifts of the sound.

Motion beats are minima of the smoothed angular speed, sound beats are accents and strong onsets (peaks of spectral flux);
the score is the mean of exp(-d^2 / 2 s^2), s = 0.1 s, from each beat to the nearest of the other kind, both directions.
"""

import numpy as np
from scipy.signal import find_peaks

from .contact import FRAME_RATE_HZ
from .features import FLUX, NETWORK_RATE_HZ
from .prosody import Prosody, low_pass

SPREAD_SECONDS = 0.1
SHIFTS = 100
STRONG_ONSET_SD = 1.5


def motion_beats(head: np.ndarray) -> np.ndarray:
    """Times in seconds of minima of angular speed after a 6-Hz low-pass; head [frames, 6]."""
    smooth = low_pass(np.degrees(head[:, :3]), FRAME_RATE_HZ, 6.0)
    speed = np.linalg.norm(np.diff(smooth, axis=0), axis=1)
    minima = np.flatnonzero((speed[1:-1] < speed[:-2]) & (speed[1:-1] <= speed[2:])) + 1
    return (minima + 0.5) / FRAME_RATE_HZ


def sound_beats(features: np.ndarray, prosody: Prosody) -> np.ndarray:
    """Times in seconds of accents and strong onsets; features [rows, 84] at 60 Hz."""
    flux = features[:, FLUX]
    peaks, _ = find_peaks(flux, height=flux.mean() + STRONG_ONSET_SD * flux.std(), distance=NETWORK_RATE_HZ // 5)
    return np.sort(np.concatenate([peaks / NETWORK_RATE_HZ, prosody.accents]))


def beat_score(first: np.ndarray, second: np.ndarray) -> float:
    """Closeness of two sets of times, 0 far .. 1 equal."""
    if not len(first) or not len(second):
        return 0.0
    distance = np.abs(first[:, None] - second[None])
    closeness = [np.exp(-0.5 * (distance.min(axis) / SPREAD_SECONDS) ** 2).mean() for axis in (0, 1)]
    return float(np.mean(closeness))


def beat_alignment(clips: list[tuple[np.ndarray, np.ndarray, float]], seed: int) -> dict[str, float]:
    """Score of clips (motion beats, sound beats, seconds), the mean of 100 circular shifts of the sound, and z."""
    rng = np.random.default_rng(seed)
    observed = float(np.mean([beat_score(motion, sound) for motion, sound, _ in clips]))
    shifted = [
        float(np.mean([beat_score(motion, np.sort((sound + rng.uniform(1, length - 1)) % length)) for motion, sound, length in clips]))
        for _ in range(SHIFTS)
    ]
    spread = float(np.std(shifted)) or 1.0
    return {'score': observed, 'chance': float(np.mean(shifted)), 'z': (observed - float(np.mean(shifted))) / spread}
