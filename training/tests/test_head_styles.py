from pathlib import Path

import numpy as np
import pytest

import tune_head
from vividtalker.generate import Generator, Take
from vividtalker.head_events import nods
from vividtalker.head_figure import plot_head_styles
from vividtalker.head_teacher import head_motion
from vividtalker.metrics_head import mean_speed
from vividtalker.prosody import Prosody, analyse_prosody
from vividtalker.style import STYLE_CONTROLS, STYLE_INDEX, STYLE_PRESETS, default_style, random_style, shipped_style, style_of
from vividtalker.synthetic import synthetic_features, synthetic_phones

FRAMES = 480


def spoken() -> tuple[np.ndarray, Prosody]:
    rng = np.random.default_rng(4)
    phones = synthetic_phones(rng, FRAMES / 30)
    features = synthetic_features(phones, FRAMES, rng)
    return features, analyse_prosody(phones, features)


def teacher(values: dict[str, float], seed: int = 1) -> np.ndarray:
    return np.degrees(head_motion(spoken()[1], FRAMES, style_of(values), np.random.default_rng(seed))[:, :3])


def test_presets_name_head_controls_and_stay_in_their_ranges() -> None:
    for values in STYLE_PRESETS.values():
        for name, value in values.items():
            control = STYLE_CONTROLS[STYLE_INDEX[name]]
            assert control.stream == 'head'
            assert control.minimum <= value <= control.maximum
    assert np.array_equal(style_of({}), default_style())
    assert len(shipped_style()) == len(STYLE_CONTROLS)


def test_random_styles_stay_in_range_and_often_keep_the_default() -> None:
    rng = np.random.default_rng(0)
    styles = np.stack([random_style(rng) for _ in range(400)])
    low, high = (np.array([getattr(control, end) for control in STYLE_CONTROLS]) for end in ('minimum', 'maximum'))
    assert (styles >= low - 1e-6).all()
    assert (styles <= high + 1e-6).all()
    assert ((styles == default_style()).mean(0) > 0.1).all()


def test_turning_and_tilting_gains_scale_one_axis_each() -> None:
    usual, turned, tilted = teacher({}), teacher({'turnGain': 0.5}), teacher({'tiltGain': 0.5})
    assert np.allclose(turned, usual * [1, 0.5, 1], atol=1e-4)
    assert np.allclose(tilted, usual * [1, 1, 0.5], atol=1e-4)


def test_news_reader_moves_in_the_measured_proportions() -> None:
    ratio = teacher(STYLE_PRESETS['newsReader']).std(0) / teacher({}).std(0)
    assert np.allclose(ratio, [0.7, 0.2, 0.35], atol=0.01)


@pytest.mark.parametrize(
    ('name', 'low', 'high', 'cutoff_hz', 'sign'), [('postureHold', 0.8, 3.2, 1.0, -1), ('liveliness', 0.5, 1.5, 6.0, 1)]
)
def test_hold_slows_the_posture_and_liveliness_speeds_the_rest(name: str, low: float, high: float, cutoff_hz: float, sign: int) -> None:
    speeds = [np.median([mean_speed(teacher({name: value}, seed), cutoff_hz) for seed in range(12)]) for value in (low, high)]
    assert (speeds[1] / speeds[0]) ** sign > 1.3


def test_nod_rate_nods() -> None:
    rates = [np.mean([len(nods(teacher({'nodRate': value}, seed)[:, 0])) for seed in range(20)]) for value in (0.0, 1.0)]
    assert rates[1] > 1.2 * rates[0]


def test_style_figure_is_drawn(tiny_run: Path, tmp_path: Path) -> None:
    features, prosody = spoken()
    path = tmp_path / 'head-styles.png'
    plot_head_styles(Generator.load(tiny_run, 'head'), Take('synthetic', 'synthetic', features, prosody), path, 1)
    assert path.stat().st_size > 20_000


def test_sampling_search_keeps_the_setting_of_least_misfit(tiny_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    features, prosody = spoken()
    takes = [Take('synthetic', 'synthetic', features, prosody)] * 2
    monkeypatch.setattr(tune_head, 'CANDIDATES', {'temperature': (0.5, 1.0), 'guidance': (1.0, 1.5)})
    chosen, trials = tune_head.search(tiny_run, takes, 1)
    assert len(trials) == 3
    assert min(trials, key=lambda trial: trial['misfit'])['setting'] == chosen
