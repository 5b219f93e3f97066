"""The designs that the experiments compare: what of the method is changed, with everything else equal.

Equal for all: data, seeds, optimiser steps and tokens per step. Each variant is a function of one base configuration.
"""

import dataclasses
import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from .config import FRAMES_PER_TOKEN, PredictorConfig, RunConfig, StreamConfig, TokenizerConfig, as_dict
from .export import SAMPLING, WINDOWS
from .sampler import Sampling

PAPER_FRAMES_PER_TOKEN = 8
PAPER_CODES = 200
WINDOW_SECONDS = (1, 2, 4, 16)  # 8 s is the base


@dataclass(frozen=True)
class StreamVariant:
    """Networks of one stream with the sampling and the windows it generates with."""

    tokenizer: TokenizerConfig
    predictor: PredictorConfig
    sampling: Sampling
    window: dict[str, int]


@dataclass(frozen=True)
class Variant:
    """One design: a name, a sentence for the report, and its streams ('head' and 'mouth', or 'joint')."""

    name: str
    label: str
    streams: dict[str, StreamVariant]


def with_seed(variant: Variant, seed: int) -> Variant:
    """The same design trained with another seed."""
    streams = {
        name: replace(stream, tokenizer=replace(stream.tokenizer, seed=seed), predictor=replace(stream.predictor, seed=seed))
        for name, stream in variant.streams.items()
    }
    return replace(variant, streams=streams)


def config_hash(config: TokenizerConfig) -> str:
    """Short hash of a configuration: variants with equal tokenizers share the trained one."""
    return hashlib.sha256(json.dumps(as_dict(config), sort_keys=True).encode()).hexdigest()[:10]


def _sampling(stream: str, **changes: float) -> Sampling:
    return Sampling.of({**SAMPLING[stream], **changes})


def _base_stream(stream: str, config: StreamConfig) -> StreamVariant:
    """The loss on decoded lips knows the shipped code groups only, so it is off for all designs."""
    return StreamVariant(config.tokenizer, replace(config.predictor, decoded_weight=0.0), _sampling(stream), WINDOWS[stream])


def _changed(base: RunConfig, change: Callable[[str, StreamVariant], StreamVariant]) -> dict[str, StreamVariant]:
    return {name: change(name, _base_stream(name, base.stream(name))) for name in ('head', 'mouth')}


def _learned(reset_below: float) -> Callable[[str, StreamVariant], StreamVariant]:
    def change(_: str, stream: StreamVariant) -> StreamVariant:
        tokenizer = replace(stream.tokenizer, quantizer='vq', reset_below=reset_below)
        return replace(stream, tokenizer=tokenizer, predictor=replace(stream.predictor, full_joint=False))

    return change


def _paper(name: str, stream: StreamVariant) -> StreamVariant:
    """200 codes, 8 frames per token; 4 past tokens (1.07 s) and the next one are seen, one token is kept per step."""
    tokenizer = replace(
        stream.tokenizer, levels=[[PAPER_CODES]], quantizer='vq', frames_per_token=PAPER_FRAMES_PER_TOKEN,
        merged=name == 'mouth', contact_group=False,
    )  # fmt: skip
    tokens = 5
    factor = FRAMES_PER_TOKEN[name] / PAPER_FRAMES_PER_TOKEN
    batch = round(stream.predictor.batch * stream.predictor.window_tokens * factor / tokens)
    predictor = replace(
        stream.predictor, frames_per_token=PAPER_FRAMES_PER_TOKEN, contact_group=False, full_joint=False, window_tokens=tokens,
        batch=batch,
    )  # fmt: skip
    sampling = Sampling(steps=1, temperature=0.7, top_p=0.9, guidance=1.0, confidence_noise=0.0)
    return StreamVariant(tokenizer, predictor, sampling, {'windowTokens': tokens, 'overlapTokens': tokens - 1})


def _causal(_: str, stream: StreamVariant) -> StreamVariant:
    return replace(stream, predictor=replace(stream.predictor, causal=True))


def _window(seconds: int) -> Callable[[str, StreamVariant], StreamVariant]:
    def change(name: str, stream: StreamVariant) -> StreamVariant:
        tokens = round(seconds * 30 / FRAMES_PER_TOKEN[name])
        batch = max(1, round(stream.predictor.batch * stream.predictor.window_tokens / tokens))
        overlap = max(1, round(stream.window['overlapTokens'] / stream.window['windowTokens'] * tokens))
        predictor = replace(stream.predictor, window_tokens=tokens, batch=batch)
        return replace(stream, predictor=predictor, window={'windowTokens': tokens, 'overlapTokens': overlap})

    return change


def _joint(base: RunConfig) -> dict[str, StreamVariant]:
    """One tokenizer over all channels and one predictor; bits per second and trained values about those of the two."""
    head, mouth = base.head, base.mouth
    codecs = len(head.tokenizer.levels) + len(mouth.tokenizer.levels)
    tokenizer = replace(
        mouth.tokenizer, stream='joint', levels=[*mouth.tokenizer.levels, *_half_rate(head.tokenizer.levels)], merged=True,
        width=round(mouth.tokenizer.width * codecs**0.5),
    )  # fmt: skip
    heads = mouth.predictor.heads
    width = heads * round(mouth.predictor.width * 2**0.5 / heads)
    predictor = replace(_base_stream('mouth', mouth).predictor, stream='joint', width=width, full_joint=False)
    sampling = _sampling('mouth', steps=SAMPLING['head']['steps'], temperature=0.7)
    return {'joint': StreamVariant(tokenizer, predictor, sampling, WINDOWS['mouth'])}


def _half_rate(groups: list[list[int]]) -> list[list[int]]:
    """Two equal digits per group with about half its bits: the head's bits per second at the mouth's twice higher rate."""
    return [[round(math.prod(levels) ** 0.25)] * 2 for levels in groups]


def variants(base: RunConfig) -> dict[str, Variant]:
    """All designs by name, the most telling first."""
    same: Callable[[str, StreamVariant], StreamVariant] = lambda _, stream: stream  # noqa: E731
    designs = [
        Variant('base', 'ours, small: separate streams, FSQ, 8-s windows, full attention', _changed(base, same)),
        Variant('vq', 'plain VQ with commitment loss in place of FSQ', _changed(base, _learned(0.0))),
        Variant('paper', "the paper's budget: VQ, 200 codes, 8 frames per token, 1.07 s of past", _changed(base, _paper)),
        Variant('joint', 'one joint tokenizer and predictor for head and mouth', _joint(base)),
        Variant('causal', 'causal attention, token by token', _changed(base, _causal)),
        *(Variant(f'window-{s}', f'window of {s} s', _changed(base, _window(s))) for s in WINDOW_SECONDS),
        Variant('vq-reset', 'VQ with commitment loss and dead-code reset', _changed(base, _learned(0.03))),
    ]
    return {design.name: design for design in designs}


def shorter(base: RunConfig, factor: float) -> RunConfig:
    """The base configuration with all step counts multiplied by a factor."""

    def scale(stream: StreamConfig) -> StreamConfig:
        return StreamConfig(*(replace(part, steps=max(1, round(part.steps * factor))) for part in (stream.tokenizer, stream.predictor)))

    return dataclasses.replace(base, head=scale(base.head), mouth=scale(base.mouth))


def bits_per_second(stream: StreamVariant, group_sizes: list[int]) -> float:
    """Size of the code stream."""
    return sum(math.log2(size) for size in group_sizes) * 30 / stream.tokenizer.token_frames
