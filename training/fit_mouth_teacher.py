"""Fits the dominance constants of the mouth teacher to the tracked lips of the GRID talker (training clips only)."""

import argparse
from pathlib import Path

import numpy as np
import torch

from vividtalker.corpus import read_grid
from vividtalker.dominance import ARTICULATORS, CONSTANTS_PATH, DominanceConstants
from vividtalker.phones import PHONE_INDEX, split_diphthongs

SCALE = (1.0, 0.05, 0.05)  # error units per articulator
FRAME_RATE_HZ = 25


def batch(utterances: list) -> tuple[torch.Tensor, ...]:
    """Padded phones and curves: index [N, P], start, end [N, P], present [N, P], curves [N, 75, 3]."""
    split = [split_diphthongs(u.phones) for u in utterances]
    width = max(len(phones) for phones in split)
    index = torch.zeros(len(split), width, dtype=torch.long)
    start, end, present = torch.zeros(3, len(split), width).unbind(0)
    for row, phones in enumerate(split):
        for column, phone in enumerate(phones):
            index[row, column] = PHONE_INDEX[phone.name]
            start[row, column], end[row, column], present[row, column] = phone.start, phone.end, 1
    curves = np.stack([np.stack([u.tracked[name] for name in ARTICULATORS], -1) for u in utterances])
    return index, start, end, present, torch.tensor(curves, dtype=torch.float32)


def predict(parameters: dict[str, torch.Tensor], data: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Dominance curves [N, 75, 3]."""
    index, start, end, present, curves = data
    time = torch.arange(curves.shape[1])[None, :, None] / FRAME_RATE_HZ
    outputs = []
    for articulator in range(len(ARTICULATORS)):
        value = {name: tensor[articulator][index][:, None] for name, tensor in parameters.items()}
        rise = (time - start[:, None] + value['lead']) / value['rise'].exp()
        fall = (end[:, None] + value['lag'] - time) / value['fall'].exp()
        logit = value['log_strength'] + torch.nn.functional.logsigmoid(rise) + torch.nn.functional.logsigmoid(fall)
        weight = (logit + (present[:, None] - 1) * 1e4).softmax(-1)
        outputs.append((weight * value['target']).sum(-1) * SCALE[articulator])
    return torch.stack(outputs, -1)


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--steps', type=int, default=250)
    arguments = parser.parse_args()
    torch.manual_seed(1)
    utterances = read_grid(arguments.corpus / 'grid-s1')
    train = batch([u for u in utterances if u.part == 'train'])
    test = batch([u for u in utterances if u.part == 'held-out'])
    count = torch.bincount(train[0][train[3] > 0], minlength=len(PHONE_INDEX)).float()
    initial = DominanceConstants.initial()
    parameters = {name: torch.tensor(values, dtype=torch.float32) for name, values in vars(initial).items()}
    for name in ('rise', 'fall'):
        parameters[name] = parameters[name].log()
    scale = torch.tensor(SCALE)
    parameters['target'] /= scale[:, None]  # optimised in error units, so that one step size suits all articulators
    start_values = {name: tensor.clone() for name, tensor in parameters.items()}
    for tensor in parameters.values():
        tensor.requires_grad_(True)
    rates = {'target': 0.02, 'log_strength': 0.03, 'lead': 0.003, 'lag': 0.003, 'rise': 0.03, 'fall': 0.03}
    optimiser = torch.optim.Adam([{'params': [tensor], 'lr': rates[name]} for name, tensor in parameters.items()])
    spread = {'target': 0.3, 'log_strength': 1.5, 'lead': 0.05, 'lag': 0.05, 'rise': 0.7, 'fall': 0.7}
    for step in range(arguments.steps):
        error = (predict(parameters, train) - train[4]) / scale
        prior = sum((((parameters[n] - start_values[n]) / spread[n]) ** 2).sum() for n in parameters)
        loss = torch.nn.functional.smooth_l1_loss(error, torch.zeros_like(error), beta=0.2) + 2e-5 * prior
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        with torch.no_grad():
            for name in ('lead', 'lag'):
                parameters[name].clamp_(-0.05, 0.15)
            for name in ('rise', 'fall'):
                parameters[name].clamp_(np.log(0.008), np.log(0.12))
        if step % 50 == 0 or step == arguments.steps - 1:
            with torch.no_grad():
                output = predict(parameters, test)
                r = [np.median([np.corrcoef(a, b)[0, 1] for a, b in zip(output[..., k], test[4][..., k], strict=True)])
                     for k in range(3)]
            print(step, f'{loss.item():.4f}', 'held-out r', np.round(r, 3), flush=True)
    fitted = {name: tensor.detach().double().numpy() for name, tensor in parameters.items()}
    for name in ('rise', 'fall'):
        fitted[name] = np.exp(fitted[name])
    fitted['target'] *= np.array(SCALE)[:, None]
    note = f'fitted to {len(train[0])} GRID s1 clips; phones seen: {int((count > 0).sum())}'
    DominanceConstants(**fitted).save(CONSTANTS_PATH, note)


if __name__ == '__main__':
    main()
