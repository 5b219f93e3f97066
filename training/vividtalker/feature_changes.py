"""Changed sound by changed features: pitch and formants, tone colour, noise and narrow bands, new ones for every batch.

Features are those of features.py at 60 Hz, [rows, 84] or batches of them. A few numbers replace a sound that would have to
be analysed again; what they leave out (rooms, codecs, talkers) comes from the degraded copies of augment.py.
"""

import numpy as np

from .features import FLUX, LOG_F0, LOG_RMS, MEL_COUNT, VOICING

_FLOOR = 1e-4
_WINDOW_SECONDS = 0.025
_mel = lambda hertz: 2595 * np.log10(1 + np.asarray(hertz) / 700)  # noqa: E731  HTK scale of features.py
_EDGES_MEL = np.linspace(_mel(60.0), _mel(7600.0), MEL_COUNT + 2)
_EDGES_HZ = 700 * (10 ** (_EDGES_MEL / 2595) - 1)
BAND_HZ = _EDGES_HZ[1:-1]  # centres of the mel bands
_BANDWIDTH_HZ = (_EDGES_HZ[2:] - _EDGES_HZ[:-2]) / 2


def warp_frequencies(features: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Pitch and formants of each row of the batch multiplied by a factor, times unchanged; features [B, rows, 84]."""
    result = features.copy()
    centres = _EDGES_MEL[1:-1]
    for row, factor in zip(result, factors, strict=True):
        place = np.interp(_mel(BAND_HZ / factor), centres, np.arange(MEL_COUNT))
        lower = np.minimum(place.astype(int), MEL_COUNT - 2)
        share = (place - lower).astype(np.float32)
        spectrum = row[:, :MEL_COUNT].copy()
        row[:, :MEL_COUNT] = spectrum[:, lower] * (1 - share) + spectrum[:, lower + 1] * share
        row[:, LOG_F0] += np.where(row[:, LOG_F0] != 0, np.float32(np.log(factor) / 0.5), 0)
    return result


def spectral_tilt(rng: np.random.Generator, count: int) -> np.ndarray:
    """Small smooth random gain over the bands; [count, 1, 80]."""
    knots = 0.08 * rng.normal(size=(count, 5))
    place = np.linspace(0, 4, MEL_COUNT)
    return np.stack([np.interp(place, np.arange(5), row) for row in knots])[:, None].astype(np.float32)


def add_noise(features: np.ndarray, ratio_db: float, slope: float, rng: np.random.Generator) -> np.ndarray:
    """Steady noise with power ~ 1 / f^slope (0 white, 1 pink) at a ratio over the window; [rows, 84] -> same."""
    power = _power(features)
    profile = _BANDWIDTH_HZ * BAND_HZ**-slope
    level = 10 ** (-ratio_db / 10)
    scale = (1.3 / np.sqrt(1 + _BANDWIDTH_HZ * _WINDOW_SECONDS)).astype(np.float32)  # a wide band holds more independent values
    spread = np.exp(rng.standard_normal(power.shape, dtype=np.float32) * scale - scale**2 / 2)
    noise = spread * (profile / profile.sum() * power.sum(1).mean() * level).astype(np.float32)
    result = _with_power(features, power + noise)
    rms = np.exp(2.5 * features[:, LOG_RMS] - 5)
    noise_rms_squared = np.mean(rms**2) * level
    result[:, LOG_RMS] = (np.log(np.sqrt(rms**2 + noise_rms_squared)) + 5) / 2.5
    share = rms**2 / (rms**2 + noise_rms_squared)  # of the speech in the power: it scales the correlation that tells voicing
    correlation = np.where(features[:, VOICING] < 1, 0.3 + 0.5 * features[:, VOICING], 0.9) * share  # 1 stands for 0.8 to 1
    result[:, VOICING] = np.where(features[:, VOICING] > 0, np.clip((correlation - 0.3) / 0.5, 0, 1), 0)
    result[:, LOG_F0] = np.where(correlation >= 0.5, features[:, LOG_F0], 0)
    return result


def limit_band(features: np.ndarray, low_hz: float, high_hz: float, db_per_octave: float) -> np.ndarray:
    """Power falls off below and above a band, as of telephones and dull microphones; [rows, 84] -> same."""
    octaves = np.maximum(0, np.log2(BAND_HZ / high_hz)) + np.maximum(0, np.log2(low_hz / BAND_HZ))
    gain = 10 ** (-np.minimum(90, db_per_octave * octaves) / 10)
    return _with_power(features, _power(features) * gain.astype(np.float32))


def _power(features: np.ndarray) -> np.ndarray:
    return np.maximum(np.exp(4 * features[:, :MEL_COUNT] - 2) - _FLOOR, 0)


def _with_power(features: np.ndarray, power: np.ndarray) -> np.ndarray:
    """Features with another mel power; the flux changes with the rise from row to row."""
    result = features.copy()
    result[:, :MEL_COUNT] = (np.log(power + _FLOOR) + 2) / 4
    rise = lambda rows: np.maximum(0, np.diff(rows[:, :MEL_COUNT], axis=0)).mean(1)  # noqa: E731
    result[1:, FLUX] = np.maximum(0, features[1:, FLUX] + rise(result) - rise(features))
    return result


def degrade(features: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """Random noise and band limits on a share of the windows of a batch; [B, rows, 84] -> same."""
    result = features.copy()
    for number, rows in enumerate(features):
        if rng.random() < 0.7 * share:
            result[number] = rows = add_noise(rows, rng.uniform(4, 30), rng.uniform(0, 1.3), rng)
        if rng.random() < 0.4 * share:
            low = rng.uniform(80, 300) if rng.random() < 0.5 else 30.0
            result[number] = limit_band(rows, low, rng.uniform(3300, 6500), rng.uniform(20, 240))
    return result
