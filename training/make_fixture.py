"""Trains and exports the tiny fixture models on synthetic data; under two minutes on one CPU core."""

import argparse
import tempfile
from pathlib import Path

import torch

import train_predictor
import train_tokenizer
from vividtalker.checkpoint import load_tokenizer
from vividtalker.config import as_dict, load_config
from vividtalker.export import SAMPLING, export_models
from vividtalker.store import Store
from vividtalker.synthetic import write_synthetic_store


def train_tiny(folder: Path, config_path: Path, utterances: int) -> Store:
    """Trains all four networks of a tiny configuration in `folder`; returns its data."""
    config = load_config(config_path)
    write_synthetic_store(folder / 'data', utterances, seed=5)
    store = Store(folder / 'data')
    for stream in ('head', 'mouth'):
        settings = config.stream(stream)
        path = folder / f'{stream}-tokenizer.pt'
        train_tokenizer.train(settings.tokenizer, store, path, minutes=60)
        predictor_path = folder / f'{stream}-predictor.pt'
        train_predictor.train(settings.predictor, load_tokenizer(path), store, predictor_path, 60, bfloat16=False)
    return store


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--config', type=Path, default=Path(__file__).parent / 'configs/tiny.toml')
    parser.add_argument('--out', type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    config = load_config(arguments.config)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = train_tiny(folder, arguments.config, utterances=60)
        training = {'config': as_dict(config), 'dataHash': store.data_hash, 'seed': 1, 'commit': 'synthetic'}
        print(export_models(folder, arguments.out, config.id, SAMPLING, training, {}))


if __name__ == '__main__':
    main()
