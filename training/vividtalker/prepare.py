"""Turns one recording into training material: feature rows, motion of both teachers, phone labels and weights."""

from dataclasses import dataclass

import numpy as np

from .audio import read_audio
from .augment import augment
from .contact import FRAME_RATE_HZ
from .corpus import Utterance
from .dominance import DominanceConstants
from .features import SAMPLE_RATE_HZ, compute_features, network_features
from .head_teacher import head_motion
from .mouth_teacher import articulate, follow_tracked, mouth_motion
from .nonspeech import KINDS, nonspeech_clip
from .phones import PHONE_INDEX, Phone
from .prosody import analyse_prosody
from .style import default_style, random_style

FRAME_MULTIPLE = 4  # the longest token of the two streams, in frames
MOUTH_RENDITIONS = 2
HEAD_RENDITIONS = 4
LEAST_CONFIDENCE = 0.5
NONSPEECH_SECONDS = 5.0


@dataclass
class Prepared:
    """One recording. features [versions, 2 frames, 84], mouth [renditions, frames, 58], head [renditions, frames, 6]."""

    features: np.ndarray
    mouth: np.ndarray
    mouth_style: np.ndarray
    head: np.ndarray
    head_style: np.ndarray
    phones: np.ndarray
    weight: np.ndarray


def frame_labels(phones: list[Phone], frame_count: int) -> np.ndarray:
    """Index of the phone at each 30-fps frame; [frame_count] uint8."""
    times = np.arange(frame_count) / FRAME_RATE_HZ
    labels = np.zeros(frame_count, np.uint8)
    for phone in phones:
        labels[(times >= phone.start) & (times < phone.end)] = PHONE_INDEX[phone.name]
    return labels


def frame_weights(utterance: Utterance, frame_count: int) -> np.ndarray:
    """Loss weight per frame: corpus weight times alignment confidence, 0 below 0.5; [frame_count] float32."""
    times = np.arange(frame_count) / FRAME_RATE_HZ
    weights = np.full(frame_count, utterance.weight, np.float32)
    for phone in utterance.phones:
        inside = (times >= phone.start) & (times < phone.end)
        weights[inside] *= phone.confidence if phone.confidence >= LEAST_CONFIDENCE else 0
    return weights


def nonspeech_utterances(count_per_kind: int, part: str) -> list[Utterance]:
    """Sounds on which the lips stay still; the seed is part of the name."""
    first = {'train': 0, 'validation': 1000, 'test': 2000}[part]
    silence = [Phone('SIL', 0.0, NONSPEECH_SECONDS)]
    return [
        Utterance(f'{kind}-{first + number}', 'nonspeech', part, kind, None, silence, 0.7, {}, kind, 'nonspeech')
        for kind in KINDS
        for number in range(count_per_kind)
    ]


def load_samples(utterance: Utterance) -> np.ndarray:
    """The sound of an utterance; [samples] at 16 kHz."""
    if utterance.audio is None:
        return nonspeech_clip(utterance.kind, NONSPEECH_SECONDS, int(utterance.name.rsplit('-', 1)[1]))
    return read_audio(utterance.audio)


def teacher_mouth(
    utterance: Utterance, features: np.ndarray, frame_count: int, style: np.ndarray, rng: np.random.Generator,
    constants: DominanceConstants, use_tracked: bool = True,
) -> np.ndarray:  # fmt: skip
    """Mouth stream of the teacher, following tracked lips where there are some; [frame_count, 58]."""
    prosody = analyse_prosody(utterance.phones, features)
    shape = articulate(utterance.phones, frame_count, prosody, constants)
    if utterance.tracked and use_tracked:
        shape = follow_tracked(shape, utterance.tracked, utterance.phones)
    return mouth_motion(shape, prosody, style, rng)


def prepare(
    utterance: Utterance, other: Utterance, noisy_versions: int, constants: DominanceConstants, seed: list[int]
) -> Prepared:
    """Features (clean version first) and teacher motion of one recording; equal arguments give equal results."""
    samples = load_samples(utterance)
    frames = int(np.ceil(len(samples) / SAMPLE_RATE_HZ * FRAME_RATE_HZ / FRAME_MULTIPLE)) * FRAME_MULTIPLE
    versions = [samples]
    if noisy_versions:
        rng = np.random.default_rng(seed)
        background = load_samples(other)
        versions += [augment(samples, background, rng) for _ in range(noisy_versions)]
    features = np.stack([network_features(compute_features(version), 2 * frames) for version in versions])
    return attach_motion(utterance, features.astype(np.float16), constants, seed)


def attach_motion(
    utterance: Utterance, features: np.ndarray, constants: DominanceConstants, seed: list[int]
) -> Prepared:
    """Adds teacher motion, labels and weights to feature rows [versions, 2 frames, 84] float16."""
    rng = np.random.default_rng([*seed, 1])
    frames = features.shape[1] // 2
    clean = features[0].astype(np.float32)
    mouth, mouth_style, head, head_style = [], [], [], []
    for number in range(MOUTH_RENDITIONS):
        style = default_style() if number == 0 else random_style(rng)
        mouth_style.append(style)
        mouth.append(teacher_mouth(utterance, clean, frames, style, rng, constants))
    prosody = analyse_prosody(utterance.phones, clean)
    for number in range(HEAD_RENDITIONS):
        style = default_style() if number == 0 else random_style(rng)
        head_style.append(style)
        head.append(head_motion(prosody, frames, style, rng))
    return Prepared(
        features, np.stack(mouth).astype(np.float16), np.stack(mouth_style), np.stack(head),
        np.stack(head_style), frame_labels(utterance.phones, frames), frame_weights(utterance, frames),
    )  # fmt: skip
