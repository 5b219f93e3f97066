import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from vividtalker.config import load_config
from vividtalker.store import Store
from vividtalker.style import default_style
from vividtalker.synthetic import write_synthetic_store
from vividtalker.tokenizer import Tokenizer
from vividtalker.windows import CodedRecording, encode_recordings, recording_chances, window

CONFIG = load_config(Path(__file__).parents[1] / 'configs/tiny.toml')


@pytest.fixture(scope='module')
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp('data')
    write_synthetic_store(folder, 6, seed=5)
    return Store(folder)


def coded(store: Store, stream: str) -> list[CodedRecording]:
    torch.manual_seed(1)
    return encode_recordings(Tokenizer(CONFIG.stream(stream).tokenizer), store, store.select('train'))


def draws(store: Store, stream: str, tokens: int) -> list[tuple[np.ndarray, ...]]:
    items = coded(store, stream)
    config = dataclasses.replace(CONFIG.stream(stream).predictor, window_tokens=tokens)
    return [window(items, recording_chances(items), n % len(items), store, config, 0, np.random.default_rng(n)) for n in range(24)]


def test_mouths_of_the_default_style_follow_each_other_until_the_window_is_full(store: Store) -> None:
    tokens = 240  # 16 s: two recordings and a piece of a third
    items, full = coded(store, 'mouth'), 0
    known = {tuple(item.codes[0][:30].ravel()) for item in items}
    for codes, features, style, _, weight in draws(store, 'mouth', tokens):
        assert len(codes) == len(weight) == len(features) // 4 == tokens
        joined = np.allclose(style, default_style())
        full += joined
        others = sum(tuple(codes[start : start + 30].ravel()) in known for start in range(40, tokens - 30))
        assert (others >= 1) == joined
    assert 0 < full < 24


def test_heads_of_two_recordings_never_meet(store: Store) -> None:
    items = coded(store, 'head')
    longest = max(len(item.codes[0]) for item in items)
    for _, _, _, _, weight in draws(store, 'head', 120):
        assert (weight > 0).sum() <= longest
