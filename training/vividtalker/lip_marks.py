"""How well articulator curves follow tracked lips: correlation, error, closures of p b m, release, rounding."""

from pathlib import Path

import numpy as np

from .audio import read_audio
from .corpus import Utterance
from .dominance import ARTICULATORS
from .dominance_fit import TRACKED_RATE_HZ, LipData
from .features import NETWORK_RATE_HZ, compute_features, network_features
from .prosody import analyse_prosody


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
