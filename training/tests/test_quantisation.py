import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from vividtalker.config import load_config
from vividtalker.export import SAMPLING, example_inputs, stream_graphs, write_graph
from vividtalker.quantisation import FORMS, StreamStudy, quantisation_lines, study
from vividtalker.sampler import Sampling, sample_window
from vividtalker.style import shipped_style
from vividtalker.tokenizer import Tokenizer
from vividtalker.transformer import Predictor

TRAINING = Path(__file__).parents[1]


@pytest.fixture(scope='module')
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the study reads of a model folder, with untrained tiny networks."""
    torch.manual_seed(4)
    folder = tmp_path_factory.mktemp('exported')
    config = load_config(TRAINING / 'configs/tiny.toml')
    streams = {}
    for stream in ('head', 'mouth'):
        tokenizer = Tokenizer(config.stream(stream).tokenizer).eval()
        predictor = Predictor(config.stream(stream).predictor, tokenizer.config.levels).eval()
        graphs = stream_graphs(stream, tokenizer, predictor, example_inputs(tokenizer, predictor, 2, 8, 1))
        for kind in ('predictor', 'decoder'):
            write_graph(graphs[kind], folder)
        streams[stream] = {
            'groupSizes': predictor.group_sizes, 'windowTokens': 24, 'framesPerToken': tokenizer.frames_per_token,
            'sampling': {**SAMPLING[stream], 'logitBias': []},
            'predictor': {'file': graphs['predictor'].file}, 'decoder': {'file': graphs['decoder'].file},
        }  # fmt: skip
    manifest = {'style': [{'default': value} for value in shipped_style().tolist()], 'streams': streams}
    (folder / 'manifest.json').write_text(json.dumps(manifest), encoding='utf-8')
    return folder


def tone(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return (0.1 * np.sin(np.arange(32000) * 0.08) * rng.random(32000)).astype(np.float32)


def test_every_form_runs_and_float32_is_the_reference(exported: Path, tmp_path: Path) -> None:
    result = study(exported, [tone(1), tone(2)], tmp_path, rounds=1)
    for entries in result['streams'].values():
        assert set(entries) == set(FORMS)
        assert entries['float32']['codeAgreement'] == 1
        assert entries['float16']['codeAgreement'] > 0.9
        assert entries['float16']['megabytes'] < entries['float32']['megabytes']
    assert result['streams']['mouth']['float32']['closuresDiffer'] == 0
    kinds = [node.op_type for node in onnx.load(str(tmp_path / 'mouth-int8.onnx')).graph.node]
    assert kinds.count('MatMulInteger') > 4
    (tmp_path / 'result.json').write_text(json.dumps(result), encoding='utf-8')
    assert len(quantisation_lines(tmp_path / 'result.json')) == 4 + 2 * len(FORMS)


def test_other_networks_do_not_pass_as_the_same(exported: Path, tmp_path: Path) -> None:
    networks = StreamStudy(exported, 'mouth', tmp_path)
    windows = [networks.window_features(tone(1))]
    other = [(networks.draw('float32', windows[0]) + 1) % np.array(networks.sizes)]
    assert networks.compare('float32', windows, other)['codeAgreement'] == 0


def test_the_batch_may_share_one_sound(exported: Path, tmp_path: Path) -> None:
    """The studio gives the features of a batch once; the graph must spread them."""
    for stream in ('head', 'mouth'):
        networks = StreamStudy(exported, stream, tmp_path)
        features = networks.window_features(tone(3))[None]
        codes = np.tile(np.array(networks.sizes, np.int64), (3, networks.tokens, 1))
        codes[1, :5] = 0
        feeds = {'codes': codes, 'features': features, 'style': networks.style[None], 'drop': np.eye(3, 2, dtype=np.float32)}
        repeated = {**feeds, 'features': np.repeat(features, 3, 0), 'style': np.repeat(networks.style[None], 3, 0)}
        session = networks.predictors['float32']
        assert np.abs(session.run(['logits'], feeds)[0] - session.run(['logits'], repeated)[0]).max() < 1e-5


def test_a_clean_draw_does_not_depend_on_the_seed() -> None:
    rng = np.random.default_rng(5)
    table = rng.normal(size=(8, 7)).astype(np.float32)

    def predict(codes: np.ndarray, *_: np.ndarray) -> np.ndarray:
        seen = np.roll(codes[0, :, 0], 1)
        return (table[np.arange(20) % 8] + table[seen % 8])[None]

    def draw(seed: int, temperature: float) -> np.ndarray:
        sampling = Sampling(4, temperature, 0.9, 1.0, 4.0)
        masked = np.tile(np.array([4, 3]), (20, 1))
        return sample_window(predict, masked, [4, 3], np.zeros((20, 1)), np.zeros(1), 0, seed, 'mouth', sampling)

    assert all(np.array_equal(draw(seed, 0.0), draw(0, 0.0)) for seed in range(1, 9))
    assert not np.array_equal(draw(1, 1.0), draw(2, 1.0))
