"""Nods and posture shifts in head motion, in degrees at 30 fps, and how often people make them.

The measured figures come without the rule that found them. The rules here are ours: with them the published teacher, made to
match those people, falls into their quartiles.
"""

from dataclasses import dataclass

import numpy as np
from scipy.signal import find_peaks

from .contact import FRAME_RATE_HZ
from .prosody import low_pass

LEAST_SHIFT_DEGREES = 3.0
SHIFT_MEAN_SECONDS = 0.3
SHIFT_MOVE_SECONDS = 0.2
SHIFT_APART_SECONDS = 0.9
NOD_LOW_PASS_HZ = 6.0
LEAST_SWING_DEGREES = 2.0
LONGEST_NOD_SECONDS = 1.2
LEAST_RETURN = 0.5


@dataclass(frozen=True)
class Event:
    """A nod or a posture shift: first and last frame, and its size in degrees."""

    first: int
    last: int
    size: float

    @property
    def seconds(self) -> float:
        """Duration."""
        return (self.last - self.first) / FRAME_RATE_HZ


def posture_shifts(degrees: np.ndarray) -> list[Event]:
    """Moves of [frames, 3] that stay: the pose 0.1-0.4 s later differs from that 0.1-0.4 s earlier by more than 3 degrees.

    Of moves less than 0.9 s apart only the largest counts.
    """
    mean = round(SHIFT_MEAN_SECONDS * FRAME_RATE_HZ)
    half = round(SHIFT_MOVE_SECONDS / 2 * FRAME_RATE_HZ)
    if len(degrees) < 2 * (mean + half) + 1:
        return []
    total = np.concatenate([np.zeros((1, degrees.shape[1])), np.cumsum(degrees, axis=0)])
    pose = (total[mean:] - total[:-mean]) / mean  # mean over frames k .. k + mean - 1
    change = np.linalg.norm(pose[mean + 2 * half :] - pose[: -mean - 2 * half], axis=1)
    peaks, _ = find_peaks(change, height=LEAST_SHIFT_DEGREES, distance=round(SHIFT_APART_SECONDS * FRAME_RATE_HZ))
    return [Event(int(peak) + mean, int(peak) + mean + 2 * half, float(change[peak])) for peak in peaks]


def nods(pitch: np.ndarray) -> list[Event]:
    """Swings of pitch [frames] out and back within 1.2 s, each of at least 2 degrees and half the other; size of the smaller."""
    smooth = low_pass(pitch, FRAME_RATE_HZ, NOD_LOW_PASS_HZ)
    slope = np.sign(np.diff(smooth))
    turns = [0, *(np.flatnonzero(slope[1:] * slope[:-1] < 0) + 1), len(smooth) - 1]
    found: list[Event] = []
    for first, middle, last in zip(turns, turns[1:], turns[2:], strict=False):
        out, back = abs(smooth[middle] - smooth[first]), abs(smooth[last] - smooth[middle])
        smaller, larger = min(out, back), max(out, back)
        quick = (last - first) / FRAME_RATE_HZ <= LONGEST_NOD_SECONDS
        apart = not found or first >= found[-1].last
        if quick and apart and smaller >= LEAST_SWING_DEGREES and smaller >= LEAST_RETURN * larger:
            found.append(Event(first, last, float(smaller)))
    return found


def per_minute(events: list[Event], frame_count: int) -> float:
    """Events per minute of a clip."""
    return len(events) * 60 * FRAME_RATE_HZ / frame_count
