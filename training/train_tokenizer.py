"""Trains the tokenizer of one stream; resumable, writes a checkpoint with its configuration."""

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from vividtalker.checkpoint import load_checkpoint, save_checkpoint
from vividtalker.config import TokenizerConfig, as_dict, load_config
from vividtalker.losses import gap_loss, reconstruction_loss, stream_channel_weights
from vividtalker.store import Recording, Store
from vividtalker.streams import stream_motion
from vividtalker.tokenizer import Tokenizer


def crop_batch(
    store: Store, recordings: list[Recording], config: TokenizerConfig, rng: np.random.Generator
) -> torch.Tensor:
    """Random crops [batch, crop_frames, C]; short recordings are held at their ends."""
    crops = []
    for number in rng.integers(len(recordings), size=config.batch):
        recording = recordings[int(number)]
        spare = max(0, recording.frames - config.crop_frames)
        first = recording.start + int(rng.integers(spare + 1))
        last = min(first + config.crop_frames, recording.start + recording.frames)
        renditions = stream_motion(store, config.stream, slice(first, last))
        crop = renditions[int(rng.integers(len(renditions)))]
        short = config.crop_frames - len(crop)
        before = int(rng.integers(short + 1))
        crops.append(np.pad(crop, ((before, short - before), (0, 0)), mode='edge'))
    return torch.from_numpy(np.stack(crops))


def train(config: TokenizerConfig, store: Store, out: Path, minutes: float) -> Tokenizer:
    """Trains until the configured steps or the time are used up; returns the tokenizer."""
    torch.manual_seed(config.seed)
    tokenizer = Tokenizer(config)
    optimiser = torch.optim.AdamW(tokenizer.parameters(), lr=config.learning_rate, weight_decay=0.01, betas=(0.9, 0.99))
    first = 0
    if out.exists():
        state = load_checkpoint(out)
        tokenizer.load_state_dict(state['model'])
        optimiser.load_state_dict(state['optimiser'])
        first = state['step']
    weights = stream_channel_weights(config)
    recordings = store.select('train')
    begun = time.time()
    for step in range(first, config.steps):
        spent = (time.time() - begun) / 60 / max(minutes, 1e-6)
        progress = max(step / config.steps, spent)
        rate = float(config.learning_rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * min(1, progress))))
        for group in optimiser.param_groups:
            group['lr'] = rate
        target = crop_batch(store, recordings, config, np.random.default_rng([config.seed, step]))
        output, codebook_loss = tokenizer.with_codebook_loss(target)
        loss = codebook_loss + reconstruction_loss(
            output, target, tokenizer.scale, weights, config.velocity_weight, config.acceleration_weight
        )
        if config.stream != 'head':
            loss = loss + 0.5 * gap_loss(output, target)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(tokenizer.parameters(), 1.0)
        optimiser.step()
        done = step == config.steps - 1 or spent >= 1
        if step % 200 == 0 or done:
            print(f'{config.stream} tokenizer step {step} loss {loss.item():.4f} {time.time() - begun:.0f} s', flush=True)
        if (step % 500 == 499) or done:
            save_checkpoint(out, tokenizer, optimiser, step + 1, as_dict(config), store.data_hash)
        if spent >= 1:
            break
    return tokenizer


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('stream', choices=['head', 'mouth'])
    parser.add_argument('--config', type=Path, default=Path(__file__).parent / 'configs/base.toml')
    parser.add_argument('--data', type=Path, required=True)
    parser.add_argument('--out', type=Path, required=True, help='run folder')
    parser.add_argument('--minutes', type=float, default=60)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    config = load_config(arguments.config).stream(arguments.stream).tokenizer
    train(config, Store(arguments.data), arguments.out / f'{arguments.stream}-tokenizer.pt', arguments.minutes)


if __name__ == '__main__':
    main()
