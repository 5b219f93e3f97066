"""The same recordings with worse sound: how far the lips agree with the clean ones, and how many closures remain."""

import io
from collections.abc import Callable

import numpy as np
import soundfile
from scipy.signal import butter, fftconvolve, sosfilt

from .audio import read_audio
from .corpus import Utterance
from .evaluation_mouth import generate_all, summarise_curves
from .feature_changes import warp_frequencies
from .features import SAMPLE_RATE_HZ, compute_features, network_features
from .generate import Generator, clip_features
from .metrics_mouth import curve_at_60, lip_gap_mm
from .nonspeech import coloured
from .store import Recording, Store
from .style import default_style

NOISE_DB = 10
SEMITONES = 3
SHOWN = ('closedPercent', 'chancePercent', 'bilabials', 'falsePercent', 'toothPercent')

Degrade = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def pink_noise(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Pink noise at 10 dB below the clip's level."""
    noise = coloured(rng, len(samples), 0.5)
    return samples + noise * np.sqrt(np.mean(samples**2)) * 10 ** (-NOISE_DB / 20)


def reverberation(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A room of 0.5 s whose tail has half the energy of the direct sound."""
    count = SAMPLE_RATE_HZ // 2
    tail = rng.normal(size=count) * 10 ** (-3 * np.arange(count) / count)
    tail *= np.sqrt(0.5) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return fftconvolve(samples, tail)[: len(samples)]


def telephone(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """An 8-kHz recording: nothing above 3.7 kHz."""
    return sosfilt(butter(6, 3700, fs=SAMPLE_RATE_HZ, output='sos'), samples)


def quiet(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """12 dB less, in 16 bits."""
    return np.round(samples * 10 ** (-12 / 20) * 32767) / 32767


def mp3(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """MP3 at the lowest quality."""
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, SAMPLE_RATE_HZ, format='MP3', compression_level=0.95)
    buffer.seek(0)
    return np.resize(soundfile.read(buffer)[0], len(samples))


SOUNDS: dict[str, Degrade] = {
    f'pink noise {NOISE_DB} dB': pink_noise, 'room': reverberation, '8 kHz': telephone, '-12 dB': quiet, 'MP3': mp3,
}  # fmt: skip


def degraded_features(
    utterance: Utterance, frames: int, change: Degrade | float, clean: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Feature rows [2 frames, 84] after a change of the sound, or with pitch and formants times a factor."""
    if not callable(change):
        return warp_frequencies(clean[None], np.array([change]))[0]
    if utterance.audio is None:
        raise ValueError(f'{utterance.name} has no sound file')
    return network_features(compute_features(change(read_audio(utterance.audio), rng)), 2 * frames)


def evaluate_robustness(
    mouth: Generator, store: Store, recordings: list[Recording], utterances: dict[str, Utterance], seed: int,
) -> dict[str, dict]:  # fmt: skip
    """Per change: median correlation of the lip gap with that of the clean sound at the same seed, and closures."""
    clean_gaps = [lip_gap_mm(curve_at_60(motion)) for motion in generate_all(mouth, store, recordings, seed)]
    changes: dict[str, Degrade | float] = {
        **SOUNDS, f'+{SEMITONES} semitones': 2 ** (SEMITONES / 12), f'-{SEMITONES} semitones': 2 ** (-SEMITONES / 12),
    }  # fmt: skip
    result = {}
    for name, change in changes.items():
        curves, agreement = [], []
        for number, recording in enumerate(recordings):
            rng = np.random.default_rng([seed, number])
            clean = clip_features(store, recording)
            features = degraded_features(utterances[recording.name], recording.frames, change, clean, rng)
            curve = curve_at_60(mouth.motion(features, default_style(), seed + number))
            curves.append(curve)
            agreement.append(float(np.corrcoef(lip_gap_mm(curve), clean_gaps[number])[0, 1]))
        summary = summarise_curves(curves, store, recordings, utterances)
        result[name] = {
            'cleanCorrelation': round(float(np.nanmedian(agreement)), 3), **{key: summary[key] for key in SHOWN}
        }
    return result
