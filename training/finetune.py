"""Fine-tunes the networks on a studio's captured takes and writes a model folder that the program picks up.

    python finetune.py --takes ~/takes --base ../assets/models --out ~/studio-run --id studio-name-1
    vividtalker models add ~/studio-run/studio-name-1
"""

import argparse
import dataclasses
import hashlib
import json
import re
import sys
from pathlib import Path

import torch

import train_predictor
from vividtalker.base_model import BaseModel
from vividtalker.capture_files import UNITS, CaptureError, HeadColumns
from vividtalker.captured_takes import CapturedTake, read_takes
from vividtalker.checkpoint import load_checkpoint
from vividtalker.config import PredictorConfig
from vividtalker.finetune_data import WITH_HEAD, held_out_takes, mixed_batch, supplies, write_take_stores
from vividtalker.finetune_model import matching_gain, write_model_folder
from vividtalker.finetune_report import head_change, mouth_change, reconstruction, reconstruction_warnings
from vividtalker.generate import Generator
from vividtalker.store import Store
from vividtalker.style import STYLE_INDEX

AXES = ('pitch', 'yaw', 'roll')
LEARNING_RATE = {'head': 3e-4, 'mouth': 1e-4}  # one voice's takes at a higher rate cost the mouth its closures on others
WARMUP_STEPS = 40
AVERAGE_DECAY = 0.99
STEPS = {'head': 600, 'mouth': 400}


@dataclasses.dataclass(frozen=True)
class Settings:
    """What a fine-tuning run does: streams with their steps, a limit in minutes per stream, seed."""

    steps: dict[str, int]
    minutes: float = 60.0
    seed: int = 1


def tuning_config(config: PredictorConfig, steps: int, seed: int) -> PredictorConfig:
    """The base's configuration with a gentle, short schedule; the phones of captured takes are not known."""
    return dataclasses.replace(
        config, steps=steps, learning_rate=LEARNING_RATE[config.stream], warmup_steps=WARMUP_STEPS, average_decay=AVERAGE_DECAY,
        noisy_ramp_steps=1, phone_weight=0.0, seed=seed,
    )  # fmt: skip


def tune(base: BaseModel, stream: str, takes: Store, replay: Store, run: Path, settings: Settings) -> Generator:
    """Trains the predictor of one stream on takes and replay, resuming from the run folder."""
    generator = base.generators[stream]
    material = supplies(generator.tokenizer, takes, replay, train_predictor.SOURCES[stream])
    config = tuning_config(generator.predictor.config, settings.steps[stream], settings.seed)
    predictor = type(generator.predictor)(config, generator.tokenizer.config.levels)
    predictor.load_state_dict(generator.predictor.state_dict())
    data_hash = hashlib.sha256((takes.data_hash + replay.data_hash).encode()).hexdigest()
    path = run / f'{stream}-predictor.pt'
    if path.exists() and load_checkpoint(path)['dataHash'] != data_hash:
        raise CaptureError(f'{path} was trained on other takes. Name another --out folder, or empty this one.')
    average = train_predictor.optimise(
        predictor, generator.tokenizer, lambda step: mixed_batch(material, config, step), data_hash, path, settings.minutes, False
    )
    return dataclasses.replace(generator, predictor=average.eval())


def finetune(
    base: BaseModel, takes: list[CapturedTake], original: Store | None, run: Path, identifier: str, settings: Settings
) -> dict:
    """Everything from takes to model folder `run/identifier`; returns the report."""
    write_take_stores(takes, base, run / 'data', original is None, settings.seed)
    store = Store(run / 'data/takes')
    replay = original or Store(run / 'data/replay')
    codes = reconstruction(base.generators, store)
    warnings = reconstruction_warnings(codes)
    print(*warnings, sep='\n')
    tuned = {stream: tune(base, stream, store, replay, run, settings) for stream in settings.steps}
    after = base.generators | tuned
    style = base.default_style()
    report = {
        'base': base.manifest['id'], 'takes': len(takes), 'minutes': round(sum(len(take.weight) for take in takes) / 1800, 1),
        'steps': settings.steps, 'seed': settings.seed, 'reconstruction': codes, 'warnings': warnings,
        'replay': 'the base model on the sound of the takes' if original is None else 'the original data set',
        'testedOn': 'kept out of training' if store.select('test') else 'of the training (too few to keep any out)',
    }  # fmt: skip
    head_gain = None
    if 'head' in tuned:
        heads = [r for r in store.recordings if r.source == WITH_HEAD]
        head_gain = matching_gain(after['head'], store, [r for r in heads if r.part == 'train'], style)
        tuned_style = style.copy()
        tuned_style[STYLE_INDEX['headGain']] = head_gain
        tested = [r for r in held_out_takes(store) if r.source == WITH_HEAD] or heads
        styles = {'before': style, 'after': tuned_style}
        report['head'] = head_change(base.generators['head'], after['head'], store, tested, styles, settings.seed)
    if original is not None:
        report['mouth'] = mouth_change(base.generators['mouth'], after['mouth'], original, style, settings.seed)
    report['summary'] = {
        'takes': report['takes'], 'headDistance': report.get('head', {}).get('distance'),
        'mouthMarksKept': (report.get('mouth') or {}).get('kept'),
    }  # fmt: skip
    training = {'base': base.manifest['id'], 'baseTraining': base.manifest.get('training', {}), 'seed': settings.seed,
                'steps': settings.steps, 'dataHash': store.data_hash}  # fmt: skip
    write_model_folder(base, tuned, run / identifier, identifier, head_gain, training, report)
    return report


def head_columns(unit: str, flips: str) -> HeadColumns:
    """How the head columns are meant; `flips` names angles whose sign is turned round, as in 'yaw,roll'."""
    flipped = {name.strip() for name in flips.split(',') if name.strip()}
    if not flipped <= set(AXES):
        raise CaptureError(f'--flip-head takes {", ".join(AXES)}, not {", ".join(sorted(flipped - set(AXES)))}.')
    usual = HeadColumns().signs
    return HeadColumns(unit, tuple(-sign if axis in flipped else sign for axis, sign in zip(AXES, usual, strict=True)))


def parse_arguments() -> argparse.Namespace:
    """Command line of the fine-tuning."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--takes', type=Path, required=True, help='folder of captures (.csv, .json), each with a .wav of the same name')
    parser.add_argument('--base', type=Path, default=Path(__file__).parents[1] / 'assets/models', help='model folder to start from')
    parser.add_argument('--out', type=Path, required=True, help='run folder; the model folder is made inside')
    parser.add_argument('--id', required=True, help='id of the new model: small letters, digits and dashes, as in studio-name-1')
    parser.add_argument('--mouth', action='store_true', help='also tune the mouth (the head is always tuned when the takes have one)')
    parser.add_argument('--data', type=Path, help='original data set (build_dataset.py) for replay and for the marks of the mouth')
    parser.add_argument('--steps', type=int, help=f'training steps per stream (default {STEPS})')
    parser.add_argument('--minutes', type=float, default=60, help='most minutes of training per stream')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--head-unit', choices=UNITS, default='radians', help='unit of the head columns of a CSV')
    parser.add_argument('--flip-head', default='', help='angles of a CSV whose sign is turned round, as in yaw,roll')
    parser.add_argument('--keep-offset', action='store_true', help='keep the mean pose of each take instead of taking it out')
    return parser.parse_args()


def main() -> int:
    """Command line entry; bad input ends with a message and 2."""
    arguments = parse_arguments()
    torch.set_num_threads(1)
    try:
        if not re.fullmatch(r'[a-z0-9][a-z0-9-]{0,62}', arguments.id):
            raise CaptureError(f'"{arguments.id}" is no model id. Use small letters, digits and dashes, as in studio-name-1.')
        base = BaseModel.load(arguments.base)
        takes = read_takes(arguments.takes, head_columns(arguments.head_unit, arguments.flip_head), arguments.keep_offset)
        streams = [*(['head'] if any(take.head is not None for take in takes) else []), *(['mouth'] if arguments.mouth else [])]
        if not streams:
            raise CaptureError('None of the takes moves the head, and --mouth is not given: there is nothing to learn.')
        settings = Settings({s: arguments.steps or STEPS[s] for s in streams}, arguments.minutes, arguments.seed)
        original = Store(arguments.data) if arguments.data else None
        report = finetune(base, takes, original, arguments.out, arguments.id, settings)
    except (CaptureError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(report['summary'], indent=2))
    print(f'Model folder: {arguments.out / arguments.id}. Bring it in with: vividtalker models add {arguments.out / arguments.id}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
