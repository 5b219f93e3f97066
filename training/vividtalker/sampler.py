"""Masked sampling of whole clips, with the counter-based random numbers of docs/model-contract.md."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch

from .features import SILENCE_FEATURES
from .streams import MOUTH_COUNT
from .tokenizer import Tokenizer
from .transformer import STEM_LOOK_AHEAD_TOKENS, Predictor

STREAM_NUMBERS = {'head': 1, 'mouth': 2, 'joint': 3}
_DRAW, _CONFIDENCE = 1, 2
_EMPTY_KEY = 0x9E3779B9
_MASK = np.uint64(0xFFFFFFFF)

# codes [B, T, G], features [B, rows, 84], style [B, S], drop [B, 2] -> logits [B, T, sum(sizes)]
Predict = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray]


@dataclass
class Sampling:
    """The sampling entry of a manifest."""

    steps: int
    temperature: float
    top_p: float
    guidance: float
    confidence_noise: float
    logit_bias: list[float] = field(default_factory=list)

    @staticmethod
    def of(values: dict) -> 'Sampling':
        """From manifest keys."""
        return Sampling(
            values['steps'], values['temperature'], values['topP'], values['guidance'], values['confidenceNoise'],
            list(values['logitBias']),
        )  # fmt: skip


def extend_key(key: np.ndarray | int, word: np.ndarray | int) -> np.ndarray:
    """Adds one word to 32-bit keys (held in uint64); the finaliser is a bijection of 32 bits."""
    value = ((np.asarray(key, np.uint64) ^ np.asarray(word, np.uint64)) + np.uint64(0x9E3779B9)) & _MASK
    value ^= value >> np.uint64(16)
    value = (value * np.uint64(0x21F0AAAD)) & _MASK
    value ^= value >> np.uint64(15)
    value = (value * np.uint64(0x735A2D97)) & _MASK
    return value ^ (value >> np.uint64(15))


def gumbel(key: np.ndarray) -> np.ndarray:
    """Standard Gumbel numbers of finished keys."""
    return -np.log(-np.log((key.astype(np.float64) + 0.5) / 4294967296))


def _keys(seed: int, stream: str, purpose: int, tokens: np.ndarray, last: int) -> np.ndarray:
    key = extend_key(extend_key(extend_key(_EMPTY_KEY, seed), STREAM_NUMBERS[stream]), purpose)
    return extend_key(extend_key(np.broadcast_to(key, tokens.shape), tokens), last)


def draw_codes(logits: np.ndarray, keys: np.ndarray, sampling: Sampling) -> tuple[np.ndarray, np.ndarray]:
    """Draws a code per row of logits [N, size]: temperature, nucleus, Gumbel-max; also log p under the tempered law."""
    scaled = logits / (sampling.temperature or 1.0)
    log_p = scaled - scaled.max(1, keepdims=True)
    log_p -= np.log(np.exp(log_p).sum(1, keepdims=True))
    rows = np.arange(len(logits))
    if sampling.temperature <= 0:
        chosen = scaled.argmax(1)
        return chosen, log_p[rows, chosen]
    sorted_p, order = torch.sort(torch.from_numpy(log_p), dim=1, descending=True, stable=True)
    mass = sorted_p.exp().cumsum(1)
    count = (mass < sampling.top_p).sum(1).numpy() + 1  # size of the nucleus
    chosen = np.empty(len(logits), np.int64)
    for row, codes in enumerate(order.numpy()):
        nucleus = np.sort(codes[: count[row]])
        chosen[row] = nucleus[np.argmax(scaled[row, nucleus] + gumbel(extend_key(keys[row], nucleus)))]
    return chosen, log_p[rows, chosen]


def draw_group(
    logits: np.ndarray, tokens: np.ndarray, group: int, sizes: list[int], seed: int, stream: str, sampling: Sampling
) -> tuple[np.ndarray, np.ndarray]:
    """Draws one group of the tokens with absolute numbers `tokens` [N] from logits [N, sum(sizes)]; codes [N], their log p [N]."""
    offset = sum(sizes[:group])
    part = logits[:, offset : offset + sizes[group]].astype(np.float64)
    if group == len(sizes) - 1 and sampling.logit_bias:
        part = part + np.array(sampling.logit_bias)
    return draw_codes(part, _keys(seed, stream, _DRAW, tokens, group), sampling)


def sample_window(
    predict: Predict, codes: np.ndarray, sizes: list[int], features: np.ndarray, style: np.ndarray, first_token: int,
    seed: int, stream: str, sampling: Sampling,
) -> np.ndarray:  # fmt: skip
    """Draws the masked codes of one window; codes [T, G], features [rows, 84], style [S] -> codes [T, G].

    Codes, not tokens, are revealed, the surest first: the groups of a token are drawn by each other and agree.
    """
    codes = codes.copy()
    places = np.argwhere(codes == np.array(sizes))  # [N, 2]: token, group
    total = len(places)
    for step in range(sampling.steps):
        last = step >= sampling.steps - 1
        share = np.cos(np.pi / 2 * (step + 1) / sampling.steps)
        keep = 0 if last else int(np.ceil(total * share - 1e-9))
        if len(places) <= keep:
            continue
        if sampling.guidance == 1:
            logits = predict(codes[None], features[None], style[None], np.zeros((1, 2), np.float32))[0]
        else:
            drop = np.array([[0, 0], [1, 1]], np.float32)
            both = predict(*(np.stack((x, x)) for x in (codes, features, style)), drop)
            logits = both[1] + sampling.guidance * (both[0] - both[1])
        noise = sampling.confidence_noise * (1 - (step + 1) / sampling.steps)
        drawn, score = np.empty(len(places), np.int64), np.empty(len(places))
        for group in range(len(sizes)):
            chosen = places[:, 1] == group
            tokens = places[chosen, 0]
            drawn[chosen], score[chosen] = draw_group(logits[tokens], tokens + first_token, group, sizes, seed, stream, sampling)
            if noise > 0 and sampling.temperature > 0:
                keys = extend_key(_keys(seed, stream, _CONFIDENCE, tokens + first_token, step), group)
                score[chosen] += noise * gumbel(keys)
        order = np.lexsort((places[:, 1], places[:, 0], -score))
        revealed = order[: len(places) - keep]
        codes[places[revealed, 0], places[revealed, 1]] = drawn[revealed]
        places = places[np.sort(order[len(places) - keep :])]
    return codes


def sample_left_to_right(
    predict: Predict, codes: np.ndarray, sizes: list[int], features: np.ndarray, style: np.ndarray, first_token: int,
    seed: int, stream: str, sampling: Sampling,
) -> np.ndarray:  # fmt: skip
    """Draws the masked tokens of one window one by one, each from the codes before it: for causal networks."""
    codes = codes.copy()
    rows = len(features) // len(codes)
    for token in np.flatnonzero(codes[:, 0] == sizes[0]):
        end = min(len(codes), token + 1 + STEM_LOOK_AHEAD_TOKENS)
        logits = predict(codes[None, :end], features[None, : end * rows], style[None], np.zeros((1, 2), np.float32))[0]
        row, place = logits[token : token + 1], np.array([token + first_token])
        codes[token] = [draw_group(row, place, group, sizes, seed, stream, sampling)[0][0] for group in range(len(sizes))]
    return codes


def torch_predict(predictor: Predictor) -> Predict:
    """Runs a torch predictor on arrays."""

    def predict(codes: np.ndarray, features: np.ndarray, style: np.ndarray, drop: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            tensors = (torch.from_numpy(np.ascontiguousarray(x)) for x in (codes, features, style, drop))
            return predictor(*tensors).numpy()

    return predict


def sample_clip(
    predictor: Predictor, tokenizer: Tokenizer, features: np.ndarray, style: np.ndarray, seed: int, sampling: Sampling,
    window_tokens: int, overlap_tokens: int,
) -> np.ndarray:  # fmt: skip
    """Codes [tokens, G] of a whole clip from its 60-Hz feature rows, window by window from the left."""
    rows = predictor.rows_per_token
    count = -(-len(features) // rows)
    sizes = predictor.group_sizes
    stride = window_tokens - overlap_tokens
    windows = max(1, -(-(count - overlap_tokens) // stride))
    capacity = (windows - 1) * stride + window_tokens
    codes = np.tile(np.array(sizes, np.int64), (capacity, 1))
    padded = np.tile(SILENCE_FEATURES, (capacity * rows, 1))
    padded[: len(features)] = features
    predict = torch_predict(predictor)
    sample = sample_left_to_right if predictor.config.causal else sample_window
    for number in range(windows):
        first = number * stride
        span = slice(first, first + window_tokens)
        codes[span] = sample(
            predict, codes[span], sizes, padded[first * rows : (first + window_tokens) * rows], style.astype(np.float32),
            first, seed, predictor.stream, sampling,
        )  # fmt: skip
    return codes[:count]


def decode_clip(tokenizer: Tokenizer, codes: np.ndarray) -> np.ndarray:
    """Motion [frames, C] of codes [tokens, G]; mouth channels are clipped to 0..1."""
    with torch.no_grad():
        motion = tokenizer.decode(torch.from_numpy(codes[None])).numpy()[0]
    if tokenizer.stream != 'head':
        motion[:, :MOUTH_COUNT] = motion[:, :MOUTH_COUNT].clip(0, 1)
    return motion
