"""Dominance model of coarticulation: each phone pulls every articulator towards its target for a while.

For articulator a and phone p with start s_p and end e_p (seconds):

    D_ap(t) = strength_ap * sigmoid((t - s_p + lead_ap) / rise_ap) * sigmoid((e_p + lag_ap - t) / fall_ap)
    y_a(t)  = sum_p D_ap(t) target_ap / sum_p D_ap(t)

Targets, strengths and times are fitted to the tracked lips of one talker (fit_mouth_teacher.py, dominance_fit.py). Phones that
this talker never says follow their class: hand-set target plus the mean correction of the class, times and strength of the class.
"""

import json
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from .phones import PHONE_COUNT, PHONE_INDEX, Phone

ARTICULATORS = ('opening', 'width', 'jaw')
CONSTANTS_PATH = Path(__file__).with_name('mouth_teacher.json')
LEAST_OPENING = 0.14  # of all phones but p b m: the tracker reads the small openings of w, r and th as shut

# Start values: opening / P95, outer width / rest - 1, jaw drop in eye distances (GRID medians where the talker says the phone).
INITIAL_TARGETS: dict[str, tuple[float, float, float]] = {
    'SIL': (0.0, 0.0, 0.0), 'AA': (1.0, -0.02, 0.095), 'AE': (0.95, 0.015, 0.085), 'AH': (0.65, 0.0, 0.062),
    'AO': (0.5, -0.068, 0.07), 'EH': (0.94, 0.018, 0.08), 'ER': (0.4, -0.04, 0.05), 'IH': (0.72, 0.015, 0.06),
    'IY': (0.78, 0.035, 0.057), 'UH': (0.4, -0.045, 0.052), 'UW': (0.25, -0.07, 0.046), 'B': (0.0, -0.025, 0.045),
    'P': (0.0, -0.01, 0.04), 'M': (0.0, -0.016, 0.05), 'F': (0.15, -0.003, 0.038), 'V': (0.2, 0.0, 0.04),
    'TH': (0.14, -0.011, 0.031), 'DH': (0.2, -0.02, 0.042), 'T': (0.5, 0.009, 0.045), 'D': (0.5, 0.012, 0.05),
    'N': (0.5, 0.003, 0.05), 'L': (0.46, 0.0, 0.058), 'S': (0.5, 0.014, 0.038), 'Z': (0.45, 0.015, 0.037),
    'SH': (0.6, -0.04, 0.045), 'ZH': (0.6, -0.04, 0.045), 'CH': (0.65, -0.02, 0.05), 'JH': (0.65, -0.02, 0.05),
    'R': (0.25, -0.035, 0.047), 'W': (0.08, -0.08, 0.05), 'Y': (0.6, 0.0, 0.05), 'K': (0.6, 0.0, 0.055),
    'G': (0.6, 0.0, 0.055), 'NG': (0.6, 0.0, 0.055), 'HH': (0.6, 0.0, 0.055),
}  # fmt: skip


@dataclass
class DominanceConstants:
    """Arrays [3 articulators, phones]: target, log strength, lead and lag (s), rise and fall times (s).

    `loudness` [3]: relative change of the target per standard deviation of a phone's level.
    """

    target: np.ndarray
    log_strength: np.ndarray
    lead: np.ndarray
    lag: np.ndarray
    rise: np.ndarray
    fall: np.ndarray
    loudness: np.ndarray

    @staticmethod
    def initial() -> 'DominanceConstants':
        """Hand-set start values."""
        shape = (len(ARTICULATORS), PHONE_COUNT)
        target = np.zeros(shape)
        for name, values in INITIAL_TARGETS.items():
            target[:, PHONE_INDEX[name]] = values
        full = lambda value: np.full(shape, value)  # noqa: E731
        strength = full(0.0)
        strength[:, PHONE_INDEX['SIL']] = -2.5
        return DominanceConstants(target, strength, full(0.02), full(-0.01), full(0.02), full(0.02), np.array([0.1, 0, 0.1]))

    @staticmethod
    def load(path: Path = CONSTANTS_PATH) -> 'DominanceConstants':
        """Reads fitted constants."""
        stored = json.loads(path.read_text())
        return DominanceConstants(*(np.array(stored[field.name]) for field in fields(DominanceConstants)))

    def save(self, path: Path, note: str) -> None:
        """Writes the constants as JSON with a note on their origin."""
        stored = {'note': note, **{name: np.round(values, 5).tolist() for name, values in vars(self).items()}}
        path.write_text(json.dumps(stored) + '\n')


def dominance(constants: DominanceConstants, articulator: int, phones: list[Phone], times: np.ndarray) -> np.ndarray:
    """Normalised dominance [times, phones] of one articulator; rows sum to 1."""
    index = np.array([PHONE_INDEX[phone.name] for phone in phones])
    start = np.array([phone.start for phone in phones])
    end = np.array([phone.end for phone in phones])
    pick = lambda values: values[articulator][index]  # noqa: E731
    rise = (times[:, None] - start + pick(constants.lead)) / pick(constants.rise)
    fall = (end + pick(constants.lag) - times[:, None]) / pick(constants.fall)
    log_weight = pick(constants.log_strength) - np.logaddexp(0, -rise) - np.logaddexp(0, -fall)
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    return weight / weight.sum(axis=1, keepdims=True)
