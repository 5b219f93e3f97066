"""Phrases, accents, level and melody of an utterance: what the head and brow teachers listen to."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfiltfilt

from .features import LOG_F0, LOG_RMS, NETWORK_RATE_HZ, VOICING
from .phones import VOWELS, Phone

MIN_PAUSE_SECONDS = 0.2
MIN_ACCENT_GAP_SECONDS = 0.3


@dataclass
class Prosody:
    """Phrase [start, end] and accent times in seconds; speech, melody and level per 60-Hz row (z-scores, 0 in pauses)."""

    phrases: np.ndarray
    accents: np.ndarray
    speech: np.ndarray
    melody: np.ndarray
    level: np.ndarray


def low_pass(values: np.ndarray, rate_hz: float, cutoff_hz: float) -> np.ndarray:
    """Second-order zero-phase Butterworth low-pass along the first axis."""
    filter_sections = butter(2, cutoff_hz / (rate_hz / 2), output='sos')
    return sosfiltfilt(filter_sections, values, axis=0, padlen=min(len(values) - 1, 15))


def phrase_bounds(phones: list[Phone]) -> np.ndarray:
    """Stretches of speech between pauses of at least 0.2 s; [n, 2] seconds."""
    phrases: list[list[float]] = []
    for phone in phones:
        if phone.name == 'SIL':
            continue
        if phrases and phone.start - phrases[-1][1] < MIN_PAUSE_SECONDS:
            phrases[-1][1] = phone.end
        else:
            phrases.append([phone.start, phone.end])
    return np.array(phrases).reshape(-1, 2)


def _standardise(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    if mask.sum() < 5:
        return np.zeros_like(values)
    return np.where(mask, (values - values[mask].mean()) / (values[mask].std() + 1e-3), 0)


def _accents(phones: list[Phone], melody: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Times of prominent vowels: high melody, level, duration or a lexical stress mark."""
    vowels = [phone for phone in phones if phone.name in VOWELS]
    if len(vowels) < 2:
        return np.zeros(0)
    centre = np.array([(phone.start + phone.end) / 2 for phone in vowels])
    rows = np.clip(np.round(centre * NETWORK_RATE_HZ).astype(int), 0, len(melody) - 1)
    length = np.array([phone.end - phone.start for phone in vowels])
    length = (length - length.mean()) / (length.std() + 1e-3)
    stress = np.array([phone.stress for phone in vowels]) / 2
    score = 0.5 * melody[rows] + 0.4 * level[rows] + 0.3 * length + 0.5 * stress
    chosen: list[float] = []
    for index in np.argsort(-score):
        if score[index] < 0.25:
            break
        if all(abs(centre[index] - other) >= MIN_ACCENT_GAP_SECONDS for other in chosen):
            chosen.append(centre[index])
    return np.sort(np.array(chosen))


def analyse_prosody(phones: list[Phone], features: np.ndarray) -> Prosody:
    """Prosody of an utterance from its phones and 60-Hz feature rows [rows, 84]."""
    time = np.arange(len(features)) / NETWORK_RATE_HZ
    phrases = phrase_bounds(phones)
    speech = np.zeros(len(features), bool)
    for start, end in phrases:
        speech |= (time >= start) & (time < end)
    voiced = speech & (features[:, VOICING] > 0.3) & (features[:, LOG_F0] != 0)
    rows = np.flatnonzero(voiced)
    log_f0 = np.interp(np.arange(len(features)), rows, features[rows, LOG_F0]) if len(rows) > 4 else np.zeros(len(features))
    melody = _standardise(log_f0, speech)
    level = _standardise(features[:, LOG_RMS], speech)
    return Prosody(phrases, _accents(phones, melody, level), speech, np.clip(melody, -3, 3), np.clip(level, -3, 3))
