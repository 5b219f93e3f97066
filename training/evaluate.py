"""Evaluates a model folder on the test part: one JSON with all metrics and controls, and the plots of the report.

    python evaluate.py --models ../assets/models --corpus CORPUS --data DATA --json ../assets/models/metrics.json --plots ../docs/images

The networks and their sampling settings are read from the folder itself, so committed weights give the committed figures.
write_report.py makes the page.
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import torch

from vividtalker.base_model import BaseModel
from vividtalker.corpus import Utterance, read_corpus
from vividtalker.evaluation_head import SOURCES, TAKE_SECONDS, evaluate_head
from vividtalker.evaluation_mouth import evaluate_mouth, reference_lips, spread
from vividtalker.evaluation_mouth_styles import mouth_slider_effects, plot_mouth_styles
from vividtalker.evaluation_robustness import evaluate_robustness
from vividtalker.evaluation_tokenizers import evaluate_tokenizers
from vividtalker.evaluation_worst import plot_worst, worst_clips
from vividtalker.example_plot import plot_example
from vividtalker.generate import long_takes
from vividtalker.head_figure import plot_head_styles
from vividtalker.report import summary_of
from vividtalker.store import Store

ROBUSTNESS_CLIPS = 90
STYLE_CLIPS = 12


def mouth_part(arguments: argparse.Namespace) -> dict:
    """Worker: everything about the mouth."""
    torch.set_num_threads(1)
    mouth = BaseModel.load(arguments.models).generators['mouth']
    store, utterances = Store(arguments.data), recordings_by_name(arguments.corpus)
    result = evaluate_mouth(mouth, store, utterances, arguments.seed, arguments.clips)
    curves = result.pop('curves')
    talkers = store.select('test', ('speechocean',))
    part = [r for r in spread(talkers, ROBUSTNESS_CLIPS) if r.name in curves]
    result['robustness'] = evaluate_robustness(mouth, store, part, utterances, arguments.seed)
    voices = spread(store.select('test', ('kokoro',), ('voice',)), STYLE_CLIPS)
    result['styleEffect'] = mouth_slider_effects(mouth, store, voices, arguments.seed)
    real = [r for r in [*talkers, *store.select('test', ('grid',))] if r.name in curves]
    worst = worst_clips(store, real, curves, utterances)
    reference = reference_lips(store, utterances)
    lips = {recording.name: reference(recording) for recording, _ in worst}
    pages = plot_worst(worst, store, curves, lips, utterances, arguments.plots)
    result['worst'] = {
        'images': [page.name for page in pages],
        'clips': [
            {'name': r.name, 'group': r.group, 'talker': r.talker, 'failures': [failure.words() for failure in found]}
            for r, found in worst
        ],
    }  # fmt: skip
    plot_mouth_styles(mouth, store, max(voices, key=lambda r: r.frames), arguments.plots / 'mouth-styles.png', arguments.seed)
    plot_example(mouth, store, utterances, arguments.plots / 'mouth-curves.png')
    return result


def head_part(arguments: argparse.Namespace) -> dict:
    """Worker: the tokenizers and the head."""
    torch.set_num_threads(1)
    generators = BaseModel.load(arguments.models).generators
    store, utterances = Store(arguments.data), recordings_by_name(arguments.corpus)
    tokenizers = {name: generator.tokenizer for name, generator in generators.items()}
    takes = long_takes(store, store.select('test', SOURCES), utterances, TAKE_SECONDS, 1)
    plot_head_styles(generators['head'], takes[0], arguments.plots / 'head-styles.png', arguments.seed)
    return {
        'sampling': {name: vars(generator.sampling) for name, generator in generators.items()},
        'tokenizers': evaluate_tokenizers(store, utterances, tokenizers),
        'head': evaluate_head(generators['head'], generators['mouth'], store, utterances, arguments.seed),
    }  # fmt: skip


def recordings_by_name(corpus: Path) -> dict[str, Utterance]:
    """All utterances of the corpus."""
    return {utterance.name: utterance for utterance in read_corpus(corpus)}


def network_hashes(models: Path) -> dict[str, str]:
    """sha256 of every network as its manifest names it."""
    manifest = json.loads((models / 'manifest.json').read_text(encoding='utf-8'))
    kinds = ('predictor', 'decoder', 'encoder')
    return {entry[kind]['file']: entry[kind]['sha256'] for entry in manifest['streams'].values() for kind in kinds}


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--models', type=Path, required=True)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--data', type=Path, required=True)
    parser.add_argument('--json', type=Path, required=True)
    parser.add_argument('--plots', type=Path, required=True, help='folder of the report\'s pictures')
    parser.add_argument('--clips', type=int, default=1000, help='most clips per test set')
    parser.add_argument('--seed', type=int, default=7)
    arguments = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        mouth, rest = pool.submit(mouth_part, arguments), pool.submit(head_part, arguments)
        metrics = {
            'networks': network_hashes(arguments.models), 'dataHash': Store(arguments.data).data_hash, 'seed': arguments.seed,
            **rest.result(), 'mouth': mouth.result(),
        }  # fmt: skip
    metrics['summary'] = summary_of(metrics)
    arguments.json.write_text(json.dumps(metrics, indent=2) + '\n', encoding='utf-8')
    print(json.dumps(metrics['summary'], indent=2))


if __name__ == '__main__':
    main()
