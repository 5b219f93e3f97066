"""The experiments on synthetic speech: judges, data, one whole run that resumes, the rule sequences and the report."""

import json
from pathlib import Path

import numpy as np
import pytest

import experiments
import train_predictor
from vividtalker.beat_alignment import beat_alignment, beat_score
from vividtalker.config import load_config
from vividtalker.corpus import Utterance
from vividtalker.experiment_data import build_experiment_data, experiment_takes
from vividtalker.experiment_report import experiment_lines
from vividtalker.experiment_table import Column, verdict
from vividtalker.experiment_variants import config_hash, variants, with_seed
from vividtalker.frechet import bootstrapped_distance, frechet_distance, motion_windows
from vividtalker.long_form import longest_freeze, repeated_grams, seam_ratio
from vividtalker.rule_sequences import CEILING, CHANCE, masked_accuracy, resample_span, rule_batch, train_on_rule
from vividtalker.store import Store, write_store
from vividtalker.sync_network import SyncClip, sync_scores, train_sync_network
from vividtalker.synthetic import synthetic_phones, synthetic_prepared
from vividtalker.wrinkle_report import wrinkle_report

CONFIGS = Path(__file__).parents[1] / 'configs'


@pytest.fixture(scope='module')
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An experiment folder with takes of two talkers."""
    out = tmp_path_factory.mktemp('experiments')
    rng = np.random.default_rng(5)
    items, utterances = [], {}
    for number in range(12):
        part = 'test' if number >= 6 else 'train'
        seconds, name, talker = float(rng.uniform(4, 5)), f's{number}', f'talker-{part}'
        phones = synthetic_phones(rng, seconds)
        description = {'name': name, 'source': 'kokoro', 'part': part, 'talker': talker, 'group': 'voice'}
        items.append((description, synthetic_prepared(phones, seconds, rng)))
        utterances[name] = Utterance(name, 'kokoro', part, talker, None, phones, group='voice')
    write_store(out / 'source', items)
    build_experiment_data(Store(out / 'source'), utterances, out / 'data', 10, 10, take_seconds=8.0)
    return out


def test_takes_join_sentences_of_one_talker(folder: Path) -> None:
    takes = experiment_takes(folder / 'data')
    assert len(takes) == 3
    for take in takes:
        assert take.seconds > 7.9
        assert len(take.head) % 8 == 0
        assert len(take.features) == 2 * len(take.head)
        assert sum(phone.name == 'SIL' for phone in take.phones) >= 4
        assert take.phones[-1].end > take.seconds - 0.5
        assert not np.array_equal(take.head, take.other_head)


def test_equal_sets_have_no_frechet_distance_and_shifted_ones_the_square() -> None:
    codes = np.random.default_rng(0).normal(size=(500, 8))
    assert frechet_distance(codes, codes) == pytest.approx(0, abs=1e-6)
    assert frechet_distance(codes, codes + 2) == pytest.approx(8 * 4, rel=1e-6)
    assert frechet_distance(codes, 3 * codes) == pytest.approx(codes.mean(0) @ codes.mean(0) * 4 + 4 * np.trace(np.cov(codes.T)), rel=1e-6)
    assert bootstrapped_distance(codes, codes[:300], 1)['windows'] == 300


def test_windows_cover_two_seconds_every_half() -> None:
    windows = motion_windows([np.arange(120.0)[:, None]])
    assert windows.shape == (5, 60)
    assert windows[1, 0] == 15
    assert motion_windows([np.arange(120.0)[:, None]], velocity=True)[1].tolist() == [1] * 60


def synthetic_sync_clips(rng: np.random.Generator, count: int) -> list[SyncClip]:
    """Lips that follow a random curve which the sound carries, at the same time."""
    clips = []
    for _ in range(count):
        knots = rng.normal(size=(41, 3))
        curve = lambda times, knots=knots: np.stack([np.interp(times, np.arange(41) / 4, k) for k in knots.T], 1)  # noqa: E731
        lips = np.zeros((200, 29), np.float32)
        lips[:, :3] = 0.3 * curve(np.arange(200) / 25)
        sound = np.zeros((480, 80), np.float32)
        sound[:, 10:13] = curve(np.arange(480) / 60)
        clips.append(SyncClip(lips, sound))
    return clips


def test_sync_network_finds_the_true_offset() -> None:
    rng = np.random.default_rng(1)
    network = train_sync_network(synthetic_sync_clips(rng, 20), seed=1, steps=120)
    clips = synthetic_sync_clips(rng, 3)
    scores = sync_scores(network, clips)
    late = [SyncClip(np.roll(clip.lips, 4, axis=0), clip.sound) for clip in clips]
    other = [SyncClip(clip.lips, clips[(n + 1) % 3].sound) for n, clip in enumerate(clips)]
    assert scores['offsetMs'] == 0
    assert sync_scores(network, late)['offsetMs'] == 160
    assert sync_scores(network, other)['lseC'] < 0.5 * scores['lseC']
    assert sync_scores(network, other)['lseD'] > scores['lseD']


def test_beats_on_the_sound_stand_out_of_chance() -> None:
    rng = np.random.default_rng(2)
    sounds = [np.sort(rng.uniform(0, 20, 25)) for _ in range(4)]
    on_time = [(sound + 0.03 * rng.normal(size=25), sound, 20.0) for sound in sounds]
    anywhere = [(np.sort(rng.uniform(0, 20, 25)), sound, 20.0) for sound in sounds]
    assert beat_alignment(on_time, 1)['z'] > 5
    assert abs(beat_alignment(anywhere, 1)['z']) < 3
    assert beat_score(np.zeros(0), sounds[0]) == 0


def test_long_form_figures_see_what_they_should() -> None:
    codes = np.arange(100)[:, None]
    assert repeated_grams(codes) == 0
    assert repeated_grams(np.concatenate([codes, codes])) == pytest.approx(93 / 193)
    head = np.zeros((300, 6))
    head[:, 1] = np.radians(np.where(np.arange(300) < 100, 0.5 * np.arange(300), 50.0))
    head[200:, 1] += np.radians(0.5 * np.arange(100))
    speech = np.ones(300, bool)
    assert longest_freeze(head, speech) == pytest.approx(101 / 30, abs=0.1)
    speech[150] = False
    assert longest_freeze(head, speech) < 2
    smooth = np.sin(np.arange(300) / 10)[:, None]
    jump = smooth + (np.arange(300) >= 150)[:, None]
    assert seam_ratio(jump, np.array([150])) > 5
    assert seam_ratio(smooth, np.array([150])) < 2


def test_a_verdict_needs_more_than_the_noise_of_the_seeds() -> None:
    column = Column('x', 'x', 2, -1)
    results = lambda *values: [{'x': value} for value in values]  # noqa: E731
    assert verdict(results(1, 1.1, 0.9), results(2, 2.1, 1.9), column) == 'better'
    assert verdict(results(2, 2.1, 1.9), results(1, 1.1, 0.9), column) == 'worse'
    assert verdict(results(1, 2, 3), results(2, 3, 4), column) == 'within seed noise'
    assert verdict(results(1), results(2), column) == 'not decided'


def test_variants_change_what_they_say_and_share_tokenizers() -> None:
    designs = variants(load_config(CONFIGS / 'experiments.toml'))
    base = designs['base']
    shared = {name for name, design in designs.items() if design.streams.keys() == base.streams.keys()
              and all(design.streams[s].tokenizer == base.streams[s].tokenizer for s in base.streams)}  # fmt: skip
    assert shared == {'base', 'causal', 'window-1', 'window-2', 'window-4', 'window-16'}
    for name in shared:
        for stream in ('head', 'mouth'):
            predictor, goal = designs[name].streams[stream].predictor, base.streams[stream].predictor
            tokens = predictor.batch * predictor.window_tokens
            assert tokens == pytest.approx(goal.batch * goal.window_tokens, rel=0.25)
            assert predictor.steps == goal.steps
    assert designs['window-2'].streams['mouth'].window == {'windowTokens': 30, 'overlapTokens': 4}
    paper = designs['paper'].streams['mouth']
    assert paper.tokenizer.levels == [[200]]
    assert (paper.tokenizer.token_frames, paper.predictor.token_frames) == (8, 8)
    assert paper.window == {'windowTokens': 5, 'overlapTokens': 4}
    joint = designs['joint'].streams['joint'].tokenizer
    assert joint.levels[4:] == [[5, 5]] * 3
    hashes = {config_hash(with_seed(base, seed).streams['head'].tokenizer) for seed in (1, 2)}
    assert len(hashes) == 2


def test_wrinkle_report_compares_with_the_rule() -> None:
    from vividtalker.detail import wrinkle_weights
    from vividtalker.face import zero_motion

    motion = zero_motion(60)
    motion[:, :42] = 0.5 * np.random.default_rng(3).random((60, 42))
    motion[:, 42:56] = 0.5 * wrinkle_weights(motion)
    row = wrinkle_report([motion])['glabella']
    assert row['correlation'] == pytest.approx(1, abs=1e-4)
    assert row['predictedMean'] == pytest.approx(row['ruleMean'] / 2, rel=1e-4)


def test_rule_is_learned_from_the_sound_and_locks_hold() -> None:
    predictor = train_on_rule(train_predictor.optimise, 1, 100)
    batch = rule_batch(np.random.default_rng(9), 16)
    right = masked_accuracy(predictor, batch, batch.features)
    shuffled = masked_accuracy(predictor, batch, batch.features.roll(1, 0))
    assert 2.5 * CHANCE < right <= CEILING + 0.03
    assert shuffled < 2 * CHANCE
    checks = resample_span(predictor, 1)
    assert checks['lockedCodesEqual'] and checks['framesOutOfReachEqual']
    assert checks['codesChanged'] > 0
    assert checks['framesOutOfReach'] > 40


@pytest.mark.parametrize('name', ['base', 'joint', 'paper', 'causal'])
def test_a_run_is_scored_once_and_resumes(folder: Path, name: str) -> None:
    design = variants(load_config(CONFIGS / 'tiny.toml'))[name]
    small = experiments.variants(experiments.shorter(load_config(CONFIGS / 'tiny.toml'), 0.02))[name]
    assert small.label == design.label
    experiments.run_one(small, 1, folder, 5, sampled=1, judge_steps=20)
    path = folder / 'results' / f'{name}-1.json'
    result = json.loads(path.read_text())
    assert all(stream['steps'] == {'tokenizer': s.tokenizer.steps, 'predictor': s.predictor.steps}
               for stream, s in zip(result['streams'].values(), small.streams.values(), strict=True))  # fmt: skip
    assert (result['reroll']['maxMm'] > 0) == (name == 'joint')
    assert result['head']['frechet']['mean'] > 0
    assert 0 <= result['mouth']['lips']['closedPercent'] <= 100
    if name != 'base':
        return
    written = path.stat().st_mtime_ns
    experiments.run_one(small, 1, folder, 5, sampled=1, judge_steps=20)
    assert path.stat().st_mtime_ns == written
    path.unlink()
    networks = experiments.network_paths(small, 1, folder)
    before = {key: value.stat().st_size for key, value in networks.items()}
    experiments.run_one(small, 1, folder, 5, sampled=1, judge_steps=20)
    assert json.loads(path.read_text())['mouth'] == result['mouth']
    assert before == {key: value.stat().st_size for key, value in networks.items()}


def test_controls_long_takes_and_report(folder: Path, tiny_run: Path, tmp_path: Path) -> None:
    small = experiments.variants(experiments.shorter(load_config(CONFIGS / 'tiny.toml'), 0.02))
    experiments.run_one(small['base'], 1, folder, 5, sampled=1, judge_steps=20)
    experiments.run_controls(small['base'], folder, tiny_run, 1, 20)
    experiments.run_long({'ours': experiments.load_run(tiny_run)}, folder, (1,))
    controls = json.loads((folder / 'results' / 'controls.json').read_text())
    rows = controls['rows']
    assert rows['teacher drawn again']['reroll']['maxMm'] == 0
    assert rows['mean pose']['head']['varianceRatio'] == pytest.approx([0, 0, 0], abs=1e-6)
    assert rows['teacher drawn again']['mouth']['lips']['closedPercent'] > rows['mean pose']['mouth']['lips']['closedPercent']
    long = json.loads((folder / 'results' / 'long-ours-1.json').read_text())
    assert long['streams']['head']['seams'] > 5
    assert long['repeats'] > 1
    text = '\n'.join(experiment_lines(folder / 'results', tmp_path / 'images'))
    for expected in ('E1', 'A1' if (folder / 'results/joint-1.json').exists() else 'A2', 'A2', 'E3', 'long speech', 'ours, full'):
        assert expected in text
    assert len(list((tmp_path / 'images').glob('*.png'))) == 2
