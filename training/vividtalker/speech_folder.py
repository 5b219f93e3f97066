"""A folder of spoken utterances that can be left at any time and continued: plan.json, utts.jsonl, skipped.jsonl, audio/."""

import hashlib
import json
import os
import subprocess
from pathlib import Path

import numpy as np

from .kokoro_network import SAMPLE_RATE_HZ
from .synthesis_plan import OPUS_KILOBITS


def read_entries(path: Path) -> list[dict]:
    """Entries of a JSON-lines file; what a killed process left half written is cut off the file."""
    entries, whole = [], 0
    data = path.read_bytes() if path.exists() else b''
    for line in data.splitlines(keepends=True):
        if not line.endswith(b'}\n'):
            break
        entries.append(json.loads(line))
        whole += len(line)
    if whole != len(data):
        os.truncate(path, whole)
    return entries


def append_entry(path: Path, entry: dict) -> None:
    """Adds one line."""
    with open(path, 'a', encoding='utf-8') as lines:
        lines.write(json.dumps(entry, ensure_ascii=False, separators=(',', ':')) + '\n')


def write_opus(path: Path, audio: np.ndarray) -> tuple[str, str]:
    """Writes samples (24 kHz) as Opus in one step; hashes of the 16-bit samples and of the file.

    ffmpeg, because its output repeats bit by bit (libsndfile's Ogg serial number is random).
    """
    pcm = np.round(np.clip(audio, -1, 1) * 32767).astype('<i2').tobytes()
    unfinished = path.with_name('.' + path.name)
    source = ['-f', 's16le', '-ar', str(SAMPLE_RATE_HZ), '-ac', '1', '-i', '-']
    codec = ['-c:a', 'libopus', '-b:a', f'{OPUS_KILOBITS}k', '-application', 'audio']
    exact = ['-fflags', '+bitexact', '-flags', '+bitexact', '-f', 'ogg']
    subprocess.run(['ffmpeg', '-v', 'error', '-y', *source, *codec, *exact, str(unfinished)], input=pcm, check=True)
    os.replace(unfinished, path)
    return hashlib.sha256(pcm).hexdigest(), hashlib.sha256(path.read_bytes()).hexdigest()


class SpeechFolder:
    """The written state of one set."""

    def __init__(self, folder: Path, identity: dict):
        self.folder = folder
        (folder / 'audio').mkdir(parents=True, exist_ok=True)
        plan = folder / 'plan.json'
        if plan.exists() and json.loads(plan.read_text()) != identity:
            raise ValueError(f'{plan} belongs to another plan: choose another folder or remove this one')
        plan.write_text(json.dumps(identity, indent=1))
        spoken, skipped = read_entries(folder / 'utts.jsonl'), read_entries(folder / 'skipped.jsonl')
        self.names = {entry['id'] for entry in (*spoken, *skipped)}
        self.skipped = len(skipped)
        self.seconds = sum(entry['dur'] for entry in spoken)

    def skip(self, entry: dict) -> None:
        """Notes an utterance that cannot be spoken."""
        append_entry(self.folder / 'skipped.jsonl', entry)
        self.names.add(entry['id'])
        self.skipped += 1

    def add(self, name: str, entry: dict, audio: np.ndarray) -> None:
        """Writes the sound first, then its line: a line always has its sound."""
        file = f'audio/{name}.opus'
        pcm_hash, file_hash = write_opus(self.folder / file, audio)
        hashes = {'pcm_sha256': pcm_hash, 'sha256': file_hash}
        append_entry(self.folder / 'utts.jsonl', {'id': name, 'file': file, **entry, **hashes})
        self.names.add(name)
        self.seconds += entry['dur']
