"""The style controls: parameters of the teachers that the networks receive as input, so that sliders work by construction."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class StyleControl:
    """One slider: raw value range, default, and the stream it steers."""

    name: str
    label: str
    default: float
    minimum: float
    maximum: float
    stream: str


STYLE_CONTROLS = (
    StyleControl('headGain', 'Head movement', 1.0, 0.3, 1.7, 'head'),
    StyleControl('turnGain', 'Turning', 1.0, 0.2, 1.8, 'head'),
    StyleControl('tiltGain', 'Tilting', 1.0, 0.2, 1.8, 'head'),
    StyleControl('liveliness', 'Liveliness', 1.0, 0.4, 1.6, 'head'),
    StyleControl('nodRate', 'Nods', 0.4, 0.0, 1.0, 'head'),
    StyleControl('postureHold', 'Posture hold', 1.4, 0.7, 3.5, 'head'),
    StyleControl('articulation', 'Articulation', 1.0, 0.5, 1.5, 'mouth'),
    StyleControl('smile', 'Smile', 0.0, 0.0, 1.0, 'mouth'),
    StyleControl('browActivity', 'Brows', 1.0, 0.0, 2.0, 'mouth'),
    StyleControl('effort', 'Skin detail', 0.5, 0.0, 1.0, 'mouth'),
)
STYLE_INDEX = {control.name: index for index, control in enumerate(STYLE_CONTROLS)}
STYLE_COUNT = len(STYLE_CONTROLS)

# Named sets of head controls; values left out stay at their defaults. Gains are medians of kinds of talk (about 80 real
# talkers; the news reader rests on 2 clips), statement also holds postures longer and nods on more accents, as measured.
STYLE_PRESETS = {
    'lively': {'headGain': 1.1},
    'conversation': {'headGain': 0.9},
    'statement': {'headGain': 0.8, 'nodRate': 0.5, 'postureHold': 1.7},
    'newsReader': {'headGain': 0.7, 'turnGain': 0.29, 'tiltGain': 0.5},
    'readSentence': {'headGain': 0.5, 'turnGain': 0.5, 'tiltGain': 0.4},
    'calm': {'headGain': 0.8},
}
# The head network moves about an eighth less than its teacher at equal controls (validation takes); the shipped default
# makes up for it.
SHIPPED_DEFAULTS = {'headGain': 1.15}


def style_of(values: dict[str, float]) -> np.ndarray:
    """Raw values of named controls, defaults elsewhere; [controls] float32; an unknown name raises KeyError."""
    style = np.array([control.default for control in STYLE_CONTROLS], np.float32)
    for name, value in values.items():
        style[STYLE_INDEX[name]] = value
    return style


def default_style() -> np.ndarray:
    """Raw default values; [controls] float32."""
    return style_of({})


def shipped_style() -> np.ndarray:
    """Raw default values of the manifest; [controls] float32."""
    return style_of(SHIPPED_DEFAULTS)


def random_style(rng: np.random.Generator) -> np.ndarray:
    """Raw values spread over each range and dense around the default; [controls] float32."""
    values = []
    for control in STYLE_CONTROLS:
        anywhere = rng.uniform(control.minimum, control.maximum)
        spread = 0.15 * (control.maximum - control.minimum)
        near = np.clip(control.default + spread * rng.normal(), control.minimum, control.maximum)
        draw = rng.random()
        values.append(control.default if draw < 0.2 else near if draw < 0.6 else anywhere)
    return np.array(values, np.float32)


def stream_mask(stream: str) -> np.ndarray:
    """1 for the controls of a stream, 0 for the others; [controls] float32."""
    return np.array([control.stream == stream for control in STYLE_CONTROLS], np.float32)


def style_scale() -> tuple[np.ndarray, np.ndarray]:
    """Centre and half range for normalising raw values; two arrays [controls]."""
    half = np.array([(control.maximum - control.minimum) / 2 for control in STYLE_CONTROLS], np.float32)
    return default_style(), half
