import copy
import json
import math
from pathlib import Path

import numpy as np
import torch

from vividtalker.checkpoint import load_predictor, load_tokenizer
from vividtalker.export import SAMPLING, TOLERANCE, export_models, run_graph
from vividtalker.generate import Generator, clip_features
from vividtalker.sampler import Sampling, extend_key, sample_window
from vividtalker.store import Store
from vividtalker.style import default_style

FIXTURE = Path(__file__).parents[2] / 'test/fixtures/models'


def test_tiny_run_learns_and_exports(tiny_run: Path, tmp_path: Path) -> None:
    differences = export_models(tiny_run, tmp_path, 'tiny', copy.deepcopy(SAMPLING), {}, {})
    assert len(differences) == 6
    assert max(differences.values()) < TOLERANCE
    manifest = json.loads((tmp_path / 'manifest.json').read_text())
    assert manifest['streams']['mouth']['groupSizes'] == [16, 16, 9, 9, 16]
    for entry in manifest['streams'].values():
        assert [math.prod(levels) for levels in entry['groupLevels']] == entry['groupSizes']
    assert (tmp_path / 'reference.json').stat().st_size > 1000


def test_predictor_beats_chance_on_held_out_speech(tiny_run: Path) -> None:
    store = Store(tiny_run / 'data')
    tokenizer = load_tokenizer(tiny_run / 'mouth-tokenizer.pt')
    predictor = load_predictor(tiny_run / 'mouth-predictor.pt', tokenizer)
    recording = store.select('test')[0]
    motion = np.asarray(store.mouth[0, recording.start : recording.start + recording.frames], np.float32)
    codes = tokenizer.encode(torch.from_numpy(motion[None]))
    masked = torch.tensor(predictor.group_sizes).expand_as(codes)
    style = torch.tensor([recording.mouth_style[0]], dtype=torch.float32)
    losses = []
    features = clip_features(store, recording)
    for sound in (features, np.roll(features, len(features) // 2, axis=0)):
        logits = predictor(masked, torch.from_numpy(sound[None].copy()), style, torch.zeros(1, 2))[..., -16:]
        losses.append(torch.nn.functional.cross_entropy(logits[0] / 3, codes[0, :, -1]).item())
    assert losses[0] < np.log(16)
    assert losses[0] < losses[1]


def test_sampling_is_repeatable_and_locks_tokens(tiny_run: Path) -> None:
    store = Store(tiny_run / 'data')
    features = clip_features(store, store.select('test')[0])
    head = Generator.load(tiny_run, 'head')
    motion = head.motion(features, default_style(), 3)
    assert np.array_equal(motion, head.motion(features, default_style(), 3))
    assert not np.array_equal(motion, head.motion(features, default_style(), 4))


def test_locked_tokens_stay_and_all_masks_are_drawn() -> None:
    sizes = [5, 4]
    codes = np.array([[1, 2], [5, 4], [5, 4], [5, 4], [5, 4], [0, 3]])
    calls = []

    def predict(codes: np.ndarray, *_: np.ndarray) -> np.ndarray:
        calls.append(codes.copy())
        return np.tile(np.arange(9.0), (len(codes), 6, 1))

    sampling = Sampling(steps=2, temperature=0.0, top_p=1.0, guidance=1.0, confidence_noise=0.0, logit_bias=[9, 0, 0, 0])
    result = sample_window(predict, codes, sizes, np.zeros((12, 84)), np.zeros(1), 0, 1, 'mouth', sampling)
    assert result.tolist() == [[1, 2], *[[4, 0]] * 4, [0, 3]]
    assert len(calls) == 2


def test_random_keys_match_the_documented_mixing() -> None:
    def extend(key: int, word: int) -> int:
        value = ((key ^ word) + 0x9E3779B9) % 2**32
        value ^= value >> 16
        value = value * 0x21F0AAAD % 2**32
        value ^= value >> 15
        value = value * 0x735A2D97 % 2**32
        return value ^ (value >> 15)

    for key, word in ((0x9E3779B9, 1), (123456789, 4294967295), (0, 0)):
        assert int(extend_key(key, word)) == extend(key, word)


def test_committed_fixture_matches_its_reference() -> None:
    reference = json.loads((FIXTURE / 'reference.json').read_text())
    manifest = json.loads((FIXTURE / 'manifest.json').read_text())
    for stream, kinds in reference.items():
        for kind, case in kinds.items():
            inputs = {
                name: torch.tensor(value['data'], dtype=getattr(torch, value['type'])).reshape(value['shape'])
                for name, value in case['inputs'].items()
            }
            (expected,) = case['outputs'].values()
            output = run_graph(FIXTURE / manifest['streams'][stream][kind]['file'], inputs)
            assert np.abs(output.ravel() - np.array(expected['data'])).max() < 1e-4
