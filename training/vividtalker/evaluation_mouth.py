"""The mouth network on one part of the data: voices, real talkers by group, languages, tracked lips, and controls beside them."""

from collections.abc import Callable

import numpy as np

from .corpus import Utterance
from .face import MOUTH_INDEX, zero_motion
from .features import LOG_RMS
from .generate import Generator, clip_features
from .metrics_mouth import Tally, add_clip, curve_at_60, lag_correlation, lip_gap_mm, summarise
from .store import Recording, Store
from .style import default_style

GRID_RATE_HZ = 25
TRACKED_P95_MM = 7.0  # of the talker; puts tracked openings on the scale of the head
LANGUAGES = {'es': 'Spanish', 'fr': 'French (no French in training)', 'it': 'Italian', 'pt': 'Portuguese', 'hi': 'Hindi'}

Summary = dict[str, float | int | None]
# The lips of another clip and reference lips of a recording, as curves [rows, 58] at 60 Hz.
Reference = Callable[[Recording], np.ndarray]


def level_mouth(features: np.ndarray) -> np.ndarray:
    """Control: the jaw follows the sound level only; [frames, 58]."""
    level = features[::2, LOG_RMS]
    motion = zero_motion(len(level))
    low, high = np.percentile(level, (10, 95))
    motion[:, MOUTH_INDEX['jawOpen']] = 0.3 * np.clip((level - low) / (high - low + 1e-3), 0, 1)
    return motion


def spread(recordings: list[Recording], most: int) -> list[Recording]:
    """At most `most` recordings, evenly spread over the list."""
    return recordings[:: max(1, -(-len(recordings) // most))]


def generate_all(mouth: Generator, store: Store, recordings: list[Recording], seed: int) -> list[np.ndarray]:
    """Motion of each recording in the default style."""
    style = default_style()
    return [mouth.motion(clip_features(store, r), style, seed + number) for number, r in enumerate(recordings)]


def tracked_curve(tracked: dict[str, np.ndarray], frames: int) -> np.ndarray:
    """Tracked lips as a curve [2 frames, 58] at 60 Hz: the opening on jawOpen, in millimetres of the head's lip gap."""
    curve = zero_motion(2 * frames).astype(float)
    position = np.arange(2 * frames) / 60 * GRID_RATE_HZ
    opening = np.interp(position, np.arange(len(tracked['opening'])), tracked['opening'])
    curve[:, MOUTH_INDEX['jawOpen']] = np.maximum(opening, 0) * TRACKED_P95_MM / 33.845
    return curve


def reference_lips(store: Store, utterances: dict[str, Utterance]) -> Reference:
    """Tracked lips where there are some, else the teacher."""

    def of(recording: Recording) -> np.ndarray:
        tracked = utterances[recording.name].tracked
        if tracked:
            return tracked_curve(tracked, recording.frames)
        span = slice(recording.start, recording.start + recording.frames)
        return curve_at_60(np.asarray(store.mouth[0, span], np.float32))

    return of


def summarise_curves(
    curves: list[np.ndarray], store: Store, recordings: list[Recording], utterances: dict[str, Utterance]
) -> Summary:
    """Lip metrics of curves [rows, 58] at 60 Hz; chance is the curve of the next recording."""
    tally = Tally()
    reference = reference_lips(store, utterances)
    for number, recording in enumerate(recordings):
        other = np.resize(curves[(number + 1) % len(curves)], curves[number].shape) if len(curves) > 1 else None
        level = clip_features(store, recording)[:, LOG_RMS]
        add_clip(tally, curves[number], utterances[recording.name].phones, level, other, reference(recording))
    return {'clips': len(recordings), **summarise(tally)}


def _controls(
    motions: list[np.ndarray], store: Store, recordings: list[Recording], utterances: dict[str, Utterance]
) -> dict[str, Summary]:
    shuffled = [np.resize(motions[(n + 1) % len(motions)], motion.shape) for n, motion in enumerate(motions)]
    level = [level_mouth(clip_features(store, r)) for r in recordings]
    teacher = [np.asarray(store.mouth[0, r.start : r.start + r.frames], np.float32) for r in recordings]
    mean = np.mean(np.concatenate(motions), axis=0)
    mean[-2:] = 0
    still = [np.tile(mean, (len(motion), 1)) for motion in motions]
    rows = {'other sound': shuffled, 'level only': level, 'mean pose': still, 'teacher on known phones': teacher}
    return {
        name: summarise_curves([curve_at_60(m) for m in values], store, recordings, utterances) for name, values in rows.items()
    }


def real_lips(
    curves: list[np.ndarray], store: Store, recordings: list[Recording], utterances: dict[str, Utterance]
) -> dict[str, float]:
    """Median correlation of the lip gap with tracked opening, its best lag, and the same for level only and other sound."""
    values: dict[str, list[float]] = {'r': [], 'lagMs': [], 'levelR': [], 'shuffledR': [], 'puckerWidthR': []}
    for number, (recording, curve) in enumerate(zip(recordings, curves, strict=True)):
        tracked = utterances[recording.name].tracked
        time = np.arange(len(tracked['opening'])) / GRID_RATE_HZ
        inside = time < len(curve) / 60 - 0.05
        rows = np.round(time[inside] * 60).astype(int)
        target = tracked['opening'][inside]
        r, lag = lag_correlation(lip_gap_mm(curve)[rows], target, GRID_RATE_HZ, 5)
        values['r'].append(r)
        values['lagMs'].append(lag)
        level = curve_at_60(level_mouth(clip_features(store, recording)))
        values['levelR'].append(lag_correlation(lip_gap_mm(level)[rows], target, GRID_RATE_HZ, 0)[0])
        other = np.resize(curves[(number + 1) % len(curves)], curve.shape)
        values['shuffledR'].append(lag_correlation(lip_gap_mm(other)[rows], target, GRID_RATE_HZ, 0)[0])
        pucker = curve[rows, MOUTH_INDEX['mouthPucker']]
        values['puckerWidthR'].append(lag_correlation(-pucker, tracked['width'][inside], GRID_RATE_HZ, 0)[0])
    return {name: round(float(np.median(numbers)), 3) for name, numbers in values.items()}


def _nonspeech(mouth: Generator, store: Store, part: str, speech_sd: float, seed: int) -> dict[str, float]:
    """Standard deviation of the lip gap on sounds without speech, relative to speech, by kind."""
    result: dict[str, list[float]] = {}
    recordings = store.select(part, ('nonspeech',))
    for recording, motion in zip(recordings, generate_all(mouth, store, recordings, seed), strict=True):
        result.setdefault(recording.talker, []).append(float(lip_gap_mm(curve_at_60(motion)).std() / speech_sd))
    return {kind: round(float(np.mean(numbers)), 3) for kind, numbers in result.items()}


def test_sets(store: Store, part: str, clips: int) -> dict[str, list[Recording]]:
    """Named sets of recordings of a part; languages only where the part has some."""
    sets = {
        'voices': store.select(part, ('kokoro',), ('voice',)),
        'talkers': store.select(part, ('speechocean',)),
        'adults': store.select(part, ('speechocean',), ('adult',)),
        'children': store.select(part, ('speechocean',), ('child',)),
        'grid': store.select(part, ('grid',)),
        **{language: store.select(part, ('kokoro',), (language,)) for language in LANGUAGES},
    }
    return {name: spread(recordings, clips) for name, recordings in sets.items() if recordings}


def evaluate_mouth(
    mouth: Generator, store: Store, utterances: dict[str, Utterance], seed: int, clips: int, part: str = 'test'
) -> dict:
    """All mouth metrics of a part with their controls; `curves` (not JSON) holds the generated curves by recording name."""
    sets = test_sets(store, part, clips)
    recordings = {r.name: r for group in sets.values() for r in group}
    motions = dict(zip(recordings, generate_all(mouth, store, list(recordings.values()), seed), strict=True))
    curves = {name: curve_at_60(motion) for name, motion in motions.items()}
    result: dict = {
        'sets': {
            name: summarise_curves([curves[r.name] for r in group], store, group, utterances) for name, group in sets.items()
        }
    }
    voices, grid = sets['voices'], sets['grid']
    result['controls'] = _controls([motions[r.name] for r in voices], store, voices, utterances)
    tracked = [tracked_curve(utterances[r.name].tracked, r.frames) for r in grid]
    result['trackedLips'] = summarise_curves(tracked, store, grid, utterances)
    result['realLips'] = real_lips([curves[r.name] for r in grid], store, grid, utterances)
    speech_sd = float(np.median([lip_gap_mm(curves[r.name]).std() for r in voices]))
    result['nonspeechSdOverSpeech'] = _nonspeech(mouth, store, part, speech_sd, seed)
    result['curves'] = curves
    return result
