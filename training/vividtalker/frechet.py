"""Frechet distance between sets of motion windows, on the code of a small autoencoder trained on teacher motion only.

Heusel et al. 2017 for the distance; evaluation recipe: windows of 2 s, hop 0.5 s, 32 values, equal numbers, 5 bootstraps.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

WINDOW_FRAMES, HOP_FRAMES = 60, 15
CODE_SIZE = 32
BOOTSTRAPS = 5


def motion_windows(motions: list[np.ndarray], velocity: bool = False) -> np.ndarray:
    """Windows of 2 s every 0.5 s of clips [frames, C], flattened; velocities per frame if asked; [N, 60 C] float32."""
    windows = []
    for motion in motions:
        values = np.diff(motion, axis=0, prepend=motion[:1]) if velocity else motion
        starts = range(0, len(values) - WINDOW_FRAMES + 1, HOP_FRAMES)
        windows += [values[start : start + WINDOW_FRAMES].ravel() for start in starts]
    return np.asarray(windows, np.float32)


class WindowEncoder(nn.Module):
    """Autoencoder of standardised windows; `code` is the 32-value description the distance is taken on."""

    def __init__(self, size: int, width: int = 128) -> None:
        super().__init__()
        self.register_buffer('mean', torch.zeros(size))
        self.register_buffer('scale', torch.ones(size))
        self.encoder = nn.Sequential(nn.Linear(size, width), nn.GELU(), nn.Linear(width, CODE_SIZE))
        self.decoder = nn.Sequential(nn.Linear(CODE_SIZE, width), nn.GELU(), nn.Linear(width, size))

    def forward(self, windows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Standardised windows and their reconstruction, both [N, size]."""
        standard = (windows - self.mean) / self.scale
        return standard, self.decoder(self.encoder(standard))

    @torch.no_grad()
    def code(self, windows: np.ndarray) -> np.ndarray:
        """Codes [N, 32] of windows [N, size]."""
        return self.encoder((torch.from_numpy(windows) - self.mean) / self.scale).numpy().astype(np.float64)


def train_encoder(windows: np.ndarray, seed: int, steps: int = 800, batch: int = 128) -> WindowEncoder:
    """Fits the autoencoder to windows [N, size]; one common scale, so that quiet values do not count like loud ones."""
    torch.manual_seed(seed)
    encoder = WindowEncoder(windows.shape[1])
    encoder.mean.copy_(torch.from_numpy(windows.mean(0)))
    encoder.scale.fill_(float(windows.std(0).mean()) + 1e-9)
    optimiser = torch.optim.AdamW(encoder.parameters(), lr=1e-3)
    rng = np.random.default_rng(seed)
    for _ in range(steps):
        standard, output = encoder(torch.from_numpy(windows[rng.integers(len(windows), size=batch)]))
        loss = functional.mse_loss(output, standard)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return encoder.requires_grad_(False).eval()


def frechet_distance(first: np.ndarray, second: np.ndarray) -> float:
    """Squared Frechet distance of two sets of codes [N, D] taken as normal distributions."""
    difference = first.mean(0) - second.mean(0)
    covariances = [np.cov(codes, rowvar=False) for codes in (first, second)]
    values, vectors = np.linalg.eigh(covariances[0])
    root = vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T
    cross = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ covariances[1] @ root), 0)).sum()
    return float(difference @ difference + np.trace(covariances[0]) + np.trace(covariances[1]) - 2 * cross)


def bootstrapped_distance(first: np.ndarray, second: np.ndarray, seed: int) -> dict[str, float | int]:
    """Mean and spread of the distance over 5 resamplings with equal numbers of windows from codes [N, D]."""
    rng = np.random.default_rng(seed)
    count = min(len(first), len(second))
    distances = [
        frechet_distance(first[rng.integers(len(first), size=count)], second[rng.integers(len(second), size=count)])
        for _ in range(BOOTSTRAPS)
    ]
    return {'mean': float(np.mean(distances)), 'sd': float(np.std(distances)), 'windows': count}
