"""Writes sampled-codes.json: windows drawn by the training code's sampler, for the engine's to match code for code.

Run from the repository root with the training environment: `PYTHONPATH=training python test/golden/models/make_sampled_codes.py`.
The network is a formula over whole numbers, so that both languages see exactly the same logits.
"""

import json
from pathlib import Path

import numpy as np
from vividtalker.sampler import Sampling, sample_window

CASES = [
    ('head', [32], 40, 0, [], Sampling(8, 1.0, 0.95, 1.5, 4.0)),
    ('head', [32], 40, 45, list(range(15)) + [37, 38, 39], Sampling(8, 0.8, 0.9, 2.0, 4.0)),
    ('mouth', [20, 12, 16], 50, 105, list(range(15)), Sampling(3, 0.6, 0.9, 1.0, 1.0, [-0.5, 0.25] * 8)),
    ('mouth', [20, 12, 16], 50, 7, [], Sampling(4, 0.0, 1.0, 1.0, 0.0)),
]


def predict(codes: np.ndarray, features: np.ndarray, style: np.ndarray, drop: np.ndarray) -> np.ndarray:
    """Logits [B, T, K] in hundredths from token, code, the first codes of the token before and of its own, and the drop flag."""
    batch, tokens, _ = codes.shape
    before = np.concatenate((np.zeros((batch, 1), np.int64), codes[:, :-1, 0]), 1)[:, :, None]
    own = codes[:, :, :1]
    token = np.arange(tokens)[None, :, None]
    code = np.arange(int(style[0, 0]))[None, None, :]
    hundredths = (token * 7919 + code * 104729 + before * 31 + own * 17 + drop[:, :1, None].astype(np.int64) * code * 13) % 700
    return (hundredths / 100).astype(np.float32)


def main() -> None:
    """Draws every case with two seeds."""
    cases = []
    for stream, sizes, tokens, first, locked, sampling in CASES:
        for seed in (1, 4000000000):
            codes = np.tile(np.array(sizes, np.int64), (tokens, 1))
            codes[locked] = [3, 1, 2][: len(sizes)]
            style = np.array([sum(sizes)], np.float32)
            drawn = sample_window(predict, codes, sizes, np.zeros((1, 1)), style, first, seed, stream, sampling)
            cases.append(
                {
                    'stream': stream, 'groupSizes': sizes, 'tokenCount': tokens, 'firstToken': first, 'locked': locked, 'seed': seed,
                    'settings': {
                        'steps': sampling.steps, 'temperature': sampling.temperature, 'topP': sampling.top_p, 'guidance': sampling.guidance,
                        'confidenceNoise': sampling.confidence_noise, 'logitBias': sampling.logit_bias,
                    },
                    'codes': drawn.reshape(-1).tolist(),
                }
            )  # fmt: skip
    target = Path(__file__).with_name('sampled-codes.json')
    target.write_text(json.dumps(cases, separators=(',', ':')).replace('},{"stream', '},\n{"stream') + '\n')


if __name__ == '__main__':
    main()
