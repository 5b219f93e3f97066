"""Data for fine-tuning: the studio's takes as a store, and replay so that what the networks can do is not forgotten.

The takes stand at the model's default style. So that the gain sliders go on working, each take is also shown with its three
angles scaled and the sliders set to the same gains. Replay is a part of the original data set where that is at hand;
otherwise the base model's own motion on the takes' sound, at random styles.
"""

import dataclasses
from pathlib import Path

import numpy as np
import torch

from .augment import augment
from .base_model import BaseModel
from .captured_takes import CapturedTake
from .config import PredictorConfig
from .face import LABIODENTAL, SEAL
from .features import compute_features, network_features
from .head_teacher import head_stream
from .prepare import Prepared
from .store import Recording, Store, write_store
from .style import STYLE_CONTROLS, STYLE_INDEX, random_style
from .tokenizer import Tokenizer
from .windows import Batch, CodedRecording, encode_recordings, make_batch, recording_chances

WITH_HEAD, WITHOUT_HEAD, REPLAY = 'takes', 'takes-without-head', 'replay'
NOISY_VERSIONS = 2
PLAIN_RENDITIONS, SCALED_RENDITIONS = 2, 2
REPLAY_RENDITIONS = 2
REPLAY_RECORDINGS = 250  # of the original data, spread over all of it
HELD_OUT_STEP = 5  # every fifth take, once there are as many
REPLAY_SHARE = {'head': 0.25, 'mouth': 0.7}
GAINS = ('headGain', 'turnGain', 'tiltGain')


def take_parts(count: int) -> list[str]:
    """'test' for every fifth take, 'train' for the others; with fewer than five takes all train."""
    return ['test' if number % HELD_OUT_STEP == HELD_OUT_STEP - 1 else 'train' for number in range(count)]


def sound_versions(take: CapturedTake, other: CapturedTake, seed: list[int]) -> np.ndarray:
    """Features of the clean sound and of degraded copies; [versions, 2 frames, 84] float16."""
    rng = np.random.default_rng(seed)
    versions = [take.samples, *(augment(take.samples, other.samples, rng) for _ in range(NOISY_VERSIONS))]
    rows = 2 * len(take.mouth)
    return np.stack([network_features(compute_features(version), rows) for version in versions]).astype(np.float16)


def scaled_heads(head: np.ndarray, style: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Renditions [R, frames, 6] of a head and their styles [R, S]: plain ones, then scaled with the gains set likewise."""
    heads, styles = [head] * PLAIN_RENDITIONS, [style] * PLAIN_RENDITIONS
    controls = [STYLE_CONTROLS[STYLE_INDEX[name]] for name in GAINS]
    for _ in range(SCALED_RENDITIONS):
        scaled = style.copy()
        for control in controls:
            scaled[STYLE_INDEX[control.name]] = rng.uniform(control.minimum, control.maximum)
        whole, turn, tilt = (scaled[STYLE_INDEX[name]] / style[STYLE_INDEX[name]] for name in GAINS)
        heads.append(head_stream(np.degrees(head[:, :3]) * whole * np.array([1, turn, tilt])))
        styles.append(scaled)
    return np.stack(heads), np.stack(styles)


def fill_labiodental(mouth: np.ndarray, features: np.ndarray, base: BaseModel) -> np.ndarray:
    """The mouth with the base model's own lip-tooth contact for this sound, where the lips are not sealed."""
    own = base.generators['mouth'].motion(features, base.default_style(), 1)[: len(mouth), LABIODENTAL]
    result = mouth.copy()
    result[:, LABIODENTAL] = (own > 0.5) * (mouth[:, SEAL] < 0.5)
    return result


def prepare_take(take: CapturedTake, features: np.ndarray, base: BaseModel, seed: list[int]) -> Prepared:
    """Training material of one take; a take without head movement gets a still head that no one learns from."""
    style = base.default_style()
    mouth = fill_labiodental(take.mouth, features[0].astype(np.float32), base)
    still = np.zeros((len(mouth), 6), np.float32)
    head, head_style = scaled_heads(still if take.head is None else take.head, style, np.random.default_rng(seed))
    return Prepared(
        features, mouth[None].astype(np.float16), style[None], head, head_style, np.zeros(len(mouth), np.uint8), take.weight,
    )  # fmt: skip


def prepare_replay(features: np.ndarray, base: BaseModel, seed: list[int]) -> Prepared:
    """The base model's motion on the sound of a take, at random styles."""
    rng = np.random.default_rng(seed)
    styles = np.stack([random_style(rng) for _ in range(REPLAY_RENDITIONS)])
    clean = features[0].astype(np.float32)
    motion = {
        stream: np.stack([generator.motion(clean, style, int(rng.integers(1 << 31))) for style in styles])
        for stream, generator in base.generators.items()
    }
    frames = len(clean) // 2
    return Prepared(
        features, motion['mouth'].astype(np.float16), styles, motion['head'], styles, np.zeros(frames, np.uint8),
        np.ones(frames, np.float32),
    )  # fmt: skip


def write_take_stores(takes: list[CapturedTake], base: BaseModel, folder: Path, with_replay: bool, seed: int) -> None:
    """Writes `takes` and, if asked for, `replay` stores under the folder."""
    prepared, replay = [], []
    for number, (take, part) in enumerate(zip(takes, take_parts(len(takes)), strict=True)):
        features = sound_versions(take, takes[(number + 1) % len(takes)], [seed, number, 1])
        about = {'name': take.name, 'part': part, 'talker': 'studio', 'group': 'studio'}
        source = WITHOUT_HEAD if take.head is None else WITH_HEAD
        prepared.append(({**about, 'source': source}, prepare_take(take, features, base, [seed, number, 2])))
        if with_replay and part == 'train':
            replay.append(({**about, 'source': REPLAY}, prepare_replay(features, base, [seed, number, 3])))
    write_store(folder / 'takes', prepared)
    if replay:
        write_store(folder / 'replay', replay)


@dataclasses.dataclass
class Supply:
    """One kind of training material with its share of every batch."""

    items: list[CodedRecording]
    store: Store
    share: float


def without_default_style(item: CodedRecording) -> CodedRecording:
    """The renditions of an old recording but the first, which has the default style: that now belongs to the takes."""
    if item.recording.source == REPLAY or len(item.codes) < 2:
        return item
    recording = dataclasses.replace(item.recording, head_style=item.recording.head_style[1:])
    return dataclasses.replace(item, recording=recording, codes=item.codes[1:])


def supplies(tokenizer: Tokenizer, takes: Store, replay: Store, replay_sources: tuple[str, ...]) -> list[Supply]:
    """Takes and replay of a stream; recordings without weight are left out."""
    stream = tokenizer.stream
    share = REPLAY_SHARE[stream]
    own = encode_recordings(tokenizer, takes, takes.select('train', (WITH_HEAD,) if stream == 'head' else ()))
    recordings = replay.select('train', (REPLAY, *replay_sources) if replay_sources else ())
    old = encode_recordings(tokenizer, replay, recordings[:: max(1, len(recordings) // REPLAY_RECORDINGS)])
    if stream == 'head':
        old = [without_default_style(item) for item in old]
    return [Supply([item for item in own if item.weight.any()], takes, 1 - share), Supply(old, replay, share)]


def mixed_batch(material: list[Supply], config: PredictorConfig, step: int) -> Batch:
    """A seeded batch with each kind's share, at least one window of each."""
    counts = [max(1, round(config.batch * supply.share)) for supply in material]
    batches = []
    for number, (supply, count) in enumerate(zip(material, counts, strict=True)):
        settings = dataclasses.replace(config, batch=count, seed=config.seed + 7919 * number)
        batches.append(make_batch(supply.items, recording_chances(supply.items), supply.store, settings, step))
    return Batch(*(torch.cat([getattr(batch, field.name) for batch in batches]) for field in dataclasses.fields(Batch)))


def held_out_takes(store: Store) -> list[Recording]:
    """Takes kept out of training, or all of them when there are too few to keep any out."""
    return store.select('test') or store.recordings


