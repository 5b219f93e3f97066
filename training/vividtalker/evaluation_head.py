"""The head network against the bands of real talkers, beside the teacher and other sound; the mouth stays untouched."""

import hashlib
from collections.abc import Callable

import numpy as np

from .corpus import Utterance
from .generate import Generator, Take, long_takes
from .head_events import nods, per_minute
from .head_teacher import head_motion
from .metrics_head import HeadClip, accent_entry, head_report, mean_speed
from .store import Store
from .style import STYLE_PRESETS, default_style, shipped_style, style_of

SOURCES = ('kokoro', 'speechocean')
TAKE_SECONDS = 16.0
TAKES = 60
STYLE_TAKES = 8

# Slider: low and high value, what it should move, and the figure (of rotation in degrees [frames, 3]) that shows it.
SLIDERS: dict[str, tuple[float, float, str, Callable[[np.ndarray], float]]] = {
    'headGain': (0.5, 1.4, 'spread, degrees', lambda degrees: float(degrees.std(0).mean())),
    'turnGain': (0.4, 1.6, 'yaw spread, degrees', lambda degrees: float(degrees[:, 1].std())),
    'tiltGain': (0.4, 1.6, 'roll spread, degrees', lambda degrees: float(degrees[:, 2].std())),
    'liveliness': (0.5, 1.5, 'speed, degrees per second', mean_speed),
    'nodRate': (0.0, 1.0, 'nods per minute', lambda degrees: per_minute(nods(degrees[:, 0]), len(degrees))),
    'postureHold': (0.8, 3.2, 'speed below 1 Hz, degrees per second', lambda degrees: mean_speed(degrees, 1.0)),
}


def _rotation(motion: np.ndarray) -> np.ndarray:
    return np.degrees(motion[:, :3])


def takes_clips(takes: list[Take], motions: list[np.ndarray]) -> list[HeadClip]:
    """Motions with what was said in their takes."""
    return [HeadClip(motion, take.prosody) for motion, take in zip(motions, takes, strict=True)]


def generate_takes(head: Generator, takes: list[Take], style: np.ndarray, seed: int) -> list[np.ndarray]:
    """Motion of whole takes, each with a seed of its own."""
    return [head.motion(take.features, style, seed + number) for number, take in enumerate(takes)]


def teach(takes: list[Take], style: np.ndarray, seed: int) -> list[np.ndarray]:
    """Teacher motion of whole takes."""
    return [
        head_motion(take.prosody, len(take.features) // 2, style, np.random.default_rng([seed, number]))
        for number, take in enumerate(takes)
    ]


def spread(motions: list[np.ndarray]) -> np.ndarray:
    """Median over clips of the rotation sd per axis, degrees; [3]."""
    return np.median([_rotation(motion).std(0) for motion in motions], axis=0)


def slider_effects(head: Generator, takes: list[Take], seed: int) -> dict[str, dict]:
    """What each slider moves, at a low and a high value: median over takes for network and teacher, same seeds."""
    result: dict[str, dict] = {}
    for name, (low, high, quantity, figure) in SLIDERS.items():
        entry: dict = {'quantity': quantity, 'values': [low, high]}
        for label, value in (('low', low), ('high', high)):
            style = style_of({name: value})
            entry[label] = round(float(np.median([figure(_rotation(m)) for m in generate_takes(head, takes, style, seed)])), 2)
            entry[f'{label}Teacher'] = round(float(np.median([figure(_rotation(m)) for m in teach(takes, style, seed)])), 2)
        result[name] = entry
    return result


def preset_effects(head: Generator, takes: list[Take], seed: int) -> dict[str, dict]:
    """Spread per axis in 2-s windows, speed, nods and shifts of every preset: medians over takes."""
    names = ('sd2s', 'speedP50', 'nodsPerMinute', 'shiftsPerMinute')
    result = {}
    for preset, values in STYLE_PRESETS.items():
        report = head_report(takes_clips(takes, generate_takes(head, takes, style_of(values), seed)), seed)
        result[preset] = {name: report[name]['values'] for name in names}
    return result


def mouth_untouched(head: Generator, mouth: Generator, take: Take, seed: int) -> bool:
    """True when another head seed changes the head and leaves the mouth byte-identical."""
    style = default_style()
    heads = [head.motion(take.features, style, seed + n) for n in (0, 1)]
    mouths = [hashlib.sha256(mouth.motion(take.features, style, seed).tobytes()).hexdigest() for _ in (0, 1)]
    return bool(np.abs(heads[0] - heads[1]).max() > 0 and mouths[0] == mouths[1])


def evaluate_head(
    head: Generator, mouth: Generator, store: Store, utterances: dict[str, Utterance], seed: int, part: str = 'test'
) -> dict:
    """Band report of generated heads and of the teacher on the same takes, controls, style effects, variety of seeds."""
    takes = long_takes(store, store.select(part, SOURCES), utterances, TAKE_SECONDS, TAKES)
    generated = generate_takes(head, takes, shipped_style(), seed)
    teacher = teach(takes, default_style(), seed)
    clips = takes_clips(takes, generated)
    turned = [generated[(number + len(takes) // 2) % len(takes)] for number in range(len(takes))]
    other = [np.resize(motion, own.shape) for motion, own in zip(turned, generated, strict=True)]
    short = takes[:: max(1, len(takes) // STYLE_TAKES)][:STYLE_TAKES]
    pairs = zip(generate_takes(head, short, shipped_style(), seed), generate_takes(head, short, shipped_style(), seed + 1000), strict=True)
    difference = [np.sqrt(((_rotation(a) - _rotation(b)) ** 2).mean()) for a, b in pairs]
    other_report = head_report(takes_clips(takes, other), seed)
    return {
        'part': part,
        'takes': len(takes),
        'generated': head_report(clips, seed),
        'teacher': head_report(takes_clips(takes, teacher), seed),
        'otherSound': {name: other_report[name] for name in ('accentHitsOverChance', 'prosodyCorrelation')},
        'accentsBySource': {
            source: accent_entry([c for c, take in zip(clips, takes, strict=True) if take.source == source],
                                 np.random.default_rng(seed))
            for source in sorted({take.source for take in takes})
        },
        'varianceRatio': [round(float(value), 2) for value in spread(generated) / spread(teacher)],
        'seedDifferenceDegrees': round(float(np.median(difference)), 2),
        'styleEffect': slider_effects(head, short, seed),
        'presets': preset_effects(head, short, seed),
        'mouthUntouchedByHeadSeed': mouth_untouched(head, mouth, takes[0], seed),
    }  # fmt: skip
