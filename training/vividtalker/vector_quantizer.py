"""Learned codebook with commitment loss (van den Oord 2017), the paper's quantiser, and several quantisers on one latent."""

import torch
from torch import nn

COMMITMENT = 0.25
CODE_WIDTH = 32
USE_DECAY = 0.99


class VectorQuantizer(nn.Module):
    """Nearest entry of a learned table; same interface as FiniteScalarQuantizer with `width` latent values per code.

    With `reset_below` > 0, entries whose running share of use falls below that fraction of the even share are replaced by
    latents of the batch while training; 0 is plain VQ. The running use is a buffer, so that resuming keeps it.
    """

    def __init__(self, size: int, width: int = CODE_WIDTH, reset_below: float = 0.0) -> None:
        super().__init__()
        self.size, self.width, self.reset_below = size, width, reset_below
        self.table = nn.Parameter(torch.empty(size, width).uniform_(-1 / size, 1 / size))
        self.register_buffer('use', torch.full((size,), 1 / size))

    def encode(self, latent: torch.Tensor) -> torch.Tensor:
        """Codes [...] int64 of a latent [..., D]."""
        distance = self.table.square().sum(-1) - 2 * latent @ self.table.T
        return distance.argmin(-1)

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        """Decoder input [..., D] of codes [...]."""
        return self.table[codes]

    def forward(self, latent: torch.Tensor) -> torch.Tensor:
        """Nearest entries [..., D] with straight-through gradient."""
        if self.training:
            self.count_use(latent.detach())
        return latent + (self.decode(self.encode(latent)) - latent).detach()

    def penalty(self, latent: torch.Tensor) -> torch.Tensor:
        """Codebook loss + 0.25 commitment loss; the first moves entries to latents, the second latents to entries."""
        entries = self.decode(self.encode(latent))
        codebook = (entries - latent.detach()).square().mean()
        return codebook + COMMITMENT * (latent - entries.detach()).square().mean()

    @torch.no_grad()
    def count_use(self, latent: torch.Tensor) -> None:
        """Updates the running use and replaces dead entries by random latents of the batch [..., D]."""
        flat = latent.flatten(0, -2)
        counts = torch.bincount(self.encode(flat), minlength=self.size)
        self.use.lerp_(counts / len(flat), 1 - USE_DECAY)
        dead = torch.nonzero(self.use < self.reset_below / self.size).flatten()
        if len(dead):
            self.table[dead] = flat[torch.randint(len(flat), (len(dead),))]
            self.use[dead] = 1 / self.size


class SplitQuantizer(nn.Module):
    """Several quantisers side by side on one latent: codes [..., G] instead of [...]."""

    def __init__(self, quantizers: list[nn.Module]) -> None:
        super().__init__()
        self.parts = nn.ModuleList(quantizers)
        self.widths = [part.width for part in quantizers]
        self.width = sum(self.widths)

    def forward(self, latent: torch.Tensor) -> torch.Tensor:
        """Quantised decoder input [..., D] with straight-through gradient."""
        pieces = latent.split(self.widths, -1)
        return torch.cat([part(piece) for part, piece in zip(self.parts, pieces, strict=True)], -1)

    def penalty(self, latent: torch.Tensor) -> torch.Tensor:
        """Sum of the parts' penalties."""
        return sum(part.penalty(piece) for part, piece in zip(self.parts, latent.split(self.widths, -1), strict=True))

    def encode(self, latent: torch.Tensor) -> torch.Tensor:
        """Codes [..., G] of a latent [..., D]."""
        pieces = latent.split(self.widths, -1)
        return torch.stack([part.encode(piece) for part, piece in zip(self.parts, pieces, strict=True)], -1)

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        """Decoder input [..., D] of codes [..., G]."""
        return torch.cat([part.decode(codes[..., group]) for group, part in enumerate(self.parts)], -1)
