"""Makes the synthetic speech of the corpus with exact phone times; the same command continues where it was left."""

import argparse
import time
from pathlib import Path

import numpy as np

from vividtalker.data_sheet import write_data_sheet
from vividtalker.english_phonemes import EnglishPhonemes
from vividtalker.espeak_phonemes import EspeakPhonemes
from vividtalker.kokoro_network import MAX_TOKENS, SAMPLE_RATE_HZ, VOCABULARY, KokoroNetwork, join_model
from vividtalker.kokoro_times import LEAD_SECONDS, PADDING, phones_of, snap_pauses
from vividtalker.speech_folder import SpeechFolder
from vividtalker.synthesis_plan import SpeechSet, Spoken, load_sets, planned

HIGHEST_PEAK = 0.98
LOWEST_VOICED_HZ = 10
MIN_TOKENS = 3


def utterance(network: KokoroNetwork, tokens: str, words: list[str], spoken: Spoken) -> tuple[dict, np.ndarray]:
    """Line of utts.jsonl, without name and file, and samples of one utterance."""
    audio, steps, pitch = network.speak(tokens, spoken.voice, spoken.speed)
    peak = float(np.abs(audio).max())
    if peak > HIGHEST_PEAK:
        audio = audio * (HIGHEST_PEAK / peak)
    padded = PADDING[0] + tokens + PADDING[1]
    phones, spans = phones_of(padded, steps, audio.size / SAMPLE_RATE_HZ)
    snap_pauses(phones, audio)
    names = words if len(words) == len(spans) else [''] * len(spans)
    entry = {
        'voice': spoken.voice,
        'speed': spoken.speed,
        'text': spoken.text,
        'sr': SAMPLE_RATE_HZ,
        'dur': round(audio.size / SAMPLE_RATE_HZ, 4),
        'tokens': padded,
        'frames': [int(count) for count in steps],
        'lead': LEAD_SECONDS,
        'phones': phones,
        'words': [[name, *span] for name, span in zip(names, spans, strict=True)],
        'f0': [int(round(float(hertz))) if hertz > LOWEST_VOICED_HZ else 0 for hertz in pitch],
    }
    return entry, audio


def synthesise(speech: SpeechSet, folder: SpeechFolder, minutes: float, network, phonemes) -> None:
    """Speaks the plan of a set until so many minutes are full; `phonemes(text, voice)` gives tokens and words."""
    sentences, index, begun, before = speech.sentences, 0, time.time(), folder.seconds
    while folder.seconds < minutes * 60:
        name = f'{speech.prefix}{index:06d}'
        if name not in folder.names:
            spoken = planned(speech.seed, index, sentences, speech.voices)
            tokens, words = phonemes(spoken.text, spoken.voice)
            unknown = sorted(set(tokens) - VOCABULARY.keys())
            if unknown or not MIN_TOKENS <= len(tokens) <= MAX_TOKENS:
                folder.skip({'id': name, 'voice': spoken.voice, 'text': spoken.text, 'phonemes': tokens, 'unknown': unknown})
                if folder.skipped > 20 + 0.5 * index:
                    raise ValueError(f'{speech.folder}: too many sentences are skipped, see skipped.jsonl')
            else:
                entry, audio = utterance(network, tokens, words, spoken)
                folder.add(name, entry, audio)
        index += 1
    made, spent = (folder.seconds - before) / 60, time.time() - begun
    print(f'{speech.folder}: {folder.seconds / 60:.1f} min ({made:.1f} new in {spent:.0f} s), skipped {folder.skipped}', flush=True)


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--sets', type=Path, default=Path(__file__).parent / 'configs/speech.toml')
    parser.add_argument('--voices', type=Path, required=True, help='folder "voices" of the npm package kokoro-js')
    parser.add_argument('--out', type=Path, required=True)
    parser.add_argument('--only', nargs='*', help='folders of the sets to make; all if left out')
    parser.add_argument('--minutes', type=float, default=float('inf'), help='at most so many minutes of each set, to try or to begin with')
    arguments = parser.parse_args()
    sets = [speech for speech in load_sets(arguments.sets) if not arguments.only or speech.folder in arguments.only]
    arguments.out.mkdir(parents=True, exist_ok=True)
    network = KokoroNetwork(join_model(arguments.out / 'kokoro-durations.onnx'), arguments.voices)
    phonemes = {}
    for speech in sets:
        if speech.language not in phonemes:
            phonemes[speech.language] = EnglishPhonemes() if speech.language == 'en' else EspeakPhonemes(speech.language)
        folder = SpeechFolder(arguments.out / speech.folder, speech.identity())
        synthesise(speech, folder, min(speech.minutes, arguments.minutes), network, phonemes[speech.language])
        write_data_sheet(folder.folder, speech, arguments.voices)


if __name__ == '__main__':
    main()
