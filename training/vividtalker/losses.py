"""Losses on motion and on codes."""

import torch
from torch.nn import functional

from .config import TokenizerConfig
from .face import MOUTH_CHANNELS, MOUTH_INDEX
from .mouth_teacher import FUNNEL_GAP, LOWER_DOWN_GAP, PUCKER_GAP, UPPER_UP_GAP

_WEIGHT_OF = {
    'jawOpen': 2.0, 'mouthClose': 2.0, 'mouthLowerDown': 1.5, 'mouthUpperUp': 1.5, 'mouthPucker': 1.5,
    'mouthFunnel': 1.5, 'mouthStretch': 1.2, 'tongueOut': 1.5,
}  # fmt: skip
DETAIL_WEIGHT = 0.5
# The translation follows the rotation (neck pivot), so the rotation leads.
HEAD_WEIGHTS = (1.5, 1.5, 1.5, 0.3, 0.3, 0.3)


def mouth_channel_weights() -> torch.Tensor:
    """Loss weight per mouth channel; contact channels have none; [58]."""
    weights = []
    for index, name in enumerate(MOUTH_CHANNELS):
        base = name.removesuffix('Left').removesuffix('Right')
        default = DETAIL_WEIGHT if 42 <= index < 56 else 1.0
        weights.append(0.0 if index >= 56 else _WEIGHT_OF.get(base, default))
    return torch.tensor(weights)


def stream_channel_weights(config: TokenizerConfig) -> torch.Tensor:
    """Loss weight per channel of a stream; contact counts where it is not a code group of its own; [C]."""
    head, mouth = torch.tensor(HEAD_WEIGHTS), mouth_channel_weights()
    if not config.contact_group:
        mouth[-2:] = 1.0
    return {'head': head, 'mouth': mouth, 'joint': torch.cat((mouth, head))}[config.stream]


def lip_gap(motion: torch.Tensor) -> torch.Tensor:
    """Lip gap in units of jawOpen, before contact is applied; motion [..., 58] -> [...]."""
    column = lambda name: motion[..., MOUTH_INDEX[name]]  # noqa: E731
    lower = (column('mouthLowerDownLeft') + column('mouthLowerDownRight')) / 2
    upper = (column('mouthUpperUpLeft') + column('mouthUpperUpRight')) / 2
    rounding = FUNNEL_GAP * column('mouthFunnel') + PUCKER_GAP * column('mouthPucker')
    return column('jawOpen') - column('mouthClose') + LOWER_DOWN_GAP * lower + UPPER_UP_GAP * upper + rounding


def _smooth(error: torch.Tensor) -> torch.Tensor:
    return functional.smooth_l1_loss(error, torch.zeros_like(error), reduction='none', beta=0.05)


def reconstruction_loss(
    output: torch.Tensor, target: torch.Tensor, scale: torch.Tensor, weights: torch.Tensor,
    velocity_weight: float, acceleration_weight: float,
) -> torch.Tensor:  # fmt: skip
    """Smooth L1 on scaled motion [B, frames, C] with velocity (x5) and acceleration terms."""
    error = (output - target) * scale
    velocity = 5 * (error[:, 1:] - error[:, :-1])
    acceleration = velocity[:, 1:] - velocity[:, :-1]
    loss = (_smooth(error) * weights).mean()
    loss = loss + velocity_weight * 0.2 * (_smooth(velocity) * weights).mean()
    return loss + acceleration_weight * 0.2 * (_smooth(acceleration) * weights).mean()


def gap_loss(output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Smooth L1 on the lip gap, sharper where the lips are nearly shut; [B, frames, 58] -> scalar."""
    goal = lip_gap(target)
    sharp = 1 + 3 * (goal < 0.04)
    return (_smooth(4 * (lip_gap(output) - goal)) * sharp).mean()


def weighted_cross_entropy(logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy of logits [N, K] against target [N] under weight [N]."""
    losses = functional.cross_entropy(logits, target, reduction='none')
    return (losses * weight).sum() / weight.sum().clamp_min(1.0)
