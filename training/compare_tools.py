"""Runs public tools and our model on the same clips: one JSON, one table.

    python compare_tools.py --corpus CORPUS --data DATA --models ../assets/models --cache CACHE --tools-python TOOLS/bin/python --json FILE

The tools lie in an environment of their own (public_tools/requirements.txt, and `npm ci` in public_tools).
"""

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path

import numpy as np
import torch

from public_tools.curve_cache import Job, curves_of, seconds_taken
from public_tools.registry import TOOLS
from public_tools.worker import processor_seconds
from vividtalker.base_model import BaseModel
from vividtalker.checkpoint import model_hash
from vividtalker.contact import FRAME_RATE_HZ
from vividtalker.corpus import Utterance, read_corpus
from vividtalker.evaluation_mouth import reference_lips, spread
from vividtalker.features import SAMPLE_RATE_HZ, compute_features, network_features
from vividtalker.generate import Generator
from vividtalker.metrics_mouth import curve_at_60
from vividtalker.prepare import FRAME_MULTIPLE
from vividtalker.store import Store
from vividtalker.style import default_style
from vividtalker.tool_comparison import OURS, Clip, better_than_ours, joined, load_clip, measure, tool_table

SETS = {'talkers': 'speechocean', 'voices': 'kokoro', 'grid': 'grid'}


def load_clips(utterances: list[Utterance], part: str, store: Store | None, most: int) -> dict[str, list[Clip]]:
    """Clips of each set, evenly spread over those of the part; of synthetic speech the English voices.

    With a data set only its recordings, and with reference lips: tracked ones, else the teacher's.
    """
    recordings = {} if store is None else {recording.name: recording for recording in store.select(part)}
    lips = None if store is None else reference_lips(store, {utterance.name: utterance for utterance in utterances})
    result = {}
    for name, source in SETS.items():
        chosen = [u for u in utterances if u.part == part and u.source == source and (name != 'voices' or u.group == 'voice')]
        chosen = spread([u for u in chosen if lips is None or u.name in recordings], most)
        result[name] = [load_clip(u, lips(recordings[u.name]) if lips else None) for u in chosen]
    return result


def load_mouth(arguments: argparse.Namespace) -> tuple[Generator, str]:
    """Our mouth and the name of its weights, from a model folder or a run folder."""
    if arguments.models:
        base = BaseModel.load(arguments.models)
        return base.generators['mouth'], base.manifest['training']['modelHash'][:16]
    overrides = arguments.run / 'sampling.json'
    settings = json.loads(overrides.read_text()).get('mouth') if overrides.exists() else None
    return Generator.load(arguments.run, 'mouth', settings), model_hash(arguments.run)[:16]


def our_curve(mouth: Generator, samples: np.ndarray, seed: int) -> np.ndarray:
    """Curve [rows at 60 Hz, 58] of our model with contact applied."""
    frames = int(np.ceil(len(samples) / SAMPLE_RATE_HZ * FRAME_RATE_HZ / FRAME_MULTIPLE)) * FRAME_MULTIPLE
    features = network_features(compute_features(samples), 2 * frames)
    return curve_at_60(mouth.motion(features, default_style(), seed))


def speed(sound: float, wall: float, processor: float) -> dict[str, float]:
    """Seconds of sound per second; processor time is the wall time of one idle core, whatever else the machine does."""
    return {'timesRealTime': round(sound / processor, 1), 'timesRealTimeWall': round(sound / wall, 1)}


def processor_name() -> str:
    """The processor's name as the system tells it."""
    information = Path('/proc/cpuinfo')
    lines = information.read_text().splitlines() if information.exists() else []
    return next((line.split(':', 1)[1].strip() for line in lines if line.startswith('model name')), platform.processor())


def compare(arguments: argparse.Namespace) -> dict:
    """The whole comparison."""
    store = Store(arguments.data) if arguments.data else None
    clips = load_clips(read_corpus(arguments.corpus), arguments.part, store, arguments.clips)
    speech = joined(clips['talkers'] + clips['voices'])
    speech_seconds = len(speech.samples) / SAMPLE_RATE_HZ
    rows: dict[str, dict] = {}
    if arguments.models or arguments.run:
        mouth, version = load_mouth(arguments)

        def ours(jobs: list[Job]) -> list[np.ndarray]:
            return [our_curve(mouth, job.samples, arguments.seed) for job in jobs]

        description = {'label': 'our model', 'version': version, 'licence': 'our own', 'hears': 'sound'}
        rows[OURS] = {**description, **measure(ours, clips, arguments.noisy_clips, arguments.seed)}
        wall, processor = time.perf_counter(), processor_seconds()
        ours([speech])
        taken = time.perf_counter() - wall, processor_seconds() - processor
        rows[OURS]['speed'] = speed(speech_seconds, *taken)
    for name in arguments.tools:
        tool = TOOLS[name]

        def make(jobs: list[Job], name: str = name) -> list[np.ndarray]:
            return curves_of(name, jobs, arguments.cache, arguments.tools_python)

        description = {'label': tool.label, 'version': tool.version, 'licence': tool.licence, 'hears': tool.hears}
        rows[name] = {**description, **measure(make, clips, arguments.noisy_clips, arguments.seed)}
        taken = seconds_taken(name, speech, arguments.tools_python)
        rows[name]['speed'] = speed(speech_seconds, *taken)
        print(name, rows[name].get('talkers', {}).get('closedPercent'), rows[name]['speed'], flush=True)
    first = next(iter(rows.values()))
    counts = {name: {'clips': len(items), 'bilabials': first[name]['bilabials']} for name, items in clips.items() if items}
    counts['noisy'] = {'clips': sum(len(spread(clips[name], arguments.noisy_clips)) for name in ('talkers', 'voices'))}
    result = {
        'part': arguments.part, 'seed': arguments.seed, 'dataHash': store.data_hash if store else None, 'counts': counts,
        'cpu': processor_name(), 'processors': os.cpu_count(), 'loadAverage': round(os.getloadavg()[0], 1),
        'speedSeconds': round(speech_seconds, 1), 'tools': rows,
    }  # fmt: skip
    if OURS in rows:
        result['betterThanOurs'] = better_than_ours(rows)
    return result


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--data', type=Path, help='data set: its recordings only, its motion as reference lips')
    ours = parser.add_mutually_exclusive_group()
    ours.add_argument('--models', type=Path, help='model folder of our model')
    ours.add_argument('--run', type=Path, help='run folder of our model')
    parser.add_argument('--json', type=Path, required=True)
    parser.add_argument('--page', type=Path, help='the table as Markdown')
    parser.add_argument('--cache', type=Path, required=True, help='folder that keeps the curves of the tools')
    parser.add_argument('--tools-python', default=sys.executable, help='Python with public_tools/requirements.txt')
    parser.add_argument('--tools', nargs='+', choices=tuple(TOOLS), default=list(TOOLS))
    parser.add_argument('--part', default='test')
    parser.add_argument('--clips', type=int, default=150, help='most clips per set')
    parser.add_argument('--noisy-clips', type=int, default=20, help='most clips with noise of talkers, and of voices')
    parser.add_argument('--seed', type=int, default=7)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    result = compare(arguments)
    arguments.json.write_text(json.dumps(result, indent=2) + '\n', encoding='utf-8')
    table = tool_table(result)
    print('\n'.join(table))
    if arguments.page:
        arguments.page.write_text('\n'.join(['# Public tools on the same sound', '', *table]), encoding='utf-8')


if __name__ == '__main__':
    main()
