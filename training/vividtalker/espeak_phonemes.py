"""Text of other languages to the speech network's symbols, through the program espeak-ng.

espeak-ng (GPL-3.0) runs as a separate program while the corpus is made. It is neither shipped nor linked.
"""

import functools
import re
import subprocess
import unicodedata

from .kokoro_network import PUNCTUATION

ESPEAK_VOICES = {'es': 'es', 'fr': 'fr-fr', 'it': 'it', 'pt': 'pt-br', 'hi': 'hi'}

_TIE = '^'
# One token each in the network's vocabulary, as misaki writes them.
_LIGATURES = {
    'a^ɪ': 'I', 'a^ʊ': 'W', 'd^z': 'ʣ', 'd^ʒ': 'ʤ', 'e^ɪ': 'A', 'o^ʊ': 'O', 'ə^ʊ': 'Q', 's^s': 'S', 't^s': 'ʦ', 't^ʃ': 'ʧ', 'ɔ^ɪ': 'Y',
}  # fmt: skip
# Symbols that espeak-ng gives another sound in one language: 'r.' is a retroflex flap; Brazilian 'y' and 'æ' are reduced [ɪ] and [ɐ].
_RESPELLED = {'hi': {'r.': 'ɽ'}, 'pt': {'y': 'ɪ', 'æ': 'ɐ'}}
_LANGUAGE_SWITCH = re.compile(r'\([a-z][a-z0-9-]*\)')
_SPELLED_PUNCTUATION = str.maketrans({'¿': ' ', '¡': ' ', '।': '.', '«': '“', '»': '”', '–': '—'})
_PIECES = re.compile('([' + re.escape(''.join(sorted(PUNCTUATION))) + ']+)')


def network_symbols(ipa: str, language: str) -> str:
    """Network symbols of one clause as `espeak-ng --ipa --tie=^` writes it; unknown symbols are kept for the caller to find."""
    ipa = unicodedata.normalize('NFD', ipa).replace('c\u0327', 'ç')
    ipa = _LANGUAGE_SWITCH.sub('', ipa).replace('-', '')
    for spelled, symbol in {**_LIGATURES, **_RESPELLED.get(language, {})}.items():
        ipa = ipa.replace(spelled, symbol)
    return ' '.join(ipa.replace(_TIE, '').split())


@functools.cache
def _run_espeak(clause: str, language: str) -> str:
    command = ['espeak-ng', '-q', '--ipa', f'--tie={_TIE}', '-v', ESPEAK_VOICES[language], '--', clause]
    return subprocess.run(command, capture_output=True, check=True, text=True, encoding='utf-8').stdout


class EspeakPhonemes:
    """Pronunciation of one language; `run(clause, language)` gives the IPA of a clause and is replaced in tests."""

    def __init__(self, language: str, run=_run_espeak):
        self.language, self._run = language, run

    def __call__(self, text: str, voice: str) -> tuple[str, list[str]]:
        """Token string of the text, with its punctuation, and its words; `voice` does not matter."""
        tokens = ''
        pieces = _PIECES.split(text.translate(_SPELLED_PUNCTUATION))
        for clause, punctuation in zip(pieces[::2], [*pieces[1::2], ''], strict=True):
            if clause.strip():
                tokens += ' ' + network_symbols(self._run(clause.strip(), self.language), self.language)
            tokens += punctuation
        words = [word.strip(''.join(PUNCTUATION) + '¿¡।') for word in text.split()]
        return tokens.strip(), [word for word in words if word]


def espeak_version() -> str:
    """Version number of the installed program."""
    output = subprocess.run(['espeak-ng', '--version'], capture_output=True, check=True, text=True).stdout
    return output.split(': ')[1].split()[0]
