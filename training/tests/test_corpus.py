"""Whole voices, talkers and texts lie in one part: the rule that makes the test part mean something."""

import json
from pathlib import Path

from vividtalker.corpus import VALIDATION_VOICES, read_kokoro, read_speechocean
from vividtalker.synthesis_texts import held_out_texts

FREE_TEXT = 'A sentence that no held-out voice speaks.'


def write_lines(path: Path, lines: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(''.join(json.dumps(line) + '\n' for line in lines), encoding='utf-8')


def spoken(identity: str, voice: str, text: str) -> dict:
    return {'id': identity, 'file': f'{identity}.opus', 'voice': voice, 'text': text, 'phones': [['_', 0.0, 0.2], ['b', 0.2, 0.3]]}


def test_training_never_speaks_a_held_out_sentence(tmp_path: Path) -> None:
    held_out = sorted(held_out_texts('en'))[0]
    lines = [spoken('a', 'af_heart', FREE_TEXT), spoken('b', 'af_heart', held_out), spoken('c', 'af_heart', f'{FREE_TEXT} {held_out}')]
    write_lines(tmp_path / 'set/utts.jsonl', lines)
    assert [u.name for u in read_kokoro(tmp_path / 'set', 'train')] == ['set-a']
    assert len(read_kokoro(tmp_path / 'set', 'test')) == 3


def test_held_out_voices_validate_or_test_but_never_both(tmp_path: Path) -> None:
    voices = ['af_nova', 'am_puck', 'bf_emma', 'bm_lewis', 'af_sky', 'am_liam']
    write_lines(tmp_path / 'set/utts.jsonl', [spoken(f'{voice}{n}', voice, FREE_TEXT) for voice in voices for n in (0, 1)])
    parts: dict[str, set[str]] = {}
    for utterance in read_kokoro(tmp_path / 'set', 'test'):
        parts.setdefault(utterance.talker, set()).add(utterance.part)
    assert {voice for voice, part in parts.items() if part == {'validation'}} == VALIDATION_VOICES
    assert {voice for voice, part in parts.items() if part == {'test'}} == set(voices) - VALIDATION_VOICES


def test_a_real_talker_lies_in_one_part_and_a_fifth_is_held_out(tmp_path: Path) -> None:
    lines = [
        {'id': f'{talker:04d}-{n}', 'talker': f'{talker:04d}', 'age': 8 if talker % 2 else 30, 'audio': 'x.opus',
         'phones': [['SIL', 0.0, 0.2, 1.0]], 'flags': ['low_confidence'] if n == 2 else []}
        for talker in range(30) for n in range(3)
    ]  # fmt: skip
    write_lines(tmp_path / 'utterances.jsonl', lines)
    utterances = read_speechocean(tmp_path)
    assert len(utterances) == 60  # doubtful alignments are left out
    talkers = {part: {u.talker for u in utterances if u.part == part} for part in ('train', 'validation', 'test')}
    assert {part: len(names) for part, names in talkers.items()} == {'train': 24, 'validation': 2, 'test': 4}
    assert len(set.union(*talkers.values())) == 30
    assert {u.group for u in utterances if int(u.talker) % 2} == {'child'}
