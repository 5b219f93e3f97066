"""Sets the sampling of the head on validation takes: one setting after the other, the least misfit with the bands wins.

Writes the choice under 'head' in the run's sampling.json and everything tried to head-sampling.json.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from vividtalker.corpus import read_corpus
from vividtalker.evaluation_head import SOURCES, TAKE_SECONDS, generate_takes, spread, takes_clips, teach
from vividtalker.export import SAMPLING
from vividtalker.generate import Generator, Take, long_takes
from vividtalker.metrics_head import band_misfit, head_report
from vividtalker.store import Store
from vividtalker.style import default_style, shipped_style

CANDIDATES: dict[str, tuple[float, ...]] = {
    'confidenceNoise': (1.0, 2.0, 4.0, 12.0),
    'temperature': (0.95, 1.0, 1.05),
    'guidance': (1.0, 1.25, 1.5),
    'steps': (6, 8),
    'topP': (0.98, 1.0),
}
VARIANCE_WEIGHT = 5.0
NATURAL_RATIO = (0.9, 1.1)


def judge(head: Generator, takes: list[Take], teacher_spread: np.ndarray, seed: int) -> dict:
    """Misfit of generated takes with the bands and with the teacher's spread."""
    motions = generate_takes(head, takes, shipped_style(), seed)
    report = head_report(takes_clips(takes, motions), seed)
    ratio = spread(motions) / teacher_spread
    excess = np.maximum(np.maximum(NATURAL_RATIO[0] - ratio, ratio - NATURAL_RATIO[1]), 0)
    outside = {name: entry['values'] for name, entry in report.items() if not all(entry['inside'])}
    misfit = band_misfit(report) + VARIANCE_WEIGHT * float(excess.mean())
    return {'misfit': round(misfit, 3), 'varianceRatio': np.round(ratio, 3).tolist(), 'outside': outside}


def search(run: Path, takes: list[Take], seed: int) -> tuple[dict, list[dict]]:
    """The best setting found by trying every candidate of each value in turn, and all trials."""
    chosen = {name: SAMPLING['head'][name] for name in CANDIDATES}
    teacher_spread = spread(teach(takes, default_style(), seed))
    trials: list[dict] = []

    def misfit(setting: dict) -> float:
        known = [trial for trial in trials if trial['setting'] == setting]
        if not known:
            result = judge(Generator.load(run, 'head', setting), takes, teacher_spread, seed)
            trials.append({'setting': dict(setting), **result})
            print(trials[-1], flush=True)
            known = trials[-1:]
        return known[0]['misfit']

    for name, values in CANDIDATES.items():
        chosen[name] = min(values, key=lambda value, name=name: misfit({**chosen, name: value}))
    return chosen, trials


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--data', type=Path, required=True)
    parser.add_argument('--run', type=Path, required=True)
    parser.add_argument('--takes', type=int, default=24)
    parser.add_argument('--seed', type=int, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    store = Store(arguments.data)
    utterances = {u.name: u for u in read_corpus(arguments.corpus)}
    recordings = store.select('validation', SOURCES)
    takes = long_takes(store, recordings, utterances, TAKE_SECONDS, arguments.takes)
    chosen, trials = search(arguments.run, takes, arguments.seed)
    path = arguments.run / 'sampling.json'
    settings = json.loads(path.read_text()) if path.exists() else {}
    settings['head'] = {**settings.get('head', {}), **chosen}
    path.write_text(json.dumps(settings, indent=2) + '\n')
    record = {'part': 'validation', 'takes': len(takes), 'chosen': chosen, 'tried': trials}
    (arguments.run / 'head-sampling.json').write_text(json.dumps(record, indent=2) + '\n')
    print(chosen)


if __name__ == '__main__':
    main()
