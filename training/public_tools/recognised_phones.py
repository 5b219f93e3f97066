"""Phones heard by PocketSphinx without a transcript: allphone search with its US English acoustic model and phone bigrams."""

from functools import cache

import numpy as np

from vividtalker.phones import PHONE_INDEX, Phone

FRAMES_PER_SECOND = 100
LANGUAGE_WEIGHT = 2.0  # with the beams, the values that the tool's documentation gives for phone recognition
BEAM = 1e-20


@cache
def _decoder():
    from pocketsphinx import Decoder, get_model_path  # here, so that the mapping is tested without the tool

    return Decoder(
        lm=None, allphone=get_model_path('en-us/en-us-phone.lm.bin'), lw=LANGUAGE_WEIGHT, beam=BEAM, pbeam=BEAM, loglevel='FATAL'
    )


def phones_of_segments(segments: list[tuple[str, int, int]]) -> list[Phone]:
    """Phones of (name, first frame, last frame); noises count as pauses."""
    return [
        Phone(name if name in PHONE_INDEX else 'SIL', first / FRAMES_PER_SECOND, (last + 1) / FRAMES_PER_SECOND)
        for name, first, last in segments
    ]


def recognise(samples_16k: np.ndarray) -> list[Phone]:
    """Phones with times in seconds that cover the clip; empty if nothing was heard."""
    decoder = _decoder()
    pcm = (np.clip(samples_16k, -1, 1) * 32767).astype('<i2').tobytes()
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
    return phones_of_segments([(segment.word, segment.start_frame, segment.end_frame) for segment in decoder.seg() or []])
