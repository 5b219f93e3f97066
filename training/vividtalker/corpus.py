"""Readers of the training recordings: sound, aligned phones, tracked lips, and which part each utterance belongs to.

Parts: 'train' makes the networks, 'validation' chooses among them and sets operating points, 'test' is only reported. Whole
voices, talkers and texts lie in one part: three of the six held-out synthetic voices validate, three test, and no training
utterance speaks a sentence of theirs; every fifth real talker is held out (each text there is spoken once).
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .ipa_phones import ipa_phone
from .phones import Phone, kokoro_phone
from .synthesis_plan import load_sets
from .synthesis_texts import has_held_out_text

GRID_STEP = 9  # of the sorted GRID clips, every ninth is held out, so that all first words are; every second of those validates
VALIDATION_VOICES = frozenset({'af_nova', 'am_puck', 'bf_emma'})
TALKER_STEP = 5  # of the sorted talkers, every fifth is held out; every third of those validates
CHILD_AGE = 12  # years, and below
SPEECH_CONFIG = Path(__file__).parents[1] / 'configs/speech.toml'


@dataclass
class Utterance:
    """One recording: `source` names the corpus, `group` who speaks (voice, adult, child, a language); times in seconds."""

    name: str
    source: str
    part: str
    talker: str
    audio: Path | None
    phones: list[Phone]
    weight: float = 1.0
    tracked: dict[str, np.ndarray] = field(default_factory=dict)
    kind: str = ''
    group: str = 'voice'


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding='utf-8').splitlines() if line]


def foreign_phone(symbol: str, start: float, end: float) -> Phone:
    """Phone of a symbol of another language: the inventory's phone that looks most alike on the lips."""
    stress = 2 if 'ˈ' in symbol else 1 if 'ˌ' in symbol else 0
    return Phone(ipa_phone(symbol.strip('ˈˌ')), start, end, 1.0, stress)


def read_kokoro(folder: Path, part: str, language: str = 'en') -> list[Utterance]:
    """Synthetic speech with exact token durations; training utterances that speak a held-out sentence are left out."""
    convert = kokoro_phone if language == 'en' else foreign_phone
    group = 'voice' if language == 'en' else language
    result = []
    for line in _lines(folder / 'utts.jsonl'):
        if part == 'train' and has_held_out_text(line['text'], language):
            continue
        phones = [convert(*phone) for phone in line['phones'] if phone[2] > phone[1]]
        own = 'validation' if part == 'test' and line['voice'] in VALIDATION_VOICES else part
        name = f'{folder.name}-{line["id"]}'
        result.append(Utterance(name, 'kokoro', own, line['voice'], folder / line['file'], phones, group=group))
    return result


def read_speechocean(folder: Path) -> list[Utterance]:
    """Accented real speech of adults and children; utterances with doubtful alignment are left out."""
    lines = _lines(folder / 'utterances.jsonl')
    held_out = sorted({line['talker'] for line in lines})[2::TALKER_STEP]
    validation = set(held_out[::3])
    result = []
    for line in lines:
        if {'speech_in_pause', 'low_confidence', 'very_slow'} & set(line.get('flags') or []):
            continue
        phones = [Phone(name, start, end, confidence) for name, start, end, confidence in line['phones']]
        talker = line['talker']
        part = 'train' if talker not in held_out else 'validation' if talker in validation else 'test'
        group = 'child' if line['age'] <= CHILD_AGE else 'adult'
        audio = folder / line['audio']
        result.append(Utterance(line['id'], 'speechocean', part, talker, audio, phones, 0.4, group=group))
    return result


def read_grid(folder: Path) -> list[Utterance]:
    """Real lip curves of one talker; `tracked` holds opening / P95, width / rest - 1, jaw drop, seal, all at 25 fps."""
    names = json.loads((folder / 'names.json').read_text())
    column = {name: index for index, name in enumerate(names['columns'])}
    neutral = names['neutral']
    curves: dict[str, np.ndarray] = {}
    for path in sorted(folder.glob('curves-*.npz')):
        with np.load(path) as data:
            for clip, values, miss in zip(data['clip'], data['x'], data['miss'], strict=True):
                if miss == 0:
                    curves[str(clip)] = values.astype(np.float32)
    lines = [line for line in _lines(folder / 'phones.jsonl') if line['clip'] in curves]
    held_out = [line['clip'] for line in lines[4::GRID_STEP]]
    part_of = {clip: 'validation' if number % 2 else 'test' for number, clip in enumerate(held_out)}
    result = []
    for line in lines:
        x = curves[line['clip']]
        opening = x[:, column['ap_inner_mid']] - neutral['ap_inner_mid']
        tracked = {
            'opening': opening / np.percentile(opening, 95),
            'width': x[:, column['width_outer']] / neutral['width_outer'] - 1,
            'jaw': neutral['chin_h'] - x[:, column['chin_h']],
            'seal': x[:, column['seal']],
        }
        phones = [Phone(name, start, end) for name, start, end, _score, _word in line['phones']]
        part = part_of.get(line['clip'], 'train')
        audio = folder / 'audio' / f'{line["clip"]}.opus'
        result.append(Utterance(line['clip'], 'grid', part, 's1', audio, phones, 1.0, tracked, group='adult'))
    return result


def read_corpus(folder: Path) -> list[Utterance]:
    """All recordings of the corpus folder in a fixed order; sets of `speech/` (synthesise_speech.py) not yet made are left out."""
    speech = [made for made in load_sets(SPEECH_CONFIG) if (folder / 'speech' / made.folder / 'utts.jsonl').exists()]
    return [
        *read_kokoro(folder / 'kokoro-en', 'train'),
        *read_kokoro(folder / 'kokoro-heldout-voices', 'test'),
        *(u for made in speech for u in read_kokoro(folder / 'speech' / made.folder, made.part, made.language)),
        *read_speechocean(folder / 'speechocean-train'),
        *read_grid(folder / 'grid-s1'),
    ]
