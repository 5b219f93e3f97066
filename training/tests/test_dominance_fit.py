from dataclasses import replace

import numpy as np
import pytest
import torch

from vividtalker.corpus import Utterance
from vividtalker.dominance import ARTICULATORS, DominanceConstants, dominance
from vividtalker.dominance_fit import (
    SEEN_OPENING,
    fit_constants,
    lip_data,
    lip_error,
    model_curves,
    opening_floor,
    predict,
)  # fmt: skip
from vividtalker.phones import PHONE_INDEX, Phone, split_diphthongs

FRAME_COUNT = 75
WORDS = [['B', 'AA', 'D', 'IY'], ['M', 'UW', 'T', 'AA'], ['W', 'IY', 'P', 'AA'], ['D', 'UW', 'B', 'IY']]


def utterances(count: int) -> list[Utterance]:
    rng = np.random.default_rng(3)
    result = []
    for number in range(count):
        time = rng.uniform(0.5, 0.8)
        phones = [Phone('SIL', 0.0, time)]
        for word in rng.permutation(len(WORDS))[:3]:
            for name in WORDS[word]:
                length = rng.uniform(0.07, 0.16)
                phones.append(Phone(name, time, time + length))
                time += length
        phones.append(Phone('SIL', time, 3.0))
        tracked = {name: np.zeros(FRAME_COUNT, np.float32) for name in (*ARTICULATORS, 'seal')}
        result.append(Utterance(f'u{number}', 'test', 'train', 'test', None, phones, tracked=tracked))
    return result


def follow(constants: DominanceConstants, count: int):
    """Clips whose tracked curves are those of `constants`."""
    clips = utterances(count)
    levels = [np.zeros(180, np.float32)] * count
    data = lip_data(clips, levels)
    return replace(data, curves=torch.from_numpy(model_curves(constants, data)), seal=torch.ones(count, FRAME_COUNT))


def test_curves_are_those_of_the_dominance_module() -> None:
    constants = DominanceConstants.initial()
    clip = utterances(1)
    phones = split_diphthongs(clip[0].phones)
    data = lip_data(clip, [np.zeros(180, np.float32)])
    parameters = {name: torch.tensor(value, dtype=torch.float32) for name, value in vars(constants).items()}
    index = [PHONE_INDEX[phone.name] for phone in phones]
    for number in range(len(ARTICULATORS)):
        target = constants.target[number][index]
        if number == 0:
            target = np.maximum(target, opening_floor().numpy()[index])
        expected = dominance(constants, number, phones, np.arange(FRAME_COUNT) / 25) @ target
        assert np.allclose(predict(parameters, data)[0, :, number], expected, atol=1e-4)


def test_fit_finds_a_changed_target_and_passes_it_to_unseen_members_of_the_class() -> None:
    truth = DominanceConstants.initial()
    start = truth.target[0].copy()
    for name in ('AA', 'IY', 'IH', 'AE', 'EH', 'AH'):
        truth.target[0][PHONE_INDEX[name]] -= 0.3
    data = follow(truth, 24)
    fitted = fit_constants(data, steps=80, batch_size=12)
    before = np.abs(model_curves(DominanceConstants.initial(), data)[..., 0] - data.curves[..., 0].numpy()).mean()
    after = np.abs(model_curves(fitted, data)[..., 0] - data.curves[..., 0].numpy()).mean()
    assert after < 0.4 * before
    unseen = PHONE_INDEX['AE']
    assert fitted.target[0][unseen] < start[unseen] - 0.1


def test_frames_out_of_use_do_not_count() -> None:
    data = follow(DominanceConstants.initial(), 6)
    spoiled = replace(data, curves=data.curves.clone())
    spoiled.curves[:, 30:] += 5
    use = torch.ones(6, FRAME_COUNT)
    use[:, 30:] = 0
    clean = fit_constants(data, steps=5, use=use)
    assert np.allclose(clean.target, fit_constants(spoiled, steps=5, use=use).target, atol=1e-6)
    assert not np.allclose(clean.target, fit_constants(spoiled, steps=5).target, atol=1e-3)


@pytest.mark.parametrize(('seal', 'expected'), [(0.0, 0.0), (1.0, 0.08)])
def test_small_openings_count_only_when_the_lips_are_known_to_touch(seal: float, expected: float) -> None:
    data = follow(DominanceConstants.initial(), 1)
    data = replace(data, curves=torch.zeros_like(data.curves), seal=torch.full((1, FRAME_COUNT), seal))
    output = torch.zeros_like(data.curves)
    output[..., 0] = 0.08
    assert lip_error(output, data)[0, 0, 0] == pytest.approx(expected)
    output[..., 0] = SEEN_OPENING + 0.2
    assert lip_error(output, data)[0, 0, 0] > 0.19


def test_a_pause_shuts_the_mouth_soon_after_the_last_phone() -> None:
    constants = DominanceConstants.load()
    for last in ('AA', 'IY', 'S', 'N', 'T', 'L'):
        phones = [Phone('SIL', 0, 1), Phone('AA', 1, 1.15), Phone(last, 1.15, 1.3), Phone('SIL', 1.3, 3)]
        weight = dominance(constants, 0, phones, np.array([1.55]))
        assert weight[0, 3] > 0.9, last
