"""Sounds without speech, made by formula: the lips must stay still on them."""

import numpy as np

from .features import SAMPLE_RATE_HZ

KINDS = ('silence', 'white', 'pink', 'brown', 'room', 'hum', 'clicks', 'tones', 'breath', 'wind', 'chords', 'drums')


def coloured(rng: np.random.Generator, count: int, slope: float, low_hz: float = 20.0) -> np.ndarray:
    """Noise with amplitude spectrum f^-slope above low_hz, unit rms; [count]."""
    frequency = np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ), 1.0)
    spectrum = np.fft.rfft(rng.normal(size=count)) * frequency**-slope * (frequency > low_hz)
    values = np.fft.irfft(spectrum, count)
    return values / (values.std() + 1e-12)


def resonance(rng: np.random.Generator, count: int, centre_hz: float, quality: float) -> np.ndarray:
    """Noise with one spectral peak, unit rms; [count]."""
    frequency = np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ), 1.0)
    gain = 1 / (1 + (quality * (frequency / centre_hz - centre_hz / frequency)) ** 2)
    values = np.fft.irfft(np.fft.rfft(rng.normal(size=count)) * gain, count)
    return values / (values.std() + 1e-12)


def slow_level(rng: np.random.Generator, count: int, rate_hz: float) -> np.ndarray:
    """Random level 0..1 that changes at about rate_hz; [count]."""
    knots = rng.random(max(2, int(count / SAMPLE_RATE_HZ * rate_hz) + 2))
    return np.interp(np.linspace(0, len(knots) - 1, count), np.arange(len(knots)), knots)


def _events(rng: np.random.Generator, count: int, gap_seconds: float, make_event) -> np.ndarray:
    """Adds events from `make_event()` at random gaps."""
    result = np.zeros(count)
    at = rng.uniform(0, gap_seconds)
    while at * SAMPLE_RATE_HZ < count:
        event = make_event()
        start = int(at * SAMPLE_RATE_HZ)
        length = min(len(event), count - start)
        result[start : start + length] += event[:length]
        at += len(event) / SAMPLE_RATE_HZ * 0.6 + rng.exponential(gap_seconds)
    return result


def _chord(rng: np.random.Generator, size: int) -> np.ndarray:
    time = np.arange(int(rng.uniform(0.25, 1.2) * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    root = rng.uniform(90, 300)
    notes = root * 2 ** (np.array([0, 4, 7])[:size] / 12)
    waves = [np.sin(2 * np.pi * f * h * time) * 0.6**h for f in notes for h in range(1, 7) if f * h < 7000]
    return sum(waves) * np.exp(-time / rng.uniform(0.2, 1.0)) * np.minimum(1, time / 0.008)


def _breath(rng: np.random.Generator) -> np.ndarray:
    count = int(rng.uniform(0.35, 1.4) * SAMPLE_RATE_HZ)
    ramp = np.linspace(0, 1, count)
    envelope = ramp ** rng.uniform(0.5, 2) * (1 - ramp) ** rng.uniform(0.5, 2)
    return resonance(rng, count, rng.uniform(350, 1600), 1.0) * envelope * rng.uniform(0.5, 2)


def _click(rng: np.random.Generator) -> np.ndarray:
    count = int(rng.uniform(0.004, 0.04) * SAMPLE_RATE_HZ)
    return resonance(rng, count, rng.uniform(800, 4500), 2.0) * np.exp(-np.linspace(0, 6, count))


def _drum(rng: np.random.Generator) -> np.ndarray:
    time = np.arange(int(0.25 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    if rng.random() < 0.5:
        return np.sin(2 * np.pi * (55 * time + 6 * (1 - np.exp(-time * 30)))) * np.exp(-time * 14)
    return rng.normal(size=len(time)) * np.exp(-time * 20) * 0.6


def nonspeech_clip(kind: str, seconds: float, seed: int) -> np.ndarray:
    """One clip [samples] at 16 kHz of a kind in KINDS; equal arguments give equal samples."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    count = int(seconds * SAMPLE_RATE_HZ)
    time = np.arange(count) / SAMPLE_RATE_HZ
    if kind == 'silence':
        return 1e-4 * rng.normal(size=count) * rng.uniform(0, 3)
    if kind in ('white', 'pink', 'brown'):
        slope = {'white': 0.0, 'pink': 0.5, 'brown': 1.0}[kind]
        values = coloured(rng, count, slope) * (0.5 + 0.5 * slow_level(rng, count, 0.5))
    elif kind == 'room':
        values = coloured(rng, count, 0.8) + 0.4 * resonance(rng, count, rng.uniform(90, 400), 6)
    elif kind == 'hum':
        base = rng.choice([50.0, 60.0])
        values = sum(np.sin(2 * np.pi * base * h * time + rng.uniform(0, 6)) * rng.uniform(0.2, 1) / h for h in range(1, 14))
        values = values + 0.05 * rng.normal(size=count)
    elif kind == 'tones':
        values = _events(rng, count, 0.4, lambda: _chord(rng, 1))
    elif kind == 'chords':
        values = _events(rng, count, 0.2, lambda: _chord(rng, 3))
    elif kind == 'drums':
        values = _events(rng, count, 0.2, lambda: _drum(rng))
    elif kind == 'clicks':
        values = _events(rng, count, 0.25, lambda: _click(rng)) + 0.004 * rng.normal(size=count)
    elif kind == 'breath':
        values = _events(rng, count, 0.6, lambda: _breath(rng)) + 0.003 * rng.normal(size=count)
    else:
        centres = (180, 420, 900)
        values = sum(resonance(rng, count, c, 2) * slow_level(rng, count, 0.8) ** 2 for c in centres)
    level = 10 ** (rng.uniform(-45, -14) / 20)
    return np.clip(values * level / (np.sqrt(np.mean(values**2)) + 1e-9), -1, 1)
