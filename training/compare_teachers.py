"""Compares the fitted rule teacher with learned ones (alone, and as a correction of the rule); finished runs are not repeated."""

import argparse
import json
from pathlib import Path

import torch

from vividtalker.audio import read_audio
from vividtalker.corpus import read_grid, read_kokoro
from vividtalker.dominance import DominanceConstants
from vividtalker.dominance_fit import fit_constants, model_curves
from vividtalker.features import NETWORK_RATE_HZ, compute_features, network_features
from vividtalker.learned_teacher import train_teacher
from vividtalker.lip_marks import clip_levels
from vividtalker.prosody import analyse_prosody
from vividtalker.teacher_comparison import (
    HELD_OUT_WORDS,
    Talk,
    blind_marks,
    decide,
    learned_curves,
    network_marks,
    rule_curves,
    speech_marks,
    teacher_lines,
    word_marks,
)

SPEECH_UTTERANCES = 40


def _speech(corpus: Path) -> list[tuple]:
    """Phones and level rows of the first utterances of voices nobody trains on."""
    result = []
    for utterance in read_kokoro(corpus / 'kokoro-heldout-voices', 'validation')[:SPEECH_UTTERANCES]:
        rows = int(utterance.phones[-1].end * NETWORK_RATE_HZ)
        features = network_features(compute_features(read_audio(utterance.audio)), rows)
        result.append((utterance.phones, analyse_prosody(utterance.phones, features).level))
    return result


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--out', type=Path, default=Path('results/teacher-comparison.json'))
    parser.add_argument('--levels', type=Path, help='file that keeps the measured sound levels between runs (.npz)')
    parser.add_argument('--seeds', type=int, default=3)
    parser.add_argument('--steps', type=int, default=320, help='steps of the rule fit without the held-out words')
    parser.add_argument('--epochs', type=int, default=40)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    out = arguments.out
    out.parent.mkdir(parents=True, exist_ok=True)
    runs = json.loads(out.read_text())['runs'] if out.exists() else []
    clips = read_grid(arguments.corpus / 'grid-s1')
    level_of = dict(zip([clip.name for clip in clips], clip_levels(clips, arguments.levels), strict=True))
    talk = {}
    for part in ('train', 'validation', 'test'):
        chosen = [clip for clip in clips if clip.part == part]
        talk[part] = Talk.of(chosen, [level_of[clip.name] for clip in chosen])
    everything = Talk.of(clips, [level_of[clip.name] for clip in clips])
    speech = _speech(arguments.corpus)

    def keep(run: dict) -> None:
        runs.append(run)
        settings = {'steps': arguments.steps, 'epochs': arguments.epochs, 'clips': {name: len(t.clips) for name, t in talk.items()}}
        out.write_text(json.dumps({'settings': settings, 'runs': runs, 'decision': decide(runs)}, indent=1) + '\n')

    def done(kind: str, seed: int, test: str) -> bool:
        return any(run['kind'] == kind and run['seed'] == seed and test in run for run in runs)

    shipped = DominanceConstants.load()
    if not done('rule', 1, 'blind'):
        curves = model_curves(shipped, talk['test'].data)
        marks = {'blind': blind_marks(curves, talk['test']), 'speech': speech_marks(rule_curves(shipped), speech)}
        keep({'kind': 'rule', 'seed': 1, **marks})
        keep({'kind': 'tracked lips', 'seed': 1, 'blind': blind_marks(talk['test'].data.curves.numpy(), talk['test'])})
    stored = out.with_suffix('.words-out.json')
    if not done('rule', 1, 'words'):
        fitted = fit_constants(talk['train'].data, arguments.steps, use=talk['train'].use(True))
        fitted.save(stored, f'fitted without {" and ".join(HELD_OUT_WORDS)}')
        keep({'kind': 'rule', 'seed': 1, 'words': word_marks(model_curves(fitted, everything.data), everything)})
    words_out = DominanceConstants.load(stored)
    for seed in range(1, arguments.seeds + 1):
        for kind in ('learned', 'rule + learned'):
            for test, without in (('words', True), ('blind', False)):
                if done(kind, seed, test):
                    continue
                rule = None if kind == 'learned' else words_out if without else shipped
                sets = [talk[part].lip_set(without, rule) for part in ('train', 'validation')]
                network = train_teacher(*sets, seed, arguments.epochs)
                if without:
                    keep({'kind': kind, 'seed': seed, 'words': word_marks(network_marks(network, everything, rule), everything)})
                    continue
                marks = blind_marks(network_marks(network, talk['test'], rule), talk['test'])
                keep({'kind': kind, 'seed': seed, 'blind': marks, 'speech': speech_marks(learned_curves(network, rule), speech)})
    print('\n'.join(teacher_lines(out)))


if __name__ == '__main__':
    main()
