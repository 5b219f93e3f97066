"""Rule teacher against learned ones: tracked lips of blind clips, two words never trained on, and speech with every phone."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .corpus import Utterance
from .dominance import ARTICULATORS, DominanceConstants, dominance
from .dominance_fit import TRACKED_RATE_HZ, LipData, lip_data, model_curves, opening_floor, phone_levels
from .learned_teacher import LearnedTeacher, LipSet, network_curves
from .lip_marks import CLOSING_WORDS, closure_marks, lip_marks, masked_marks, narrowest, word_spans
from .metrics_mouth import CLOSED_SHARE, LEAD_SECONDS, cohen_d, middle_bilabials
from .phones import PHONE_INDEX, Phone, split_diphthongs

HELD_OUT_WORDS = ('blue', 'place')
ROUNDED, LOW, HIGH = frozenset({'UW', 'W', 'AO'}), frozenset({'AA', 'AE', 'AY', 'AW'}), frozenset({'IY', 'IH', 'UW', 'UH'})
NEVER_HEARD = ('SH', 'ZH', 'NG', 'HH', 'ER')  # phones the talker never says
_WORD_MARGIN_SECONDS = 0.12
_RATE_HZ = 60
_CLEARLY = 1.02  # an error must be this much larger to lose

Curves = Callable[[list[Phone], np.ndarray, np.ndarray], np.ndarray]  # phones, level rows, times -> [times, 3]


@dataclass
class Talk:
    """Tracked clips of one part with their sound levels."""

    clips: list[Utterance]
    levels: list[np.ndarray]
    data: LipData

    @staticmethod
    def of(clips: list[Utterance], levels: list[np.ndarray]) -> 'Talk':
        """Tensors of the clips."""
        return Talk(clips, levels, lip_data(clips, levels))

    def word_frames(self, margin: float) -> np.ndarray:
        """Frames [N, 75] inside a held-out word, widened by `margin` seconds."""
        time = np.arange(self.data.curves.shape[1]) / TRACKED_RATE_HZ
        marks = np.zeros(self.data.seal.shape, bool)
        for row, clip in enumerate(self.clips):
            for word in HELD_OUT_WORDS:
                for start, end in word_spans(clip.phones, CLOSING_WORDS[word]):
                    marks[row] |= (time >= start - margin) & (time <= end + margin)
        return marks

    def use(self, words_out: bool) -> torch.Tensor:
        """Frame weights [N, 75]: 0 around the held-out words where they are left out."""
        if not words_out:
            return torch.ones_like(self.data.seal)
        return 1 - torch.from_numpy(self.word_frames(_WORD_MARGIN_SECONDS)).float()

    def lip_set(self, words_out: bool, rule: DominanceConstants | None) -> LipSet:
        """The clips as a learned teacher sees them; with `rule` it adds to the rule's curves."""
        offset = None if rule is None else model_curves(rule, self.data)
        return LipSet.of([clip.phones for clip in self.clips], self.levels, self.data, self.use(words_out), offset)


def rule_curves(constants: DominanceConstants) -> Curves:
    """The dominance rule as a function of phones, level and times."""
    floor = opening_floor().numpy()

    def curves(phones: list[Phone], level: np.ndarray, times: np.ndarray) -> np.ndarray:
        split = split_diphthongs(phones)
        index = [PHONE_INDEX[phone.name] for phone in split]
        loud = phone_levels(split, level)
        result = np.empty((len(times), len(ARTICULATORS)))
        for number in range(len(ARTICULATORS)):
            target = constants.target[number][index] * np.clip(1 + constants.loudness[number] * loud, 0.75, 1.25)
            if number == 0:
                target = np.maximum(target, floor[index])
            result[:, number] = dominance(constants, number, split, times) @ target
        result[:, [0, 2]] = np.maximum(result[:, [0, 2]], 0)
        return result

    return curves


def learned_curves(network: LearnedTeacher, rule: DominanceConstants | None) -> Curves:
    """A learned teacher, alone or on top of the rule, as a function of phones, level and times."""
    if rule is None:
        return network.curves
    base = rule_curves(rule)

    def curves(phones: list[Phone], level: np.ndarray, times: np.ndarray) -> np.ndarray:
        total = base(phones, level, times) + network.raw_curves(phones, level, times)
        total[:, [0, 2]] = np.maximum(total[:, [0, 2]], 0)
        return total

    return curves


def blind_marks(curves: np.ndarray, test: Talk) -> dict:
    """Marks on test clips: curves [N, 75, 3] against the tracked ones."""
    return {
        **lip_marks(curves, test.data), 'closures': closure_marks(curves[..., 0], test.clips),
        'roundedWidth': narrowest(curves[..., 1], test.clips, ROUNDED),
    }  # fmt: skip


def word_marks(curves: np.ndarray, talk: Talk) -> dict:
    """Marks inside the held-out words of any clips."""
    return masked_marks(curves, talk.data, talk.word_frames(0))


def speech_marks(curves: Curves, speech: list[tuple[list[Phone], np.ndarray]]) -> dict[str, float | None]:
    """Plausibility on speech with every phone (no tracked lips): phones and level rows of each utterance."""
    closed, top, speed, pause = [], [], [], []
    middle: dict[str, list[float]] = defaultdict(list)
    for phones, level in speech:
        times = np.arange(0, phones[-1].end, 1 / _RATE_HZ)
        opening = curves(phones, level, times)[:, 0]
        top.append(float(np.percentile(opening, 95)))
        speed.append(float(np.percentile(np.abs(np.diff(opening)) * _RATE_HZ, 99)))
        for phone in middle_bilabials(phones):
            rows = (times >= phone.start - LEAD_SECONDS) & (times <= phone.end)
            closed.append(float(opening[rows].min() <= CLOSED_SHARE * top[-1]))
        for phone in phones:
            middle[phone.name].append(float(np.interp((phone.start + phone.end) / 2, times, opening)))
            if phone.name == 'SIL' and phone.end - phone.start > 0.5:
                rows = (times > phone.start + 0.25) & (times < phone.end - 0.25)
                pause.extend(opening[rows] / top[-1])
    low, high = ([value for name in names for value in middle[name]] for names in (LOW, HIGH))
    return {
        'utterances': len(speech), 'closedPercent': round(100 * float(np.mean(closed)), 1), 'bilabials': len(closed),
        'p95Opening': round(float(np.median(top)), 2), 'fastestPerSecond': round(float(np.median(speed)), 1),
        'lowHighD': cohen_d(low, high), 'openInPauses': round(float(np.mean(pause)), 3) if pause else None,
        'neverHeardOpening': {name: round(float(np.median(middle[name])), 2) for name in NEVER_HEARD if middle[name]},
    }  # fmt: skip


def decide(runs: list[dict]) -> dict:
    """Winner: a learned kind replaces the rule only if it is not worse on any of the three tests and better on one."""
    table = {kind: _means([run for run in runs if run['kind'] == kind]) for kind in sorted({run['kind'] for run in runs})}
    rule = table.get('rule')
    if rule is None or None in rule.values():
        return {'means': table, 'keep': None}
    winner, best = 'rule', rule['blindRms']
    lost = {}
    for kind, mean in table.items():
        if kind == 'rule' or None in mean.values():
            continue
        fails = [name for name in ('blindRms', 'wordRms') if mean[name] > _CLEARLY * rule[name]]
        if mean['closedPercent'] < rule['closedPercent'] - 2:
            fails.append('closedPercent')
        if mean['lowHighD'] < 0.8 * rule['lowHighD']:
            fails.append('lowHighD')
        lost[kind] = fails
        if not fails and mean['blindRms'] < best:
            winner, best = kind, mean['blindRms']
    return {'means': table, 'lostOn': lost, 'keep': winner}


def _means(runs: list[dict]) -> dict[str, float | None]:
    pick = {
        'blindR': lambda run: run['blind']['r'][0], 'blindRms': lambda run: run['blind']['speechRms'][0],
        'wordR': lambda run: run['words']['pooledR'][0], 'wordRms': lambda run: run['words']['rms'][0],
        'wordWidthR': lambda run: run['words']['pooledR'][1], 'closedPercent': lambda run: run['speech']['closedPercent'],
        'lowHighD': lambda run: run['speech']['lowHighD'],
    }  # fmt: skip
    result: dict[str, float | None] = {}
    for name, read in pick.items():
        values = [read(run) for run in runs if run.get({'b': 'blind', 'w': 'words'}.get(name[0], 'speech'))]
        result[name] = round(float(np.mean(values)), 4) if values else None
    return result


def network_marks(network: LearnedTeacher, talk: Talk, rule: DominanceConstants | None) -> np.ndarray:
    """Curves [N, 75, 3] of a learned teacher on tracked clips."""
    return network_curves(network, talk.lip_set(False, rule))


def teacher_lines(path: Path) -> list[str]:
    """Markdown lines of a stored comparison."""
    stored = json.loads(path.read_text())
    show = lambda value: '-' if value is None else f'{value:.3g}'  # noqa: E731
    lines = [
        '| teacher | runs | blind clips: opening r | RMS | unseen words: opening r | RMS | width r | all phones: closed % | low/high d |',
        '|---|---|---|---|---|---|---|---|---|',
    ]
    names = ('blindR', 'blindRms', 'wordR', 'wordRms', 'wordWidthR', 'closedPercent', 'lowHighD')
    for kind, mean in stored['decision']['means'].items():
        count = sum(run['kind'] == kind for run in stored['runs'])
        lines.append(f'| {kind} | {count} | ' + ' | '.join(show(mean[name]) for name in names) + ' |')
    keep = stored['decision']['keep']
    lines += ['', f'Kept: {keep}.' if keep else 'Not decided: runs are missing.']
    lost = stored['decision'].get('lostOn', {})
    lines += [f'{kind} is worse than the rule in {", ".join(fails)}.' for kind, fails in lost.items() if fails]
    return lines
