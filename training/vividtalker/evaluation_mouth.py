"""The mouth network against held-out voices, talkers and clips, beside controls: other sound, level only, rest, teacher."""

import numpy as np

from .audio import read_audio
from .corpus import Utterance
from .face import MOUTH_INDEX, zero_motion
from .features import LOG_RMS, compute_features, network_features
from .generate import Generator, clip_features
from .metrics_mouth import Tally, add_clip, curve_at_60, lag_correlation, lip_gap_mm, summarise
from .nonspeech import coloured
from .store import Recording, Store
from .style import default_style

GRID_RATE_HZ = 25
NOISE_DB = 10
NOISY_CLIPS = 20


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


def _generate(mouth: Generator, store: Store, recordings: list[Recording], seed: int) -> list[np.ndarray]:
    style = default_style()
    return [mouth.motion(clip_features(store, r), style, seed + number) for number, r in enumerate(recordings)]


def _tally(
    motions: list[np.ndarray], store: Store, recordings: list[Recording], utterances: dict[str, Utterance]
) -> dict[str, float | int | None]:
    tally = Tally()
    curves = [curve_at_60(motion) for motion in motions]
    for number, recording in enumerate(recordings):
        other = curves[(number + 1) % len(curves)] if len(curves) > 1 else None
        span = slice(recording.start, recording.start + recording.frames)
        teacher = curve_at_60(np.asarray(store.mouth[0, span], np.float32))
        level = clip_features(store, recording)[:, LOG_RMS]
        add_clip(tally, curves[number], utterances[recording.name].phones, level, other, teacher)
    return summarise(tally)


def _controls(
    motions: list[np.ndarray], store: Store, recordings: list[Recording], utterances: dict[str, Utterance]
) -> dict[str, dict]:
    shuffled = []
    for number, motion in enumerate(motions):
        other = motions[(number + 1) % len(motions)]
        shuffled.append(np.resize(other, motion.shape))
    level = [level_mouth(clip_features(store, r)) for r in recordings]
    teacher = [np.asarray(store.mouth[0, r.start : r.start + r.frames], np.float32) for r in recordings]
    mean = np.mean(np.concatenate(motions), axis=0)
    still = [np.tile(mean, (len(motion), 1)) for motion in motions]
    for motion in still:
        motion[:, -2:] = 0
    rows = {'other sound': shuffled, 'level only': level, 'mean pose': still, 'teacher on known phones': teacher}
    return {name: _tally(values, store, recordings, utterances) for name, values in rows.items()}


def _real_lips(
    motions: list[np.ndarray], store: Store, recordings: list[Recording], utterances: dict[str, Utterance]
) -> dict[str, float]:
    """Median correlation of the lip gap with tracked opening, its best lag, and the same for the level-only mouth."""
    values: dict[str, list[float]] = {'r': [], 'lagMs': [], 'levelR': [], 'shuffledR': [], 'puckerWidthR': []}
    for number, (recording, motion) in enumerate(zip(recordings, motions, strict=True)):
        tracked = utterances[recording.name].tracked
        time = np.arange(len(tracked['opening'])) / GRID_RATE_HZ
        inside = time < len(motion) / 30 - 0.05
        rows = np.round(time[inside] * 60).astype(int)
        target = tracked['opening'][inside]

        def gap_of(values: np.ndarray, rows: np.ndarray = rows) -> np.ndarray:
            return lip_gap_mm(curve_at_60(values))[rows]

        r, lag = lag_correlation(gap_of(motion), target, GRID_RATE_HZ, 5)
        values['r'].append(r)
        values['lagMs'].append(lag)
        level = level_mouth(clip_features(store, recording))
        values['levelR'].append(lag_correlation(gap_of(level), target, GRID_RATE_HZ, 0)[0])
        other = np.resize(motions[(number + 1) % len(motions)], motion.shape)
        values['shuffledR'].append(lag_correlation(gap_of(other), target, GRID_RATE_HZ, 0)[0])
        pucker = curve_at_60(motion)[rows, MOUTH_INDEX['mouthPucker']]
        values['puckerWidthR'].append(lag_correlation(-pucker, tracked['width'][inside], GRID_RATE_HZ, 0)[0])
    return {name: round(float(np.median(numbers)), 3) for name, numbers in values.items()}


def _noise(
    mouth: Generator, store: Store, recordings: list[Recording], motions: list[np.ndarray],
    utterances: dict[str, Utterance], seed: int,
) -> dict:  # fmt: skip
    """Pink noise at 10 dB: correlation of the lip gap with the clean output, and closures."""
    rng = np.random.default_rng(seed)
    noisy, agreement = [], []
    for number, (recording, motion) in enumerate(zip(recordings, motions, strict=True)):
        path = utterances[recording.name].audio
        if path is None:
            raise ValueError(f'{recording.name} has no sound file')
        samples = read_audio(path)
        noise = coloured(rng, len(samples), 0.5) * np.sqrt(np.mean(samples**2)) * 10 ** (-NOISE_DB / 20)
        features = network_features(compute_features(samples + noise), 2 * recording.frames)
        output = mouth.motion(features, default_style(), seed + number)
        noisy.append(output)
        gaps = [lip_gap_mm(curve_at_60(values)) for values in (output, motion)]
        agreement.append(float(np.corrcoef(*gaps)[0, 1]))
    result = _tally(noisy, store, recordings, utterances)
    return {'cleanCorrelation': round(float(np.median(agreement)), 3), **result}


def _nonspeech(mouth: Generator, store: Store, speech_sd: float, seed: int) -> dict[str, float]:
    """Standard deviation of the lip gap on sounds without speech, relative to speech, by kind."""
    result: dict[str, list[float]] = {}
    recordings = store.select('held-out', ('nonspeech',))
    for recording, motion in zip(recordings, _generate(mouth, store, recordings, seed), strict=True):
        result.setdefault(recording.talker, []).append(float(lip_gap_mm(curve_at_60(motion)).std() / speech_sd))
    return {kind: round(float(np.mean(numbers)), 3) for kind, numbers in result.items()}


def evaluate_mouth(mouth: Generator, store: Store, utterances: dict[str, Utterance], seed: int, clips: int) -> dict:
    """All mouth metrics with their controls."""
    result: dict = {}
    voices = spread(store.select('held-out', ('kokoro',)), clips)
    voice_motions = _generate(mouth, store, voices, seed)
    result['heldOutVoices'] = _tally(voice_motions, store, voices, utterances)
    result['controls'] = _controls(voice_motions, store, voices, utterances)
    talkers = spread(store.select('held-out', ('speechocean',)), clips)
    result['heldOutTalkers'] = _tally(_generate(mouth, store, talkers, seed), store, talkers, utterances)
    grid = spread(store.select('held-out', ('grid',)), clips)
    grid_motions = _generate(mouth, store, grid, seed)
    result['gridClips'] = _tally(grid_motions, store, grid, utterances)
    result['realLips'] = _real_lips(grid_motions, store, grid, utterances)
    part = slice(None, None, -(-len(voices) // NOISY_CLIPS))
    result['pinkNoise10Db'] = _noise(mouth, store, voices[part], voice_motions[part], utterances, seed)
    speech_sd = float(np.median([lip_gap_mm(curve_at_60(motion)).std() for motion in voice_motions]))
    result['nonspeechSdOverSpeech'] = _nonspeech(mouth, store, speech_sd, seed)
    return result
