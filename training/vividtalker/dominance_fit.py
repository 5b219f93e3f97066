"""Fits the dominance constants to tracked lips: class-tied parameters, opening floor, unknown small openings, held-out frames.

Each parameter of a phone is hand value + correction of its class + correction of the phone. The phone's own part is shrunk the more,
the fewer neighbour pairs the phone is heard in, so that a phone of one word does not take that word's shape.
"""

from collections import defaultdict
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch.nn.functional import logsigmoid, smooth_l1_loss, softplus

from .corpus import Utterance
from .dominance import ARTICULATORS, LEAST_OPENING, DominanceConstants
from .features import NETWORK_RATE_HZ
from .phones import BILABIALS, PHONE_COUNT, PHONE_INDEX, Phone, split_diphthongs

TRACKED_RATE_HZ = 25
SEEN_OPENING = 0.1  # the tracker reads smaller openings as shut; below it only `seal` tells contact
PHONE_CLASSES = (
    ('SIL',), ('AA', 'AE', 'AH', 'EH'), ('IH', 'IY'), ('AO', 'UH', 'UW'), ('B', 'P', 'M'), ('F', 'V'), ('TH', 'DH'),
    ('T', 'D', 'N', 'L'), ('S', 'Z'), ('SH', 'ZH', 'CH', 'JH'), ('R', 'ER'), ('W',), ('Y',), ('K', 'G', 'NG', 'HH'),
)  # fmt: skip
ERROR_UNIT = torch.tensor([1.0, 0.05, 0.05])  # per articulator
_STEP_SIZE = {'target': 0.05, 'log_strength': 0.06, 'lead': 0.005, 'lag': 0.005, 'rise': 0.05, 'fall': 0.05}
_SPREAD = {'target': 0.3, 'log_strength': 1.5, 'lead': 0.05, 'lag': 0.05, 'rise': 0.7, 'fall': 0.7}
_TRANSITION_SECONDS = torch.tensor([[0.006, 0.08], [0.01, 0.14], [0.006, 0.1]])  # bounds of rise and fall, per articulator
_PAUSE_STRENGTH = torch.tensor([[-3.0], [-4.0], [-3.0]])  # least log strength of a pause
_PRIOR = 2e-5
_CLASS_PRIOR_SHARE = 0.3
_SCARCE_PAIRS = 12.0


@dataclass
class LipData:
    """Padded phones [N, P] (index, start, end, present, level), curves [N, 75, 3] and seal [N, 75] of N clips."""

    index: torch.Tensor
    start: torch.Tensor
    end: torch.Tensor
    present: torch.Tensor
    level: torch.Tensor
    curves: torch.Tensor
    seal: torch.Tensor

    def rows(self, chosen: torch.Tensor) -> 'LipData':
        """The clips of the given numbers."""
        return LipData(*(getattr(self, field.name)[chosen] for field in fields(self)))


def phone_levels(phones: list[Phone], level: np.ndarray) -> np.ndarray:
    """Level (standardised log RMS rows at 60 Hz) at the middle of each phone."""
    rows = [int((phone.start + phone.end) / 2 * NETWORK_RATE_HZ) for phone in phones]
    return level[np.clip(rows, 0, len(level) - 1)]


def lip_data(utterances: list[Utterance], levels: list[np.ndarray]) -> LipData:
    """Tensors of tracked clips with the level rows (60 Hz) of each."""
    split = [split_diphthongs(utterance.phones) for utterance in utterances]
    width = max(len(phones) for phones in split)
    index = torch.zeros(len(split), width, dtype=torch.long)
    start, end, present, level = torch.zeros(4, len(split), width).unbind(0)
    for row, phones in enumerate(split):
        count = len(phones)
        index[row, :count] = torch.tensor([PHONE_INDEX[phone.name] for phone in phones])
        start[row, :count] = torch.tensor([phone.start for phone in phones])
        end[row, :count] = torch.tensor([phone.end for phone in phones])
        level[row, :count] = torch.from_numpy(phone_levels(phones, levels[row])).float()
        present[row, :count] = 1
    curves = np.stack([np.stack([u.tracked[name] for name in ARTICULATORS], -1) for u in utterances])
    seal = np.stack([u.tracked['seal'] for u in utterances])
    return LipData(index, start, end, present, level, torch.from_numpy(curves).float(), torch.from_numpy(seal).float())


def opening_floor() -> torch.Tensor:
    """Least opening of each phone [phones]: 0 for pauses and p b m."""
    floor = torch.full((PHONE_COUNT,), LEAST_OPENING)
    floor[[PHONE_INDEX[name] for name in ('SIL', *BILABIALS)]] = 0
    return floor


def predict(parameters: dict[str, torch.Tensor], data: LipData) -> torch.Tensor:
    """Dominance curves [N, 75, 3]; the formula of dominance.py with the loudness and floor of mouth_teacher.py."""
    time = (torch.arange(data.curves.shape[1]) / TRACKED_RATE_HZ)[None, :, None]
    outputs = []
    for number in range(len(ARTICULATORS)):
        value = {name: parameters[name][number][data.index] for name in _STEP_SIZE}
        rise = (time - (data.start - value['lead'])[:, None]) / value['rise'][:, None]
        fall = ((data.end + value['lag'])[:, None] - time) / value['fall'][:, None]
        strength = value['log_strength'] + (data.present - 1) * 1e4
        weight = (strength[:, None] + logsigmoid(rise) + logsigmoid(fall)).softmax(-1)
        target = value['target'] * (1 + parameters['loudness'][number] * data.level).clamp(0.75, 1.25)
        if number == 0:
            target = torch.maximum(target, opening_floor()[data.index])
        outputs.append((weight @ target[..., None])[..., 0])
    return torch.stack(outputs, -1)


def lip_error(output: torch.Tensor, data: LipData) -> torch.Tensor:
    """Error [N, 75, 3] in error units; openings that the tracker cannot see count only above what it would have seen."""
    error = (output - data.curves) / ERROR_UNIT
    unseen = (data.curves[..., 0] < SEEN_OPENING) & (data.seal < 0.5)
    least = torch.relu(output[..., 0] - SEEN_OPENING) - torch.relu(-output[..., 0])
    return torch.cat([torch.where(unseen, least, error[..., 0])[..., None], error[..., 1:]], -1)


def speech_weight(data: LipData) -> torch.Tensor:
    """2 from 0.25 s before speech to 0.15 s after it, 1 in the rest; [N, 75]."""
    time = torch.arange(data.curves.shape[1]) / TRACKED_RATE_HZ
    last = data.present.sum(1, keepdim=True).long() - 2
    inside = (time > data.start[:, 1:2] - 0.25) & (time < data.end.gather(1, last) + 0.15)
    return 1 + inside.float()


def _neighbour_pairs(data: LipData) -> torch.Tensor:
    """Number of different (previous, next) pairs of each phone [phones], at least 1."""
    pairs: dict[int, set] = defaultdict(set)
    for row, count in zip(data.index.tolist(), data.present.sum(1).long().tolist(), strict=True):
        padded = [-1, *row[:count], -1]
        for before, phone, after in zip(padded, padded[1:], padded[2:], strict=False):
            pairs[phone].add((before, after))
    return torch.tensor([max(1.0, len(pairs[number])) for number in range(PHONE_COUNT)])


def _bounded(value: torch.Tensor, least: torch.Tensor, most: torch.Tensor) -> torch.Tensor:
    """Smooth bounds with slope 1 in the middle: a hard clamp would leave a value beyond it without a gradient."""
    width = most - least
    return least + width * torch.sigmoid(4 * (value - (least + most) / 2) / width)


class _TiedParameters:
    """Hand values plus corrections of classes [3, classes] and phones [3, phones]; times in log seconds, targets in error units."""

    def __init__(self, data: LipData) -> None:
        constants = vars(DominanceConstants.initial())
        self.base = {name: torch.tensor(constants[name], dtype=torch.float32) for name in _STEP_SIZE}
        for name in ('rise', 'fall'):
            self.base[name] = self.base[name].log()
        self.base['target'] = self.base['target'] / ERROR_UNIT[:, None]
        self.loudness = torch.tensor(constants['loudness'], dtype=torch.float32).requires_grad_(True)
        names = [name for group in PHONE_CLASSES for name in group]
        numbers = [number for number, group in enumerate(PHONE_CLASSES) for _ in group]
        self.class_of = torch.zeros(PHONE_COUNT, dtype=torch.long)
        self.class_of[[PHONE_INDEX[name] for name in names]] = torch.tensor(numbers)
        zeros = lambda width: torch.zeros(len(ARTICULATORS), width).requires_grad_(True)  # noqa: E731
        self.by_class = {name: zeros(len(PHONE_CLASSES)) for name in _STEP_SIZE}
        self.by_phone = {name: zeros(PHONE_COUNT) for name in _STEP_SIZE}
        self.shrink = 1 + (_SCARCE_PAIRS / _neighbour_pairs(data)) ** 2
        lag_least = torch.full((PHONE_COUNT,), -0.06)
        lag_least[0] = -0.2  # the mouth opens well before the first sound
        shortest, longest = _TRANSITION_SECONDS.log()[..., None].unbind(1)
        transition = (shortest, longest)
        self.bounds = {
            'lead': (torch.tensor(-0.06), torch.tensor(0.15)), 'lag': (lag_least, torch.tensor(0.15)),
            'rise': transition, 'fall': transition,
        }  # fmt: skip

    def groups(self) -> list[dict]:
        """Optimiser groups."""
        groups = [{'params': [self.by_class[name], self.by_phone[name]], 'lr': rate} for name, rate in _STEP_SIZE.items()]
        return [*groups, {'params': [self.loudness], 'lr': 0.003}]

    def values(self) -> dict[str, torch.Tensor]:
        """Bounded constants in the units of DominanceConstants."""
        result = {'loudness': self.loudness * torch.tensor([1.0, 0.0, 1.0])}
        for name in _STEP_SIZE:
            value = self.base[name] + self.by_class[name][:, self.class_of] + self.by_phone[name]
            if name in self.bounds:
                value = _bounded(value, *self.bounds[name])
            if name in ('rise', 'fall'):
                value = value.exp()
            if name == 'log_strength':  # a weaker pause would let the last phone linger
                value = torch.cat([softplus(value[:, :1] - _PAUSE_STRENGTH) + _PAUSE_STRENGTH, value[:, 1:]], 1)
            result[name] = value
        result['target'] = result['target'] * ERROR_UNIT[:, None]
        return result

    def prior(self) -> torch.Tensor:
        """Penalty on corrections in units of their expected spread."""
        own = sum((self.shrink * (self.by_phone[name] / _SPREAD[name]) ** 2).sum() for name in _STEP_SIZE)
        return own + _CLASS_PRIOR_SHARE * sum(((self.by_class[name] / _SPREAD[name]) ** 2).sum() for name in _STEP_SIZE)


def fit_constants(
    data: LipData, steps: int = 350, seed: int = 1, use: torch.Tensor | None = None, batch_size: int = 128
) -> DominanceConstants:
    """Constants that bring the dominance curves to the tracked ones; frames where `use` [N, 75] is 0 do not count."""
    generator = torch.Generator().manual_seed(seed)
    parameters = _TiedParameters(data)
    weight = speech_weight(data) * (1 if use is None else use)
    optimiser = torch.optim.Adam(parameters.groups())
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1.0, 2 * (1 - step / steps)))
    for _ in range(steps):
        chosen = torch.randint(len(data.index), (min(batch_size, len(data.index)),), generator=generator)
        part = data.rows(chosen)
        error = lip_error(predict(parameters.values(), part), part)
        loss = smooth_l1_loss(error, torch.zeros_like(error), beta=0.6, reduction='none').mean(-1)
        loss = (loss * weight[chosen]).sum() / weight[chosen].sum() + _PRIOR * parameters.prior()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return DominanceConstants(**{name: value.detach().double().numpy() for name, value in parameters.values().items()})


def model_curves(constants: DominanceConstants, data: LipData) -> np.ndarray:
    """Curves [N, 75, 3] of fitted constants; opening and jaw not below 0."""
    with torch.no_grad():
        output = predict({name: torch.tensor(value, dtype=torch.float32) for name, value in vars(constants).items()}, data)
    curves = output.numpy()
    curves[..., [0, 2]] = np.maximum(curves[..., [0, 2]], 0)
    return curves
