"""A small lip-sync judge after SyncNet (Chung and Zisserman 2016): 0.2 s of lip curves against 0.2 s of sound.

Its scores cannot be compared with published LSE values, which need rendered video. It never trains the judged networks.
Lips: 5 frames at 25 fps. Sound: 12 rows of the network features (80 log-mel at 60 Hz, 0.2 s) instead of 20 frames of 10 ms.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .face import APERTURE, LIP_SHAPE, channel_indices
from .features import MEL_COUNT, NETWORK_RATE_HZ
from .metrics_mouth import RATE_HZ, curve_at_60

LIP_RATE_HZ = 25
LIP_FRAMES, SOUND_ROWS = 5, 12
MOST_SHIFT = 15  # frames of 25 fps
LIP_CHANNELS = channel_indices(APERTURE + LIP_SHAPE)
TEMPERATURE = 0.1


@dataclass
class SyncClip:
    """Lips [frames, channels] at 25 fps with contact applied, and the mel rows [rows, 80] at 60 Hz."""

    lips: np.ndarray
    sound: np.ndarray


def sync_clip(motion: np.ndarray, features: np.ndarray) -> SyncClip:
    """From motion [frames, 58] at 30 fps and feature rows [2 frames, 84]."""
    curve = curve_at_60(motion)[:, LIP_CHANNELS]
    rows = np.round(np.arange(int(len(curve) / RATE_HZ * LIP_RATE_HZ)) * RATE_HZ / LIP_RATE_HZ).astype(int)
    return SyncClip(curve[rows].astype(np.float32), features[: len(curve), :MEL_COUNT].astype(np.float32))


def lip_windows(clip: SyncClip, frames: np.ndarray) -> np.ndarray:
    """Lips from each frame number on; [N, 5, channels]."""
    return clip.lips[frames[:, None] + np.arange(LIP_FRAMES)]


def sound_windows(clip: SyncClip, frames: np.ndarray) -> np.ndarray:
    """Mel rows of the same 0.2 s; [N, 12, 80]."""
    first = np.round(frames * NETWORK_RATE_HZ / LIP_RATE_HZ).astype(int)
    return clip.sound[np.minimum(first[:, None] + np.arange(SOUND_ROWS), len(clip.sound) - 1)]


class SyncNetwork(nn.Module):
    """Two towers to unit vectors."""

    def __init__(self, width: int = 128, size: int = 32) -> None:
        super().__init__()
        lip_size, sound_size = LIP_FRAMES * len(LIP_CHANNELS), SOUND_ROWS * MEL_COUNT
        self.lips = nn.Sequential(nn.Linear(lip_size, width), nn.GELU(), nn.Linear(width, width), nn.GELU(), nn.Linear(width, size))
        self.sound = nn.Sequential(nn.Linear(sound_size, width), nn.GELU(), nn.Linear(width, width), nn.GELU(), nn.Linear(width, size))

    def embed_lips(self, windows: np.ndarray) -> torch.Tensor:
        """[N, 5, channels] -> [N, size]."""
        return functional.normalize(self.lips(4 * torch.from_numpy(windows).flatten(1)), dim=-1)

    def embed_sound(self, windows: np.ndarray) -> torch.Tensor:
        """[N, 12, 80] -> [N, size]."""
        return functional.normalize(self.sound(torch.from_numpy(windows).flatten(1)), dim=-1)


def train_sync_network(clips: list[SyncClip], seed: int, steps: int = 500, batch: int = 128) -> SyncNetwork:
    """Contrastive training: half of each batch are neighbours in time from one clip, so that timing must be learned."""
    torch.manual_seed(seed)
    network = SyncNetwork()
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.01)
    rng = np.random.default_rng(seed)
    for _ in range(steps):
        lips, sound = [], []
        for number in rng.integers(len(clips), size=8):
            clip = clips[int(number)]
            last = len(clip.lips) - LIP_FRAMES
            near = int(rng.integers(max(1, last - 2 * MOST_SHIFT))) + rng.permutation(min(last, 2 * MOST_SHIFT))[: batch // 16]
            frames = np.concatenate([near, rng.integers(last, size=batch // 16)])
            lips.append(lip_windows(clip, frames))
            sound.append(sound_windows(clip, frames))
        scores = network.embed_lips(np.concatenate(lips)) @ network.embed_sound(np.concatenate(sound)).T / TEMPERATURE
        goal = torch.arange(len(scores))
        loss = (functional.cross_entropy(scores, goal) + functional.cross_entropy(scores.T, goal)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return network.requires_grad_(False).eval()


def sync_scores(network: SyncNetwork, clips: list[SyncClip]) -> dict[str, float]:
    """LSE-D (least mean distance over shifts), LSE-C (median minus least) and the best shift in ms (positive: lips late)."""
    shifts = np.arange(-MOST_SHIFT, MOST_SHIFT + 1)
    total, count = np.zeros(len(shifts)), 0
    for clip in clips:
        frames = np.arange(MOST_SHIFT, len(clip.lips) - LIP_FRAMES - MOST_SHIFT)
        if len(frames) < 1:
            continue
        sound = network.embed_sound(sound_windows(clip, frames))
        lips = network.embed_lips(lip_windows(clip, np.arange(len(clip.lips) - LIP_FRAMES)))
        for place, shift in enumerate(shifts):
            total[place] += float((lips[frames + shift] - sound).norm(dim=1).sum())
        count += len(frames)
    curve = total / max(1, count)
    best = int(curve.argmin())
    return {'lseD': float(curve[best]), 'lseC': float(np.median(curve) - curve[best]), 'offsetMs': float(1000 * shifts[best] / LIP_RATE_HZ)}
