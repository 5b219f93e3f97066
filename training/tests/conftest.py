import sys
from pathlib import Path

import pytest
import torch

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))


@pytest.fixture(scope='session', autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope='session')
def tiny_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder with all four tiny networks trained for a few steps on synthetic data."""
    import dataclasses

    import train_predictor
    import train_tokenizer
    from vividtalker.checkpoint import load_tokenizer
    from vividtalker.config import load_config
    from vividtalker.store import Store
    from vividtalker.synthetic import write_synthetic_store

    folder = tmp_path_factory.mktemp('run')
    write_synthetic_store(folder / 'data', 12, seed=3)
    store = Store(folder / 'data')
    config = load_config(TRAINING / 'configs/tiny.toml')
    for stream in ('head', 'mouth'):
        settings = config.stream(stream)
        path = folder / f'{stream}-tokenizer.pt'
        train_tokenizer.train(dataclasses.replace(settings.tokenizer, steps=60), store, path, 10)
        predictor = dataclasses.replace(settings.predictor, steps=60, batch=6)
        train_predictor.train(predictor, load_tokenizer(path), store, folder / f'{stream}-predictor.pt', 10, False)
    return folder
