"""Phone times of synthetic speech, from the steps that the network gave to each token and from the sound itself."""

from dataclasses import dataclass, field

import numpy as np

from .kokoro_network import PUNCTUATION, SAMPLE_RATE_HZ, STEP_SECONDS

# The sound comes out two steps before the token that asks for it, for all voices and speeds; measured on sibilants, stops and vowels.
LEAD_SECONDS = 0.05
PAUSE = '_'
PADDING = '^$'

_STRESS = frozenset('ˈˌ')
_JOINED_TO_LAST = frozenset('ːʰʲ\u0303')
_BURST_LAST = frozenset('pbtdkɡʧʤʈɖcɟ')
_CLOSURE_SECONDS = 0.05
_LOUD_DECIBELS = -42
_GRID_HZ = 200

TimedSymbol = list  # [symbol, start, end], seconds: one entry of "phones" in utts.jsonl


@dataclass
class _Walk:
    """What has been read of a token string; times are steps. `gap` is the middle of an open word space."""

    phones: list[TimedSymbol] = field(default_factory=list)
    words: list[list[int] | None] = field(default_factory=list)
    stress: str = ''
    start: float | None = None
    gap: float | None = None

    def _begin(self, step: float) -> float:
        begin, self.gap = (step if self.gap is None else self.gap), None
        return begin

    def space(self, begin: int, end: int) -> None:
        """A word space: half to each neighbour, or all of it to a pause before it."""
        if self.phones and self.phones[-1][0] != PAUSE and self.gap is None:
            self.gap = (begin + end) / 2
            self.phones[-1][2] = self.gap
        elif self.phones:
            self.phones[-1][2] = end
        self.words.append(None)

    def pause(self, begin: int, end: int) -> None:
        """Punctuation or padding."""
        if self.phones and self.phones[-1][0] == PAUSE:
            self.phones[-1][2] = end
        else:
            self.phones.append([PAUSE, self._begin(begin), end])
        self.words.append(None)

    def sound(self, symbol: str, begin: int, end: int) -> None:
        """A phone, with the stress mark read before it."""
        begin = self._begin(begin) if self.start is None else self.start
        self.phones.append([self.stress + symbol, begin, end])
        self.stress, self.start, self.gap = '', None, None
        last = len(self.phones) - 1
        if self.words and self.words[-1] is not None:
            self.words[-1][1] = last
        else:
            self.words.append([last, last])


def phones_of(tokens: str, steps: np.ndarray, total_seconds: float) -> tuple[list[TimedSymbol], list[list[int]]]:
    """Phones [[symbol, start, end]] of a padded token string, and [first, last] phone of each spoken word."""
    walk, end = _Walk(), 0
    for symbol, count in zip(tokens, steps, strict=True):
        begin, end = end, end + int(count)
        if symbol == ' ':
            walk.space(begin, end)
        elif symbol in PUNCTUATION or symbol in PADDING:
            walk.pause(begin, end)
        elif symbol in _STRESS:
            walk.stress, walk.start = symbol, walk._begin(begin)
        elif symbol in _JOINED_TO_LAST and walk.phones and walk.phones[-1][0] != PAUSE:
            walk.phones[-1][0] += symbol
            walk.phones[-1][2] = end
        else:
            walk.sound(symbol, begin, end)

    def seconds(step: float) -> float:
        return round(min(max(step * STEP_SECONDS - LEAD_SECONDS, 0.0), total_seconds), 4)

    phones = [[symbol, seconds(begin), seconds(end)] for symbol, begin, end in walk.phones]
    phones[-1][2] = round(total_seconds, 4)
    return phones, [word for word in walk.words if word]


def snap_pauses(phones: list[TimedSymbol], audio: np.ndarray) -> None:
    """Moves the edges of pauses, in place, to where the sound (24 kHz) ends and begins again, on a 5-ms grid.

    The last consonant before a pause often keeps steps that are silent; a stop after one keeps its silent closure.
    """
    hop = SAMPLE_RATE_HZ // _GRID_HZ
    power = np.convolve(audio.astype(np.float64) ** 2, np.ones(2 * hop) / (2 * hop), 'same')[::hop]
    loud = power > np.percentile(power, 98) * 10 ** (_LOUD_DECIBELS / 10)

    def at(seconds: float) -> int:
        return min(len(loud), max(0, int(round(seconds * _GRID_HZ))))

    last = len(phones) - 1
    for index, (symbol, start, end) in enumerate(phones):
        if symbol != PAUSE or loud[at(start) : at(end)].all():
            continue
        middle = start if index == 0 else end if index == last else (start + end) / 2
        if index > 0:
            before = phones[index - 1]
            sounding = np.flatnonzero(loud[at(before[1]) : at(middle)])
            if sounding.size:
                stop = (at(before[1]) + int(sounding[-1]) + 2) / _GRID_HZ
                before[2] = phones[index][1] = round(max(before[1] + 0.025, stop), 4)
        if index < last:
            after = phones[index + 1]
            silent_from = at(max(middle, phones[index][1]))
            sounding = np.flatnonzero(loud[silent_from : at(after[2])])
            if sounding.size:
                closure = _CLOSURE_SECONDS if after[0][0] in _BURST_LAST else 0
                begin = (silent_from + int(sounding[0]) - 1) / _GRID_HZ - closure
                after[1] = phones[index][2] = round(min(max(begin, phones[index][1] + 0.005, 0.0), after[2] - 0.02), 4)
