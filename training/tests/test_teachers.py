import numpy as np
import pytest

from vividtalker.contact import apply_contact, contact_strength
from vividtalker.corpus import Utterance
from vividtalker.detail import settled, wrinkle_weights
from vividtalker.dominance import DominanceConstants
from vividtalker.face import DETAIL_NAMES, MOUTH_INDEX, zero_motion
from vividtalker.head_teacher import NECK_PIVOT_CM, head_motion, head_stream
from vividtalker.metrics_mouth import curve_at_60, lip_gap_mm
from vividtalker.mouth_teacher import mark_frames, seal_intervals
from vividtalker.phones import Phone
from vividtalker.prepare import teacher_mouth
from vividtalker.prosody import analyse_prosody
from vividtalker.style import STYLE_INDEX, default_style
from vividtalker.synthetic import synthetic_features

WORD = ['SIL', 'AA', 'B', 'AA', 'M', 'AE', 'F', 'IY', 'SIL']


def phones_of(names: list[str], length: float = 0.12) -> list[Phone]:
    phones, time = [], 0.0
    for name in names:
        duration = 0.5 if name == 'SIL' else length
        phones.append(Phone(name, time, time + duration))
        time += duration
    return phones


def curve_of(names: list[str], style: np.ndarray | None = None) -> tuple[list[Phone], np.ndarray]:
    phones = phones_of(names)
    frames = int(phones[-1].end * 30) // 4 * 4
    utterance = Utterance('test', 'test', 'train', 'test', None, phones)
    features = synthetic_features(phones, frames, np.random.default_rng(0))
    style = default_style() if style is None else style
    motion = teacher_mouth(utterance, features, frames, style, np.random.default_rng(1), DominanceConstants.load())
    return phones, curve_at_60(motion)


def test_teacher_closes_lips_at_bilabials_and_opens_vowels() -> None:
    phones, curve = curve_of(WORD)
    gap = lip_gap_mm(curve)
    top = np.percentile(gap, 95)
    assert 4 < top < 14
    for phone in phones:
        rows = slice(int((phone.start - 0.04) * 60), int(phone.end * 60) + 1)
        if phone.name in ('B', 'M'):
            assert gap[rows].min() < 0.05 * top
        if phone.name == 'AA':
            assert gap[rows].max() > 0.6 * top
    assert gap[:6].max() < 0.1 * top


def test_rounded_vowels_pucker_and_spread_vowels_do_not() -> None:
    pucker = MOUTH_INDEX['mouthPucker']
    rounded, spread = curve_of(['SIL', 'UW', 'W', 'UW', 'SIL'])[1], curve_of(['SIL', 'IY', 'S', 'IY', 'SIL'])[1]
    assert rounded[:, pucker].max() > 0.4
    assert spread[:, pucker].max() < 0.1


def test_articulation_slider_opens_the_mouth() -> None:
    gaps = []
    for value in (0.6, 1.4):
        style = default_style()
        style[STYLE_INDEX['articulation']] = value
        gaps.append(np.percentile(lip_gap_mm(curve_of(WORD, style)[1]), 95))
    assert gaps[1] > 1.5 * gaps[0]


def test_short_vowel_between_bilabials_stays_open() -> None:
    intervals = seal_intervals(phones_of(['SIL', 'B', 'IH', 'B', 'AA', 'SIL'], 0.07))
    frames = mark_frames(intervals, 60)
    first, last = np.flatnonzero(frames)[[0, -1]]
    assert frames[first:last].min() == 0


def test_contact_seals_a_single_frame_and_fades_within_two() -> None:
    values = np.zeros(20)
    values[10] = 1
    strength = contact_strength(values, np.array([8, 9, 10, 11, 12]) / 30)
    assert strength[2] == pytest.approx(1)
    assert strength[0] == strength[4] == 0
    assert 0.2 < strength[1] < 0.5


def test_sealed_lips_have_no_gap_at_any_jaw() -> None:
    motion = zero_motion(9)
    motion[:, MOUTH_INDEX['jawOpen']] = 0.8
    motion[:, MOUTH_INDEX['mouthFunnel']] = 0.4
    motion[:, MOUTH_INDEX['seal']] = 1
    assert lip_gap_mm(apply_contact(motion)).max() < 0.3


def test_wrinkles_follow_their_drivers() -> None:
    motion = zero_motion(2)
    motion[1, MOUTH_INDEX['browInnerUp']] = 1
    motion[1, MOUTH_INDEX['browOuterUpLeft']] = 1
    weights = wrinkle_weights(motion)
    assert weights[0].max() == 0
    forehead_left, forehead_right = (weights[1, DETAIL_NAMES.index(name)] for name in ('foreheadL', 'foreheadR'))
    assert forehead_left > forehead_right > 0
    assert weights[1, DETAIL_NAMES.index('nasolabialL')] == 0


def test_head_shift_follows_the_neck_pivot() -> None:
    stream = head_stream(np.array([[0.0, 0, 0], [10, 0, 0], [0, 10, 0]]))
    assert np.allclose(stream[0], 0)
    assert stream[1, 5] > 0  # looking down moves the head forward
    assert stream[2, 3] == pytest.approx(-NECK_PIVOT_CM[2] * np.sin(np.radians(10)), rel=1e-3)


def test_head_gain_scales_and_seeds_differ() -> None:
    phones = phones_of(WORD * 4)
    features = synthetic_features(phones, 400, np.random.default_rng(0))
    prosody = analyse_prosody(phones, features)
    style = default_style()
    first = head_motion(prosody, 400, style, np.random.default_rng(1))
    assert np.array_equal(first, head_motion(prosody, 400, style, np.random.default_rng(1)))
    assert np.abs(first - head_motion(prosody, 400, style, np.random.default_rng(2))).max() > 0.01
    style[STYLE_INDEX['headGain']] = 0.5
    assert np.allclose(head_motion(prosody, 400, style, np.random.default_rng(1))[:, :3], 0.5 * first[:, :3], atol=1e-6)


def test_folds_settle_over_a_tenth_of_a_second_and_keep_their_depth() -> None:
    step = np.zeros((30, 14), np.float32)
    step[15:] = 1
    curve = settled(step)
    assert np.diff(curve, axis=0).max() < 0.4
    assert np.array_equal(curve[:13], step[:13])
    assert np.allclose(curve[17:], 1)
