"""Readers of the training recordings: sound, aligned phones, tracked lips, and which part each utterance belongs to."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .phones import Phone, kokoro_phone

HELD_OUT_TALKERS = 12
HELD_OUT_GRID_CLIPS = 90


@dataclass
class Utterance:
    """One recording: `part` is train or held-out; `source` names the corpus; times are seconds from its start."""

    name: str
    source: str
    part: str
    talker: str
    audio: Path | None
    phones: list[Phone]
    weight: float = 1.0
    tracked: dict[str, np.ndarray] = field(default_factory=dict)
    kind: str = ''


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding='utf-8').splitlines() if line]


def read_kokoro(folder: Path, part: str) -> list[Utterance]:
    """Synthetic speech with exact token durations."""
    result = []
    for line in _lines(folder / 'utts.jsonl'):
        phones = [kokoro_phone(*phone) for phone in line['phones'] if phone[2] > phone[1]]
        result.append(Utterance(line['id'], 'kokoro', part, line['voice'], folder / line['file'], phones))
    return result


def read_speechocean(folder: Path) -> list[Utterance]:
    """Accented real speech; utterances with doubtful alignment are left out, 12 talkers are held out."""
    lines = _lines(folder / 'utterances.jsonl')
    talkers = sorted({line['talker'] for line in lines})
    held_out = set(talkers[:: len(talkers) // HELD_OUT_TALKERS][:HELD_OUT_TALKERS])
    result = []
    for line in lines:
        if {'speech_in_pause', 'low_confidence', 'very_slow'} & set(line.get('flags') or []):
            continue
        phones = [Phone(name, start, end, confidence) for name, start, end, confidence in line['phones']]
        part = 'held-out' if line['talker'] in held_out else 'train'
        audio = folder / line['audio']
        result.append(Utterance(line['id'], 'speechocean', part, line['talker'], audio, phones, 0.4))
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
    held_out = {line['clip'] for line in lines[-HELD_OUT_GRID_CLIPS:]}
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
        part = 'held-out' if line['clip'] in held_out else 'train'
        audio = folder / 'audio' / f'{line["clip"]}.opus'
        result.append(Utterance(line['clip'], 'grid', part, 's1', audio, phones, 1.0, tracked))
    return result


def read_corpus(folder: Path) -> list[Utterance]:
    """All recordings of the corpus folder, in a fixed order."""
    return [
        *read_kokoro(folder / 'kokoro-en', 'train'),
        *read_kokoro(folder / 'kokoro-heldout-voices', 'held-out'),
        *read_speechocean(folder / 'speechocean-train'),
        *read_grid(folder / 'grid-s1'),
    ]
