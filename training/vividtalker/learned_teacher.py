"""A small network from phones with times to lip opening, width and jaw: alone a rival of the dominance rule, on top of it the
teacher's correction.

One time point sees five phones (two before, the current one, two after): class, identity, distance to start and end within
0.3 s, duration, level and stress of each. A phone's identity is added to its class and left out at random in training, so that
phones the talker never says act like their class.
"""

import copy
import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import smooth_l1_loss

from .dominance import ARTICULATORS
from .dominance_fit import ERROR_UNIT, PHONE_CLASSES, TRACKED_RATE_HZ, LipData, lip_error, phone_levels, speech_weight
from .phones import PHONE_COUNT, PHONE_INDEX, Phone, split_diphthongs

CORRECTION_PATH = Path(__file__).with_name('mouth_correction.npz')
REACH_SECONDS = 0.3
NEIGHBOURS = (-2, -1, 0, 1, 2)
TIME_FEATURES = 5  # of each neighbour: time since start, time to end, duration, level, stress
_EMBEDDING, _HIDDEN = 12, 96
_IDENTITY_DROPOUT = 0.15


@dataclass
class PhoneContext:
    """Inputs of time points: phone numbers [points, 5] and numbers [points, 5, 5] of their neighbours."""

    index: torch.Tensor
    numbers: torch.Tensor


def phone_context(phones: list[Phone], level: np.ndarray, times: np.ndarray) -> PhoneContext:
    """Context of `times` (seconds) in aligned phones; level rows at 60 Hz; beyond the clip's ends lie pauses."""
    split = split_diphthongs(phones)
    edge = len(NEIGHBOURS) // 2
    pad = [PHONE_INDEX['SIL']] * edge
    index = np.array([*pad, *(PHONE_INDEX[phone.name] for phone in split), *pad])
    start = np.array([*[-1.0] * edge, *(phone.start for phone in split), *[split[-1].end] * edge])
    end = np.array([*[split[0].start] * edge, *(phone.end for phone in split), *[split[-1].end + 1] * edge])
    loud = np.pad(phone_levels(split, level), edge)
    stress = np.pad(np.array([phone.stress for phone in split], float), edge)
    current = np.clip(np.searchsorted(start[edge:-edge], times, side='right') - 1, 0, len(split) - 1) + edge
    rows = current[:, None] + np.array(NEIGHBOURS)
    since = np.clip(times[:, None] - start[rows], -REACH_SECONDS, REACH_SECONDS) / 0.1
    until = np.clip(end[rows] - times[:, None], -REACH_SECONDS, REACH_SECONDS) / 0.1
    duration = np.clip(end[rows] - start[rows], 0, REACH_SECONDS) / 0.1
    numbers = np.stack([since, until, duration, loud[rows] / 2, stress[rows] / 2], -1)
    return PhoneContext(torch.from_numpy(index[rows]), torch.from_numpy(numbers).float())


class LearnedTeacher(nn.Module):
    """Curves (opening / P95, width / rest - 1, jaw drop) of phone contexts."""

    def __init__(self) -> None:
        super().__init__()
        class_of = torch.zeros(PHONE_COUNT, dtype=torch.long)
        for number, names in enumerate(PHONE_CLASSES):
            class_of[[PHONE_INDEX[name] for name in names]] = number
        self.register_buffer('class_of', class_of)
        self.by_class = nn.Embedding(len(PHONE_CLASSES), _EMBEDDING)
        self.by_phone = nn.Embedding(PHONE_COUNT, _EMBEDDING)
        nn.init.zeros_(self.by_phone.weight)
        width = len(NEIGHBOURS) * (_EMBEDDING + TIME_FEATURES)
        self.layers = nn.Sequential(
            nn.Linear(width, _HIDDEN), nn.SiLU(), nn.Dropout(0.1), nn.Linear(_HIDDEN, _HIDDEN), nn.SiLU(),
            nn.Linear(_HIDDEN, len(ARTICULATORS)),
        )  # fmt: skip

    def forward(self, context: PhoneContext) -> torch.Tensor:
        """Curves [points, 3]."""
        known = torch.ones(*context.index.shape, 1)
        if self.training:
            known = (torch.rand_like(known) >= _IDENTITY_DROPOUT).float()
        sound = self.by_class(self.class_of[context.index]) + known * self.by_phone(context.index)
        return self.layers(torch.cat([sound, context.numbers], -1).flatten(1)) * ERROR_UNIT

    @torch.no_grad()
    def raw_curves(self, phones: list[Phone], level: np.ndarray, times: np.ndarray) -> np.ndarray:
        """Output [times, 3] for one utterance, without bounds."""
        self.eval()
        return self(phone_context(phones, level, times)).numpy()

    def curves(self, phones: list[Phone], level: np.ndarray, times: np.ndarray) -> np.ndarray:
        """Curves [times, 3] of one utterance; opening and jaw not below 0."""
        output = self.raw_curves(phones, level, times)
        output[:, [0, 2]] = np.maximum(output[:, [0, 2]], 0)
        return output


def save_correction(network: LearnedTeacher, path: Path = CORRECTION_PATH) -> None:
    """Stores the weights of a network that was trained on top of the shipped rule."""
    np.savez(path, **{name: values.numpy().astype(np.float32) for name, values in network.state_dict().items()})


@functools.cache
def load_correction(path: Path = CORRECTION_PATH) -> LearnedTeacher:
    """The network whose output is added to the rule's curves."""
    network = LearnedTeacher()
    with np.load(path) as stored:
        state = {name: torch.from_numpy(stored[name]).to(values.dtype) for name, values in network.state_dict().items()}
    network.load_state_dict(state)
    return network.eval()


def clip_contexts(clips: list[list[Phone]], levels: list[np.ndarray], frame_count: int) -> PhoneContext:
    """Contexts of the tracked frames of several clips, clip after clip."""
    times = np.arange(frame_count) / TRACKED_RATE_HZ
    parts = [phone_context(phones, level, times) for phones, level in zip(clips, levels, strict=True)]
    return PhoneContext(torch.cat([part.index for part in parts]), torch.cat([part.numbers for part in parts]))


@dataclass
class LipSet:
    """Contexts of all frames of some clips, their tracked data, frame weights [N, frames] and an offset [N, frames, 3]."""

    context: PhoneContext
    data: LipData
    weight: torch.Tensor
    offset: torch.Tensor

    @staticmethod
    def of(
        clips: list[list[Phone]], levels: list[np.ndarray], data: LipData, use: torch.Tensor, offset: np.ndarray | None = None
    ) -> 'LipSet':
        """Frames count by `use` [N, frames]; the network adds its output to `offset` where one is given."""
        base = torch.zeros_like(data.curves) if offset is None else torch.from_numpy(offset).float()
        return LipSet(clip_contexts(clips, levels, data.curves.shape[1]), data, speech_weight(data) * use, base)

    def loss(self, network: LearnedTeacher, clips: torch.Tensor) -> torch.Tensor:
        """Weighted robust error on the given clips."""
        frames = self.data.curves.shape[1]
        points = (clips[:, None] * frames + torch.arange(frames)).flatten()
        part = PhoneContext(self.context.index[points], self.context.numbers[points])
        output = network(part).view(len(clips), frames, -1) + self.offset[clips]
        error = lip_error(output, self.data.rows(clips))
        loss = smooth_l1_loss(error, torch.zeros_like(error), beta=0.6, reduction='none').mean(-1)
        return (loss * self.weight[clips]).sum() / self.weight[clips].sum()


def train_teacher(
    train: LipSet, validation: LipSet, seed: int, epochs: int = 40, patience: int = 8, batch_clips: int = 48
) -> LearnedTeacher:
    """Network with the lowest validation loss; stops after `patience` epochs without a better one."""
    torch.manual_seed(seed)
    network = LearnedTeacher()
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs, 1e-4)
    count, every = len(train.data.index), torch.arange(len(validation.data.index))
    best, best_loss, waited = copy.deepcopy(network.state_dict()), float('inf'), 0
    for _ in range(epochs):
        network.train()
        for clips in torch.randperm(count).split(batch_clips):
            loss = train.loss(network, clips)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
        network.eval()
        with torch.no_grad():
            loss = float(validation.loss(network, every))
        if loss < best_loss:
            best, best_loss, waited = copy.deepcopy(network.state_dict()), loss, 0
        elif (waited := waited + 1) >= patience:
            break
    network.load_state_dict(best)
    return network.eval()


def network_curves(network: LearnedTeacher, lips: LipSet) -> np.ndarray:
    """Curves [N, frames, 3] of a set; opening and jaw not below 0."""
    with torch.no_grad():
        curves = (network(lips.context).view(lips.data.curves.shape) + lips.offset).numpy()
    curves[..., [0, 2]] = np.maximum(curves[..., [0, 2]], 0)
    return curves
