"""How well articulator curves follow tracked lips: correlation, error, closures of p b m, release, rounding."""

from pathlib import Path

import numpy as np

from .audio import read_audio
from .corpus import Utterance
from .dominance import ARTICULATORS
from .dominance_fit import TRACKED_RATE_HZ, LipData
from .features import NETWORK_RATE_HZ, compute_features, network_features
from .metrics_mouth import CLOSED_SHARE
from .phones import Phone
from .prosody import analyse_prosody

CLOSING_WORDS = {
    'bin': ('B', 'IH', 'N'), 'blue': ('B', 'L', 'UW'), 'by': ('B', 'AY'), 'place': ('P', 'L', 'EY', 'S'), 'please': ('P', 'L', 'IY', 'Z'),
}  # fmt: skip
_FINE_SECONDS = 0.005


def clip_levels(utterances: list[Utterance], cache: Path | None = None) -> list[np.ndarray]:
    """Level rows (60 Hz) of tracked clips; read from `cache` where it has them, else measured and kept there."""
    known: dict[str, np.ndarray] = {}
    if cache is not None and cache.exists():
        with np.load(cache) as stored:
            known = dict(stored)
    for utterance in utterances:
        if utterance.name not in known:
            rows = len(utterance.tracked['opening']) * NETWORK_RATE_HZ // TRACKED_RATE_HZ
            features = network_features(compute_features(read_audio(utterance.audio)), rows)
            known[utterance.name] = analyse_prosody(utterance.phones, features).level.astype(np.float32)
    if cache is not None:
        np.savez_compressed(cache, **known)
    return [known[utterance.name] for utterance in utterances]


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > 0 and b.std() > 0 else 0.0


def lip_marks(curves: np.ndarray, data: LipData) -> dict[str, list[float]]:
    """Per articulator: median r over the clips, median r and RMS error in speech. curves [N, 75, 3]."""
    real = data.curves.numpy()
    spans = []
    for row, count in enumerate(data.present.sum(1).long().tolist()):
        start, end = float(data.start[row, 1]), float(data.end[row, count - 2])
        spans.append(slice(max(0, int(start * TRACKED_RATE_HZ) - 2), int(end * TRACKED_RATE_HZ) + 3))
    result: dict[str, list[float]] = {'r': [], 'speechR': [], 'speechRms': []}
    for number in range(len(ARTICULATORS)):
        pairs = [(a[:, number], b[:, number]) for a, b in zip(curves, real, strict=True)]
        result['r'].append(round(float(np.median([_correlation(a, b) for a, b in pairs])), 3))
        inside = [(a[span], b[span]) for (a, b), span in zip(pairs, spans, strict=True)]
        result['speechR'].append(round(float(np.median([_correlation(a, b) for a, b in inside])), 3))
        squared = np.concatenate([(a - b) ** 2 for a, b in inside])
        result['speechRms'].append(round(float(np.sqrt(squared.mean())), 4))
    return result


def word_spans(phones: list[Phone], sound: tuple[str, ...]) -> list[tuple[float, float]]:
    """Start and end of every place where the phones spell `sound`."""
    names = [phone.name for phone in phones]
    starts = range(len(names) - len(sound) + 1)
    return [(phones[at].start, phones[at + len(sound) - 1].end) for at in starts if tuple(names[at : at + len(sound)]) == sound]


def _shut_span(opening: np.ndarray, word_start: float) -> tuple[float, float, float] | None:
    """Shut from, released at (s after the word's start) and opening 80 ms later in units of the clip's P95; None if never shut."""
    fine = np.arange(0, (len(opening) - 1) / TRACKED_RATE_HZ, _FINE_SECONDS)
    curve = np.interp(fine, np.arange(len(opening)) / TRACKED_RATE_HZ, opening) / np.percentile(opening, 95)
    near = np.flatnonzero((fine > word_start - 0.16) & (fine < word_start + 0.12))
    lowest = near[np.argmin(curve[near])]
    if curve[lowest] >= CLOSED_SHARE:
        return None
    opened = np.flatnonzero(curve >= CLOSED_SHARE)
    before, after = opened[opened < lowest], opened[opened > lowest]
    first = fine[before[-1]] if len(before) else 0.0
    last = int(after[0]) if len(after) else len(fine) - 1
    later = curve[min(len(fine) - 1, last + round(0.08 / _FINE_SECONDS))]
    return first - word_start, fine[last] - word_start, float(later)


def closure_marks(openings: np.ndarray, clips: list[Utterance]) -> dict[str, dict[str, float | int | None]]:
    """Per closing word: share shut, median shut-from and release in ms, opening 80 ms after it. openings [N, 75]."""
    result = {}
    for word, sound in CLOSING_WORDS.items():
        spans = [_shut_span(o, start) for o, clip in zip(openings, clips, strict=True) for start, _ in word_spans(clip.phones, sound)]
        shut = np.array([span for span in spans if span is not None]).reshape(-1, 3)
        median = np.median(shut, axis=0) if len(shut) else [None] * 3
        result[word] = {
            'count': len(spans), 'shutPercent': round(100 * len(shut) / max(1, len(spans)), 1),
            'fromMs': None if median[0] is None else round(1000 * median[0]),
            'releasedMs': None if median[1] is None else round(1000 * median[1]),
            'after80Ms': None if median[2] is None else round(float(median[2]), 2),
        }  # fmt: skip
    return result


def narrowest(widths: np.ndarray, clips: list[Utterance], names: frozenset[str]) -> float:
    """Median over the named phones of the smallest width / rest - 1 from their start to 50 ms after their end. widths [N, 75]."""
    values = []
    for width, clip in zip(widths, clips, strict=True):
        for phone in clip.phones:
            if phone.name in names:
                rows = slice(int(phone.start * TRACKED_RATE_HZ), int(np.ceil((phone.end + 0.05) * TRACKED_RATE_HZ)) + 1)
                values.append(width[rows].min())
    return round(float(np.median(values)), 3)


def masked_marks(curves: np.ndarray, data: LipData, mask: np.ndarray) -> dict[str, list[float]]:
    """Per articulator over the frames where `mask` [N, 75] is true: r of the pooled frames and RMS error."""
    result: dict[str, list[float]] = {'pooledR': [], 'rms': []}
    for number in range(len(ARTICULATORS)):
        a, b = curves[..., number][mask], data.curves[..., number].numpy()[mask]
        result['pooledR'].append(round(_correlation(a, b), 3))
        result['rms'].append(round(float(np.sqrt(((a - b) ** 2).mean())), 4))
    return result
