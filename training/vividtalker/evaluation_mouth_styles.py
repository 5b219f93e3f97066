"""What the mouth sliders move, as figures and as a picture of one clip at the same seed."""

from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np

from .face import MOUTH_INDEX
from .generate import Generator, clip_features
from .metrics_mouth import RATE_HZ, curve_at_60, lip_gap_mm
from .store import Recording, Store
from .style import style_of

matplotlib.use('Agg')
from matplotlib import pyplot  # noqa: E402  the backend must be chosen first

SHOWN_SECONDS = 5.0

Figure = Callable[[np.ndarray], np.ndarray]


def _channel(*names: str) -> Figure:
    return lambda curve: np.mean([curve[:, MOUTH_INDEX[name]] for name in names], axis=0)


# Slider: low and high value, what is shown, the curve [rows] of it, and the number made of that curve.
SLIDERS: dict[str, tuple[float, float, str, Figure, Callable[[np.ndarray], float]]] = {
    'articulation': (0.5, 1.5, '95th percentile of the lip gap, mm', lip_gap_mm, lambda v: float(np.percentile(v, 95))),
    'smile': (0.0, 1.0, 'mean smile', _channel('mouthSmileLeft', 'mouthSmileRight'), lambda v: float(v.mean())),
    'browActivity': (0.0, 2.0, 'spread of browInnerUp', _channel('browInnerUp'), lambda v: float(v.std())),
    'effort': (0.0, 1.0, 'mean brow and eye wrinkles', _channel('glabella', 'crowL', 'crowR', 'underEyeL', 'underEyeR'),
               lambda v: float(v.mean())),
}  # fmt: skip


def mouth_slider_effects(mouth: Generator, store: Store, recordings: list[Recording], seed: int) -> dict[str, dict]:
    """Mean over recordings of each slider's figure at its low and high value, same seeds."""
    result = {}
    for name, (low, high, quantity, curve_of, number_of) in SLIDERS.items():
        entry: dict = {'quantity': quantity, 'values': [low, high]}
        for label, value in (('low', low), ('high', high)):
            style = style_of({name: value})
            motions = [mouth.motion(clip_features(store, r), style, seed + n) for n, r in enumerate(recordings)]
            entry[label] = round(float(np.mean([number_of(curve_of(curve_at_60(motion))) for motion in motions])), 3)
        result[name] = entry
    return result


def plot_mouth_styles(mouth: Generator, store: Store, recording: Recording, path: Path, seed: int) -> None:
    """Draws each slider's curve at its low, default and high value."""
    features = clip_features(store, recording)[: int(SHOWN_SECONDS * RATE_HZ) // 4 * 4]
    figure, panels = pyplot.subplots(len(SLIDERS), 1, figsize=(12, 2.3 * len(SLIDERS)), sharex=True)
    for panel, (name, (low, high, quantity, curve_of, _)) in zip(panels, SLIDERS.items(), strict=True):
        for value, colour in ((low, 'tab:blue'), (None, '0.6'), (high, 'tab:red')):
            style = style_of({} if value is None else {name: value})
            values = curve_of(curve_at_60(mouth.motion(features, style, seed)))
            panel.plot(np.arange(len(values)) / RATE_HZ, values, color=colour, lw=1, label='default' if value is None else f'{value}')
        panel.set_title(f'{name}: {quantity.split(" of ")[-1]}', fontsize=9, loc='left')
        panel.legend(fontsize=7, loc='upper right')
    panels[-1].set_xlabel('seconds')
    figure.tight_layout()
    figure.savefig(path, dpi=75)
    pyplot.close(figure)
