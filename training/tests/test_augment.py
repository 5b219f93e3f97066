import numpy as np

from vividtalker.augment import _codec, _level
from vividtalker.mouth_teacher import mark_frames, seal_intervals
from vividtalker.phones import Phone


def speechlike(seconds: float = 1.0, pitch_hz: float = 120.0) -> np.ndarray:
    time = np.arange(int(16000 * seconds)) / 16000
    wave = sum(np.sin(2 * np.pi * pitch_hz * h * time) / h for h in range(1, 30))
    return 0.1 * wave * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time))


def test_codecs_keep_length_and_timing() -> None:
    sound = speechlike()
    for seed in range(6):
        coded = _codec(sound, np.random.default_rng(seed))
        assert len(coded) == len(sound)
        assert np.corrcoef(coded[2000:-2000], sound[2000:-2000])[0, 1] > 0.9


def test_level_changes_are_slow_and_bounded() -> None:
    sound = speechlike(3)
    changed = _level(sound, np.random.default_rng(3))
    assert changed.shape == sound.shape
    assert np.abs(changed).max() <= np.abs(sound).max() * 2.01


def test_closures_are_as_long_as_their_marks_make_them() -> None:
    long_vowel = [Phone('AA', 0, 0.3), Phone('B', 0.3, 0.4), Phone('AA', 0.4, 0.6)]
    short_vowel = [Phone('AA', 0.23, 0.3), Phone('B', 0.3, 0.4), Phone('AA', 0.4, 0.6)]
    assert np.isclose(seal_intervals(long_vowel)[0][0], 0.272)
    assert np.isclose(seal_intervals(short_vowel)[0][0], 0.286)
    assert list(np.flatnonzero(mark_frames([(0.30, 0.40)], 30))) == [10, 11]
    assert mark_frames([(0.301, 0.305)], 30).sum() == 1
