import json
import wave
from pathlib import Path

import numpy as np
import pytest

from vividtalker.features import LOG_F0, SILENCE_FEATURES, VOICING, compute_features, network_features

GOLDEN = Path(__file__).parents[2] / 'test/golden/features'


@pytest.mark.parametrize('clip', json.loads((GOLDEN / 'index.json').read_text())['clips'], ids=lambda clip: clip['name'])
def test_golden_features_are_reproduced(clip: dict) -> None:
    with wave.open(str(GOLDEN / clip['wav'])) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), '<i2') / 32768
    expected = np.fromfile(GOLDEN / clip['features'], '<f4').reshape(clip['featureShape'])
    assert np.abs(compute_features(samples) - expected).max() < 1e-4


def test_tone_gives_its_pitch() -> None:
    time = np.arange(16000) / 16000
    tone = sum(np.sin(2 * np.pi * 200 * h * time) / h for h in range(1, 8)) * 0.1
    features = compute_features(tone)
    pitch = 150 * np.exp(0.5 * features[20:80, LOG_F0])
    assert np.abs(pitch - 200).max() < 1
    assert features[20:80, VOICING].min() > 0.9


def test_level_of_the_recording_does_not_matter() -> None:
    rng = np.random.default_rng(0)
    samples = 0.1 * rng.normal(size=8000)
    assert np.abs(compute_features(samples) - compute_features(0.1 * samples)).max() < 1e-4


def test_silence_features_are_those_of_zeros() -> None:
    assert np.abs(compute_features(np.zeros(4000)) - SILENCE_FEATURES).max() < 1e-6


def test_rows_past_the_end_are_silence() -> None:
    features = np.ones((10, 84), np.float32)
    rows = network_features(features, 12)
    assert np.all(rows[:6] == 1)
    assert np.all(rows[6:] == SILENCE_FEATURES)
