"""Recognised phones as nine mouth shapes (A-H, X), in the manner of Rhubarb; a rule of our own, no code of that program.

A shut, B teeth close, C half open, D wide open, E open and rounded, F puckered, G lip to teeth, H tongue up, X rest. Each phone
shows one shape; A and G hold long enough to be reached by the cross-fade, short pauses between words keep the last shape.
"""

import numpy as np

from vividtalker.phones import Phone, split_diphthongs

from .recognised_phones import recognise
from .visemes import RATE_HZ, curve_of_visemes, row_count

SHAPE_PHONES = {
    'A': ('P', 'B', 'M'),
    'B': ('K', 'G', 'NG', 'N', 'T', 'D', 'S', 'Z', 'SH', 'ZH', 'CH', 'JH', 'TH', 'DH', 'Y', 'IY', 'IH', 'R'),
    'C': ('EH', 'AE', 'AH', 'EY', 'HH'),
    'D': ('AA', 'AY', 'AW'),
    'E': ('AO', 'ER', 'UH', 'OY'),
    'F': ('UW', 'OW', 'W'),
    'G': ('F', 'V'),
    'H': ('L',),
    'X': ('SIL',),
}
SHAPE_VISEME = {'A': 'PP', 'B': 'SS', 'C': 'E', 'D': 'aa', 'E': 'O', 'F': 'U', 'G': 'FF', 'H': 'nn', 'X': 'sil'}
_SHAPE_OF = {phone: shape for shape, phones in SHAPE_PHONES.items() for phone in phones}
FADE_SECONDS = 0.07
LEAST_CONTACT_SECONDS = 0.09
SHORT_PAUSE_SECONDS = 0.15
_FINE_RATE_HZ = 480


def run_on_phones(phones: list[Phone], sample_count: int) -> np.ndarray:
    """Curve [rows at 60 Hz, 58] of phones with known times."""
    rows = row_count(sample_count)
    count = rows * _FINE_RATE_HZ // RATE_HZ
    shapes = np.full(count, 'X')
    contacts = []
    last = 'X'
    for phone in split_diphthongs(phones):
        shape = _SHAPE_OF[phone.name]
        if shape == 'X' and phone.end - phone.start < SHORT_PAUSE_SECONDS:
            shape = last
        last = shape
        if shape in 'AG':
            spare = max(0.0, LEAST_CONTACT_SECONDS - (phone.end - phone.start)) / 2
            contacts.append((shape, phone.start - spare, phone.end + spare))
        shapes[_rows(phone.start, phone.end)] = shape
    for shape, start, end in contacts:
        shapes[_rows(start, end)] = shape
    width = int(FADE_SECONDS * _FINE_RATE_HZ) | 1
    step = _FINE_RATE_HZ // RATE_HZ
    weights = {}
    for shape, viseme in SHAPE_VISEME.items():
        shown = np.pad((shapes == shape).astype(float), width // 2, mode='edge')
        weights[viseme] = np.convolve(shown, np.full(width, 1 / width), mode='valid')[::step]
    return curve_of_visemes(weights, rows)


def _rows(start: float, end: float) -> slice:
    return slice(max(0, round(start * _FINE_RATE_HZ)), max(0, round(end * _FINE_RATE_HZ)))


def run(samples_16k: np.ndarray) -> np.ndarray:
    """Curve [rows at 60 Hz, 58] of phones recognised from the sound."""
    return run_on_phones(recognise(samples_16k), len(samples_16k))
