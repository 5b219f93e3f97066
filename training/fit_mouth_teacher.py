"""Fits the dominance constants of the mouth teacher to the tracked lips of the GRID talker (training clips only)."""

import argparse
from pathlib import Path

import numpy as np
import torch

from vividtalker.corpus import read_grid
from vividtalker.dominance import CONSTANTS_PATH
from vividtalker.dominance_fit import fit_constants, lip_data, model_curves
from vividtalker.lip_marks import clip_levels, lip_marks


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--steps', type=int, default=350)
    parser.add_argument('--levels', type=Path, help='file that keeps the measured sound levels between runs (.npz)')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    utterances = read_grid(arguments.corpus / 'grid-s1')
    levels = clip_levels(utterances, arguments.levels)
    part = lambda name: [number for number, u in enumerate(utterances) if u.part == name]  # noqa: E731
    pick = lambda numbers: lip_data([utterances[n] for n in numbers], [levels[n] for n in numbers])  # noqa: E731
    train = pick(part('train'))
    constants = fit_constants(train, arguments.steps)
    for name in ('validation', 'test'):
        data = pick(part(name))
        print(name, lip_marks(model_curves(constants, data), data))
    print('loudness', np.round(constants.loudness, 3))
    constants.save(CONSTANTS_PATH, f'fitted to {len(train.index)} GRID s1 clips; phones seen: {len(np.unique(train.index))}')


if __name__ == '__main__':
    main()
