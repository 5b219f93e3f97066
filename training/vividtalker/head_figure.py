"""A picture of what the head sliders and presets do to one take, all at the same seed."""

from pathlib import Path

import matplotlib
import numpy as np

from .contact import FRAME_RATE_HZ
from .generate import Generator, Take
from .metrics_head import AXES
from .style import STYLE_PRESETS, shipped_style, style_of

matplotlib.use('Agg')
from matplotlib import pyplot  # noqa: E402  the backend must be chosen first

SHOWN_SECONDS = 12.0
PRESET_STEP_DEGREES = 15.0
# Slider: low and high value, axis that shows it best.
_PANELS = {
    'headGain': (0.5, 1.5, 0), 'turnGain': (0.4, 1.6, 1), 'tiltGain': (0.4, 1.6, 2), 'liveliness': (0.5, 1.5, 1),
    'nodRate': (0.0, 1.0, 0), 'postureHold': (0.8, 3.2, 1),
}  # fmt: skip
_COLOURS = ('tab:blue', 'tab:orange', 'tab:green')


def plot_head_styles(head: Generator, take: Take, path: Path, seed: int) -> None:
    """Draws one axis at the low, shipped and high value of every slider, and all axes of every preset."""
    features = take.features[: int(2 * SHOWN_SECONDS * FRAME_RATE_HZ)]
    time = np.arange(len(features) // 2) / FRAME_RATE_HZ
    degrees = lambda style: np.degrees(head.motion(features, style, seed)[: len(time), :3])  # noqa: E731
    usual = degrees(shipped_style())
    figure, panels = pyplot.subplots(4, 2, figsize=(13, 13), sharex=True)
    for panel, (name, (low, high, axis)) in zip(panels.flat, _PANELS.items(), strict=False):
        panel.plot(time, degrees(style_of({name: low}))[:, axis], color='tab:blue', lw=1, label=f'{low}')
        panel.plot(time, usual[:, axis], color='0.6', lw=1, label='as shipped')
        panel.plot(time, degrees(style_of({name: high}))[:, axis], color='tab:red', lw=1, label=f'{high}')
        panel.set_title(name, fontsize=10)
        panel.set_ylabel(f'{AXES[axis]}, degrees')
        panel.legend(fontsize=7, loc='upper right')
    for panel, presets in zip(panels[3], np.array_split(np.array(list(STYLE_PRESETS)), 2), strict=True):
        for number, preset in enumerate(presets):
            rotation = degrees(style_of(STYLE_PRESETS[preset])) - number * PRESET_STEP_DEGREES
            for axis, colour in enumerate(_COLOURS):
                panel.plot(time, rotation[:, axis], color=colour, lw=1, label=AXES[axis] if number == 0 else None)
            panel.text(0, -number * PRESET_STEP_DEGREES + 5, preset, fontsize=8)
        panel.set_title('presets', fontsize=10)
        panel.legend(fontsize=7, loc='upper right')
        panel.set_xlabel('seconds')
    figure.tight_layout()
    figure.savefig(path, dpi=80)
    pyplot.close(figure)
