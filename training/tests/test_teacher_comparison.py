import json
from pathlib import Path

import numpy as np
import pytest
import torch

from vividtalker.corpus import Utterance
from vividtalker.dominance import ARTICULATORS, DominanceConstants
from vividtalker.dominance_fit import model_curves
from vividtalker.learned_teacher import LearnedTeacher, network_curves, phone_context, train_teacher
from vividtalker.lip_marks import CLOSING_WORDS, closure_marks, word_spans
from vividtalker.phones import PHONE_INDEX, Phone
from vividtalker.teacher_comparison import Talk, decide, learned_curves, rule_curves, speech_marks, teacher_lines

FRAME_COUNT = 75
SENTENCE = ['SIL', 'S', 'EH', 'T', 'B', 'L', 'UW', 'P', 'L', 'EY', 'S', 'SIL']


def clip(number: int) -> Utterance:
    rng = np.random.default_rng(number)
    times = np.concatenate([[0, 0.6], 0.6 + np.cumsum(rng.uniform(0.07, 0.15, len(SENTENCE) - 2)), [3.0]])
    phones = [Phone(name, a, b) for name, a, b in zip(SENTENCE, times, times[1:], strict=False)]
    tracked = {name: np.zeros(FRAME_COUNT, np.float32) for name in (*ARTICULATORS, 'seal')}
    return Utterance(f'c{number}', 'test', 'train', 'test', None, phones, tracked=tracked)


def talk(count: int) -> Talk:
    """Clips whose lips follow hand-set rules."""
    made = Talk.of([clip(number) for number in range(count)], [np.zeros(180, np.float32)] * count)
    made.data.curves[:] = torch.from_numpy(model_curves(DominanceConstants.initial(), made.data))
    made.data.seal[:] = (made.data.curves[..., 0] < 0.1).float()
    return made


def test_context_names_the_neighbours_and_measures_time_to_them() -> None:
    phones = [Phone('SIL', 0, 1), Phone('B', 1, 1.1), Phone('AA', 1.1, 1.3), Phone('SIL', 1.3, 2)]
    context = phone_context(phones, np.zeros(120), np.array([1.05, 1.2]))
    names = [[PHONE_INDEX[name] for name in row] for row in (['SIL', 'SIL', 'B', 'AA', 'SIL'], ['SIL', 'B', 'AA', 'SIL', 'SIL'])]
    assert context.index.tolist() == names
    assert context.numbers[0, 2, :3].tolist() == pytest.approx([0.5, 0.5, 1.0])
    assert context.numbers[1, 1, :2].tolist() == pytest.approx([2.0, -1.0])


def test_network_learns_the_lips_and_an_unknown_phone_acts_like_its_class() -> None:
    train, test = talk(16), talk(20)
    lips = train.lip_set(False, None)
    network = train_teacher(lips, lips, seed=1, epochs=30, batch_clips=4)
    curves = network_curves(network, test.lip_set(False, None))
    real = test.data.curves.numpy()
    assert np.corrcoef(curves[16:, :, 0].ravel(), real[16:, :, 0].ravel())[0, 1] > 0.85
    phones = test.clips[0].phones
    other = [Phone('M' if p.name == 'P' else p.name, p.start, p.end) for p in phones]  # M was never heard
    times = np.arange(60) / 30
    difference = network.curves(phones, np.zeros(180), times) - network.curves(other, np.zeros(180), times)
    assert np.abs(difference[:, 0]).max() < 0.3


def test_held_out_words_are_left_out_of_training() -> None:
    made = talk(2)
    use = made.use(True).numpy()
    for word in ('blue', 'place'):
        ((start, end),) = word_spans(made.clips[0].phones, CLOSING_WORDS[word])
        assert use[0, int(start * 25) : int(end * 25)].max() == 0
    assert use[0, :10].min() == 1
    lips = made.lip_set(True, None)
    loss = lips.loss(LearnedTeacher().eval(), torch.arange(2))
    made.data.curves[made.use(True) == 0] += 9
    torch.manual_seed(0)
    network = LearnedTeacher().eval()
    first = lips.loss(network, torch.arange(2))
    made.data.curves[made.use(True) == 0] += 9
    assert torch.equal(first, lips.loss(network, torch.arange(2)))
    assert loss > 0


def test_learned_correction_starts_from_the_rule() -> None:
    rule, network = DominanceConstants.load(), LearnedTeacher()
    for parameter in network.layers[-1].parameters():
        torch.nn.init.zeros_(parameter)
    phones, times = clip(1).phones, np.arange(75) / 25
    level = np.random.default_rng(0).normal(size=180)
    assert np.allclose(learned_curves(network, rule)(phones, level, times), rule_curves(rule)(phones, level, times))
    data = Talk.of([clip(1)], [level])
    assert np.allclose(rule_curves(rule)(phones, level, times), model_curves(rule, data.data)[0], atol=1e-4)


def test_closure_marks_find_when_lips_shut_and_part() -> None:
    made = clip(1)
    ((start, _),) = word_spans(made.phones, CLOSING_WORDS['blue'])
    times = np.arange(FRAME_COUNT) / 25
    opening = np.clip(np.maximum(start - 0.04 - times, times - start - 0.08) / 0.02, 0, 1)
    marks = closure_marks(opening[None], [made])['blue']
    assert marks['shutPercent'] == 100
    assert marks['fromMs'] == pytest.approx(-40, abs=25)
    assert marks['releasedMs'] == pytest.approx(80, abs=25)
    assert marks['after80Ms'] == pytest.approx(1, abs=0.01)
    assert closure_marks(np.ones((1, FRAME_COUNT)), [made])['blue']['shutPercent'] == 0


def test_rule_closes_lips_in_speech_with_every_phone() -> None:
    names = ['SIL', 'AA', 'M', 'IY', 'SH', 'AE', 'P', 'IH', 'NG', 'AY', 'B', 'UW', 'HH', 'ER', 'SIL'] * 2
    phones = [Phone(name, 0.12 * at, 0.12 * (at + 1)) for at, name in enumerate(names)]
    marks = speech_marks(rule_curves(DominanceConstants.load()), [(phones, np.zeros(600))] * 6)
    assert marks['closedPercent'] > 60
    assert marks['bilabials'] == 36
    assert set(marks['neverHeardOpening']) == {'SH', 'NG', 'HH', 'ER'}
    assert speech_marks(lambda phones, level, times: np.ones((len(times), 3)), [(phones, np.zeros(600))] * 6)['closedPercent'] == 0


def runs(kind: str, blind: float, words: float, closed: float = 90) -> list[dict]:
    return [
        {'kind': kind, 'seed': 1, 'blind': {'r': [0.9], 'speechRms': [blind]}, 'speech': {'closedPercent': closed, 'lowHighD': 2.0}},
        {'kind': kind, 'seed': 1, 'words': {'pooledR': [0.5, 0.5], 'rms': [words]}},
    ]


@pytest.mark.parametrize(
    ('learned', 'expected'),
    [((0.18, 0.30, 90), 'learned'), ((0.18, 0.40, 90), 'rule'), ((0.18, 0.30, 80), 'rule'), ((0.22, 0.25, 90), 'rule')],
)
def test_learned_teacher_must_win_everywhere(learned: tuple, expected: str, tmp_path: Path) -> None:
    every = [*runs('rule', 0.21, 0.32), *runs('learned', *learned)]
    decision = decide(every)
    assert decision['keep'] == expected
    path = tmp_path / 'comparison.json'
    path.write_text(json.dumps({'runs': every, 'decision': decision}))
    lines = teacher_lines(path)
    assert f'Kept: {expected}.' in lines
    assert any(line.startswith('| learned | 2') for line in lines)


def test_nothing_is_decided_before_the_rule_has_all_marks() -> None:
    assert decide(runs('rule', 0.2, 0.3)[:1])['keep'] is None
