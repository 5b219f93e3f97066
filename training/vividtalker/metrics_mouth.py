"""Lip metrics on curves at 60 Hz after contact is applied: closures, false closures, lip-tooth contact, rounding, stillness.

Lip gap in millimetres by the head's linear lip response (mm per unit weight, from its manifest), not below zero.
Definitions (P95 = the clip's 95th-percentile gap): closed = gap <= 10 % of P95 within [start - 40 ms, end] of a p, b, m that
touches no pause and no other bilabial; chance = the same with the lips of another clip; met = the same within 60 ms of the
instant at which reference lips are shut; false = closed at the centre of a loud open vowel of at least 70 ms; tooth contact =
lower lip at most 20 % of P95 below the upper incisors during f, v; sealed = shut as for b in its middle.
"""

from dataclasses import dataclass, field

import numpy as np

from .contact import apply_contact
from .face import MOUTH_INDEX
from .phones import BILABIALS, LABIODENTALS, OPEN_VOWELS, Phone

RATE_HZ = 60
CLOSED_SHARE = 0.1
LEAD_SECONDS = 0.04
LEAST_CONFIDENCE = 0.7
SHORTEST_RANGE_MM = 1.5
SHORTEST_VOWEL_SECONDS = 0.07
TOOTH_SHARE = 0.2
MET_SECONDS = 0.06

# mm of lip gap per unit weight, measured on the shipped head; the caller may pass the values of another manifest.
LIP_RESPONSE_MM = {
    'cheekPuff': -1.164, 'jawForward': 1.369, 'jawOpen': 33.845, 'mouthClose': -33.942, 'mouthFunnel': 11.913,
    'mouthLowerDownLeft': 1.971, 'mouthLowerDownRight': 1.971, 'mouthPressLeft': -1.185, 'mouthPressRight': -1.185,
    'mouthPucker': -2.264, 'mouthRollLower': -2.877, 'mouthRollUpper': -1.419, 'mouthShrugLower': -4.756,
    'mouthShrugUpper': 3.542, 'mouthSmileLeft': -1.416, 'mouthSmileRight': -1.416, 'mouthUpperUpLeft': 2.463,
    'mouthUpperUpRight': 2.463, 'tongueOut': 1.38,
}  # fmt: skip


# mm that one unit of weight moves the middle of the lower lip's inner edge up, and its height above the upper incisors' edge at rest.
LOWER_LIP_RISE_MM = {
    'cheekPuff': 0.27, 'jawForward': -1.57, 'jawOpen': -33.27, 'mouthClose': 26.64, 'mouthFunnel': -7.76, 'mouthLeft': 0.66,
    'mouthLowerDownLeft': -1.97, 'mouthLowerDownRight': -1.97, 'mouthPressLeft': 1.58, 'mouthPressRight': 1.58,
    'mouthPucker': 0.46, 'mouthRight': 0.66, 'mouthRollLower': 2.88, 'mouthShrugLower': 4.76, 'mouthSmileLeft': 3.02,
    'mouthSmileRight': 3.02, 'tongueOut': -1.38,
}  # fmt: skip
LIP_ABOVE_TEETH_MM = 2.94


@dataclass
class Tally:
    """Counts of one test set; `closed` etc. hold one number per event."""

    closed: list[float] = field(default_factory=list)
    chance: list[float] = field(default_factory=list)
    offset: list[float] = field(default_factory=list)
    met: list[float] = field(default_factory=list)
    false: list[float] = field(default_factory=list)
    tooth: list[float] = field(default_factory=list)
    tooth_sealed: list[float] = field(default_factory=list)
    open_silence: list[float] = field(default_factory=list)
    still: list[float] = field(default_factory=list)
    level_r: list[float] = field(default_factory=list)
    lag: list[float] = field(default_factory=list)
    fast: list[float] = field(default_factory=list)
    gap95: list[float] = field(default_factory=list)
    round_high: list[float] = field(default_factory=list)
    round_low: list[float] = field(default_factory=list)
    jaw_low: list[float] = field(default_factory=list)
    jaw_high: list[float] = field(default_factory=list)


def curve_at_60(motion: np.ndarray) -> np.ndarray:
    """Motion [frames, 58] at 30 fps -> with contact applied at 60 Hz."""
    return apply_contact(motion, np.arange(2 * len(motion)) / RATE_HZ)


def lip_gap_mm(curve: np.ndarray, response: dict[str, float] | None = None) -> np.ndarray:
    """Lip gap in mm of coefficient curves [rows, 58]."""
    response = response or LIP_RESPONSE_MM
    gap = sum(curve[:, MOUTH_INDEX[name]] * weight for name, weight in response.items() if name in MOUTH_INDEX)
    return np.maximum(gap, 0)


def tooth_gap_mm(curve: np.ndarray) -> np.ndarray:
    """Distance in mm of the lower lip below the edge of the upper incisors, of curves [rows, 58]; negative where it covers them."""
    rise = sum(curve[:, MOUTH_INDEX[name]] * weight for name, weight in LOWER_LIP_RISE_MM.items())
    return -LIP_ABOVE_TEETH_MM - rise


def middle_bilabials(phones: list[Phone]) -> list[Phone]:
    """p, b, m that touch neither a pause nor another bilabial and are aligned with confidence."""
    result = []
    for before, phone, after in zip(phones, phones[1:], phones[2:], strict=False):
        neighbours = {before.name, after.name}
        if phone.name in BILABIALS and phone.confidence >= LEAST_CONFIDENCE and not neighbours & (BILABIALS | {'SIL'}):
            result.append(phone)
    return result


def _rows(start: float, end: float, count: int) -> slice:
    return slice(max(0, int(np.floor(start * RATE_HZ))), min(count, int(np.ceil(end * RATE_HZ)) + 1))


def _closure_centre(gap: np.ndarray, rows: slice, limit: float) -> float:
    part = gap[rows]
    return rows.start + float(np.mean(np.flatnonzero(part <= max(limit, part.min() + 1e-9))))


def add_clip(
    tally: Tally, curve: np.ndarray, phones: list[Phone], level: np.ndarray, other: np.ndarray | None = None,
    reference: np.ndarray | None = None,
) -> None:  # fmt: skip
    """Adds one clip: curve [rows, 58] at 60 Hz, level (log RMS) per row, optional curves of another clip and of reference lips."""
    gap = lip_gap_mm(curve)
    count = min(len(gap), len(level))
    gap, level = gap[:count], level[:count]
    top = max(float(np.percentile(gap, 95)), SHORTEST_RANGE_MM)
    tally.gap95.append(float(np.percentile(gap, 95)))
    _add_closures(tally, gap, phones, top, other, reference)
    teeth = tooth_gap_mm(curve[:count])
    loud = float(np.median(level))
    for before, phone, after in zip([phones[0], *phones], phones, [*phones[1:], phones[-1]], strict=False):
        centre = int(round((phone.start + phone.end) / 2 * RATE_HZ))
        if phone.confidence < LEAST_CONFIDENCE or not 0 < centre < count - 1:
            continue
        if phone.name in OPEN_VOWELS and phone.end - phone.start >= SHORTEST_VOWEL_SECONDS and level[centre] > loud:
            tally.false.append(float(gap[centre] <= CLOSED_SHARE * top))
        if phone.name in LABIODENTALS and not {before.name, after.name} & BILABIALS:
            rows = _rows(phone.start - 0.02, phone.end, count)
            tally.tooth.append(float(teeth[rows].min() <= TOOTH_SHARE * top))
            tally.tooth_sealed.append(float(gap[centre - 1 : centre + 2].min() <= CLOSED_SHARE * top))
        rounding = curve[centre, MOUTH_INDEX['mouthPucker']] - 0.5 * curve[centre, MOUTH_INDEX['mouthStretchLeft']]
        if phone.name in ('UW', 'OW', 'W'):
            tally.round_high.append(float(rounding))
        if phone.name in ('IY', 'EH', 'AE'):
            tally.round_low.append(float(rounding))
        if phone.name in ('AA', 'AE', 'AY', 'AW'):
            tally.jaw_low.append(float(curve[centre, MOUTH_INDEX['jawOpen']]))
        if phone.name in ('IY', 'IH', 'UW', 'UH'):
            tally.jaw_high.append(float(curve[centre, MOUTH_INDEX['jawOpen']]))
    _add_pauses(tally, gap, phones, level, top)


def _add_closures(
    tally: Tally, gap: np.ndarray, phones: list[Phone], top: float, other: np.ndarray | None, reference: np.ndarray | None
) -> None:
    count, limit = len(gap), CLOSED_SHARE * top
    for phone in middle_bilabials(phones):
        rows = _rows(phone.start - LEAD_SECONDS, phone.end, count)
        if rows.stop - rows.start < 2:
            continue
        tally.closed.append(float(gap[rows].min() <= limit))
        if other is not None and rows.stop <= len(other):
            other_gap = lip_gap_mm(other)
            other_top = max(float(np.percentile(other_gap, 95)), SHORTEST_RANGE_MM)
            tally.chance.append(float(other_gap[rows].min() <= CLOSED_SHARE * other_top))
        if reference is None or rows.stop > len(reference):
            continue
        goal = lip_gap_mm(reference)[:count]
        goal_limit = CLOSED_SHARE * float(np.percentile(goal, 95))
        if goal[rows].min() > goal_limit:
            continue
        instant = _closure_centre(goal, rows, goal_limit)
        near = _rows(instant / RATE_HZ - MET_SECONDS, instant / RATE_HZ + MET_SECONDS, count)
        tally.met.append(float(gap[near].min() <= limit))
        if tally.closed[-1]:
            wide = _rows(phone.start - 0.1, phone.end + 0.06, count)
            tally.offset.append((_closure_centre(gap, wide, limit) - instant) / RATE_HZ * 1000)


def _add_pauses(tally: Tally, gap: np.ndarray, phones: list[Phone], level: np.ndarray, top: float) -> None:
    time = np.arange(len(gap)) / RATE_HZ
    pause = np.zeros(len(gap), bool)
    for phone in phones:
        if phone.name == 'SIL' and phone.end - phone.start > 0.4:
            pause |= (time > phone.start + 0.15) & (time < phone.end - 0.25)
    speech = (time > phones[0].end) & (time < phones[-1].start)
    if pause.sum() >= 12:
        tally.open_silence.append(float(gap[pause].mean() / top))
        tally.still.append(float(gap[pause].std() / (gap[speech].std() + 1e-6)))
    if speech.sum() > 30 and level.std() > 0 and gap.std() > 0:
        tally.level_r.append(float(np.corrcoef(gap, level)[0, 1]))
        tally.lag.append(lag_correlation(gap, level, RATE_HZ, 12)[1])
        spectrum = np.abs(np.fft.rfft(np.diff(gap[speech]) * np.hanning(speech.sum() - 1))) ** 2
        frequency = np.fft.rfftfreq(speech.sum() - 1, 1 / RATE_HZ)
        tally.fast.append(float(spectrum[frequency > 7].sum() / (spectrum.sum() + 1e-9)))


def _share(values: list[float]) -> float | None:
    return round(100 * float(np.mean(values)), 1) if values else None


def _median(values: list[float], digits: int = 3) -> float | None:
    return round(float(np.median(values)), digits) if values else None


def cohen_d(high: list[float], low: list[float]) -> float | None:
    """Effect size between two groups, None when one is small."""
    if min(len(high), len(low)) < 10:
        return None
    spread = np.sqrt((np.var(high) + np.var(low)) / 2) + 1e-9
    return round(float((np.mean(high) - np.mean(low)) / spread), 2)


def summarise(tally: Tally) -> dict[str, float | int | None]:
    """Percentages and medians of a tally, with counts."""
    return {
        'closedPercent': _share(tally.closed), 'chancePercent': _share(tally.chance), 'bilabials': len(tally.closed),
        'metPercent': _share(tally.met),
        'absOffsetMs': _median([abs(value) for value in tally.offset], 0), 'offsetMs': _median(tally.offset, 0),
        'falsePercent': _share(tally.false), 'openVowels': len(tally.false), 'toothPercent': _share(tally.tooth),
        'toothSealedPercent': _share(tally.tooth_sealed), 'labiodentals': len(tally.tooth),
        'openInPauses': _median(tally.open_silence), 'stillInPauses': _median(tally.still),
        'levelCorrelation': _median(tally.level_r, 2), 'levelLagMs': _median(tally.lag, 0),
        'above7HzShare': _median(tally.fast), 'gap95Mm': _median(tally.gap95, 1),
        'roundD': cohen_d(tally.round_high, tally.round_low), 'jawD': cohen_d(tally.jaw_low, tally.jaw_high),
    }  # fmt: skip


def lag_correlation(curve: np.ndarray, target: np.ndarray, rate_hz: float, most_lag: int) -> tuple[float, float]:
    """Correlation at lag 0 and the lag in ms with the highest one (positive: curve is late)."""
    values = {}
    for lag in range(-most_lag, most_lag + 1):
        a = curve[max(0, lag) : len(curve) + min(0, lag)]
        b = target[max(0, -lag) : len(target) + min(0, -lag)]
        length = min(len(a), len(b))
        values[lag] = float(np.corrcoef(a[:length], b[:length])[0, 1]) if a.std() > 0 and b.std() > 0 else 0.0
    return values[0], 1000 * max(values, key=values.__getitem__) / rate_hz
