"""Evaluates a finished run: one JSON with all metrics and controls, a generated page and a plot."""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch

from vividtalker.checkpoint import model_hash
from vividtalker.corpus import Utterance, read_corpus
from vividtalker.evaluation_head import evaluate_head
from vividtalker.evaluation_mouth import evaluate_mouth
from vividtalker.evaluation_tokenizers import evaluate_tokenizers
from vividtalker.generate import Generator
from vividtalker.report import plot_example, summary_of, write_page
from vividtalker.store import Store


def evaluate_part(part: str, arguments: argparse.Namespace) -> dict:
    """Worker: the mouth and its plot, or the tokenizers and the head."""
    store = Store(arguments.data)
    utterances: dict[str, Utterance] = {u.name: u for u in read_corpus(arguments.corpus)}
    overrides_path = arguments.run / 'sampling.json'
    overrides = json.loads(overrides_path.read_text()) if overrides_path.exists() else {}
    mouth = Generator.load(arguments.run, 'mouth', overrides.get('mouth'))
    if part == 'mouth':
        if arguments.plot:
            plot_example(mouth, store, utterances, arguments.plot, np.random.default_rng(arguments.seed))
        return {'mouth': evaluate_mouth(mouth, store, utterances, arguments.seed, arguments.clips)}
    head = Generator.load(arguments.run, 'head', overrides.get('head'))
    return {
        'sampling': {'mouth': vars(mouth.sampling), 'head': vars(head.sampling)},
        'tokenizers': evaluate_tokenizers(store, utterances, {'mouth': mouth.tokenizer, 'head': head.tokenizer}),
        'head': evaluate_head(head, mouth, store, utterances, arguments.seed),
    }  # fmt: skip


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--data', type=Path, required=True)
    parser.add_argument('--run', type=Path, required=True)
    parser.add_argument('--json', type=Path, required=True)
    parser.add_argument('--page', type=Path, help='generated report')
    parser.add_argument('--plot', type=Path, help='plot of one held-out clip')
    parser.add_argument('--clips', type=int, default=1000, help='most clips per test set')
    parser.add_argument('--seed', type=int, default=7)
    arguments = parser.parse_args()
    with ProcessPoolExecutor(2, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        tasks = {part: pool.submit(evaluate_part, part, arguments) for part in ('mouth', 'rest')}
        mouth_part, rest = (task.result() for task in tasks.values())
    metrics = {
        'modelHash': model_hash(arguments.run), 'dataHash': Store(arguments.data).data_hash, 'seed': arguments.seed,
        **rest, 'mouth': mouth_part['mouth'],
    }  # fmt: skip
    metrics['summary'] = summary_of(metrics)
    arguments.json.write_text(json.dumps(metrics, indent=2) + '\n', encoding='utf-8')
    print(json.dumps(metrics['summary'], indent=2))
    if arguments.page:
        write_page(metrics, arguments.page, arguments.plot)


if __name__ == '__main__':
    main()
