"""The head network against the bands of real talkers, beside the teacher and shuffled sound; the mouth stays untouched."""

import hashlib

import numpy as np

from .corpus import Utterance
from .generate import Generator, Take, long_takes
from .head_teacher import head_motion
from .metrics_head import head_report
from .store import Store
from .style import STYLE_INDEX, default_style, shipped_style

TAKE_SECONDS = 16.0
TAKES = 20
STYLE_TAKES = 4


def _speech(take: Take, frames: int) -> np.ndarray:
    return take.prosody.speech[np.minimum(2 * np.arange(frames), len(take.prosody.speech) - 1)]


def _clips(takes: list[Take], motions: list[np.ndarray]) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    return [(motion, _speech(take, len(motion)), take.prosody.accents) for take, motion in zip(takes, motions, strict=True)]


def _spread(motions: list[np.ndarray]) -> float:
    """Median over clips of the mean rotation sd, degrees."""
    return float(np.median([np.degrees(motion[:, :3]).std(0).mean() for motion in motions]))


def _style_effect(head: Generator, takes: list[Take], name: str, low: float, high: float, seed: int) -> dict[str, float]:
    """Spread in degrees at a low and a high slider value."""
    result = {}
    for label, value in (('low', low), ('high', high)):
        style = default_style()
        style[STYLE_INDEX[name]] = value
        result[label] = round(_spread([head.motion(take.features, style, seed + n) for n, take in enumerate(takes)]), 2)
    return result


def mouth_untouched(head: Generator, mouth: Generator, take: Take, seed: int) -> bool:
    """True when another head seed changes the head and leaves the mouth byte-identical."""
    style = default_style()
    heads = [head.motion(take.features, style, seed + n) for n in (0, 1)]
    mouths = [hashlib.sha256(mouth.motion(take.features, style, seed).tobytes()).hexdigest() for _ in (0, 1)]
    return bool(np.abs(heads[0] - heads[1]).max() > 0 and mouths[0] == mouths[1])


def evaluate_head(head: Generator, mouth: Generator, store: Store, utterances: dict[str, Utterance], seed: int) -> dict:
    """Band report of generated heads and of the teacher on the same takes, style effects, variety of seeds."""
    recordings = store.select('held-out', ('kokoro', 'speechocean'))
    takes = long_takes(store, recordings, utterances, TAKE_SECONDS, TAKES)
    style = shipped_style()
    generated = [head.motion(take.features, style, seed + number) for number, take in enumerate(takes)]
    teacher = [
        head_motion(take.prosody, len(motion), default_style(), np.random.default_rng([seed, number]))
        for number, (take, motion) in enumerate(zip(takes, generated, strict=True))
    ]
    moved = [np.resize(generated[(n + 1) % len(generated)], motion.shape) for n, motion in enumerate(generated)]
    again = [head.motion(take.features, style, seed + 1000 + number) for number, take in enumerate(takes[:STYLE_TAKES])]
    difference = [np.degrees(np.sqrt(((a - b)[:, :3] ** 2).mean())) for a, b in zip(generated, again, strict=False)]
    short = takes[:STYLE_TAKES]
    spreads = [np.median([motion[:, :3].std(0) for motion in motions], axis=0) for motions in (generated, teacher)]
    ratio = spreads[0] / spreads[1]
    return {
        'takes': len(takes),
        'generated': head_report(_clips(takes, generated), seed),
        'teacher': head_report(_clips(takes, teacher), seed),
        'otherSound': {'accentHitsOverChance': head_report(_clips(takes, moved), seed)['accentHitsOverChance']},
        'varianceRatio': [round(float(value), 2) for value in ratio],
        'seedDifferenceDegrees': round(float(np.median(difference)), 2),
        'styleEffect': {
            'headGain': _style_effect(head, short, 'headGain', 0.5, 1.4, seed),
            'liveliness': _style_effect(head, short, 'liveliness', 0.5, 1.5, seed),
        },
        'mouthUntouchedByHeadSeed': mouth_untouched(head, mouth, takes[0], seed),
    }  # fmt: skip
