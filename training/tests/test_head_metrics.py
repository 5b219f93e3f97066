import numpy as np
import pytest

from vividtalker.head_events import nods, per_minute, posture_shifts
from vividtalker.head_link import accent_link, held_out_correlation, prosody_correlation, turning_points
from vividtalker.head_teacher import coloured_noise
from vividtalker.metrics_head import (
    HeadClip,
    autocorrelation_time,
    band_misfit,
    band_share,
    clip_statistics,
    head_report,
    short_pauses,
    window_sd,
)
from vividtalker.prosody import Prosody, low_pass

RATE = 30
TIME = np.arange(20 * RATE) / RATE
SPEECH = np.ones(2 * len(TIME), bool)


def clip_of(degrees: np.ndarray, speech: np.ndarray = SPEECH, accents: np.ndarray | None = None) -> HeadClip:
    rng = np.random.default_rng(5)
    head = np.concatenate([np.radians(degrees), np.zeros_like(degrees)], 1)
    melody, level = rng.normal(size=(2, len(speech)))
    return HeadClip(head, Prosody(np.zeros((0, 2)), np.arange(1.0, 19) if accents is None else accents, speech, melody, level))


def nodding(count: int, size: float) -> np.ndarray:
    centres = 1.0 + 2 * np.arange(count)
    return sum(size * np.exp(-0.5 * ((TIME - centre) / 0.12) ** 2) for centre in centres)


def test_nods_are_counted_with_their_size_and_drift_is_not() -> None:
    wobble = 0.2 * TIME + 0.3 * np.sin(2 * np.pi * TIME)
    found = nods(nodding(8, 4.0) + wobble)
    assert len(found) == 8
    assert np.median([nod.size for nod in found]) == pytest.approx(4, abs=0.6)
    assert per_minute(found, len(TIME)) == pytest.approx(24)
    assert not nods(nodding(8, 1.2) + wobble)
    assert not nods(6 * np.sin(2 * np.pi * TIME / 6))


def test_posture_shifts_are_moves_that_stay() -> None:
    steps = sum(5 * (-1) ** k * np.clip((TIME - centre) / 0.4, 0, 1) for k, centre in enumerate((3, 7, 11, 15)))
    degrees = np.stack([0 * TIME, steps, 0 * TIME], 1)
    shifts = posture_shifts(degrees)
    assert [round(shift.first / RATE) for shift in shifts] == [3, 7, 11, 15]
    assert np.allclose([shift.size for shift in shifts], 5, atol=0.5)
    assert not posture_shifts(0.5 * degrees)


def test_moving_frames_in_pauses_count_short_pauses_only() -> None:
    speech = np.ones(len(TIME), bool)
    speech[60:90] = speech[200:203] = speech[300:400] = speech[:20] = False
    assert np.array_equal(np.flatnonzero(short_pauses(speech)), np.arange(60, 90))
    yaw = 10 * np.sin(2 * np.pi * TIME) * (np.abs(np.arange(len(TIME)) - 75) > 25)
    figures = clip_statistics(clip_of(np.stack([0 * TIME, yaw, 0 * TIME], 1), speech.repeat(2)), np.random.default_rng(0))
    assert figures['movingPause'][0] < 20
    assert figures['movingSpeech'][0] > 80


def test_spectral_shares_find_their_band() -> None:
    tones = np.stack([np.sin(2 * np.pi * hertz * TIME) for hertz in (1.0, 5.0, 9.0)], 1)
    assert np.allclose(band_share(tones, 0, 3), [100, 0, 0], atol=0.5)
    assert np.allclose(band_share(tones, 3, 7), [0, 100, 0], atol=0.5)
    assert np.allclose(band_share(tones, 7, 16), [0, 0, 100], atol=0.5)


def test_spread_and_autocorrelation_time_of_known_noise() -> None:
    time = np.arange(200 * RATE) / RATE
    assert autocorrelation_time(np.cos(2 * np.pi * time / 4)[:, None])[0] == pytest.approx(4 * np.arccos(1 / np.e) / (2 * np.pi), abs=0.05)
    slow = 3 * np.sin(2 * np.pi * time / 40)[:, None]
    assert window_sd(slow, 2.0)[0] < 0.4
    assert slow.std() == pytest.approx(3 / np.sqrt(2), rel=0.01)


def test_turning_points_leave_out_tremble() -> None:
    assert len(turning_points(3 * np.sin(np.pi * TIME) + 0.05 * np.sin(2 * np.pi * 5 * TIME))) in (19, 20, 21)


def test_accent_link_is_significant_only_when_the_head_follows() -> None:
    rng = np.random.default_rng(1)
    followed, free = [], []
    for _ in range(12):
        accents = np.sort(rng.uniform(1, 19, 12))
        drift = 1.5 * coloured_noise(len(TIME), RATE, rng, 0.3, 3.0, 1.0)
        beats = sum(4 * np.exp(-0.5 * ((TIME - accent) / 0.1) ** 2) for accent in accents)
        followed.append((low_pass(drift + beats, RATE, 6.0), accents))
        free.append((low_pass(drift, RATE, 6.0), accents))
    link = accent_link(followed, 199, rng)
    assert link.accents == 144
    assert link.over_chance > 10
    assert link.p <= 0.01
    other = accent_link(free, 199, rng)
    assert abs(other.over_chance) < 10
    assert other.p > 0.01
    assert accent_link([(np.zeros(len(TIME)), np.zeros(0))], 9, rng).p == 1


def test_correlation_is_found_across_blocks_and_not_in_noise() -> None:
    rng = np.random.default_rng(2)
    sound = np.stack([coloured_noise(len(TIME), RATE, rng, 0.1, 3.0, 0.5) for _ in range(4)], 1)
    noise = np.stack([coloured_noise(len(TIME), RATE, rng, 0.1, 3.0, 1.0) for _ in range(3)], 1)
    head = noise + 2 * sound[:, :1] * np.array([1.0, 0.3, 0.0])
    assert held_out_correlation(head, sound) > 0.7
    own, shifted = prosody_correlation(head, sound, rng)
    assert own - shifted > 0.5
    assert abs(held_out_correlation(noise, sound)) < 0.35


def test_report_marks_what_leaves_the_bands() -> None:
    rng = np.random.default_rng(3)
    clips = [clip_of(rng.normal(size=(1, 3)) * np.sin(2 * np.pi * TIME)[:, None]) for _ in range(3)]
    report = head_report(clips, 1)
    assert report['below3Hz']['inside'] == [True, True, True]
    assert report['shiftsPerMinute']['inside'] == [False]
    assert set(report['accentHitsOverChance']) >= {'p', 'share', 'chance', 'accents'}
    assert report['accentHitsOverChance']['inside'] == [False]


def test_misfit_grows_outside_the_bands_and_knows_no_edge_at_zero() -> None:
    report = lambda value, band: {'figure': {'values': [value], 'band': [band]}}  # noqa: E731
    assert band_misfit(report(5, [4, 6])) == 0
    assert band_misfit(report(3, [4, 6])) == pytest.approx(0.6)
    assert band_misfit(report(7, [4, 6])) == pytest.approx(0.6)
    assert band_misfit(report(0, [0, 6])) == 0
    assert band_misfit(report(100, [98, 100])) == 0
