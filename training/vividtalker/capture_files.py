"""Readers of captured performances: Live Link Face CSV, this studio's curves JSON and Audio2Face-style JSON.

Both give the 52 ARKit weights over time and, where the file has it, the head's pitch, yaw and roll in degrees with our
signs: + = nod down, turn to its own left, tilt to its own right. All problems are CaptureErrors that name the file and say
what to do.

Live Link Face CSV: columns are found by name (PascalCase; `BlendShapeCount` in any spelling). The app's timecode
`HH:MM:SS:FF.mmm` counts frames at 60 also when it records at 30; files of other tools may count at another rate, which
shows in the highest frame number. Rows without weights (the face was lost) are left out. The app's angles are taken as radians; of the
eyes it is measured that yaw grows to the subject's right and pitch down, so the head's yaw is turned round, too. Both can be
changed, because tools disagree: `HeadColumns`.
"""

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .face import EXPRESSION_NAMES

UNITS = {'radians': 180 / np.pi, 'degrees': 1.0, '180ths': 180.0}  # name -> degrees per unit
APP_TIMECODE_HZ = 60
TIMECODE = re.compile(r'^(\d+):(\d+):(\d+)[:;](\d+)(\.\d+)?$')
# Without these a file says nothing about speech; any other column may be missing and counts as rest.
NEEDED = ('jawOpen', 'mouthClose', 'mouthFunnel', 'mouthPucker', 'mouthLowerDownLeft', 'mouthLowerDownRight',
          'mouthUpperUpLeft', 'mouthUpperUpRight', 'mouthSmileLeft', 'mouthSmileRight')  # fmt: skip
LARGEST_WEIGHT = 2.0
LEAST_ROWS = 30


class CaptureError(ValueError):
    """A captured take that cannot be used; the text says which file, what is wrong and what to do."""


@dataclass(frozen=True)
class HeadColumns:
    """How the head columns of a Live Link Face CSV are meant: unit, and a sign per angle (pitch, yaw, roll)."""

    unit: str = 'radians'
    signs: tuple[float, float, float] = (1.0, -1.0, 1.0)


@dataclass
class Capture:
    """Times [n] in seconds from the first row, weights [n, 52] 0..1, angles [n, 3] degrees (pitch, yaw, roll) or None."""

    times: np.ndarray
    weights: np.ndarray
    angles: np.ndarray | None


def camel_case(name: str) -> str:
    """JawOpen -> jawOpen."""
    return name[:1].lower() + name[1:]


def order_weights(path: Path, names: list[str], values: np.ndarray) -> np.ndarray:
    """Columns in our order, clipped to 0..1, from columns [n, K] named in either case; missing ones are at rest."""
    column = {camel_case(name.strip()): index for index, name in enumerate(names)}
    missing = [name for name in NEEDED if name not in column]
    if missing:
        raise CaptureError(f'{path.name}: the columns {", ".join(missing)} are missing. Export all 52 ARKit blend shapes.')
    weights = np.zeros((len(values), len(EXPRESSION_NAMES)))
    for index, name in enumerate(EXPRESSION_NAMES):
        if name in column:
            weights[:, index] = values[:, column[name]]
    _check_finite(path, weights)
    if np.abs(weights).max() > LARGEST_WEIGHT:
        raise CaptureError(f'{path.name}: weights reach {np.abs(weights).max():.1f}, but 0..1 is expected. Export without percent.')
    return np.clip(weights, 0, 1)


def _check_finite(path: Path, values: np.ndarray) -> None:
    bad = np.flatnonzero(~np.isfinite(values).all(axis=1))
    if len(bad):
        raise CaptureError(f'{path.name}: row {bad[0] + 1} holds a number that is not finite. Repair or cut the take.')


def timecode_rate(path: Path, frames: list[int]) -> int:
    """Frames per second that a timecode counts, from the frame numbers it shows."""
    highest = max(frames)
    rate = next((rate for rate in (24, 25, 30, 48, 50, APP_TIMECODE_HZ, 120) if highest < rate), None)
    if rate is None:
        raise CaptureError(f'{path.name}: the timecode counts frames up to {highest}. Expected HH:MM:SS:FF.mmm as the app writes it.')
    return rate


def timecode_seconds(path: Path, codes: list[str]) -> np.ndarray:
    """Seconds from the first row of `HH:MM:SS:FF.mmm` timecodes; a take may pass midnight."""
    parts = [TIMECODE.match(code.strip()) for code in codes]
    wrong = next((index for index, part in enumerate(parts) if part is None), None)
    if wrong is not None:
        raise CaptureError(f'{path.name}: row {wrong + 1} has the timecode "{codes[wrong]}", expected HH:MM:SS:FF.mmm.')
    rate = timecode_rate(path, [int(part[4]) for part in parts])
    seconds = np.array([
        3600 * int(part[1]) + 60 * int(part[2]) + int(part[3]) + (int(part[4]) + float(part[5] or 0)) / rate for part in parts
    ])  # fmt: skip
    seconds += 86400 * np.cumsum(np.diff(seconds, prepend=seconds[0]) < -43200)
    if np.any(np.diff(seconds) <= 0):
        row = int(np.flatnonzero(np.diff(seconds) <= 0)[0]) + 2
        raise CaptureError(f'{path.name}: time does not go on at row {row}. The rows must be in order, one per frame.')
    return seconds - seconds[0]


def read_live_link(path: Path, head: HeadColumns) -> Capture:
    """A Live Link Face CSV."""
    with path.open(newline='', encoding='utf-8-sig') as file:
        header, *lines = list(csv.reader(file)) or [[]]
    names = [name.strip() for name in header]
    place = {name.lower(): index for index, name in enumerate(names)}
    if 'timecode' not in place:
        raise CaptureError(f'{path.name}: no Timecode column. Expected a CSV of the Live Link Face app.')
    lines = [line for line in lines if len(line) == len(names) and all(cell.strip() for cell in line[2:])]
    if len(lines) < LEAST_ROWS:
        raise CaptureError(f'{path.name}: {len(lines)} complete rows, at least {LEAST_ROWS} are needed.')
    times = timecode_seconds(path, [line[place['timecode']] for line in lines])
    skipped = {place['timecode'], place.get('blendshapecount', -1)}
    used = [index for index in range(len(names)) if index not in skipped]
    try:
        values = np.array([[float(line[index]) for index in used] for line in lines])
    except ValueError as error:
        raise CaptureError(f'{path.name}: {error}. Every value must be a number.') from error
    weights = order_weights(path, [names[index] for index in used], values)
    columns = [place.get(f'head{angle}') for angle in ('pitch', 'yaw', 'roll')]
    if None in columns:
        return Capture(times, weights, None)
    angles = np.stack([values[:, used.index(column)] for column in columns], 1)
    _check_finite(path, angles)
    # With head tracking switched off the app still writes the columns, all zero.
    return Capture(times, weights, angles * UNITS[head.unit] * np.array(head.signs) if np.abs(angles).max() > 0 else None)


def read_curves_json(path: Path) -> Capture:
    """A JSON of curves: `vividtalker-curves`, or Audio2Face's (facsNames, weightMat; no head)."""
    try:
        content = json.loads(path.read_text(encoding='utf-8'))
        rate, names = float(content['exportFps']), list(content['facsNames'])
        values = np.array(content['weightMat'], np.float64)
        angles = np.array(content['headRotation'], np.float64) if content.get('headRotation') else None
    except (ValueError, KeyError, TypeError) as error:
        raise CaptureError(f'{path.name}: not a curves file ({error!r}). Expected exportFps, facsNames and weightMat.') from error
    if values.ndim != 2 or values.shape[1] != len(names) or rate <= 0:
        raise CaptureError(f'{path.name}: weightMat must hold one row per frame with a weight for each of {len(names)} names.')
    if len(values) < LEAST_ROWS:
        raise CaptureError(f'{path.name}: {len(values)} frames, at least {LEAST_ROWS} are needed.')
    if angles is not None:
        if angles.shape != (len(values), 3):
            raise CaptureError(f'{path.name}: headRotation has {len(angles)} rows, weightMat {len(values)}. They must be as long.')
        _check_finite(path, angles)
    return Capture(np.arange(len(values)) / rate, order_weights(path, names, values), angles)


def looks_captured(path: Path) -> bool:
    """Whether a CSV or JSON holds a performance at all."""
    text = path.read_text(encoding='utf-8', errors='replace')
    mark = 'blendshapecount' if path.suffix.lower() == '.csv' else '"facsnames"'
    return mark in text.lower()


def read_capture(path: Path, head: HeadColumns) -> Capture:
    """A captured performance by the ending of its name."""
    return read_live_link(path, head) if path.suffix.lower() == '.csv' else read_curves_json(path)
