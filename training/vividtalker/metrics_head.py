"""Head statistics as measured on real talkers: spread, speed, spectra, nods, accents; all after a 6-Hz low-pass."""

import numpy as np

from .contact import FRAME_RATE_HZ
from .prosody import low_pass

AXES = ('pitch', 'yaw', 'roll')

# Acceptance bands for the default style (median over clips of about 15 s).
BANDS: dict[str, tuple[tuple[float, float], ...]] = {
    'sd2s': ((1.5, 2.8), (1.3, 3.4), (1.0, 2.4)),
    'sdClip': ((2.8, 4.9), (2.9, 6.1), (2.0, 5.1)),
    'speedP50': ((11, 19),),
    'speedP90': ((28, 48),),
    'speedP99': ((56, 95),),
    'speedMax': ((0, 170),),
    'burstiness': ((4, 6),),
    'movingSpeech': ((78, 95),),
    'below3Hz': ((95, 100), (98, 100), (98, 100)),
    'above7Hz': ((0, 0.3), (0, 0.3), (0, 0.3)),
    'velocity3to7Hz': ((22, 36), (10, 23), (11, 26)),
    'autocorrelationTime': ((0.35, 0.85), (0.4, 0.9), (0.5, 1.0)),
    'accentHitsOverChance': ((2, 10),),
}


def window_sd(degrees: np.ndarray, seconds: float) -> np.ndarray:
    """Median over windows (half overlapping) of the standard deviation per axis."""
    length = int(seconds * FRAME_RATE_HZ)
    starts = range(0, max(1, len(degrees) - length + 1), length // 2)
    return np.median([degrees[s : s + length].std(0) for s in starts], axis=0)


def _band_share(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Percent of spectral power between two frequencies, per axis (Hann windowed, mean removed)."""
    window = np.hanning(len(values))[:, None]
    power = np.abs(np.fft.rfft((values - values.mean(0)) * window, axis=0)) ** 2
    frequency = np.fft.rfftfreq(len(values), 1 / FRAME_RATE_HZ)
    return 100 * power[(frequency >= low) & (frequency < high)].sum(0) / power.sum(0)


def _autocorrelation_time(degrees: np.ndarray) -> np.ndarray:
    """Lag in seconds at which the autocorrelation of each axis falls below 1/e."""
    result = []
    for column in (degrees - degrees.mean(0)).T:
        full = np.correlate(column, column, 'full')[len(column) - 1 :]
        below = np.flatnonzero(full / full[0] < 1 / np.e)
        result.append((below[0] if len(below) else len(column)) / FRAME_RATE_HZ)
    return np.array(result)


def turning_points(pitch: np.ndarray) -> np.ndarray:
    """Times of local extremes of pitch after a 6-Hz low-pass, in seconds."""
    slope = np.sign(np.diff(pitch))
    return (np.flatnonzero(slope[1:] * slope[:-1] < 0) + 1) / FRAME_RATE_HZ


def accent_hits(pitch: np.ndarray, accents: np.ndarray, rng: np.random.Generator) -> tuple[float, float, int]:
    """Share of accents with a turning point within 200 ms, the same for 50 circular shifts, and their number."""
    turns = turning_points(pitch)
    if not len(accents) or not len(turns):
        return 0.0, 0.0, 0
    length = len(pitch) / FRAME_RATE_HZ

    def share(times: np.ndarray) -> float:
        return float(np.mean([np.abs(turns - time).min() <= 0.2 for time in times]))

    shifted = [share((accents + rng.uniform(1, length - 1)) % length) for _ in range(50)]
    return share(accents), float(np.mean(shifted)), len(accents)


def clip_statistics(head: np.ndarray, speech: np.ndarray) -> dict[str, np.ndarray]:
    """Figures of one clip: head [frames, 6] with rotation in radians, speech bool [frames]."""
    raw = np.degrees(head[:, :3])
    smooth = low_pass(raw, FRAME_RATE_HZ, 6.0)
    velocity = np.diff(smooth, axis=0) * FRAME_RATE_HZ
    speed = np.linalg.norm(velocity, axis=1)
    calm = np.linalg.norm(np.diff(low_pass(raw, FRAME_RATE_HZ, 3.0), axis=0), axis=1) * FRAME_RATE_HZ
    p50, p90, p99 = np.percentile(speed, (50, 90, 99))
    spoken = speech[1 : len(calm) + 1]
    return {
        'sd2s': window_sd(smooth, 2.0), 'sdClip': smooth.std(0), 'speedP50': np.array([p50]), 'speedP90': np.array([p90]),
        'speedP99': np.array([p99]), 'speedMax': np.array([speed.max()]), 'burstiness': np.array([p99 / max(p50, 1e-6)]),
        'movingSpeech': np.array([100 * np.mean(calm[spoken] > 5)]), 'below3Hz': _band_share(raw, 0, 3),
        'above7Hz': _band_share(raw, 7, 16), 'velocity3to7Hz': _band_share(np.diff(raw, axis=0), 3, 7),
        'autocorrelationTime': _autocorrelation_time(smooth),
    }  # fmt: skip


def head_report(clips: list[tuple[np.ndarray, np.ndarray, np.ndarray]], seed: int) -> dict[str, dict]:
    """Medians over clips (head [frames, 6], speech [frames], accent times) against the bands."""
    rng = np.random.default_rng(seed)
    statistics = [clip_statistics(head, speech) for head, speech, _ in clips]
    hits, chance, counts = zip(
        *(accent_hits(low_pass(np.degrees(head[:, 0]), FRAME_RATE_HZ, 6.0), accents, rng) for head, _, accents in clips),
        strict=True,
    )
    weights = np.array(counts)
    result: dict[str, dict] = {}
    for name, bands in BANDS.items():
        if name == 'accentHitsOverChance':
            values = [100 * float(np.average(np.array(hits) - np.array(chance), weights=weights))]
        elif name == 'speedMax':
            values = [float(max(item[name][0] for item in statistics))]
        else:
            values = np.median([item[name] for item in statistics], axis=0).tolist()
        inside = [low <= value <= high for value, (low, high) in zip(values, bands, strict=True)]
        result[name] = {'values': [round(v, 3) for v in values], 'band': [list(b) for b in bands], 'inside': inside}
    return result
