"""Training windows: codes, features, labels and weights around random places, and the masks to be predicted."""

from dataclasses import dataclass

import numpy as np
import torch

from .config import PredictorConfig
from .feature_changes import degrade, spectral_tilt, warp_frequencies
from .features import MEL_COUNT, SILENCE_FEATURES
from .store import Recording, Store
from .streams import stream_motion, stream_styles
from .tokenizer import Tokenizer
from .transformer import ROWS_PER_FRAME

EDGE_FRAMES = 16
PADDING_WEIGHT = 0.1
GROUP_MASK_SHARE = 0.5
CUT_SHARE = 0.3  # of the short recordings begin in the middle, or the silence before a sentence would tell its first sound
LEAST_JOINED_TOKENS = 15  # a second of the mouth
WARP_SD = 0.1  # of the logarithm of the pitch and formant factor


@dataclass
class CodedRecording:
    """A recording with its codes per rendition [renditions, tokens, G] and token weights [tokens]."""

    recording: Recording
    codes: np.ndarray
    weight: np.ndarray


@dataclass
class Batch:
    """Tensors of one step: codes [B, T, G], features [B, T * rows, 84], style [B, S], phones [B, T * frames], weight [B, T]."""

    codes: torch.Tensor
    features: torch.Tensor
    style: torch.Tensor
    phones: torch.Tensor
    weight: torch.Tensor


def encode_recordings(tokenizer: Tokenizer, store: Store, recordings: list[Recording]) -> list[CodedRecording]:
    """Codes of whole recordings, with held edges around them; contact does not extend past the ends."""
    step = tokenizer.frames_per_token
    result = []
    with torch.no_grad():
        for recording in recordings:
            span = slice(recording.start, recording.start + recording.frames // step * step)
            motion = stream_motion(store, tokenizer.stream, span)
            padded = np.pad(motion, ((0, 0), (EDGE_FRAMES, EDGE_FRAMES), (0, 0)), mode='edge')
            codes = tokenizer.encode(torch.from_numpy(padded)).numpy()
            edge = EDGE_FRAMES // step
            weight = np.asarray(store.weight[span]).reshape(-1, step).min(1)
            result.append(CodedRecording(recording, codes[:, edge:-edge].astype(np.int16), weight))
    return result


def _piece(
    item: CodedRecording, store: Store, config: PredictorConfig, version: int, rendition: int, first: int, count: int
) -> tuple[np.ndarray, ...]:
    """Codes, features, weights and phones of `count` tokens of a recording."""
    step, rows = config.token_frames, ROWS_PER_FRAME * config.token_frames
    part, frame = slice(first, first + count), item.recording.start + first * step
    features = store.features[version, 2 * frame : 2 * frame + count * rows]
    return item.codes[rendition][part], features, item.weight[part], store.phones[frame : frame + step * count]


def window(
    items: list[CodedRecording], chances: np.ndarray, number: int, store: Store, config: PredictorConfig, version: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, ...]:  # fmt: skip
    """One window of `config.window_tokens` tokens around recording `number`.

    Sentences are shorter than a window: where the mouth has the default style, other recordings of that style follow until it
    is full. What is left beyond the recordings has silence features, held codes and little weight.
    """
    step, tokens, has_mouth = config.token_frames, config.window_tokens, config.stream != 'head'
    item = items[number]
    rendition = int(rng.integers(len(item.codes)))
    length, style = len(item.codes[rendition]), stream_styles(item.recording, config.stream)[rendition]
    joins = config.stream == 'mouth' and rendition == 0
    first = before = 0
    if length > tokens:
        first = int(rng.integers(length - tokens + 1))
    elif rng.random() < CUT_SHARE:
        first = int(rng.integers(length // 2 + 1))
    elif not joins:
        before = int(rng.integers(tokens - length + 1))
    count = min(tokens, length - first)
    pieces = [_piece(item, store, config, version, rendition, first, count)]
    while joins and tokens - count >= LEAST_JOINED_TOKENS:
        other = items[int(rng.choice(len(items), p=chances))]
        if not np.array_equal(stream_styles(other.recording, config.stream)[0], style):
            break
        more = min(tokens - count, len(other.codes[0]))
        pieces.append(_piece(other, store, config, version, 0, 0, more))
        count += more
    after = tokens - before - count
    codes, heard, weight, phones = (np.concatenate(column) for column in zip(*pieces, strict=True))
    padding = ((before, after), (0, 0))
    codes = np.pad(codes, padding, mode='edge')
    if config.has_contact_group:
        codes[:before, -1] = 0
        codes[tokens - after :, -1] = 0
    rows = ROWS_PER_FRAME * step
    features = np.tile(SILENCE_FEATURES, (tokens * rows, 1))
    features[before * rows : (before + count) * rows] = heard
    weight = np.pad(weight, padding[0], constant_values=PADDING_WEIGHT if has_mouth else 0.0)
    labels = np.zeros(step * tokens, np.int64)
    if has_mouth:
        labels[step * before : step * (before + count)] = phones
    return codes, features, style, labels, weight


def make_batch(
    items: list[CodedRecording], chances: np.ndarray, store: Store, config: PredictorConfig, step: int
) -> Batch:
    """A seeded batch of random windows; noisy copies are ramped in over the first steps."""
    rng = np.random.default_rng([config.seed, step])
    noisy = config.noisy_share * min(1, step / max(1, config.noisy_ramp_steps))
    parts = []
    for number in rng.choice(len(items), size=config.batch, p=chances):
        version = 0
        if len(store.features) > 1 and rng.random() < noisy:
            version = 1 + int(rng.integers(len(store.features) - 1))
        parts.append(window(items, chances, int(number), store, config, version, rng))
    codes, features, style, phones, weight = (np.stack(column) for column in zip(*parts, strict=True))
    features = warp_frequencies(features.astype(np.float32), np.exp(WARP_SD * rng.normal(size=config.batch)))
    features = degrade(features, config.degraded_share * min(1, step / max(1, config.noisy_ramp_steps)), rng)
    features[:, :, :MEL_COUNT] += 0.06 * rng.normal(size=(config.batch, 1, 1)) + spectral_tilt(rng, config.batch)
    return Batch(
        torch.from_numpy(codes.astype(np.int64)), torch.from_numpy(features), torch.from_numpy(style),
        torch.from_numpy(phones), torch.from_numpy(weight.astype(np.float32)),
    )  # fmt: skip


def recording_chances(items: list[CodedRecording]) -> np.ndarray:
    """Probability of each recording: its length, so that every second of sound is seen equally often."""
    length = np.array([len(item.weight) for item in items], float)
    return length / length.sum()


def draw_masks(config: PredictorConfig, batch: int, tokens: int, groups: int, rng: np.random.Generator) -> np.ndarray:
    """Which codes are hidden; [B, T, G] bool.

    Of the tokens everything, a cosine share, a contiguous span, or the end of the window; in a part of the windows some groups
    of these tokens are shown, so that the sampler can draw one group by the others.
    """
    masks = np.zeros((batch, tokens, groups), bool)
    for row in masks:
        draw = rng.random()
        if draw < config.all_masked:
            row[:] = True
        elif draw < config.all_masked + 0.4 * (1 - config.all_masked):
            share = np.cos(np.pi / 2 * rng.random())
            row[rng.random(tokens) < share] = True
        elif draw < config.all_masked + 0.7 * (1 - config.all_masked):
            length = max(2, int(rng.uniform(0.06, 0.75) * tokens))
            first = int(rng.integers(tokens - length + 1))
            row[first : first + length] = True
        else:
            row[int(rng.uniform(0.05, 0.5) * tokens) :] = True
        if rng.random() < GROUP_MASK_SHARE:
            row &= rng.random(row.shape) < np.cos(np.pi / 2 * rng.random())
        if not row.any():
            row[int(rng.integers(tokens))] = True
    return masks


def hide_codes(
    codes: torch.Tensor, masks: np.ndarray, sizes: list[int], flip_share: float, rng: np.random.Generator
) -> torch.Tensor:
    """Hidden codes [B, T, G] become mask codes; a share of the shown ones, and twice that of the hidden, are flipped to random codes."""
    random_codes = torch.from_numpy(np.stack([rng.integers(size, size=codes.shape[:2]) for size in sizes], -1))
    draw = rng.random(masks.shape)
    flipped = torch.from_numpy(np.where(masks, draw < 2 * flip_share, draw < flip_share))
    masked = torch.where(torch.from_numpy(masks), torch.tensor(sizes), codes)
    return torch.where(flipped, random_codes, masked)


def training_inputs(
    config: PredictorConfig, codes: torch.Tensor, sizes: list[int], rng: np.random.Generator
) -> tuple[np.ndarray, torch.Tensor]:
    """Codes to be predicted [B, T, G] bool and the codes shown [B, T, G]; a causal network predicts all from their past."""
    if config.causal:
        everything = np.ones(codes.shape, bool)
        return everything, hide_codes(codes, ~everything, sizes, config.flip_share, rng)
    masks = draw_masks(config, *codes.shape, rng)
    return masks, hide_codes(codes, masks, sizes, config.flip_share, rng)


def random_drop(config: PredictorConfig, batch: int, rng: np.random.Generator) -> torch.Tensor:
    """Condition drop flags [B, 2] (audio, style)."""
    draws = rng.random((batch, 2)) < (config.drop_audio, config.drop_style)
    return torch.from_numpy(draws.astype(np.float32))


