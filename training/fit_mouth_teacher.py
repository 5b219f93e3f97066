"""Fits the mouth teacher, dominance constants and then their learned correction, to the tracked lips of the GRID talker."""

import argparse
from pathlib import Path

import numpy as np
import torch

from vividtalker.corpus import read_grid
from vividtalker.dominance import CONSTANTS_PATH, DominanceConstants
from vividtalker.dominance_fit import fit_constants, model_curves
from vividtalker.learned_teacher import save_correction, train_teacher
from vividtalker.lip_marks import clip_levels, lip_marks
from vividtalker.teacher_comparison import Talk, network_marks


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
    talk = {}
    for part in ('train', 'validation', 'test'):  # the last chooses nothing
        chosen = [number for number, utterance in enumerate(utterances) if utterance.part == part]
        talk[part] = Talk.of([utterances[number] for number in chosen], [levels[number] for number in chosen])
    train = talk['train'].data
    constants = fit_constants(train, arguments.steps)
    constants.save(CONSTANTS_PATH, f'fitted to {len(train.index)} GRID s1 clips; phones seen: {len(np.unique(train.index))}')
    constants = DominanceConstants.load()
    correction = train_teacher(talk['train'].lip_set(False, constants), talk['validation'].lip_set(False, constants), seed=1)
    save_correction(correction)
    for part in ('validation', 'test'):
        print(part, 'rule', lip_marks(model_curves(constants, talk[part].data), talk[part].data))
        print(part, 'corrected', lip_marks(network_marks(correction, talk[part], constants), talk[part].data))
    print('loudness', np.round(constants.loudness, 3))


if __name__ == '__main__':
    main()
