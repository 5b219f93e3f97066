import copy
import dataclasses
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from test_capture import opening_mouth

import finetune
import prove_finetune
from vividtalker.base_model import BaseModel
from vividtalker.capture_files import CaptureError, HeadColumns
from vividtalker.captured_takes import CapturedTake, read_takes
from vividtalker.corpus import Utterance
from vividtalker.export import SAMPLING, export_models
from vividtalker.face import LABIODENTAL, SEAL
from vividtalker.finetune_data import mixed_batch, scaled_heads, supplies, take_parts, write_take_stores
from vividtalker.finetune_report import finetune_lines, frame_phones, reconstruction_warnings, style_distance
from vividtalker.head_teacher import head_motion
from vividtalker.phones import PHONE_INDEX
from vividtalker.prepare import frame_labels
from vividtalker.prosody import analyse_prosody
from vividtalker.store import Store
from vividtalker.style import STYLE_INDEX, default_style, shipped_style
from vividtalker.synthetic import synthetic_features, synthetic_phones
from vividtalker.synthetic_takes import write_take
from vividtalker.tokenizer import Tokenizer


@pytest.fixture(scope='module')
def base(tiny_run: Path, tmp_path_factory: pytest.TempPathFactory) -> BaseModel:
    folder = tmp_path_factory.mktemp('base')
    export_models(tiny_run, folder, 'tiny-1', copy.deepcopy(SAMPLING), {}, {})
    return BaseModel.load(folder)


@pytest.fixture(scope='module')
def takes(tmp_path_factory: pytest.TempPathFactory) -> list[CapturedTake]:
    """Six takes of a head that hardly nods or turns and tilts a lot."""
    folder = tmp_path_factory.mktemp('takes')
    for number in range(6):
        rng = np.random.default_rng(number)
        phones = synthetic_phones(rng, 4)
        prosody = analyse_prosody(phones, synthetic_features(phones, 120, rng))
        style = default_style()
        style[STYLE_INDEX['turnGain']], style[STYLE_INDEX['tiltGain']] = 0.2, 2.5
        sound = 0.1 * np.sin(np.cumsum(rng.uniform(0.02, 0.2, size=64000)))
        write_take(folder, f'take{number}', sound, opening_mouth(), head_motion(prosody, 120, style, rng))
    return read_takes(folder, HeadColumns())


@pytest.fixture(scope='module')
def stores(base: BaseModel, takes: list[CapturedTake], tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    folder = tmp_path_factory.mktemp('stores')
    write_take_stores(takes, base, folder, with_replay=True, seed=1)
    return Store(folder / 'takes'), Store(folder / 'replay')


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_tiny_fine_tune_writes_a_model_folder_of_its_own(base: BaseModel, takes: list[CapturedTake], tmp_path: Path) -> None:
    settings = finetune.Settings({'head': 6, 'mouth': 3})
    report = finetune.finetune(base, takes, None, tmp_path, 'studio-1', settings)
    folder = tmp_path / 'studio-1'
    manifest = json.loads((folder / 'manifest.json').read_text())
    assert manifest['id'] == 'studio-1'
    assert manifest['training']['base'] == 'tiny-1'
    assert 'captured takes' in manifest['attribution'][-1]
    for stream in ('head', 'mouth'):
        for kind in ('predictor', 'decoder', 'encoder'):
            file = manifest['streams'][stream][kind]['file']
            assert digest(folder / file) == manifest['streams'][stream][kind]['sha256']
            assert (digest(folder / file) == digest(base.folder / file)) == (kind != 'predictor')
    again = BaseModel.load(folder)
    assert again.default_style()[STYLE_INDEX['headGain']] == pytest.approx(manifest['style'][0]['default'])
    reference = json.loads((folder / 'reference.json').read_text())
    assert reference['head']['predictor'] != json.loads((base.folder / 'reference.json').read_text())['head']['predictor']
    assert report['head']['clips'] == 1
    lines = '\n'.join(finetune_lines(folder / 'finetune.json'))
    assert '| sd2s roll |' in lines and '6 takes' in lines


def test_an_untouched_mouth_stays_byte_for_byte(base: BaseModel, takes: list[CapturedTake], tmp_path: Path) -> None:
    finetune.finetune(base, takes[:2], None, tmp_path, 'head-only', finetune.Settings({'head': 2}))
    for name in ('mouth-predictor.onnx', 'mouth-decoder.onnx'):
        assert digest(tmp_path / 'head-only' / name) == digest(base.folder / name)


def test_other_takes_in_the_same_run_folder_are_refused(base: BaseModel, stores: tuple[Store, Store], tmp_path: Path) -> None:
    takes, replay = stores
    settings = finetune.Settings({'head': 1})
    finetune.tune(base, 'head', takes, replay, tmp_path, settings)
    with pytest.raises(CaptureError, match='trained on other takes'):
        finetune.tune(base, 'head', takes, takes, tmp_path, settings)


def test_takes_become_a_store_with_gains_as_sliders(stores: tuple[Store, Store]) -> None:
    store, replay = stores
    assert [r.part for r in store.recordings] == take_parts(6) == ['train'] * 4 + ['test', 'train']
    assert len(replay.recordings) == 5
    assert len(store.features) == 3
    contact = np.asarray(store.mouth[0][:, [SEAL, LABIODENTAL]])
    assert set(np.unique(contact)) <= {0.0, 1.0}
    assert not (contact.min(1) > 0).any()
    first = store.recordings[0]
    plain, scaled = (np.asarray(store.head[n, first.start : first.start + first.frames], np.float64) for n in (0, 2))
    gain, turn = (first.head_style[2][STYLE_INDEX[n]] / shipped_style()[STYLE_INDEX[n]] for n in ('headGain', 'turnGain'))
    assert first.head_style[0] == pytest.approx(shipped_style())
    assert np.allclose(scaled[:, 0], gain * plain[:, 0], atol=1e-5)
    assert np.allclose(scaled[:, 1], gain * turn * plain[:, 1], atol=1e-5)


def test_every_batch_holds_takes_and_replay_in_their_shares(base: BaseModel, stores: tuple[Store, Store]) -> None:
    config = dataclasses.replace(finetune.tuning_config(base.generators['mouth'].predictor.config, 10, 1), batch=10)
    material = supplies(base.generators['mouth'].tokenizer, *stores, ())
    assert [supply.share for supply in material] == pytest.approx([0.3, 0.7])
    batch = mixed_batch(material, config, 3)
    default = np.isclose(batch.style.numpy(), base.default_style()).all(1)
    assert default.tolist() == [True] * 3 + [False] * 7
    again = mixed_batch(material, config, 3)
    assert all(np.array_equal(a, b) for a, b in zip(vars(batch).values(), vars(again).values(), strict=True))


def test_old_data_gives_the_default_style_of_the_head_away(
    tiny_run: Path, base: BaseModel, stores: tuple[Store, Store]
) -> None:
    old = Store(tiny_run / 'data')
    tokenizer: Tokenizer = base.generators['head'].tokenizer
    replay = supplies(tokenizer, stores[0], old, ('kokoro',))[1]
    first = old.select('train')[0]
    item = next(item for item in replay.items if item.recording.name == first.name)
    assert len(item.codes) == len(first.head_style) - 1
    assert item.recording.head_style == first.head_style[1:]


def test_takes_without_a_head_do_not_teach_the_head(base: BaseModel, takes: list[CapturedTake], tmp_path: Path) -> None:
    headless = [CapturedTake(f'h{number}', t.samples, t.mouth, None, t.weight) for number, t in enumerate(takes[:2])]
    write_take_stores([*takes[2:4], *headless], base, tmp_path, with_replay=True, seed=1)
    material = supplies(base.generators['head'].tokenizer, Store(tmp_path / 'takes'), Store(tmp_path / 'replay'), ('kokoro',))
    assert {item.recording.name for item in material[0].items} == {'take2', 'take3'}


def test_scaled_heads_keep_the_capture_at_the_default() -> None:
    head = head_motion_of_a_ramp()
    heads, styles = scaled_heads(head, default_style(), np.random.default_rng(0))
    assert np.array_equal(heads[0], head)
    assert np.array_equal(styles[0], default_style())
    assert not np.array_equal(styles[2], styles[3])


def head_motion_of_a_ramp() -> np.ndarray:
    return np.linspace(0, 0.2, 60 * 6, dtype=np.float32).reshape(60, 6)


def test_figures_and_warnings() -> None:
    assert style_distance({'a': 2.0}, {'a': 2.0}) == 0
    assert style_distance({'a': 4.0}, {'a': 2.0}) > 0.6
    assert reconstruction_warnings({'gapRmseMm': 0.4}) == []
    assert len(reconstruction_warnings({'headRmseDegrees': [0.2, 1.4, 0.1], 'headVelocityRatio': [0.9, 0.7, 0.9], 'gapRmseMm': 3.0})) == 3


def test_phones_come_back_from_their_frames() -> None:
    phones = synthetic_phones(np.random.default_rng(1), 3)
    labels = frame_labels(phones, 90).astype(int)
    found = frame_phones(labels)
    assert found[0].start == 0 and found[-1].end == 3
    assert [PHONE_INDEX[p.name] for p in found for _ in range(round(30 * (p.end - p.start)))] == labels.tolist()


def test_the_command_refuses_with_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    for options, message in (
        (['--id', 'My Model'], 'is no model id'),
        (['--id', 'a', '--base', str(tmp_path)], 'manifest.json'),
    ):
        monkeypatch.setattr('sys.argv', ['finetune.py', '--takes', str(tmp_path), '--out', str(tmp_path), *options])
        assert finetune.main() == 2
        assert message in capsys.readouterr().err


def test_the_proof_joins_utterances_and_writes_takes_that_read_back(tmp_path: Path) -> None:
    utterances = []
    for number in range(3):
        rng = np.random.default_rng(number)
        soundfile.write(tmp_path / f'{number}.wav', 0.1 * np.sin(np.cumsum(rng.uniform(0.02, 0.2, size=32000))), 16000)
        utterances.append(Utterance(f'u{number}', 'kokoro', 'train', 'v', tmp_path / f'{number}.wav', synthetic_phones(rng, 2.0)))
    samples, whole = prove_finetune.joined(utterances[:2])
    assert len(samples) == 64000
    assert whole.phones[-1].end == pytest.approx(4.0)
    prove_finetune.make_takes(utterances, 1, 3.0, tmp_path / 'takes', 1)
    (take,) = read_takes(tmp_path / 'takes', HeadColumns())
    assert len(take.mouth) == 120
    spread = take.head[:, :3].std(0)
    assert spread[2] > spread[1]
