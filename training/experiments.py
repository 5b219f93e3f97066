"""The paper's experiments on small networks: `data`, `run`, `rule`, `controls`, `long`, `report`; everything resumes.

Results are JSON files in the output folder; `report` turns them into tables and plots.
"""

import argparse
import json
import time
from pathlib import Path

import torch

import train_predictor
import train_tokenizer
from vividtalker.checkpoint import load_checkpoint, load_predictor, load_tokenizer, model_hash
from vividtalker.config import RunConfig, as_dict, load_config, save_json
from vividtalker.corpus import read_corpus
from vividtalker.experiment_controls import score_controls, split_floor
from vividtalker.experiment_data import build_experiment_data, experiment_takes
from vividtalker.experiment_judges import load_judges
from vividtalker.experiment_metrics import JointPerformer, Performer, SeparatePerformer, score_performer
from vividtalker.experiment_reconstruction import reconstruction_report
from vividtalker.experiment_report import write_experiment_page
from vividtalker.experiment_variants import Variant, bits_per_second, config_hash, shorter, variants, with_seed
from vividtalker.export import parameter_count
from vividtalker.generate import Generator
from vividtalker.long_form import long_report, long_take
from vividtalker.rule_sequences import rule_experiment
from vividtalker.store import Store
from vividtalker.wrinkle_report import wrinkle_report

TOKENIZER_SHARE = 0.15  # of the minutes of a run, per tokenizer; the predictors share the rest
SCORE_SEED = 100
LONG_MINUTES = (1, 5, 10)


def data_folder(out: Path) -> Path:
    """Where the joined takes lie."""
    return out / 'data'


def network_paths(variant: Variant, seed: int, out: Path) -> dict[str, Path]:
    """Checkpoints of a design; equal tokenizers of one seed are one file."""
    paths = {}
    for name, stream in with_seed(variant, seed).streams.items():
        paths[f'{name}-tokenizer'] = out / 'tokenizers' / f'{name}-{config_hash(stream.tokenizer)}.pt'
        paths[f'{name}-predictor'] = out / 'networks' / f'{variant.name}-{seed}' / f'{name}-predictor.pt'
    return paths


def train_variant(variant: Variant, seed: int, out: Path, minutes: float) -> None:
    """Trains what is not yet trained, within the minutes."""
    store = Store(data_folder(out))
    streams, paths = with_seed(variant, seed).streams, network_paths(variant, seed, out)
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    share = (1 - TOKENIZER_SHARE * len(streams)) / len(streams)
    for name, stream in streams.items():
        tokenizer_path = paths[f'{name}-tokenizer']
        train_tokenizer.train(stream.tokenizer, store, tokenizer_path, minutes * TOKENIZER_SHARE)
        tokenizer = load_tokenizer(tokenizer_path)
        train_predictor.train(stream.predictor, tokenizer, store, paths[f'{name}-predictor'], minutes * share, False)


def load_variant(variant: Variant, seed: int, out: Path) -> Performer:
    """The trained networks of a design."""
    generators, paths = {}, network_paths(variant, seed, out)
    for name, stream in variant.streams.items():
        tokenizer = load_tokenizer(paths[f'{name}-tokenizer'])
        predictor = load_predictor(paths[f'{name}-predictor'], tokenizer)
        generators[name] = Generator(tokenizer, predictor, stream.sampling, stream.window)
    return JointPerformer(generators['joint']) if 'joint' in generators else SeparatePerformer(generators['head'], generators['mouth'])


def generators_of(performer: Performer) -> dict[str, Generator]:
    """The generators of a trained design by stream."""
    if isinstance(performer, JointPerformer):
        return {'joint': performer.generator}
    assert isinstance(performer, SeparatePerformer)
    return {'head': performer.head_generator, 'mouth': performer.mouth_generator}


def run_one(variant: Variant, seed: int, out: Path, minutes: float, sampled: int, judge_steps: int) -> None:
    """Trains and scores one design with one seed and writes its result; nothing is done where the result exists."""
    path = out / 'results' / f'{variant.name}-{seed}.json'
    if path.exists():
        return
    path.parent.mkdir(exist_ok=True)
    begun, wall = time.process_time(), time.time()
    train_variant(variant, seed, out, minutes)
    trained = time.process_time()
    performer, paths = load_variant(variant, seed, out), network_paths(variant, seed, out)
    generators = generators_of(performer)
    takes = experiment_takes(data_folder(out))
    judges = load_judges(data_folder(out), out / 'judges.pt', judge_steps)
    streams = {
        name: {
            'tokenizer': as_dict(generator.tokenizer.config), 'predictor': as_dict(generator.predictor.config),
            'sampling': vars(generator.sampling), 'window': generator.used_window,
            'steps': {kind: load_checkpoint(paths[f'{name}-{kind}'])['step'] for kind in ('tokenizer', 'predictor')},
            'parameters': {
                'tokenizer': parameter_count(generator.tokenizer), 'predictor': parameter_count(generator.predictor),
            },
            'bitsPerSecond': bits_per_second(variant.streams[name], generator.tokenizer.group_sizes),
        }
        for name, generator in generators.items()
    }  # fmt: skip
    result = {
        'variant': variant.name, 'label': variant.label, 'seed': seed, 'streams': streams,
        'dataHash': Store(data_folder(out)).data_hash, 'minutesCap': minutes,
        'reconstruction': reconstruction_report({name: g.tokenizer for name, g in generators.items()}, takes),
        **score_performer(performer, takes, judges, sampled, SCORE_SEED * seed),
        'cpuMinutes': {'training': (trained - begun) / 60, 'all': (time.process_time() - begun) / 60},
        'wallMinutes': (time.time() - wall) / 60,
    }  # fmt: skip
    save_json(result, path)
    print(f'{variant.name} seed {seed}: {result["cpuMinutes"]["all"]:.1f} CPU-min, {result["wallMinutes"]:.1f} min', flush=True)


def load_run(run: Path) -> Performer:
    """The full networks of a run folder, with their calibrated sampling."""
    overrides_path = run / 'sampling.json'
    overrides = json.loads(overrides_path.read_text()) if overrides_path.exists() else {}
    return SeparatePerformer(*(Generator.load(run, stream, overrides.get(stream)) for stream in ('head', 'mouth')))


def run_controls(base: Variant, out: Path, run: Path | None, sampled: int, judge_steps: int) -> None:
    """Scores the control rows with the base design of the first seed, and the full networks where a run is given."""
    takes = experiment_takes(data_folder(out))
    judges = load_judges(data_folder(out), out / 'judges.pt', judge_steps)
    path = out / 'results' / 'controls.json'
    if not path.exists():
        performer = load_variant(base, 1, out)
        rows = score_controls(takes, judges, performer, sampled, SCORE_SEED)
        save_json({'rows': rows, 'splitFloor': split_floor(takes, judges, SCORE_SEED)}, path)
    if run is None:
        return
    performer = load_run(run)
    result = score_performer(performer, takes, judges, sampled, SCORE_SEED)
    mouths = [performer.perform(take, SCORE_SEED, SCORE_SEED)[1] for take in takes]
    tokenizers = {name: generator.tokenizer for name, generator in generators_of(performer).items()}
    save_json({
        'modelHash': model_hash(run), **result, 'reconstruction': reconstruction_report(tokenizers, takes),
        'wrinkles': wrinkle_report(mouths), 'wrinklesTeacher': wrinkle_report([take.mouth for take in takes]),
    }, out / 'results' / 'ours.json')  # fmt: skip


def run_long(designs: dict[str, Performer], out: Path, minutes: tuple[int, ...]) -> None:
    """Long takes of each design; nothing is done where the result exists."""
    takes = experiment_takes(data_folder(out))
    for length in minutes:
        long = long_take(takes, 60 * length, SCORE_SEED)
        for name, performer in designs.items():
            path = out / 'results' / f'long-{name}-{length}.json'
            if not path.exists():
                save_json(long_report(performer, long, SCORE_SEED), path)


def designs_of(arguments: argparse.Namespace) -> dict[str, Variant]:
    """All designs with the asked schedule."""
    config: RunConfig = load_config(arguments.config)
    return variants(shorter(config, arguments.steps))


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('command', choices=['data', 'run', 'rule', 'controls', 'long', 'report'])
    parser.add_argument('--out', type=Path, required=True, help='folder of everything the experiments make')
    parser.add_argument('--data', type=Path, help='prepared data set (data)')
    parser.add_argument('--corpus', type=Path, help='recordings with their phones (data)')
    parser.add_argument('--train-minutes', type=float, default=45)
    parser.add_argument('--test-minutes', type=float, default=18)
    parser.add_argument('--config', type=Path, default=Path(__file__).parent / 'configs/experiments.toml')
    parser.add_argument('--steps', type=float, default=1.0, help='factor on all step counts of the configuration')
    parser.add_argument('--variants', nargs='+', help='names of experiment_variants.py; default all')
    parser.add_argument('--seeds', type=int, nargs='+', default=[1, 2, 3])
    parser.add_argument('--minutes-per-run', type=float, default=10, help='most minutes of training per design and seed')
    parser.add_argument('--sampled', type=int, default=6, help='takes on which ten heads are drawn')
    parser.add_argument('--judge-steps', type=int, default=800)
    parser.add_argument('--run', type=Path, help='run folder of the full networks (controls, long)')
    parser.add_argument('--minutes', type=int, nargs='+', default=LONG_MINUTES, help='lengths of long takes')
    parser.add_argument('--page', type=Path, help='generated page (report)')
    parser.add_argument('--plots', type=Path, help='folder of the plots (report)')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    (out / 'results').mkdir(exist_ok=True)
    if arguments.command == 'data':
        utterances = {u.name: u for u in read_corpus(arguments.corpus)}
        build_experiment_data(Store(arguments.data), utterances, data_folder(out), arguments.train_minutes, arguments.test_minutes)
    elif arguments.command == 'run':
        designs = designs_of(arguments)
        for seed in arguments.seeds:
            for name in arguments.variants or list(designs):
                run_one(designs[name], seed, out, arguments.minutes_per_run, arguments.sampled, arguments.judge_steps)
    elif arguments.command == 'rule':
        save_json(rule_experiment(train_predictor.optimise, arguments.seeds), out / 'results' / 'rule.json')
    elif arguments.command == 'controls':
        run_controls(designs_of(arguments)['base'], out, arguments.run, arguments.sampled, arguments.judge_steps)
    elif arguments.command == 'long':
        designs = designs_of(arguments)
        chosen = {n: load_variant(designs[n], 1, out) for n in arguments.variants or ()}
        if arguments.run:
            chosen['ours'] = load_run(arguments.run)
        run_long(chosen, out, tuple(arguments.minutes))
    else:
        write_experiment_page(out / 'results', arguments.page, arguments.plots)


if __name__ == '__main__':
    main()
