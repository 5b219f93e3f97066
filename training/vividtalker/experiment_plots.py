"""Plots of the experiments: quality over cost for window lengths, and the designs side by side."""

from pathlib import Path

import matplotlib
import numpy as np

from .experiment_table import values_of

matplotlib.use('Agg')
from matplotlib import pyplot  # noqa: E402  the backend must be chosen first

WINDOWS_PLOT, DESIGNS_PLOT = 'experiments-windows.png', 'experiments-designs.png'
WINDOW_ORDER = {
    'paper': '1.07 s, paper', 'window-1': '1 s', 'window-2': '2 s', 'window-4': '4 s', 'base': '8 s', 'window-16': '16 s',
    'causal': 'causal',
}  # fmt: skip
COST_TICKS_MS = (20, 50, 100, 200, 400)
REAL_TIME_MS = {20: '50x real time, one core', 40: '50x, two cores'}
_SHOWN = {
    'head.frechet.mean': 'FPD', 'head.frechetVelocity.mean': 'FPD velocity', 'mouth.frechet.mean': 'FED',
    'mouth.sync.lseC': 'LSE-C', 'mouth.gapErrorMm': 'lip gap error, mm', 'mouth.lips.closedPercent': 'p b m closed, %',
}  # fmt: skip


def plot_windows(designs: dict[str, list[dict]], folder: Path) -> None:
    """Head and mouth quality over CPU time per second of audio, one point per window length, with the real-time target."""
    chosen = [name for name in WINDOW_ORDER if name in designs]
    figure, axes = pyplot.subplots(2, 3, figsize=(13, 7.5))
    for axis, (path, label) in zip(axes.flat, _SHOWN.items(), strict=True):
        for name in chosen:
            cost, quality = values_of(designs[name], 'cpuMsPerSecond'), values_of(designs[name], path)
            axis.errorbar(cost.mean(), quality.mean(), yerr=quality.std(), marker='o', capsize=3, ls='')
            axis.annotate(WINDOW_ORDER[name], (cost.mean(), quality.mean()), textcoords='offset points', xytext=(5, 4), fontsize=8)
        for cost, text in REAL_TIME_MS.items():
            axis.axvline(cost, color='0.5', ls='--' if cost == 20 else ':', lw=1, label=text)
        axis.set_xscale('log')
        axis.set_xticks(COST_TICKS_MS, [str(cost) for cost in COST_TICKS_MS])
        axis.minorticks_off()
        axis.set_xlabel('CPU ms per second of sound')
        axis.set_ylabel(label)
    axes.flat[0].legend(fontsize=7)
    _save(figure, folder / WINDOWS_PLOT)


def plot_designs(designs: dict[str, list[dict]], controls: dict[str, dict], folder: Path) -> None:
    """Bars with seed spread for every design and control row."""
    rows = {**designs, **{name: [row] for name, row in controls.items()}}
    figure, axes = pyplot.subplots(2, 3, figsize=(13, 8), sharey=True)
    place = np.arange(len(rows))[::-1]
    for axis, (path, label) in zip(axes.flat, _SHOWN.items(), strict=True):
        for y, (name, results) in zip(place, rows.items(), strict=True):
            values = values_of(results, path)
            if len(values):
                axis.barh(y, values.mean(), xerr=values.std(), color='C0' if name in designs else '0.7', capsize=2)
        axis.set_yticks(place, list(rows), fontsize=7)
        axis.set_xlabel(label)
    _save(figure, folder / DESIGNS_PLOT)


def _save(figure: pyplot.Figure, path: Path) -> None:
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=75)
    pyplot.close(figure)
