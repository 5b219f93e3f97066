"""Synthetic speech for tests: random phones, each with its own spectrum, heard by the real teachers."""

from pathlib import Path

import numpy as np

from .contact import FRAME_RATE_HZ
from .corpus import Utterance
from .dominance import DominanceConstants
from .features import FEATURE_COUNT, FLUX, LOG_F0, LOG_RMS, MEL_COUNT, SILENCE_FEATURES, VOICING
from .head_teacher import head_motion
from .phones import PHONE_COUNT, PHONE_INDEX, PHONES, VOWELS, Phone
from .prepare import Prepared, frame_labels, frame_weights, teacher_mouth
from .prosody import analyse_prosody
from .store import write_store
from .style import default_style, random_style

UNVOICED = ('P', 'T', 'K', 'F', 'TH', 'S', 'SH', 'CH', 'HH', 'SIL')


def synthetic_phones(rng: np.random.Generator, seconds: float) -> list[Phone]:
    """Alternating consonants and vowels between two pauses."""
    phones, time = [Phone('SIL', 0.0, 0.3)], 0.3
    vowels = sorted(VOWELS)
    consonants = [name for name in PHONES[1:] if name not in VOWELS]
    while time < seconds - 0.4:
        for names, low, high in ((consonants, 0.06, 0.1), (vowels, 0.08, 0.16)):
            length = rng.uniform(low, high)
            phones.append(Phone(str(rng.choice(names)), time, time + length))
            time += length
    phones.append(Phone('SIL', time, seconds))
    return phones


def synthetic_features(phones: list[Phone], frame_count: int, rng: np.random.Generator) -> np.ndarray:
    """Feature rows at 60 Hz: a fixed random spectrum per phone, a falling melody, a little noise; [2 frames, 84]."""
    spectra = np.random.default_rng(99).uniform(-0.8, 0.6, size=(PHONE_COUNT, 8)) @ np.kron(np.eye(8), np.ones((1, 10)))
    rows = np.tile(SILENCE_FEATURES, (2 * frame_count, 1))
    labels = np.repeat(frame_labels(phones, frame_count), 2)
    speech = labels != PHONE_INDEX['SIL']
    rows[speech, :MEL_COUNT] = spectra[labels[speech]]
    voiced = np.array([PHONES[label] not in UNVOICED for label in labels])
    rows[voiced, VOICING] = 1
    melody = 0.3 * np.sin(np.arange(len(rows)) / 20) - 0.2 * np.arange(len(rows)) / len(rows)
    rows[voiced, LOG_F0] = melody[voiced]
    rows[speech, LOG_RMS] = 0.6 + 0.3 * np.sin(np.arange(len(rows)) / 9)[speech]
    rows[:, :MEL_COUNT] += 0.05 * rng.normal(size=(len(rows), MEL_COUNT))
    rows[1:, FLUX] = np.maximum(0, np.diff(rows[:, :MEL_COUNT], axis=0)).mean(1)
    assert rows.shape[1] == FEATURE_COUNT
    return rows.astype(np.float32)


def synthetic_prepared(phones: list[Phone], seconds: float, rng: np.random.Generator) -> Prepared:
    """Training material of one synthetic utterance."""
    frames = int(seconds * FRAME_RATE_HZ) // 4 * 4
    utterance = Utterance('synthetic', 'synthetic', 'train', 'synthetic', None, phones)
    features = synthetic_features(phones, frames, rng)
    prosody = analyse_prosody(phones, features)
    constants = DominanceConstants.load()
    styles = np.stack([default_style(), random_style(rng)])
    mouth = np.stack([teacher_mouth(utterance, features, frames, style, rng, constants) for style in styles])
    head = np.stack([head_motion(prosody, frames, style, rng) for style in styles])
    return Prepared(
        features[None].astype(np.float16), mouth.astype(np.float16), styles, head, styles,
        frame_labels(phones, frames), frame_weights(utterance, frames),
    )  # fmt: skip


def write_synthetic_store(folder: Path, count: int, seed: int) -> str:
    """Writes `count` utterances of 4-7 s (the last tenth held out); returns the data hash."""
    rng = np.random.default_rng(seed)
    items = []
    for number in range(count):
        seconds = float(rng.uniform(4, 7))
        part = 'test' if number >= count * 0.9 else 'train'
        description = {'name': f's{number:03d}', 'source': 'kokoro', 'part': part, 'talker': 'synthetic', 'group': 'voice'}
        items.append((description, synthetic_prepared(synthetic_phones(rng, seconds), seconds, rng)))
    return write_store(folder, items)
