"""Proves fine-tuning on synthetic takes of a new style: a head that tilts far and slowly and hardly turns.

The head teacher plays that style, with a tilt no slider reaches, to speech of one training voice; the takes are written as
Live Link CSV + WAV, read back, and learned from. The report says whether the generated heads move to the style on takes
kept out of training, and whether the marks of the mouth on the test part of the original data stay.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import finetune
from vividtalker.audio import read_audio
from vividtalker.base_model import BaseModel
from vividtalker.capture_files import HeadColumns
from vividtalker.captured_takes import read_takes
from vividtalker.corpus import Utterance, read_corpus
from vividtalker.dominance import DominanceConstants
from vividtalker.features import SAMPLE_RATE_HZ, compute_features, network_features
from vividtalker.head_teacher import head_motion
from vividtalker.phones import Phone
from vividtalker.prepare import teacher_mouth
from vividtalker.prosody import analyse_prosody
from vividtalker.store import Store
from vividtalker.style import default_style, style_of
from vividtalker.synthetic_takes import write_take

NEW_STYLE = {'headGain': 0.8, 'turnGain': 0.35, 'tiltGain': 2.4, 'liveliness': 0.5, 'nodRate': 0.1, 'postureHold': 3.0}
MOST_DISTANCE_LEFT = 0.5  # of the distance to the new style that the base has


def joined(parts: list[Utterance]) -> tuple[np.ndarray, Utterance]:
    """Sound and phones of several utterances, one after another."""
    sounds, phones, length = [], [], 0.0
    for utterance in parts:
        samples = read_audio(utterance.audio)
        phones += [Phone(p.name, p.start + length, p.end + length, p.confidence, p.stress) for p in utterance.phones]
        sounds.append(samples)
        length += len(samples) / SAMPLE_RATE_HZ
    return np.concatenate(sounds), Utterance('take', 'kokoro', 'train', parts[0].talker, None, phones)


def make_takes(utterances: list[Utterance], count: int, seconds: float, folder: Path, seed: int) -> None:
    """Writes `count` takes of at least `seconds`: mouth of the teacher at its default, head of the new style."""
    constants, style = DominanceConstants.load(), style_of(NEW_STYLE)
    remaining = iter(utterances)
    for number in range(count):
        parts: list[Utterance] = []
        while sum(part.phones[-1].end for part in parts) < seconds:
            parts.append(next(remaining))
        samples, whole = joined(parts)
        frames = int(len(samples) / SAMPLE_RATE_HZ * 30)
        features = network_features(compute_features(samples), 2 * frames)
        rng = np.random.default_rng([seed, number])
        mouth = teacher_mouth(whole, features, frames, default_style(), rng, constants)
        head = head_motion(analyse_prosody(whole.phones, features), frames, style, rng)
        write_take(folder, f'take{number + 1:02d}', samples, mouth, head)


def verdict(report: dict) -> dict[str, bool]:
    """What the proof asks for, point by point."""
    distance = report['head']['distance']
    return {
        'headMovedToTheStyle': distance['after'] <= MOST_DISTANCE_LEFT * distance['before'],
        'mouthMarksKept': report['mouth']['kept'],
    }


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--data', type=Path, required=True, help='original data set, for replay and the marks of the mouth')
    parser.add_argument('--base', type=Path, default=Path(__file__).parents[1] / 'assets/models')
    parser.add_argument('--out', type=Path, required=True, help='empty folder for takes and run')
    parser.add_argument('--json', type=Path, default=Path(__file__).parent / 'results/finetune-proof.json')
    parser.add_argument('--talker', default='af_aoede')
    parser.add_argument('--takes', type=int, default=25)
    parser.add_argument('--seconds', type=float, default=12)
    parser.add_argument('--head-steps', type=int, default=900)
    parser.add_argument('--mouth-steps', type=int, default=120)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    speech = [u for u in read_corpus(arguments.corpus) if u.source == 'kokoro' and u.part == 'train' and u.talker == arguments.talker]
    make_takes(speech, arguments.takes, arguments.seconds, arguments.out / 'takes', arguments.seed)
    settings = finetune.Settings({'head': arguments.head_steps, 'mouth': arguments.mouth_steps}, seed=arguments.seed)
    takes = read_takes(arguments.out / 'takes', HeadColumns())
    report = finetune.finetune(
        BaseModel.load(arguments.base), takes, Store(arguments.data), arguments.out / 'run', 'proof-1', settings
    )
    report['note'] = f'Synthetic takes of the teachers, voice {arguments.talker}, style {NEW_STYLE}.'
    report['verdict'] = verdict(report)
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(report, indent=2) + '\n', encoding='utf-8')
    print(json.dumps({'distance': report['head']['distance'], 'verdict': report['verdict']}, indent=2))


if __name__ == '__main__':
    main()
