"""A folder of captured takes (performance + WAV of the same stem) as the motion the networks learn from.

What is made of a take, at 30 fps and from time 0 of its sound:
- head: rotation without the take's mean pose (the camera's place, not the style), with the shift a neck pivot causes, as in
  the teacher, because phone captures carry no usable position;
- mouth: the 42 coded weights, wrinkle weights by the rule of detail.py, and lip seal wherever the lips of our head shut
  briefly. Whether the lower lip touches the teeth cannot be seen in the weights: finetuning.py fills it in.
- weight 0 where the capture has a hole or has ended: nothing is learned there.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from .audio import read_audio
from .capture_files import Capture, CaptureError, HeadColumns, looks_captured, read_capture
from .contact import FRAME_RATE_HZ
from .detail import settled, wrinkle_weights
from .face import CODED_NAMES, DETAIL_NAMES, EXPRESSION_NAMES, MOUTH_INDEX, SEAL, zero_motion
from .features import SAMPLE_RATE_HZ
from .head_teacher import head_stream
from .metrics_mouth import CLOSED_SHARE, SHORTEST_RANGE_MM, lip_gap_mm
from .mouth_teacher import mark_frames
from .prepare import FRAME_MULTIPLE
from .style import STYLE_INDEX, default_style

ENDINGS = ('.csv', '.json')
LONGEST_DIFFERENCE_SECONDS = 0.5  # between a take's sound and its capture
LONGEST_HOLE_SECONDS = 0.2
LONGEST_SEAL_SECONDS = 0.35  # lips closed for longer rest: that is no p, b or m
TOUCH_SHARE = 0.04  # of the take's 95th percentile: lips that come no nearer are nearly shut, as in a quiet vowel
TIGHT_SHARE = 0.02
LEAST_SECONDS = 2.0


@dataclass
class CapturedTake:
    """One take: samples at 16 kHz, mouth [frames, 58], head [frames, 6] or None, loss weight [frames]."""

    name: str
    samples: np.ndarray
    mouth: np.ndarray
    head: np.ndarray | None
    weight: np.ndarray


def resample(times: np.ndarray, values: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Columns of values [n, C] at other times, linear, held beyond the ends; [len(at), C]."""
    return np.stack([np.interp(at, times, column) for column in values.T], 1)


def covered(times: np.ndarray, at: np.ndarray) -> np.ndarray:
    """1 where the capture has rows nearby, 0 in holes and beyond its ends; [len(at)] float32."""
    after = np.searchsorted(times, at)
    inside = (at >= times[0]) & (at <= times[-1] + 1 / FRAME_RATE_HZ)
    left, right = times[np.clip(after - 1, 0, len(times) - 1)], times[np.clip(after, 0, len(times) - 1)]
    return (inside & (right - left <= LONGEST_HOLE_SECONDS)).astype(np.float32)


def expression_motion(weights: np.ndarray) -> np.ndarray:
    """Mouth stream [n, 58] of ARKit weights [n, 52], without detail and contact."""
    motion = zero_motion(len(weights))
    for name in CODED_NAMES:
        motion[:, MOUTH_INDEX[name]] = weights[:, EXPRESSION_NAMES.index(name)]
    return motion


def sealed_intervals(times: np.ndarray, motion: np.ndarray) -> list[tuple[float, float]]:
    """First and last time of each brief closure of the lips: gap on our head at most 10 % of the take's 95th percentile; not at its ends.

    Only where they touch, and of each such time the part that is nearly as shut as its shortest gap: lips on their way are not yet a seal.
    """
    gap = lip_gap_mm(motion)
    top = float(np.percentile(gap, 95))
    if top < SHORTEST_RANGE_MM:
        return []
    shut = np.concatenate([[0], (gap <= CLOSED_SHARE * top).astype(int), [0]])
    starts, ends = np.flatnonzero(np.diff(shut) == 1), np.flatnonzero(np.diff(shut) == -1) - 1
    runs = []
    for first, last in zip(starts, ends, strict=True):
        part = gap[first : last + 1]
        if first > 0 and last < len(times) - 1 and part.min() <= TOUCH_SHARE * top:
            tight = first + np.flatnonzero(part <= part.min() + TIGHT_SHARE * top)
            runs.append((float(times[tight[0]]), float(times[tight[-1]])))
    return [(start, end) for start, end in runs if end - start <= LONGEST_SEAL_SECONDS]


def take_motion(capture: Capture, frame_count: int, keep_offset: bool) -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
    """Mouth [frame_count, 58], head [frame_count, 6] or None, weight [frame_count] of a capture at 30 fps."""
    at = np.arange(frame_count) / FRAME_RATE_HZ
    mouth = expression_motion(resample(capture.times, capture.weights, at))
    # Closures are sought at the capture's own rate: at 30 fps the short ones would be missed.
    mouth[:, SEAL] = mark_frames(sealed_intervals(capture.times, expression_motion(capture.weights)), frame_count)
    effort = float(default_style()[STYLE_INDEX['effort']])
    first = MOUTH_INDEX[DETAIL_NAMES[0]]
    mouth[:, first : first + len(DETAIL_NAMES)] = settled(wrinkle_weights(mouth, effort))
    head = None
    if capture.angles is not None:
        angles = resample(capture.times, capture.angles, at)
        rotation = Rotation.from_euler('YXZ', angles[:, [1, 0, 2]], degrees=True)
        if not keep_offset:
            rotation = rotation.mean().inv() * rotation
        head = head_stream(np.degrees(rotation.as_rotvec()))
    return mouth, head, covered(capture.times, at)


def sound_of(path: Path) -> Path | None:
    """The WAV of the same stem."""
    return next((p for p in sorted(path.parent.iterdir()) if p.stem == path.stem and p.suffix.lower() == '.wav'), None)


def is_take(path: Path) -> bool:
    """Whether a file is meant as a take: capture apps lay their own notes (take.json, frame_log.csv) beside the captures."""
    if path.suffix.lower() not in ENDINGS:
        return False
    return sound_of(path) is not None or looks_captured(path)


def read_take(path: Path, columns: HeadColumns, keep_offset: bool) -> CapturedTake:
    """The take of a capture file and the WAV beside it."""
    sound = sound_of(path)
    if sound is None:
        raise CaptureError(f'{path.name}: no sound. Put the recording beside it as {path.stem}.wav, starting at the same moment.')
    try:
        samples = read_audio(sound)
    except RuntimeError as error:  # libsndfile's
        raise CaptureError(f'{sound.name}: cannot be read ({error}). Save it as a PCM WAV.') from error
    capture = read_capture(path, columns)
    seconds, captured = len(samples) / SAMPLE_RATE_HZ, float(capture.times[-1] + np.median(np.diff(capture.times)))
    if abs(seconds - captured) > LONGEST_DIFFERENCE_SECONDS:
        raise CaptureError(
            f'{path.name}: the sound lasts {seconds:.2f} s, the capture {captured:.2f} s. '
            f'Cut both to the same start and end (they may differ by {LONGEST_DIFFERENCE_SECONDS} s).'
        )
    if seconds < LEAST_SECONDS:
        raise CaptureError(f'{path.name}: {seconds:.1f} s long. Use takes of at least {LEAST_SECONDS} s.')
    frames = int(np.ceil(seconds * FRAME_RATE_HZ / FRAME_MULTIPLE)) * FRAME_MULTIPLE
    return CapturedTake(path.stem, samples, *take_motion(capture, frames, keep_offset))


def read_takes(folder: Path, columns: HeadColumns, keep_offset: bool = False) -> list[CapturedTake]:
    """All takes of a folder in order of their names; raises one CaptureError with every problem found."""
    if not folder.is_dir():
        raise CaptureError(f'{folder} is not a folder. Name the folder of the captured takes.')
    files = sorted(path for path in folder.iterdir() if is_take(path))
    if not files:
        raise CaptureError(f'{folder} holds no takes. Put pairs like line1.csv (or .json) and line1.wav there.')
    takes, problems = [], []
    for path in files:
        try:
            takes.append(read_take(path, columns, keep_offset))
        except CaptureError as error:
            problems.append(str(error))
    if problems:
        raise CaptureError('\n'.join(problems))
    if len({take.name for take in takes}) < len(takes):
        raise CaptureError(f'{folder}: a take has both a CSV and a JSON. Keep one of them.')
    return takes
