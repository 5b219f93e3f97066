"""Sound augmentation: noise, other talkers, rooms, equalisation, band limits, codecs, level and clipping, all seeded.

Pitch and formant shifts are made on the features, see feature_changes.py.
"""

import io

import numpy as np
import soundfile
from scipy.signal import butter, correlate, fftconvolve, sosfilt

from .features import SAMPLE_RATE_HZ
from .nonspeech import coloured, nonspeech_clip


def _rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.mean(values**2)) + 1e-9)


def _add(samples: np.ndarray, noise: np.ndarray, ratio_db: float) -> np.ndarray:
    """Mixes noise at a signal-to-noise ratio measured over the clip."""
    return samples + noise * (_rms(samples) / _rms(noise) * 10 ** (-ratio_db / 20))


def _equalise(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Random smooth gain of +-8 dB over log frequency."""
    frequency = np.maximum(np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ), 30.0)
    knots = np.linspace(np.log(30), np.log(8000), 7)
    gain_db = np.interp(np.log(frequency), knots, rng.uniform(-8, 8, 7))
    return np.fft.irfft(np.fft.rfft(samples) * 10 ** (gain_db / 20), len(samples))


def _room(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Synthetic reverberation of 0.15-0.5 s with the direct sound kept in place."""
    decay = rng.uniform(0.15, 0.5)
    count = int(decay * SAMPLE_RATE_HZ)
    tail = rng.normal(size=count) * 10 ** (-3 * np.arange(count) / count)
    tail[: int(0.002 * SAMPLE_RATE_HZ)] = 0
    tail *= rng.uniform(0.15, 0.6) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return fftconvolve(samples, tail)[: len(samples)]


def _band_limit(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Telephone or dull-microphone band."""
    if rng.random() < 0.5:
        sections = butter(3, [rng.uniform(80, 300), rng.uniform(3300, 3800)], 'bandpass', fs=SAMPLE_RATE_HZ, output='sos')
    else:
        sections = butter(3, rng.uniform(3000, 6500), fs=SAMPLE_RATE_HZ, output='sos')
    return sosfilt(sections, samples)


def _codec(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """8-bit mu-law, or MP3 or Opus at a low rate; the codec's delay is taken out, the length kept."""
    kind = rng.choice(['mu-law', 'MP3', 'OPUS'])
    scaled = 0.5 * samples / (np.abs(samples).max() + 1e-9)
    if kind == 'mu-law':
        coded = np.round(np.sign(scaled) * np.log1p(255 * np.abs(scaled)) / np.log(256) * 127) / 127
        return np.sign(coded) * np.expm1(np.abs(coded) * np.log(256)) / 255
    buffer = io.BytesIO()
    options = {'format': 'MP3'} if kind == 'MP3' else {'format': 'OGG', 'subtype': 'OPUS'}
    quality = float(rng.uniform(0.6, 0.98))
    soundfile.write(buffer, scaled, SAMPLE_RATE_HZ, compression_level=quality, **options)
    buffer.seek(0)
    decoded, _ = soundfile.read(buffer)
    count = min(len(decoded), len(scaled), 4 * SAMPLE_RATE_HZ)
    delay = int(np.argmax(correlate(decoded[:count], scaled[:count], method='fft'))) - (count - 1)
    decoded = np.roll(np.pad(decoded, (0, len(scaled))), -delay)[: len(scaled)] if abs(delay) < 4000 else decoded
    return np.resize(decoded, len(scaled))


def _level(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Slow gain changes of up to +-6 dB; a third of them driven into clipping."""
    knots = rng.uniform(-6, 6, max(2, len(samples) // (2 * SAMPLE_RATE_HZ) + 2))
    gain_db = np.interp(np.linspace(0, len(knots) - 1, len(samples)), np.arange(len(knots)), knots)
    result = samples * 10 ** (gain_db / 20)
    if rng.random() < 0.33:
        top = np.percentile(np.abs(result), rng.uniform(97, 99.9))
        result = np.clip(result, -top, top)
    return result


def augment(samples: np.ndarray, other: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A degraded copy of equal length; `other` is another talker's recording for background speech."""
    result = samples
    if rng.random() < 0.5:
        result = _equalise(result, rng)
    if rng.random() < 0.35:
        result = _room(result, rng)
    if rng.random() < 0.75:
        kind = rng.choice(['colour', 'colour', 'colour', 'sound', 'talkers'])
        if kind == 'colour':
            noise = coloured(rng, len(result), rng.uniform(0, 0.9))
        elif kind == 'sound':
            name = rng.choice(['room', 'hum', 'wind', 'chords', 'clicks'])
            noise = nonspeech_clip(str(name), len(result) / SAMPLE_RATE_HZ + 0.01, int(rng.integers(1 << 30)))[: len(result)]
        else:
            noise = np.resize(np.roll(other, int(rng.integers(len(other)))), len(result))
        least = 14 if kind == 'talkers' else 3
        result = _add(result, noise, rng.uniform(least, 32))
    if rng.random() < 0.3:
        result = _band_limit(result, rng)
    if rng.random() < 0.2:
        result = _level(result, rng)
    if rng.random() < 0.25:
        result = _codec(result, rng)
    return result
