"""The 84 audio features per 10 ms of docs/audio-features.md; the TypeScript engine computes the same numbers."""

import numpy as np

SAMPLE_RATE_HZ = 16000
HOP_SAMPLES = 160
FEATURE_COUNT = 84
MEL_COUNT = 80
LOG_F0, VOICING, LOG_RMS, FLUX = 80, 81, 82, 83
FEATURE_RATE_HZ = 100
NETWORK_RATE_HZ = 60

_FFT_SIZE = 512
_WINDOW = 400
_PITCH_WINDOW = 800
_MIN_LAG, _MAX_LAG = 40, 266
_CORRELATION_FFT = 1080  # >= 800 + 266 and a product of small primes
_BLOCK_FRAMES = 2048

# Features of digital silence, used beyond the ends of a clip.
SILENCE_FEATURES = np.zeros(FEATURE_COUNT, np.float32)
SILENCE_FEATURES[:MEL_COUNT] = (np.log(1e-4) + 2) / 4
SILENCE_FEATURES[LOG_RMS] = (np.log(1e-4) + 5) / 2.5


def _mel_filters() -> np.ndarray:
    """Triangular filters, peak 1, centres equally spaced on the HTK mel scale; [80, 257]."""
    low, high = (2595 * np.log10(1 + f / 700) for f in (60.0, 7600.0))
    edges = 700 * (10 ** (np.linspace(low, high, MEL_COUNT + 2) / 2595) - 1)
    frequency = np.arange(_FFT_SIZE // 2 + 1) * SAMPLE_RATE_HZ / _FFT_SIZE
    left, centre, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising = (frequency - left) / (centre - left)
    falling = (right - frequency) / (right - centre)
    return np.maximum(0, np.minimum(rising, falling))


_FILTERS = _mel_filters()
_HANN = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / _WINDOW)
_LAGS = np.arange(_MIN_LAG, _MAX_LAG + 1)


def _frames(padded: np.ndarray, first: int, count: int, width: int, pad: int) -> np.ndarray:
    """Rows of `width` samples centred on sample 160 k for k = first .. first + count - 1; [count, width]."""
    start = pad + first * HOP_SAMPLES - width // 2
    view = np.lib.stride_tricks.sliding_window_view(padded[start:], width)
    return view[: (count - 1) * HOP_SAMPLES + 1 : HOP_SAMPLES]


def feature_frame_count(sample_count: int) -> int:
    """Number of 10-ms feature frames of a clip (at least one)."""
    return max(1, -(-sample_count // HOP_SAMPLES))


def clip_gain(padded: np.ndarray, count: int, pad: int) -> float:
    """Gain that brings the clip's 95th-percentile frame RMS to 0.05, clamped to 0.1..100."""
    rms = np.sqrt(np.mean(_frames(padded, 0, count, _WINDOW, pad) ** 2, axis=1))
    level = np.sort(rms)[int(np.floor(0.95 * (count - 1)))]
    return float(np.clip(0.05 / max(level, 1e-4), 0.1, 100))


def _pitch(segment: np.ndarray, rms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scaled log-F0 and voicing of frames [K, 800] with their level rms [K]."""
    segment = segment - segment.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(segment, _CORRELATION_FFT)
    product = np.fft.irfft(np.abs(spectrum) ** 2, _CORRELATION_FFT)[:, _MIN_LAG : _MAX_LAG + 1]
    energy = np.cumsum(np.pad(segment**2, ((0, 0), (1, 0))), axis=1)
    head = energy[:, _PITCH_WINDOW - _LAGS]
    tail = energy[:, -1:] - energy[:, _LAGS]
    correlation = product / np.sqrt((head + 1e-3) * (tail + 1e-3))
    score = correlation * (1 - 0.0003 * (_LAGS - _MIN_LAG))
    best = np.argmax(score >= score.max(axis=1, keepdims=True) - 1e-9, axis=1)
    rows = np.arange(len(segment))
    strength = correlation[rows, best]
    inner = (best > 0) & (best < len(_LAGS) - 1)
    safe = np.clip(best, 1, len(_LAGS) - 2)
    before, peak, after = score[rows, safe - 1], score[rows, safe], score[rows, safe + 1]
    curvature = before - 2 * peak + after
    bent = inner & (curvature < 0)
    offset = np.where(bent, np.clip(0.5 * (before - after) / np.where(bent, curvature, -1), -0.5, 0.5), 0)
    frequency = SAMPLE_RATE_HZ / (_LAGS[best] + offset)
    loud = rms >= 0.003
    voiced = loud & (strength >= 0.5)
    log_f0 = np.where(voiced, (np.log(frequency) - np.log(150)) / 0.5, 0)
    voicing = np.where(loud, np.clip((strength - 0.3) / 0.5, 0, 1), 0)
    return log_f0, voicing


def compute_features(samples: np.ndarray) -> np.ndarray:
    """Features [K, 84] float32 at 100 Hz of mono samples (16 kHz, nominal range -1..1)."""
    samples = np.asarray(samples, np.float64)
    count = feature_frame_count(len(samples))
    pad = _PITCH_WINDOW
    padded = np.pad(samples, (pad, pad + HOP_SAMPLES))
    padded *= clip_gain(padded, count, pad)
    output = np.empty((count, FEATURE_COUNT))
    for first in range(0, count, _BLOCK_FRAMES):
        size = min(_BLOCK_FRAMES, count - first)
        block = output[first : first + size]
        frame = _frames(padded, first, size, _WINDOW, pad)
        power = np.abs(np.fft.rfft(frame * _HANN, _FFT_SIZE)) ** 2
        block[:, :MEL_COUNT] = (np.log(power @ _FILTERS.T + 1e-4) + 2) / 4
        rms = np.sqrt(np.mean(frame**2, axis=1))
        block[:, LOG_RMS] = (np.log(rms + 1e-4) + 5) / 2.5
        segment = _frames(padded, first, size, _PITCH_WINDOW, pad)
        block[:, LOG_F0], block[:, VOICING] = _pitch(segment, rms)
    output[0, FLUX] = 0
    rise = np.maximum(0, np.diff(output[:, :MEL_COUNT], axis=0))
    output[1:, FLUX] = rise.mean(axis=1)
    return output.astype(np.float32)


def network_features(features: np.ndarray, row_count: int) -> np.ndarray:
    """Interpolates 100-Hz features linearly to 60 Hz; rows beyond the clip's ends are digital silence; [row_count, 84]."""
    position = np.arange(row_count) * (FEATURE_RATE_HZ / NETWORK_RATE_HZ)
    clamped = np.minimum(position, len(features) - 1)
    lower = np.floor(clamped).astype(int)
    upper = np.minimum(lower + 1, len(features) - 1)
    weight = (clamped - lower)[:, None].astype(np.float32)
    rows = features[lower] * (1 - weight) + features[upper] * weight
    rows[position >= len(features)] = SILENCE_FEATURES
    return rows
