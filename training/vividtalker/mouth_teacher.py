"""Mouth teacher: aligned phones (or tracked lips) -> 42 expression coefficients, wrinkle weights and contact at 30 fps.

Lip opening, width and jaw come from the fitted dominance model, opening and width with a learned correction (it keeps
closer to the tracked lips of blind clips; the rule's jaw tells low from high vowels better); rounding, tongue and lip raise
share the rule's timing.
"""

from dataclasses import dataclass

import numpy as np

from .contact import FRAME_RATE_HZ
from .detail import settled, wrinkle_weights
from .dominance import ARTICULATORS, LEAST_OPENING, DominanceConstants, dominance
from .face import DETAIL_NAMES, LABIODENTAL, MOUTH_INDEX, SEAL, zero_motion
from .features import NETWORK_RATE_HZ
from .head_teacher import coloured_noise
from .learned_teacher import load_correction
from .phones import BILABIALS, LABIODENTALS, PHONE_COUNT, PHONE_INDEX, VOWELS, Phone, split_diphthongs
from .prosody import Prosody
from .style import STYLE_INDEX

# Rounding, forward jaw, tongue and upper-lip raise by phone, in coefficient units.
_PUCKER = {'UW': 0.7, 'W': 0.75, 'OW': 0.5, 'AO': 0.38, 'UH': 0.35, 'R': 0.25, 'ER': 0.22, 'SH': 0.2, 'ZH': 0.2,
           'CH': 0.18, 'JH': 0.18, 'Y': 0.05}  # fmt: skip
_FUNNEL = {'SH': 0.45, 'ZH': 0.42, 'CH': 0.42, 'JH': 0.4, 'AO': 0.35, 'UH': 0.22, 'UW': 0.2, 'W': 0.12, 'R': 0.18,
           'ER': 0.18, 'OW': 0.3}  # fmt: skip
_FORWARD = {'SH': 0.15, 'ZH': 0.15, 'CH': 0.15, 'JH': 0.15, 'S': 0.08, 'Z': 0.08}
_TONGUE = {'TH': 0.4, 'DH': 0.32, 'L': 0.12, 'N': 0.04, 'T': 0.04, 'D': 0.04}
_RAISE = {'S': 0.1, 'Z': 0.1, 'EY': 0.06, 'IY': 0.06, 'K': 0.05, 'CH': 0.06, 'SH': 0.06, 'T': 0.03, 'F': 0.1, 'V': 0.1}
_EXTRA = (_PUCKER, _FUNNEL, _FORWARD, _TONGUE, _RAISE)

OPENING_TO_GAP = 0.29  # lip gap in units of jawOpen at the talker's 95th-percentile opening
JAW_SCALE = 3.2  # jawOpen per eye distance of jaw drop
CONTACT_REACH_SECONDS = 0.02  # contact.py shuts the lips this long before the first and after the last marked frame
CLOSING_SECONDS, OPENING_SECONDS, APPROACH = 0.12, 0.11, 0.6  # the opening shrinks to 40 % towards p b m; the contact shuts the rest
JAW_MIDDLE, JAW_CONTRAST = 0.07, 1.4  # vowels: the tracked chin under-reads the jaw, and its mesh smooths the extremes
# Lip gap per unit weight (both sides) in units of jawOpen, measured on the head (lipResponse of its manifest, 33.8 mm).
LOWER_DOWN_GAP, UPPER_UP_GAP, FUNNEL_GAP, PUCKER_GAP = 0.116, 0.146, 0.352, -0.067


@dataclass
class Articulation:
    """Articulator curves at 30 fps [frames]: opening / P95, width / rest - 1, jaw drop; `extra` [frames, 5]; contacts 0/1."""

    opening: np.ndarray
    width: np.ndarray
    jaw: np.ndarray
    extra: np.ndarray
    seal: np.ndarray
    labiodental: np.ndarray


def seal_intervals(phones: list[Phone]) -> list[tuple[float, float]]:
    """Times at which the lips are shut for p, b, m, with the lead of real lips (GRID: shut 20-35 ms before the word, for 90-145 ms).

    The lead is shorter after a short vowel, and short vowels between two closures stay open.
    """
    result: list[list[float]] = []
    for index, phone in enumerate(phones):
        if phone.name not in BILABIALS:
            continue
        length = phone.end - phone.start
        before = phones[index - 1] if index else None
        after_pause = before is None or before.name == 'SIL'
        before_pause = index == len(phones) - 1 or phones[index + 1].name == 'SIL'
        lead = 0.09 if after_pause and phone.name != 'M' else 0.028
        if before is not None and before.name in VOWELS:
            lead = min(lead, 0.2 * (before.end - before.start))
        start = phone.start - lead
        if phone.name == 'M':
            end = phone.end - 0.01
        else:
            share, most = (0.7, 0.07) if phone.name == 'P' else (0.8, 0.08)
            end = phone.start + np.clip(share * length, 0.045, most)
        if before_pause and phone.name == 'P':
            end = max(end, phone.end - 0.03)
        result.append([start, max(end, start + 0.05)])
    for left, right in zip(result, result[1:], strict=False):
        gap = right[0] - left[1]
        if 0 < gap + 0.05 and gap < 0.07 and right[1] - left[0] > 0.16:
            middle = (left[1] + right[0]) / 2
            left[1] = max(left[0] + 0.04, middle - 0.035)
            right[0] = min(right[1] - 0.04, middle + 0.035)
    return [(start, end) for start, end in result]


def labiodental_intervals(phones: list[Phone]) -> list[tuple[float, float]]:
    """Times at which f and v hold the lower lip to the teeth."""
    return [(p.start - 0.015, max(p.end - 0.015, p.start + 0.035)) for p in phones if p.name in LABIODENTALS]


def mark_frames(intervals: list[tuple[float, float]], frame_count: int) -> np.ndarray:
    """0/1 per 30-fps frame so that the contact made of the marks fills each interval; every interval has at least one mark."""
    marks = np.zeros(frame_count, np.float32)
    for start, end in intervals:
        first = int(round((start + CONTACT_REACH_SECONDS) * FRAME_RATE_HZ))
        last = int(round((end - CONTACT_REACH_SECONDS) * FRAME_RATE_HZ))
        if last < first:
            first = last = int(round((start + end) / 2 * FRAME_RATE_HZ))
        marks[max(0, first) : max(0, last + 1)] = 1
    return marks


def approach_weight(intervals: list[tuple[float, float]], times: np.ndarray) -> np.ndarray:
    """0..1 how near a closure is: 1 inside an interval, cosine ramps around it (lips take about 0.1 s to shut or open)."""
    weight = np.zeros(len(times))
    for start, end in intervals:
        distance = np.where(times < start, (start - times) / CLOSING_SECONDS, np.maximum(0, (times - end) / OPENING_SECONDS))
        weight = np.maximum(weight, 0.5 + 0.5 * np.cos(np.pi * np.clip(distance, 0, 1)))
    return weight


def _level(phones: list[Phone], prosody: Prosody) -> np.ndarray:
    """Level of each phone at its middle against the clip, in standard deviations, -1.8..1.8."""
    rows = [int((phone.start + phone.end) / 2 * NETWORK_RATE_HZ) for phone in phones]
    return np.clip(prosody.level[np.clip(rows, 0, len(prosody.level) - 1)], -1.8, 1.8)


def articulate(phones: list[Phone], frame_count: int, prosody: Prosody, constants: DominanceConstants) -> Articulation:
    """Articulator curves of aligned phones."""
    split = split_diphthongs(phones)
    times = np.arange(frame_count) / FRAME_RATE_HZ
    index = np.array([PHONE_INDEX[phone.name] for phone in split])
    level = _level(split, prosody)
    floor = np.array([0.0 if phone.name in BILABIALS or phone.name == 'SIL' else LEAST_OPENING for phone in split])
    vowel = np.array([phone.name in VOWELS for phone in split])
    correction = load_correction().raw_curves(phones, prosody.level, times)
    curves, weights = [], []
    for number, articulator in enumerate(ARTICULATORS):
        weight = dominance(constants, number, split, times)
        target = constants.target[number][index] * (1 + constants.loudness[number] * level)
        if number == 0:
            target = np.maximum(target, floor)
        if number == 2:
            target = np.where(vowel, JAW_MIDDLE + JAW_CONTRAST * (target - JAW_MIDDLE), target)
        curve = weight @ target
        if articulator != 'jaw':
            curve = curve + correction[:, number]
        if number == 0:
            curve = np.maximum(curve, weight @ floor)
        curves.append(curve)
        weights.append(weight)
    table = np.zeros((PHONE_COUNT, len(_EXTRA)))
    for column, values in enumerate(_EXTRA):
        for name, value in values.items():
            table[PHONE_INDEX[name], column] = value
    extra = np.zeros((frame_count, len(_EXTRA)))
    extra[:, :2] = weights[1] @ table[index][:, :2]  # rounding follows the timing of the width
    extra[:, 2:] = weights[2] @ table[index][:, 2:]
    closures = seal_intervals(phones)
    curves[0] = curves[0] * (1 - APPROACH * approach_weight(closures, times))
    seal = mark_frames(closures, frame_count)
    tooth = mark_frames(labiodental_intervals(phones), frame_count) * (1 - seal)
    return Articulation(np.maximum(curves[0], 0), curves[1], np.maximum(curves[2], 0), extra, seal, tooth)


def follow_tracked(model: Articulation, tracked: dict[str, np.ndarray], phones: list[Phone]) -> Articulation:
    """Replaces modelled curves by tracked ones (25 fps); contact where tracked lips are shut near a p, b or m."""
    frame_count = len(model.opening)
    position = np.arange(frame_count) / FRAME_RATE_HZ * 25
    read = lambda name: np.interp(position, np.arange(len(tracked[name])), tracked[name])  # noqa: E731
    opening = np.clip(read('opening'), 0, 1.25)
    width, jaw = read('width'), np.clip(read('jaw'), 0, 0.14)
    times = np.arange(frame_count) / FRAME_RATE_HZ
    shut = np.zeros(frame_count, np.float32)
    for phone in phones:
        if phone.name in BILABIALS:
            near = (times > phone.start - 0.16) & (times < phone.end + 0.06)
            if near.any():
                least = opening[near].min()
                shut[near & (opening <= max(0.06, least + 0.01))] = 1
    for phone in phones:
        if phone.name in ('W', 'R', 'TH', 'DH', 'UW'):
            inside = (times >= phone.start + 0.02) & (times < phone.end - 0.02) & (shut == 0)
            opening[inside] = np.maximum(opening[inside], 0.7 * LEAST_OPENING)
    extra = model.extra.copy()
    narrow = np.clip((-width - 0.012) / 0.07, 0, 1)
    extra[:, 0] = 0.5 * extra[:, 0] + 0.35 * narrow
    return Articulation(opening, width, jaw, extra, shut, model.labiodental * (1 - shut))


def _brow_curve(prosody: Prosody, times: np.ndarray, activity: float, rng: np.random.Generator) -> np.ndarray:
    """Brow raise 0..1 on a share of the accents, held towards the end of the phrase."""
    raise_curve = np.zeros(len(times))
    for accent in prosody.accents:
        if rng.random() > 0.22 * activity:
            continue
        after = prosody.phrases[prosody.phrases[:, 1] > accent]
        stop = min(after[0, 1] if len(after) else accent + 0.4, accent + rng.uniform(0.3, 1.2))
        rise, fall = rng.uniform(0.15, 0.25), rng.uniform(0.25, 0.5)
        start = accent - 0.06 - rise / 2 + 0.08 * rng.normal()
        up = np.clip((times - start) / rise, 0, 1)
        down = np.clip((times - stop) / fall, 0, 1)
        ease = lambda u: u * u * (3 - 2 * u)  # noqa: E731
        raise_curve = np.maximum(raise_curve, rng.uniform(0.35, 1.0) * ease(up) * (1 - ease(down)))
    return raise_curve


def mouth_motion(shape: Articulation, prosody: Prosody, style: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The coded mouth stream [frames, 58] of articulator curves under a raw style vector."""
    frame_count = len(shape.opening)
    motion = zero_motion(frame_count)
    times = np.arange(frame_count) / FRAME_RATE_HZ
    gain = style[STYLE_INDEX['articulation']]
    smile = style[STYLE_INDEX['smile']]
    slow = lambda high, slope=0.5: coloured_noise(frame_count, FRAME_RATE_HZ, rng, 0.05, high, slope)  # noqa: E731

    def put(name: str, values: np.ndarray | float, tilt: float = 0.0) -> None:
        if name in MOUTH_INDEX:
            motion[:, MOUTH_INDEX[name]] = values
        else:
            motion[:, MOUTH_INDEX[f'{name}Left']] = values * (1 + tilt)
            motion[:, MOUTH_INDEX[f'{name}Right']] = values * (1 - tilt)

    tilt = float(np.clip(0.06 * rng.normal(), -0.15, 0.15))
    opening, width = shape.opening * gain, shape.width * (0.4 + 0.6 * gain)
    pucker, funnel, forward, tongue, lip_raise = (shape.extra * (0.4 + 0.6 * gain)).T
    jaw = np.clip(JAW_SCALE * shape.jaw * gain, 0, 0.7)
    spread = np.clip((width - 0.012) / 0.035, 0, 1.3)
    lower = 0.25 * opening + 0.12 * spread
    upper = 0.12 * opening + lip_raise + 0.04 * spread
    gap = OPENING_TO_GAP * opening
    pucker = np.clip(pucker, 0, 1)
    funnel = np.clip(np.minimum(funnel * (1 - 0.6 * shape.seal), (gap + 0.02) / FUNNEL_GAP), 0, 1)
    rounding = FUNNEL_GAP * funnel + PUCKER_GAP * pucker
    reached = jaw + LOWER_DOWN_GAP * lower + UPPER_UP_GAP * upper + rounding
    lower = lower + np.clip((gap - reached) / LOWER_DOWN_GAP, 0, 0.3)
    # small openings keep the lower lip up, the rest of the jaw's opening is taken back by mouthClose
    damp = np.clip(gap / 0.08, 0, 1)
    lower, upper = np.clip(lower * damp, 0, 0.7), upper * (0.4 + 0.6 * damp)
    close = np.clip(jaw + LOWER_DOWN_GAP * lower + UPPER_UP_GAP * upper + rounding - gap, 0, jaw)
    put('jawOpen', jaw)
    put('jawForward', forward)
    put('mouthClose', close)
    put('mouthLowerDown', lower, tilt)
    put('mouthUpperUp', upper, tilt)
    put('mouthPucker', pucker)
    put('mouthFunnel', funnel)
    unround = np.clip(1 - 1.4 * pucker, 0, 1)
    put('mouthStretch', 0.28 * spread * unround, tilt)
    put('mouthSmile', np.clip(0.1 * spread * unround + 0.38 * smile * (0.5 + 0.5 * unround), 0, 1), 1.5 * tilt)
    put('mouthDimple', 0.1 * spread * unround + 0.1 * smile, tilt)
    put('mouthShrugUpper', 0.15 * upper + 0.1 * pucker)
    put('mouthShrugLower', np.clip(0.08 * pucker + 0.25 * funnel, 0, 1))
    put('mouthRollLower', 0.22 * shape.labiodental)
    put('mouthRollUpper', 0.05 * (1 - damp))
    put('mouthPress', 0.03 + 0.05 * (1 - damp) * prosody_rows(prosody.speech, frame_count), tilt)
    put('tongueOut', np.clip(tongue, 0, 1))
    put('cheekSquint', 0.3 * smile + 0.08 * spread * unround, tilt)
    put('noseSneer', 0.15 * upper, tilt)
    side = np.clip(0.012 * slow(0.6), -0.06, 0.06)
    put('mouthLeft', np.maximum(side, 0))
    put('mouthRight', np.maximum(-side, 0))
    activity = style[STYLE_INDEX['browActivity']]
    brow = _brow_curve(prosody, times, activity, rng)
    drift = np.clip(0.02 * slow(0.5), -0.05, 0.05)
    put('browInnerUp', np.clip(0.42 * brow + drift * activity, 0, 1))
    put('browOuterUp', np.clip(0.3 * brow + 0.7 * drift * activity, 0, 1), 2 * tilt)
    effort = style[STYLE_INDEX['effort']] * np.clip(0.5 + 0.35 * slow(0.35), 0, 1)
    put('browDown', np.clip((0.14 * effort - 0.03) * (1 - brow) - drift, 0, 1), tilt)
    put('eyeSquint', np.clip(0.04 + 0.1 * effort + 0.12 * smile - 0.05 * brow, 0, 1), tilt)
    put('eyeWide', np.clip(0.12 * brow, 0, 1))
    first = len(motion[0]) - 2 - len(DETAIL_NAMES)
    motion[:, first : first + len(DETAIL_NAMES)] = settled(wrinkle_weights(motion, effort))
    motion[:, SEAL], motion[:, LABIODENTAL] = shape.seal, shape.labiodental
    return np.clip(motion, 0, 1)


def prosody_rows(values: np.ndarray, frame_count: int) -> np.ndarray:
    """60-Hz values at 30 fps frames, held past the end; [frame_count] float."""
    rows = np.minimum(np.arange(frame_count) * 2, len(values) - 1)
    return values[rows].astype(np.float32)
