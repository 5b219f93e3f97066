"""Checkpoints: weights, optimiser, step, configuration and data hash in one file."""

import hashlib
from pathlib import Path
from typing import Any

import torch
from torch import nn

from .config import PredictorConfig, TokenizerConfig
from .tokenizer import Tokenizer
from .transformer import Predictor


def save_checkpoint(
    path: Path, model: nn.Module, optimiser: torch.optim.Optimizer, step: int, config: dict[str, Any], data_hash: str,
    average: nn.Module | None = None,
) -> None:  # fmt: skip
    """Writes atomically, so that a stopped run never leaves half a file."""
    state = {
        'model': model.state_dict(), 'optimiser': optimiser.state_dict(), 'step': step, 'config': config,
        'dataHash': data_hash, 'average': None if average is None else average.state_dict(),
    }  # fmt: skip
    partial = path.with_suffix('.partial')
    torch.save(state, partial)
    partial.replace(path)


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Reads a checkpoint written by save_checkpoint."""
    return torch.load(path, map_location='cpu', weights_only=True)


def load_tokenizer(path: Path) -> Tokenizer:
    """A frozen tokenizer, rebuilt from the configuration in its checkpoint."""
    state = load_checkpoint(path)
    tokenizer = Tokenizer(TokenizerConfig(**state['config']))
    tokenizer.load_state_dict(state['model'])
    return tokenizer.requires_grad_(False).eval()


def load_predictor(path: Path, tokenizer: Tokenizer) -> Predictor:
    """The averaged predictor of a checkpoint, frozen."""
    state = load_checkpoint(path)
    predictor = Predictor(PredictorConfig(**state['config']), tokenizer.code_levels)
    predictor.load_state_dict(state['average'])
    return predictor.requires_grad_(False).eval()


def model_hash(run: Path) -> str:
    """Hash over all checkpoint files of a run."""
    digest = hashlib.sha256()
    for path in sorted(run.glob('*.pt')):
        digest.update(path.read_bytes())
    return digest.hexdigest()
