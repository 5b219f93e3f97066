"""Wrinkle weights: a rule from the expression (measured skin compression per shape) and slow phrase-level effort."""

import numpy as np

from .face import DETAIL_NAMES, MOUTH_INDEX

# Compression of each region at weight 1 of each driver, halved scale: weight sum = table / 0.5.
_DRIVERS = {
    'forehead': {'browUp': 0.29, 'browDown': 0.20, 'noseSneer': 0.13},
    'glabella': {'browUp': 0.07, 'browDown': 0.52, 'noseSneer': 0.34},
    'noseBridge': {
        'browUp': 0.06, 'browDown': 0.12, 'noseSneer': 0.21, 'cheekSquint': 0.03, 'eyeSquint': 0.06,
        'mouthSmile': 0.02, 'mouthUpperUp': 0.07, 'mouthPucker': 0.06, 'mouthStretch': 0.03,
    },
    'crow': {
        'browUp': 0.05, 'browDown': 0.25, 'noseSneer': 0.06, 'cheekSquint': 0.59, 'eyeSquint': 0.39,
        'mouthSmile': 0.10, 'mouthStretch': 0.02,
    },
    'underEye': {
        'browUp': 0.03, 'noseSneer': 0.10, 'cheekSquint': 0.44, 'eyeSquint': 0.11, 'mouthSmile': 0.12,
        'mouthUpperUp': 0.06, 'mouthPucker': 0.03, 'mouthStretch': 0.03,
    },
    'nasolabial': {
        'noseSneer': 0.07, 'cheekSquint': 0.09, 'mouthSmile': 0.42, 'mouthUpperUp': 0.16, 'mouthFrown': 0.13,
        'mouthShrugLower': 0.13, 'mouthPucker': 0.20, 'mouthStretch': 0.23, 'mouthDimple': 0.19,
    },
    'marionette': {'mouthFrown': 0.30, 'mouthShrugLower': 0.30},
    'chin': {
        'mouthFrown': 0.15, 'mouthShrugLower': 0.18, 'mouthPucker': 0.37, 'mouthStretch': 0.10,
        'mouthSmile': 0.02, 'mouthUpperUp': 0.02,
    },
    'lipPurse': {'mouthPucker': 0.45, 'mouthFunnel': 0.20, 'mouthPress': 0.35},
}  # fmt: skip


_SETTLING = np.array([1, 2, 3, 2, 1]) / 9


def _driver(motion: np.ndarray, name: str, side: str) -> np.ndarray:
    """One driver curve; sides '' average left and right."""
    if side == '':
        return (_driver(motion, name, 'Left') + _driver(motion, name, 'Right')) / 2
    if name == 'browUp':
        return (motion[:, MOUTH_INDEX['browInnerUp']] + motion[:, MOUTH_INDEX[f'browOuterUp{side}']]) / 2
    paired = f'{name}{side}'
    return motion[:, MOUTH_INDEX[paired if paired in MOUTH_INDEX else name]]


def wrinkle_weights(motion: np.ndarray, effort: np.ndarray | float = 0.0) -> np.ndarray:
    """Wrinkle weights [frames, 14] of motion [frames, 58]; effort 0..1 deepens what the expression folds."""
    result = np.zeros((len(motion), len(DETAIL_NAMES)), np.float32)
    for column, name in enumerate(DETAIL_NAMES):
        region, side = (name[:-1], {'L': 'Left', 'R': 'Right'}[name[-1]]) if name[-1] in 'LR' else (name, '')
        total = sum(weight / 0.5 * _driver(motion, driver, side) for driver, weight in _DRIVERS[region].items())
        total = total * (1 + 0.5 * effort) + 0.05 * effort
        unit = np.clip((total - 0.05) / 0.30, 0, 1)
        result[:, column] = unit * unit * (3 - 2 * unit)
    return result


def settled(weights: np.ndarray) -> np.ndarray:
    """Wrinkle weights [frames, 14] at 30 fps smoothed over 5 frames: lips may move within one, a fold that does so pops."""
    edge = len(_SETTLING) // 2
    padded = np.pad(weights, ((edge, edge), (0, 0)), mode='edge')
    return np.stack([np.convolve(column, _SETTLING, 'valid') for column in padded.T], 1).astype(np.float32)
