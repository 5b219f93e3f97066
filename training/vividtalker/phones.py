"""One phone inventory for all corpora: 39 ARPAbet phones and a pause; diphthongs and affricates are split by rule."""

from dataclasses import dataclass

PHONES = (
    'SIL', 'AA', 'AE', 'AH', 'AO', 'EH', 'ER', 'IH', 'IY', 'UH', 'UW', 'AY', 'AW', 'EY', 'OW', 'OY',
    'B', 'P', 'M', 'F', 'V', 'TH', 'DH', 'T', 'D', 'N', 'L', 'S', 'Z', 'SH', 'ZH', 'CH', 'JH', 'R', 'W', 'Y',
    'K', 'G', 'NG', 'HH',
)  # fmt: skip
PHONE_INDEX = {name: index for index, name in enumerate(PHONES)}
PHONE_COUNT = len(PHONES)
VOWELS = frozenset(PHONES[1:16])
OPEN_VOWELS = frozenset({'AA', 'AE', 'EH', 'AY', 'AW', 'EY'})
BILABIALS = frozenset({'B', 'P', 'M'})
LABIODENTALS = frozenset({'F', 'V'})

# Diphthongs move between two vowel targets; the number is the share of the first.
DIPHTHONGS = {
    'AY': ('AA', 'IH', 0.6), 'AW': ('AA', 'UH', 0.55), 'OY': ('AO', 'IH', 0.55), 'OW': ('AO', 'UW', 0.5),
    'EY': ('EH', 'IY', 0.55),
}  # fmt: skip

_KOKORO = {
    'ə': 'AH', 'ɹ': 'R', 'n': 'N', 't': 'T', 'ɪ': 'IH', 'l': 'L', 'd': 'D', 'm': 'M', 'b': 'B', 's': 'S', 'p': 'P',
    'ð': 'DH', 'i': 'IY', 'f': 'F', 'v': 'V', 'ʌ': 'AH', 'ɛ': 'EH', 'æ': 'AE', 'w': 'W', 'I': 'AY', 'k': 'K', 'z': 'Z',
    'ɑ': 'AA', 'O': 'OW', 'u': 'UW', 'A': 'EY', 'ɔ': 'AO', 'h': 'HH', 'ᵊ': 'AH', 'a': 'AE', 'ɐ': 'AH', 'j': 'Y',
    'ɒ': 'AA', 'ʊ': 'UH', 'ŋ': 'NG', 'W': 'AW', 'ɜ': 'ER', 'θ': 'TH', 'ʤ': 'JH', 'Q': 'OW', 'ɡ': 'G', 'ʃ': 'SH',
    'ʧ': 'CH', 'T': 'D', 'ᵻ': 'IH', 'ʒ': 'ZH', 'Y': 'OY', '_': 'SIL',
}  # fmt: skip


@dataclass(frozen=True)
class Phone:
    """One aligned phone: inventory name, start and end in seconds, confidence 0..1, stress 0..2."""

    name: str
    start: float
    end: float
    confidence: float = 1.0
    stress: int = 0


def kokoro_phone(symbol: str, start: float, end: float) -> Phone:
    """Phone of a Kokoro symbol; raises KeyError for a symbol outside the known set."""
    stress = 2 if 'ˈ' in symbol else 1 if 'ˌ' in symbol else 0
    core = symbol.strip('ˈˌ').replace('ː', '')
    return Phone(_KOKORO[core], start, end, 1.0, stress)


def split_diphthongs(phones: list[Phone]) -> list[Phone]:
    """Replaces each diphthong by its two vowel targets and joins nothing else."""
    result = []
    for phone in phones:
        if phone.name not in DIPHTHONGS:
            result.append(phone)
            continue
        first, second, share = DIPHTHONGS[phone.name]
        middle = phone.start + share * (phone.end - phone.start)
        result.append(Phone(first, phone.start, middle, phone.confidence, phone.stress))
        result.append(Phone(second, middle, phone.end, phone.confidence, 0))
    return result
