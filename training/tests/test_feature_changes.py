import numpy as np
from scipy.signal import butter, sosfiltfilt

from vividtalker.feature_changes import BAND_HZ, add_noise, degrade, limit_band, warp_frequencies
from vividtalker.features import FLUX, LOG_F0, LOG_RMS, MEL_COUNT, VOICING, compute_features, network_features


def speechlike(seconds: float = 1.0, pitch_hz: float = 120.0) -> np.ndarray:
    time = np.arange(int(16000 * seconds)) / 16000
    wave = sum(np.sin(2 * np.pi * pitch_hz * h * time) / h for h in range(1, 60))
    return 0.1 * wave * (0.55 + 0.45 * np.sin(2 * np.pi * 3 * time))


def features_of(sound: np.ndarray) -> np.ndarray:
    return network_features(compute_features(sound), len(sound) * 60 // 16000)


def test_frequency_warp_is_a_change_of_pitch_and_formants_without_a_change_of_time() -> None:
    low, high = (network_features(compute_features(speechlike(pitch_hz=f)), 60) for f in (120.0, 132.0))
    warped = warp_frequencies(low[None], np.array([1.1]))[0]
    middle = slice(10, 50)
    assert np.allclose(warped[middle, LOG_F0], high[middle, LOG_F0], atol=0.02)
    before = np.abs(low[middle, :60] - high[middle, :60]).mean()
    assert np.abs(warped[middle, :60] - high[middle, :60]).mean() < 0.6 * before
    assert np.allclose(warp_frequencies(low[None], np.array([1.0]))[0], low, atol=1e-4)


def test_noise_on_the_features_is_like_noise_on_the_sound() -> None:
    rng = np.random.default_rng(1)
    sound = speechlike(3)
    noise = rng.normal(size=len(sound))
    ratio_db = 10
    noisy = sound + noise * np.sqrt(np.mean(sound**2) / np.mean(noise**2)) * 10 ** (-ratio_db / 20)
    clean, heard = features_of(sound), features_of(noisy)
    changed = add_noise(clean, ratio_db, 0.0, rng)
    band_error = np.abs((changed - heard)[:, :MEL_COUNT].mean(0))
    assert band_error.mean() < 0.2 * np.abs((heard - clean)[:, :MEL_COUNT].mean(0)).mean()
    assert changed[:, FLUX].mean() > clean[:, FLUX].mean()
    for column in (LOG_RMS, VOICING):
        assert abs((changed - heard)[:, column].mean()) < 0.6 * abs((heard - clean)[:, column].mean())
    assert np.corrcoef(changed[:, VOICING], heard[:, VOICING])[0, 1] > 0.8


def test_a_narrow_band_on_the_features_is_like_one_on_the_sound() -> None:
    sound = speechlike(3) + 0.003 * np.random.default_rng(2).normal(size=48000)
    narrow = sosfiltfilt(butter(6, 3600, fs=16000, output='sos'), sound)
    clean, heard = features_of(sound), features_of(narrow)
    changed = limit_band(clean, 30.0, 3600.0, 140.0)
    assert np.abs(changed - heard)[:, :MEL_COUNT].mean() < 0.3 * np.abs(clean - heard)[:, :MEL_COUNT].mean()
    assert np.allclose(changed[:, :MEL_COUNT][:, BAND_HZ < 3000], clean[:, :MEL_COUNT][:, BAND_HZ < 3000], atol=1e-3)


def test_a_share_of_nothing_changes_nothing() -> None:
    batch = np.stack([features_of(speechlike())] * 4)
    assert np.array_equal(degrade(batch, 0.0, np.random.default_rng(3)), batch)
    assert not np.array_equal(degrade(batch, 1.0, np.random.default_rng(3)), batch)
    assert np.isfinite(degrade(batch, 1.0, np.random.default_rng(3))[..., LOG_F0]).all()
