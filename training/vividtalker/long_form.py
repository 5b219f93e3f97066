"""Open question 1: does motion stay coherent over minutes? First against last part, repeated codes, seams, freezes."""

from dataclasses import dataclass

import numpy as np
import torch

from .contact import FRAME_RATE_HZ
from .experiment_data import ExperimentTake
from .experiment_metrics import JointPerformer, Performer, SeparatePerformer
from .features import LOG_RMS
from .generate import Generator
from .head_teacher import head_motion
from .metrics_mouth import Tally, add_clip, curve_at_60, summarise
from .phones import Phone
from .prosody import analyse_prosody, low_pass
from .sampler import decode_clip
from .streams import MOUTH_COUNT

PART_SECONDS = 60
GRAM = 8
STILL_DEGREES = 0.3
SEAM_FRAMES = 2


@dataclass
class LongTake:
    """One talker's takes joined, and how often his recordings were repeated to reach the length."""

    take: ExperimentTake
    repeats: float


def long_take(takes: list[ExperimentTake], seconds: float, seed: int) -> LongTake:
    """A take of `seconds` of the talker with the most sound; recordings are repeated in order where there are too few."""
    talkers = sorted({take.talker for take in takes}, key=lambda name: -sum(t.seconds for t in takes if t.talker == name))
    own = [take for take in takes if take.talker == talkers[0]]
    available = sum(take.seconds for take in own)
    chosen, length = [], 0.0
    while length < seconds:
        chosen.append(own[len(chosen) % len(own)])
        length += chosen[-1].seconds
    frames = int(seconds * FRAME_RATE_HZ) // 8 * 8
    phones: list[Phone] = []
    start = 0.0
    for take in chosen:
        phones += [Phone(p.name, p.start + start, p.end + start, p.confidence, p.stress) for p in take.phones]
        start += take.seconds
    phones = [phone for phone in phones if phone.end <= frames / FRAME_RATE_HZ]
    features = np.concatenate([take.features for take in chosen])[: 2 * frames]
    prosody = analyse_prosody(phones, features)
    style = chosen[0].style
    heads = [head_motion(prosody, frames, style, np.random.default_rng([seed, number])) for number in (0, 1)]
    mouth = np.concatenate([take.mouth for take in chosen])[:frames]
    joined = ExperimentTake(f'{talkers[0]}-{seconds:.0f}', talkers[0], features, phones, prosody, style, heads[0], mouth, heads[1], mouth)
    return LongTake(joined, seconds / available)


def repeated_grams(codes: np.ndarray) -> float:
    """Share of runs of 8 tokens that were seen before in the clip; codes [tokens, groups]."""
    seen: set[bytes] = set()
    repeated = 0
    count = len(codes) - GRAM + 1
    for first in range(count):
        gram = np.ascontiguousarray(codes[first : first + GRAM]).tobytes()
        repeated += gram in seen
        seen.add(gram)
    return repeated / max(1, count)


def longest_freeze(head: np.ndarray, speech: np.ndarray) -> float:
    """Seconds of the longest stretch of speech in which no axis moves by more than 0.3 degrees."""
    degrees = np.degrees(head[:, :3])
    longest = first = 0
    for last in range(len(degrees)):
        if not speech[last]:
            first = last + 1
            continue
        while np.ptp(degrees[first : last + 1], axis=0).max() > STILL_DEGREES:
            first += 1
        longest = max(longest, last + 1 - first)
    return longest / FRAME_RATE_HZ


def seam_ratio(values: np.ndarray, borders: np.ndarray) -> float:
    """Mean acceleration within 2 frames of the window borders over that elsewhere; values [frames, C]."""
    acceleration = np.linalg.norm(np.diff(values, 2, axis=0), axis=1)
    near = np.zeros(len(acceleration), bool)
    for border in borders:
        near[max(0, border - 1 - SEAM_FRAMES) : border + SEAM_FRAMES] = True
    if not near.any() or near.all():
        return 1.0
    return float(acceleration[near].mean() / (acceleration[~near].mean() + 1e-12))


def window_borders(generator: Generator, frames: int) -> np.ndarray:
    """First frames that each later window generated anew."""
    window, step = generator.used_window, generator.tokenizer.frames_per_token
    return np.arange(window['windowTokens'], frames // step, window['windowTokens'] - window['overlapTokens']) * step


def _parts(take: ExperimentTake) -> list[slice]:
    length = min(PART_SECONDS * FRAME_RATE_HZ, len(take.head) // 2)
    return [slice(0, length), slice(len(take.head) - length, len(take.head))]


def _closures(mouth: np.ndarray, take: ExperimentTake, part: slice) -> float | None:
    start, end = part.start / FRAME_RATE_HZ, part.stop / FRAME_RATE_HZ
    phones = [
        Phone(p.name, p.start - start, p.end - start, p.confidence, p.stress) for p in take.phones if p.start >= start and p.end <= end
    ]
    tally = Tally()
    add_clip(tally, curve_at_60(mouth[part]), phones, take.features[2 * part.start : 2 * part.stop, LOG_RMS])
    return summarise(tally)['closedPercent']


def describe(head: np.ndarray, mouth: np.ndarray, take: ExperimentTake) -> dict:
    """First against last part of one long performance, and the longest freeze."""
    degrees = low_pass(np.degrees(head[:, :3]), FRAME_RATE_HZ, 6.0)
    first, last = _parts(take)
    speech = take.prosody.speech[2 * np.arange(len(head))]
    return {
        'partSeconds': (first.stop - first.start) / FRAME_RATE_HZ,
        'sdFirst': degrees[first].std(0).tolist(), 'sdLast': degrees[last].std(0).tolist(),
        'meanDrift': (degrees[last].mean(0) - degrees[first].mean(0)).tolist(),
        'closedFirst': _closures(mouth, take, first), 'closedLast': _closures(mouth, take, last),
        'longestFreezeSeconds': longest_freeze(head, speech),
    }  # fmt: skip


def _coded(generator: Generator, motion: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        return generator.tokenizer.encode(torch.from_numpy(np.ascontiguousarray(motion, np.float32)[None])).numpy()[0]


def _stream_report(generator: Generator, take: ExperimentTake, teacher: np.ndarray, seed: int) -> tuple[np.ndarray, dict]:
    codes = generator.codes(take.features, take.style, seed)
    motion = decode_clip(generator.tokenizer, codes)[: len(take.head)]
    borders = window_borders(generator, len(motion))
    report = {
        'repeatedGrams': repeated_grams(codes), 'repeatedGramsTeacher': repeated_grams(_coded(generator, teacher)),
        'seamRatio': seam_ratio(motion * generator.tokenizer.scale.numpy(), borders), 'seams': len(borders),
    }  # fmt: skip
    return motion, report


def long_report(performer: Performer, long: LongTake, seed: int) -> dict:
    """Coherence of a design over a long take, beside the teacher's."""
    take = long.take
    if isinstance(performer, JointPerformer):
        motion, streams = _stream_report(performer.generator, take, np.concatenate((take.mouth, take.head), 1), seed)
        head, mouth, reports = motion[:, MOUTH_COUNT:], motion[:, :MOUTH_COUNT], {'joint': streams}
    elif isinstance(performer, SeparatePerformer):
        head, head_report = _stream_report(performer.head_generator, take, take.head, seed)
        mouth, mouth_report = _stream_report(performer.mouth_generator, take, take.mouth, seed)
        reports = {'head': head_report, 'mouth': mouth_report}
    else:
        raise TypeError('long takes need generators')
    return {
        'seconds': take.seconds, 'talker': take.talker, 'repeats': long.repeats, **describe(head, mouth, take),
        'streams': reports, 'teacher': describe(take.head, take.mouth, take),
    }  # fmt: skip
