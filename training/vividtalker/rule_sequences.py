"""E2: does the masked window transformer learn a known rule? Codes that follow the sound by a rule, with a known ceiling.

A class is heard per token (its own random spectrum). One digit of a token's code is its class mod 4, the other the class of
the token before mod 4; or, with a chance of one in ten, any code. No guess from the sound can be right more often than
0.9 + 0.1 / 16.
"""

import dataclasses
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from .config import PredictorConfig, TokenizerConfig
from .features import FEATURE_COUNT
from .sampler import Sampling, decode_clip, sample_window, torch_predict
from .style import STYLE_COUNT
from .tokenizer import DECODER_REACH_FRAMES, Tokenizer
from .transformer import Predictor
from .windows import Batch

CLASSES = 16
NOISE_SHARE = 0.1
CEILING = 1 - NOISE_SHARE + NOISE_SHARE / CLASSES
CHANCE = 1 / CLASSES
TOKENS = 30
ROWS_PER_TOKEN = 8
LEVELS = [[4, 4]]
CONFIG = PredictorConfig(
    stream='head', width=48, layers=2, heads=2, feed_forward=2, full_joint=True, window_tokens=TOKENS, steps=240, batch=8,
    learning_rate=3e-3, warmup_steps=20, average_decay=0.98, all_masked=0.5, drop_audio=0.0, drop_style=0.1,
    phone_weight=0.0, decoded_weight=0.0,
)  # fmt: skip


# The product's training loop, train_predictor.optimise: predictor, tokenizer, batch per step, data hash, file, minutes, bfloat16.
Optimise = Callable[[Predictor, Tokenizer, Callable[[int], Batch], str, Path, float, bool], Predictor]


def rule_batch(rng: np.random.Generator, count: int, tokens: int = TOKENS) -> Batch:
    """Sequences whose codes follow the rule; codes [count, tokens, 1], features [count, 8 tokens, 84]."""
    spectra = np.random.default_rng(7).normal(size=(CLASSES, FEATURE_COUNT))
    classes = rng.integers(CLASSES, size=(count, tokens + 1))
    codes = classes[:, 1:] % 4 + 4 * (classes[:, :-1] % 4)
    free = rng.random(codes.shape) < NOISE_SHARE
    codes = np.where(free, rng.integers(CLASSES, size=codes.shape), codes)
    features = np.repeat(spectra[classes[:, 1:]], ROWS_PER_TOKEN, axis=1)
    features += 0.1 * rng.normal(size=features.shape)
    weight = torch.ones(count, tokens)
    weight[:, 0] = 0  # its class before is not heard
    return Batch(
        torch.from_numpy(codes[..., None]), torch.from_numpy(features.astype(np.float32)), torch.zeros(count, STYLE_COUNT),
        torch.zeros(count, 4 * tokens, dtype=torch.long), weight,
    )  # fmt: skip


def train_on_rule(optimise: Optimise, seed: int, steps: int) -> Predictor:
    """A tiny predictor trained on rule sequences."""
    torch.manual_seed(seed)
    tokenizer = Tokenizer(TokenizerConfig(stream='head', levels=LEVELS, width=8))
    predictor = Predictor(dataclasses.replace(CONFIG, seed=seed, steps=steps), tokenizer.code_levels)

    def draw(step: int) -> Batch:
        return rule_batch(np.random.default_rng([seed, step]), CONFIG.batch)

    with tempfile.TemporaryDirectory() as folder:
        average = optimise(predictor, tokenizer, draw, 'rule', Path(folder) / 'rule.pt', 10, False)
    return average.eval()


def masked_accuracy(predictor: Predictor, batch: Batch, features: torch.Tensor) -> float:
    """Share of codes found by argmax when all tokens of a batch are hidden."""
    hidden = torch.full_like(batch.codes, CLASSES)
    with torch.no_grad():
        logits = predictor(hidden, features, batch.style, torch.zeros(len(features), 2))
    return float((logits.argmax(-1) == batch.codes[..., 0])[:, 1:].float().mean())


def resample_span(predictor: Predictor, seed: int) -> dict[str, float | int | bool]:
    """Re-samples the middle third of a sequence: what happens to locked codes and to frames out of the decoder's reach."""
    torch.manual_seed(seed)
    tokenizer = Tokenizer(TokenizerConfig(stream='head', levels=LEVELS, width=8)).eval()
    batch = rule_batch(np.random.default_rng([seed, 99]), 1)
    codes = batch.codes[0].numpy()
    span = slice(TOKENS // 3, 2 * TOKENS // 3)
    hidden = codes.copy()
    hidden[span] = CLASSES
    sampling = Sampling(steps=8, temperature=3.0, top_p=1.0, guidance=1.0, confidence_noise=4.0)
    drawn = sample_window(
        torch_predict(predictor), hidden, predictor.group_sizes, batch.features[0].numpy(), batch.style[0].numpy(), 0, seed,
        'head', sampling,
    )  # fmt: skip
    outside = np.ones(TOKENS, bool)
    outside[span] = False
    frames, reach = tokenizer.frames_per_token, DECODER_REACH_FRAMES['head']
    before, after = (decode_clip(tokenizer, values) for values in (codes, drawn))
    far = np.ones(len(before), bool)
    far[span.start * frames - reach : span.stop * frames + reach] = False
    return {
        'lockedCodesEqual': bool(np.array_equal(codes[outside], drawn[outside])),
        'codesChanged': int((codes[span] != drawn[span]).sum()),
        'framesOutOfReachEqual': before[far].tobytes() == after[far].tobytes(),
        'framesOutOfReach': int(far.sum()),
    }  # fmt: skip


def rule_experiment(optimise: Optimise, seeds: list[int], steps: int = CONFIG.steps) -> dict:
    """Accuracy per seed on new sequences, with their own sound and with the sound of another sequence; re-sampling checks."""
    rows = []
    for seed in seeds:
        predictor = train_on_rule(optimise, seed, steps)
        batch = rule_batch(np.random.default_rng([seed, 123456]), 64)
        rows.append({
            'seed': seed, 'accuracy': masked_accuracy(predictor, batch, batch.features),
            'shuffled': masked_accuracy(predictor, batch, batch.features.roll(1, 0)), **resample_span(predictor, seed),
        })  # fmt: skip
    return {'ceiling': CEILING, 'chance': CHANCE, 'steps': steps, 'runs': rows}
