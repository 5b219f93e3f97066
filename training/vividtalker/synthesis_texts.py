"""The sentences that are spoken, and which of them no training utterance may use."""

import functools
import hashlib
from pathlib import Path

TEXTS_FOLDER = Path(__file__).parents[1] / 'texts'
UNSEEN_LANGUAGES = frozenset({'fr'})


def _lines(path: Path) -> list[str]:
    lines = [line.strip() for line in path.read_text(encoding='utf-8').splitlines()]
    return [line for line in lines if line and not line.startswith('#')]


def all_texts(language: str) -> list[str]:
    """Sentences of a language ('en', 'es', 'fr', 'hi', 'it', 'pt') in file order."""
    return _lines(TEXTS_FOLDER / f'{language}.txt')


@functools.cache
def held_out_texts(language: str) -> frozenset[str]:
    """Sentences kept for the test sets.

    English: the listed sentences of the first held-out set. French: all. Other languages: half, by a hash of the sentence,
    so that an added sentence moves no other one.
    """
    if language == 'en':
        return frozenset(_lines(TEXTS_FOLDER / 'en-held-out.txt'))
    texts = all_texts(language)
    if language in UNSEEN_LANGUAGES:
        return frozenset(texts)
    return frozenset(text for text in texts if hashlib.sha256(text.encode()).digest()[0] % 2)


def texts_of(language: str, choice: str) -> list[str]:
    """Sentences of a choice: 'train', 'held-out' or 'all'."""
    if choice == 'all':
        return all_texts(language)
    if choice not in ('train', 'held-out'):
        raise ValueError(f'no such choice of texts: {choice}')
    held_out = held_out_texts(language)
    return [text for text in all_texts(language) if (text in held_out) == (choice == 'held-out')]


def has_held_out_text(utterance_text: str, language: str = 'en') -> bool:
    """Whether an utterance (one or two sentences) contains a held-out sentence."""
    return any(text in utterance_text for text in held_out_texts(language))
