"""Symbols of Spanish, French, Italian, Portuguese and Hindi speech in the one phone inventory, chosen by what the lips do."""

from .phones import PHONE_INDEX

_MARKS = str.maketrans('', '', 'ˈˌːʰʲ\u0303')  # a nasal vowel has the lips of its oral vowel

_PHONE_SYMBOLS = {
    'SIL': '_',
    # Open vowels. 'a' is central here (English Kokoro uses the letter for the vowel of "trap").
    'AA': 'aɑɒ', 'AE': 'æ', 'EH': 'eɛ',
    'AH': 'əɐʌᵊɤ', 'ER': 'ɜɚ', 'IH': 'ɪɨᵻ', 'IY': 'iɯ', 'UH': 'ʊ',
    # Rounded vowels by height, front ones with the back one of their height: the lips are alike.
    'UW': 'uy', 'OW': 'oøOQ', 'AO': 'ɔœ',
    'AY': 'I', 'AW': 'W', 'EY': 'A', 'OY': 'Y',
    'P': 'p', 'B': 'b', 'M': 'm', 'F': 'fɸ', 'V': 'vʋ',
    # β narrows the lips without contact: never a seal (B) nor a lip on the teeth (V), so the narrow glide.
    'W': 'wɥβ',
    'TH': 'θ', 'DH': 'ð', 'T': 'tʈ', 'S': 'sSʦʂɕ', 'Z': 'zʣ', 'L': 'l', 'N': 'nɲɳ',
    # Taps and trills leave the lips free, unlike the English R, which rounds them.
    'D': 'dɖɾrɽT', 'R': 'ɹɻ',
    'SH': 'ʃ', 'ZH': 'ʒ', 'CH': 'ʧcʨ', 'JH': 'ʤɟʥ', 'Y': 'jʝʎ',
    'K': 'kq', 'G': 'ɡɣɰ', 'NG': 'ŋɴ',
    # Uvular and velar fricatives: lips and jaw follow the neighbours.
    'HH': 'hxχʁçʔ',
}  # fmt: skip
_NAME_OF_SYMBOL = {symbol: name for name, symbols in _PHONE_SYMBOLS.items() for symbol in symbols if name in PHONE_INDEX}


def ipa_phone(symbol: str) -> str | None:
    """Inventory name of a network symbol with its stress, length, nasal and aspiration marks; None for an unknown one."""
    return _NAME_OF_SYMBOL.get(symbol.translate(_MARKS))
