"""Our mouth beside public tools on the same sound: the same metrics for each, and one table."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from public_tools.curve_cache import Job
from public_tools.visemes import RATE_HZ, SAMPLE_RATE_HZ, row_count

from .corpus import Utterance
from .evaluation_mouth import GRID_RATE_HZ
from .evaluation_robustness import pink_noise
from .features import LOG_RMS, compute_features, network_features
from .metrics_mouth import Tally, add_clip, lag_correlation, lip_gap_mm, summarise
from .phones import Phone
from .prepare import load_samples

SPEED_SECONDS = 60
OURS = 'ours'
MakeCurves = Callable[[list[Job]], list[np.ndarray]]


@dataclass
class Clip:
    """One clip: the job for a tool, level (log RMS) per row at 60 Hz, curve of reference lips [rows, 58] if there are some."""

    utterance: Utterance
    job: Job
    level: np.ndarray
    reference: np.ndarray | None


def load_clip(utterance: Utterance, reference: np.ndarray | None = None) -> Clip:
    """A clip with the level of its clean sound."""
    samples = load_samples(utterance)
    rows = network_features(compute_features(samples), row_count(len(samples)))
    return Clip(utterance, Job(samples, utterance.phones), rows[:, LOG_RMS], reference)


def summary(curves: list[np.ndarray], clips: list[Clip]) -> dict[str, float | int | None]:
    """The mouth metrics of curves of clips; chance is the curve of the next clip."""
    tally = Tally()
    for number, (curve, clip) in enumerate(zip(curves, clips, strict=True)):
        other = np.resize(curves[(number + 1) % len(curves)], curve.shape) if len(curves) > 1 else None
        add_clip(tally, curve, clip.utterance.phones, clip.level, other, clip.reference)
    return {'clips': len(clips), **summarise(tally)}


def tracked_lips(curves: list[np.ndarray], clips: list[Clip]) -> dict[str, float]:
    """Median correlation of the lip gap with the tracked opening, and the lag at which it is best."""
    values = []
    for curve, clip in zip(curves, clips, strict=True):
        opening = clip.utterance.tracked['opening']
        rows = np.round(np.arange(len(opening)) * RATE_HZ / GRID_RATE_HZ).astype(int)
        inside = rows < min(len(curve), len(clip.level))
        values.append(lag_correlation(lip_gap_mm(curve)[rows[inside]], opening[inside], GRID_RATE_HZ, 5))
    r, lag = np.median(np.array(values), axis=0)
    return {'r': round(float(r), 3), 'lagMs': round(float(lag))}


def noisy(clip: Clip, rng: np.random.Generator) -> Clip:
    """The clip with pink noise at 10 dB; level and reference stay those of the clean sound."""
    samples = clip.job.samples
    return Clip(clip.utterance, Job(pink_noise(samples, rng), clip.job.phones), clip.level, clip.reference)


def agreement(curves: list[np.ndarray], others: list[np.ndarray]) -> float | None:
    """Median correlation of the lip gaps of two lists of curves; a mouth that does not move agrees with nothing."""
    values = []
    for curve, other in zip(curves, others, strict=True):
        gaps = [lip_gap_mm(curve), lip_gap_mm(other)]
        values.append(float(np.corrcoef(*gaps)[0, 1]) if min(gap.std() for gap in gaps) > 0 else 0.0)
    return round(float(np.median(values)), 3) if values else None


def measure(make: MakeCurves, clips: dict[str, list[Clip]], noisy_clips: int, seed: int) -> dict:
    """All figures of one tool on the sets 'talkers', 'grid' and 'voices'."""
    curves = {name: make([clip.job for clip in items]) for name, items in clips.items()}
    result: dict = {name: summary(curves[name], items) for name, items in clips.items() if items}
    result['groups'] = {}
    for group in sorted({clip.utterance.group for clip in clips['talkers']}):
        chosen = [number for number, clip in enumerate(clips['talkers']) if clip.utterance.group == group]
        result['groups'][group] = summary([curves['talkers'][n] for n in chosen], [clips['talkers'][n] for n in chosen])
    if clips['grid']:
        result['trackedLips'] = tracked_lips(curves['grid'], clips['grid'])
    rng = np.random.default_rng(seed)
    loud, clean = [], []
    for name in ('talkers', 'voices'):
        step = max(1, -(-len(clips[name]) // max(1, noisy_clips)))
        loud += [noisy(clip, rng) for clip in clips[name][::step]]
        clean += curves[name][::step]
    changed = make([clip.job for clip in loud])
    result['pinkNoise10Db'] = {'cleanCorrelation': agreement(changed, clean), **summary(changed, loud)}
    return result


def joined(clips: list[Clip], seconds: float = SPEED_SECONDS) -> Job:
    """Clips one after another until they last `seconds` or run out."""
    samples: list[np.ndarray] = []
    phones: list[Phone] = []
    length = 0
    for clip in clips:
        start = length / SAMPLE_RATE_HZ
        phones += [Phone(p.name, p.start + start, p.end + start, p.confidence, p.stress) for p in clip.job.phones]
        samples.append(clip.job.samples)
        length += len(clip.job.samples)
        if length >= seconds * SAMPLE_RATE_HZ:
            break
    return Job(np.concatenate(samples), phones)


# Measure: where it lies in the figures of a tool, and whether more is better.
_MEASURES = {
    'closures, real talkers': ('talkers', 'closedPercent', True), 'timing, real talkers': ('talkers', 'absOffsetMs', False),
    'false closures, real talkers': ('talkers', 'falsePercent', False), 'f v contact, real talkers': ('talkers', 'toothPercent', True),
    'closures, voices': ('voices', 'closedPercent', True), 'closures, GRID': ('grid', 'closedPercent', True),
    'tracked lips': ('trackedLips', 'r', True), 'noise, agreement with clean': ('pinkNoise10Db', 'cleanCorrelation', True),
    'noise, closures': ('pinkNoise10Db', 'closedPercent', True), 'speed': ('speed', 'timesRealTime', True),
}  # fmt: skip


def better_than_ours(tools: dict[str, dict]) -> dict[str, list[str]]:
    """Measures with the labels of the tools hearing only sound that do strictly better than our model; equal counts as not better."""
    result = {}
    for measure_name, (part, key, more) in _MEASURES.items():
        own = tools[OURS].get(part, {}).get(key)
        found = []
        for name, row in tools.items():
            value = row.get(part, {}).get(key)
            if name == OURS or row['hears'] != 'sound' or own is None or value is None:
                continue
            if (value > own) if more else (value < own):
                found.append(row['label'])
        result[measure_name] = found
    return result


_HEADER = (
    'tool', 'hears', 'real talkers: p b m closed % (chance)', 'abs dt ms', 'false %', 'f v % (sealed)', 'round d', 'jaw d', 'r(dB)',
    'still', '> 7 Hz', 'voices: closed % (chance)', 'false %', 'GRID: closed % (chance)', 'met %', 'tracked lips r (lag ms)',
    'noise: r with clean', 'closed %', 'x real time',
)  # fmt: skip


def _cell(value: object) -> str:
    return '-' if value is None else f'{value:g}' if isinstance(value, (int, float)) else str(value)


def _row(row: dict) -> list[str]:
    talkers, voices, grid, lips, noise = (row.get(name, {}) for name in ('talkers', 'voices', 'grid', 'trackedLips', 'pinkNoise10Db'))

    def pair(part: dict, first: str, second: str) -> str:
        return f'{_cell(part.get(first))} ({_cell(part.get(second))})'

    closed = [pair(part, 'closedPercent', 'chancePercent') for part in (talkers, voices, grid)]
    single = ('roundD', 'jawD', 'levelCorrelation', 'stillInPauses', 'above7HzShare')
    return [
        row['label'], row['hears'], closed[0], _cell(talkers.get('absOffsetMs')), _cell(talkers.get('falsePercent')),
        pair(talkers, 'toothPercent', 'toothSealedPercent'), *(_cell(talkers.get(key)) for key in single), closed[1],
        _cell(voices.get('falsePercent')), closed[2], _cell(grid.get('metPercent')), pair(lips, 'r', 'lagMs'),
        _cell(noise.get('cleanCorrelation')), _cell(noise.get('closedPercent')), _cell(row.get('speed', {}).get('timesRealTime')),
    ]  # fmt: skip


def tool_table(result: dict) -> list[str]:
    """Markdown lines: the table of the result of compare_tools.py, its conditions, and where a tool is ahead of our model."""
    tools, counts = result['tools'], result['counts']
    lines = ['| ' + ' | '.join(_HEADER) + ' |', '|' + '---|' * len(_HEADER)]
    lines += ['| ' + ' | '.join(_row(row)) + ' |' for row in tools.values()]
    said = {'talkers': 'real talkers', 'voices': 'synthetic voices', 'grid': 'GRID clips'}
    sets = [f'{counts[name]["clips"]} {text} with {counts[name]["bilabials"]} p b m' for name, text in said.items() if name in counts]
    lines += [
        '', f'Part `{result["part"]}`: {", ".join(sets)}; pink noise at 10 dB on {counts["noisy"]["clips"]} talkers and voices.',
        f'Speed: {result["speedSeconds"]:g} s of joined clips per second of processor time, one process and thread, {result["cpu"]};',
        'models loaded before, headaudio with the start of Node, our model in PyTorch. Wall times are in the JSON.',
        'Known phones are a reference: such a tool hears no sound, it is given the true phones and times.', '',
    ]  # fmt: skip
    versions = [f'{row["label"]} {row["version"]} ({row["licence"]})' for name, row in tools.items() if name != OURS]
    lines += [f'Versions: {"; ".join(versions)}.', '']
    if 'betterThanOurs' in result:
        ahead = [f'{name}: {", ".join(found)}' for name, found in result['betterThanOurs'].items() if found]
        lines += [f'Ahead of our model among tools that hear only sound: {"; ".join(ahead) or "none in any measure"}.', '']
    return lines
