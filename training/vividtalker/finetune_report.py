"""What fine-tuning changed: how well the codes hold the takes, the new style of the head, the marks of the mouth."""

import json
from pathlib import Path

import numpy as np

from .contact import FRAME_RATE_HZ
from .evaluation_tokenizers import reconstruct
from .features import LOG_RMS
from .finetune_data import WITH_HEAD
from .generate import Generator, clip_features
from .head_events import nods, per_minute, posture_shifts
from .metrics_head import window_sd
from .metrics_mouth import Tally, add_clip, curve_at_60, lip_gap_mm, summarise
from .phones import PHONES, Phone
from .prosody import low_pass
from .store import Recording, Store

HEAD_RMSE_DEGREES, HEAD_VELOCITY_RATIO, GAP_RMSE_MM = 1.0, 0.8, 1.5  # beyond these the codes do not hold the takes
AXES = ('pitch', 'yaw', 'roll')
MOUTH_MARKS = ('closedPercent', 'falsePercent', 'toothPercent', 'gap95Mm', 'bilabials', 'openVowels', 'labiodentals')
MOUTH_CLIPS = 90  # some 250 vowels: one more false closure is less than half a point
NEAR_ZERO = 0.1  # so that a figure of nothing does not decide alone
MOST_CLOSURES_LOST, MOST_FALSE_GAINED = 2.0, 1.0  # percentage points


def head_figures(heads: list[np.ndarray]) -> dict[str, float]:
    """Medians over clips [frames, 6]: spread in 2 s and over the clip per axis, speed, nods and posture shifts per minute."""
    rows = []
    for head in heads:
        degrees = low_pass(np.degrees(head[:, :3].astype(np.float64)), FRAME_RATE_HZ, 6.0)
        speed = np.linalg.norm(np.diff(degrees, axis=0), axis=1) * FRAME_RATE_HZ
        rows.append([
            *window_sd(degrees, 2.0), *degrees.std(0), *np.percentile(speed, (50, 90)),
            per_minute(nods(degrees[:, 0]), len(degrees)), per_minute(posture_shifts(degrees), len(degrees)),
        ])  # fmt: skip
    names = [*(f'sd2s {a}' for a in AXES), *(f'sdClip {a}' for a in AXES), 'speedP50', 'speedP90', 'nodsPerMinute', 'shiftsPerMinute']
    return {name: round(float(value), 2) for name, value in zip(names, np.median(rows, axis=0), strict=True)}


def style_distance(figures: dict[str, float], target: dict[str, float]) -> float:
    """Mean absolute logarithm of the ratio to the target over all figures; 0 = the same style, 0.69 = off by a factor of 2."""
    return round(float(np.mean([abs(np.log((figures[name] + NEAR_ZERO) / (target[name] + NEAR_ZERO))) for name in target])), 3)


def _span(values: np.ndarray, recording: Recording) -> np.ndarray:
    return np.array(values[recording.start : recording.start + recording.frames], np.float32)


def reconstruction(generators: dict[str, Generator], store: Store) -> dict[str, float | list[float]]:
    """Errors of the frozen codes on the takes: head in degrees and as velocity ratio, lip gap in mm."""
    with_head = store.select('train', (WITH_HEAD,)) + store.select('test', (WITH_HEAD,))
    result: dict[str, float | list[float]] = {}
    if with_head:
        pairs = [(_span(store.head[0], r), reconstruct(generators['head'].tokenizer, _span(store.head[0], r))[0]) for r in with_head]
        error = np.concatenate([np.degrees(output - goal)[:, :3] for goal, output in pairs])
        velocity = [np.concatenate([np.diff(pair[side][:, :3], axis=0) for pair in pairs]).std(0) for side in (0, 1)]
        result['headRmseDegrees'] = [round(float(v), 3) for v in np.sqrt((error**2).mean(0))]
        result['headVelocityRatio'] = [round(float(v), 3) for v in velocity[1] / np.maximum(velocity[0], 1e-9)]
    gaps = []
    for recording in store.recordings:
        goal = _span(store.mouth[0], recording)
        output = np.clip(reconstruct(generators['mouth'].tokenizer, goal)[0], 0, 1)
        gaps.append(lip_gap_mm(curve_at_60(output)) - lip_gap_mm(curve_at_60(goal)))
    result['gapRmseMm'] = round(float(np.sqrt(np.mean(np.concatenate(gaps) ** 2))), 2)
    return result


def reconstruction_warnings(figures: dict[str, float | list[float]]) -> list[str]:
    """What the frozen codes cannot hold, in words."""
    warnings = []
    if max(figures.get('headRmseDegrees', [0])) > HEAD_RMSE_DEGREES:
        warnings.append(f'The codes miss the head of the takes by up to {max(figures["headRmseDegrees"])} degrees: it moves in a way they '
                        'were not made for. Check unit and signs of the head columns, and that the camera stood still.')  # fmt: skip
    if min(figures.get('headVelocityRatio', [1])) < HEAD_VELOCITY_RATIO:
        warnings.append(f'The codes keep only {min(figures["headVelocityRatio"])} of the head\'s speed in the takes: captures with jitter '
                        'lose it here; otherwise very fast moves will look calmer.')  # fmt: skip
    if figures['gapRmseMm'] > GAP_RMSE_MM:
        warnings.append(f'The codes miss the lip gap of the takes by {figures["gapRmseMm"]} mm: check that the weights are 0..1 and were '
                        'not smoothed.')  # fmt: skip
    return warnings


def head_change(before: Generator, after: Generator, store: Store, recordings: list[Recording], styles: dict[str, np.ndarray],
                seed: int) -> dict:  # fmt: skip
    """Figures of the heads generated before and after, of the takes, and the distances between them."""
    target = head_figures([_span(store.head[0], r) for r in recordings])
    figures = {
        name: head_figures([
            generator.motion(clip_features(store, r), styles[name], seed + number) for number, r in enumerate(recordings)
        ])
        for name, generator in (('before', before), ('after', after))
    }  # fmt: skip
    distance = {name: style_distance(values, target) for name, values in figures.items()}
    return {**figures, 'target': target, 'distance': distance, 'clips': len(recordings)}


def frame_phones(labels: np.ndarray) -> list[Phone]:
    """Phones of per-frame labels [frames]; times are known to a thirtieth of a second only."""
    edges = np.flatnonzero(np.diff(labels, prepend=-1, append=-1).astype(int) != 0)
    return [
        Phone(PHONES[int(labels[start])], start / FRAME_RATE_HZ, end / FRAME_RATE_HZ)
        for start, end in zip(edges, edges[1:], strict=False)
    ]


def mouth_marks(mouth: Generator, store: Store, recordings: list[Recording], style: np.ndarray, seed: int) -> dict:
    """Closures, false closures and tooth contact on old recordings, phones by frame: for comparing two networks only."""
    tally = Tally()
    for number, recording in enumerate(recordings):
        features = clip_features(store, recording)
        curve = curve_at_60(mouth.motion(features, style, seed + number))
        phones = frame_phones(np.asarray(store.phones[recording.start : recording.start + recording.frames]).astype(int))
        add_clip(tally, curve, phones, features[:, LOG_RMS])
    summary = summarise(tally)
    return {name: summary[name] for name in MOUTH_MARKS}


def mouth_change(before: Generator, after: Generator, store: Store, style: np.ndarray, seed: int) -> dict | None:
    """Marks of the mouth before and after on test recordings of the original data set; None when it holds none."""
    recordings = store.select('test', ('kokoro', 'speechocean'))
    if not recordings:
        return None
    chosen = recordings[:: max(1, len(recordings) // MOUTH_CLIPS)][:MOUTH_CLIPS]
    marks = {name: mouth_marks(g, store, chosen, style, seed) for name, g in (('before', before), ('after', after))}
    lost = (marks['before']['closedPercent'] or 0) - (marks['after']['closedPercent'] or 0)
    gained = (marks['after']['falsePercent'] or 0) - (marks['before']['falsePercent'] or 0)
    return {**marks, 'clips': len(chosen), 'kept': bool(lost <= MOST_CLOSURES_LOST and gained <= MOST_FALSE_GAINED)}


def _table(head: list[str], rows: list[list[object]]) -> list[str]:
    lines = ['| ' + ' | '.join(str(cell) for cell in row) + ' |' for row in (head, *rows)]
    return [lines[0], '|' + '---|' * len(head), *lines[1:], '']


def finetune_lines(path: Path) -> list[str]:
    """Markdown of a fine-tuning report (finetune.json or the proof), for the evaluation page."""
    report = json.loads(path.read_text(encoding='utf-8'))
    head, mouth, codes = report.get('head'), report.get('mouth'), report['reconstruction']
    steps = ', '.join(f'{stream} {count} steps' for stream, count in report['steps'].items())
    about = f'{report["takes"]} takes, {report["minutes"]} minutes, {steps}; replay: {report["replay"]}. {report.get("note", "")}'
    lines = [about.strip(), '']
    held = {
        'head RMSE pitch / yaw / roll, degrees': 'headRmseDegrees', 'head velocity ratio': 'headVelocityRatio',
        'lip gap RMSE, mm': 'gapRmseMm',
    }  # fmt: skip
    shown = {label: codes[key] for label, key in held.items() if key in codes}
    cells = [[label, ' / '.join(map(str, value)) if isinstance(value, list) else value] for label, value in shown.items()]
    lines += ['How well the frozen codes hold the takes:', '', *_table(['quantity', 'value'], cells)]
    if head:
        rows = [[name, head['before'][name], head['after'][name], head['target'][name]] for name in head['target']]
        rows.append(['distance to the takes (mean abs log ratio)', head['distance']['before'], head['distance']['after'], 0])
        lines += [f'Head at default sliders, {head["clips"]} takes {report["testedOn"]}:', '']
        lines += _table(['quantity', 'before', 'after', 'takes'], rows)
    if mouth:
        rows = [[name, mouth['before'][name], mouth['after'][name]] for name in MOUTH_MARKS]
        lines += [f'Mouth on {mouth["clips"]} test recordings of the original data (phones by frame, so only for comparison):', '']
        lines += _table(['quantity', 'before', 'after'], rows)
    return lines
