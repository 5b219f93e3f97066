"""Finite scalar quantisation: every latent value is rounded to one of a few levels; no codebook, no collapse."""

import numpy as np
import torch
from torch import nn


def round_straight_through(values: torch.Tensor) -> torch.Tensor:
    """Rounds in the forward pass, passes gradients unchanged."""
    return values + (values.round() - values).detach()


class FiniteScalarQuantizer(nn.Module):
    """Quantises [..., D] to `levels`; a code is the mixed-radix number of the D digits, first digit fastest."""

    def __init__(self, levels: tuple[int, ...]) -> None:
        super().__init__()
        self.levels = levels
        self.size = int(np.prod(levels))
        self.width = len(levels)
        basis = np.cumprod([1, *levels[:-1]])
        codes = np.arange(self.size)
        digits = np.stack([(codes // b) % level for b, level in zip(basis, levels, strict=True)], 1)
        one_hot = np.concatenate([np.eye(level)[digits[:, d]] for d, level in enumerate(levels)], 1)
        self.register_buffer('basis', torch.tensor(basis), persistent=False)
        self.register_buffer('counts', torch.tensor(levels, dtype=torch.float32), persistent=False)
        self.register_buffer('digits', torch.tensor(digits), persistent=False)  # [size, D]
        self.register_buffer('one_hot', torch.tensor(one_hot, dtype=torch.float32), persistent=False)  # [size, sum(levels)]

    def positions(self, latent: torch.Tensor) -> torch.Tensor:
        """Latent [..., D] to continuous digits, -0.45 .. level - 0.55."""
        return torch.sigmoid(latent) * (self.counts - 0.1) - 0.45

    def values(self, digits: torch.Tensor) -> torch.Tensor:
        """Digits [..., D] (float) to decoder input -1..1."""
        return digits * (2 / (self.counts - 1)) - 1

    def forward(self, latent: torch.Tensor) -> torch.Tensor:
        """Quantised decoder input [..., D] with straight-through gradient."""
        return self.values(round_straight_through(self.positions(latent)))

    def penalty(self, latent: torch.Tensor) -> torch.Tensor:
        """Nothing to learn besides the reconstruction; a learned codebook has a loss of its own."""
        return latent.new_zeros(())

    def encode(self, latent: torch.Tensor) -> torch.Tensor:
        """Codes [...] int64 of a latent [..., D]."""
        return (self.positions(latent).round().to(torch.int64) * self.basis).sum(-1)

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        """Decoder input [..., D] of codes [...]."""
        return self.values(self.digits[codes].to(torch.float32))

    def expectation(self, logits: torch.Tensor) -> torch.Tensor:
        """Expected decoder input [..., D] under per-digit logits [..., sum(levels)]."""
        parts = []
        for part, level in zip(logits.split(list(self.levels), -1), self.levels, strict=True):
            scale = torch.linspace(-1, 1, level, device=logits.device)
            parts.append((part.softmax(-1) * scale).sum(-1))
        return torch.stack(parts, -1)
