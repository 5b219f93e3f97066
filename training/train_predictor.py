"""Trains the masked transformer of one stream; resumable, keeps an exponential average of the weights."""

import argparse
import copy
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from vividtalker.checkpoint import load_checkpoint, load_tokenizer, save_checkpoint
from vividtalker.config import PredictorConfig, as_dict, load_config
from vividtalker.objective import predictor_losses
from vividtalker.store import Store
from vividtalker.tokenizer import Tokenizer
from vividtalker.transformer import Predictor
from vividtalker.windows import Batch, encode_recordings, make_batch, random_drop, recording_chances, training_inputs

SOURCES = {'mouth': (), 'head': ('kokoro', 'speechocean', 'nonspeech'), 'joint': ('kokoro', 'speechocean', 'nonspeech')}


def learning_rate(config: PredictorConfig, step: int, progress: float) -> float:
    """Linear warm-up, then a cosine to 2 % over the given progress 0..1."""
    warm = min(1.0, (step + 1) / config.warmup_steps)
    return float(config.learning_rate * warm * (0.02 + 0.98 * (0.5 + 0.5 * np.cos(np.pi * min(1.0, progress)))))


def train(
    config: PredictorConfig, tokenizer: Tokenizer, store: Store, out: Path, minutes: float, bfloat16: bool
) -> Predictor:
    """Trains on a store until the configured steps or the minutes (over all resumed runs) are used up; returns the average."""
    items = encode_recordings(tokenizer, store, store.select('train', SOURCES[config.stream]))
    chances = recording_chances(items)
    torch.manual_seed(config.seed)
    predictor = Predictor(config, tokenizer.code_levels)

    def draw(step: int) -> Batch:
        return make_batch(items, chances, store, config, step)

    return optimise(predictor, tokenizer, draw, store.data_hash, out, minutes, bfloat16)


def optimise(
    predictor: Predictor, tokenizer: Tokenizer, draw: Callable[[int], Batch], data_hash: str, out: Path, minutes: float,
    bfloat16: bool,
) -> Predictor:  # fmt: skip
    """Trains a predictor on the batches `draw` gives for each step, going on from `out` if it exists; returns the average."""
    config = predictor.config
    average = copy.deepcopy(predictor).requires_grad_(False)
    optimiser = torch.optim.AdamW(
        predictor.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay, betas=(0.9, 0.98)
    )
    first = 0
    if out.exists():
        state = load_checkpoint(out)
        predictor.load_state_dict(state['model'])
        average.load_state_dict(state['average'])
        optimiser.load_state_dict(state['optimiser'])
        first = state['step']
    begun, saved, recent = time.time(), time.time(), []
    for step in range(first, config.steps):
        spent = (time.time() - begun) / 60 / max(minutes, 1e-6)
        for group in optimiser.param_groups:
            group['lr'] = learning_rate(config, step, max(step / config.steps, spent))
        batch = draw(step)
        rng = np.random.default_rng([config.seed, step, 1])
        masks, hidden_codes = training_inputs(config, batch.codes, predictor.group_sizes, rng)
        drop = random_drop(config, len(batch.codes), rng)
        with torch.autocast('cpu', torch.bfloat16, enabled=bfloat16):
            losses = predictor_losses(
                predictor, tokenizer, config, batch, hidden_codes, torch.from_numpy(masks), drop
            )
        loss = sum(losses.values())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(predictor.parameters(), 1.0)
        optimiser.step()
        decay = min(config.average_decay, (step + 1) / (step + 20))
        with torch.no_grad():
            for kept, new in zip(average.parameters(), predictor.parameters(), strict=True):
                kept.lerp_(new, 1 - decay)
        recent.append([value.item() for value in losses.values()])
        done = step == config.steps - 1 or spent >= 1
        if step % 100 == 99 or done:
            means = ' '.join(f'{name} {value:.3f}' for name, value in zip(losses, np.mean(recent, 0), strict=True))
            print(f'{config.stream} step {step + 1} {means} {time.time() - begun:.0f} s', flush=True)
            recent = []
        if time.time() - saved > 150 or done:
            save_checkpoint(out, predictor, optimiser, step + 1, as_dict(config), data_hash, average)
            saved = time.time()
        if spent >= 1:
            break
    return average


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('stream', choices=['head', 'mouth'])
    parser.add_argument('--config', type=Path, default=Path(__file__).parent / 'configs/base.toml')
    parser.add_argument('--data', type=Path, required=True)
    parser.add_argument('--out', type=Path, required=True, help='run folder with the trained tokenizer')
    parser.add_argument('--minutes', type=float, default=60)
    parser.add_argument('--bfloat16', action='store_true', help='mixed precision; faster on CPUs with AVX512-BF16 or AMX')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    config = load_config(arguments.config).stream(arguments.stream).predictor
    tokenizer = load_tokenizer(arguments.out / f'{arguments.stream}-tokenizer.pt')
    path = arguments.out / f'{arguments.stream}-predictor.pt'
    train(config, tokenizer, Store(arguments.data), path, arguments.minutes, arguments.bfloat16)


if __name__ == '__main__':
    main()
