"""Builds the data set: features, augmented copies, teacher motion and labels of all recordings, and its data sheet."""

import argparse
import functools
import time
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from vividtalker.corpus import Utterance, read_corpus
from vividtalker.dataset_sheet import write_dataset_sheet
from vividtalker.dominance import DominanceConstants
from vividtalker.prepare import Prepared, attach_motion, nonspeech_utterances, prepare
from vividtalker.store import Recording, Store, write_store


@functools.cache
def kept_features(folder: Path) -> tuple[Store, dict[str, Recording]]:
    """The data set of a folder and its recordings by name, read once per worker."""
    store = Store(folder)
    return store, {recording.name: recording for recording in store.recordings}


def prepare_one(task: tuple[Utterance, Utterance, int, int, Path | None]) -> Prepared:
    """Worker: one recording of (utterance, background, noisy versions, seed, data set whose features are kept)."""
    utterance, other, noisy, seed, reuse = task
    own_seed = [seed, zlib.crc32(utterance.name.encode())]
    if reuse is not None:
        store, recordings = kept_features(reuse)
        recording = recordings.get(utterance.name)
        if recording is not None:
            rows = slice(2 * recording.start, 2 * (recording.start + recording.frames))
            return attach_motion(utterance, np.array(store.features[:, rows]), DominanceConstants.load(), own_seed)
    return prepare(utterance, other, noisy, DominanceConstants.load(), own_seed)


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--out', type=Path, required=True)
    parser.add_argument('--noisy', type=int, default=2, help='augmented copies of each recording')
    parser.add_argument('--nonspeech', type=int, default=25, help='clips per kind of non-speech sound')
    parser.add_argument('--workers', type=int, default=2)
    parser.add_argument('--limit', type=int, default=0, help='use every n-th recording only so that about this many remain')
    parser.add_argument('--reuse', type=Path, help='data set of the same seed: keep the features of its recordings, make new motion')
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    utterances = read_corpus(arguments.corpus)
    if arguments.limit:
        utterances = utterances[:: max(1, len(utterances) // arguments.limit)]
    for part, count in (('train', arguments.nonspeech), ('validation', 1), ('test', 2)):
        utterances += nonspeech_utterances(count, part)
    spoken = [u for u in utterances if u.part == 'train' and u.audio is not None]
    rng = np.random.default_rng(arguments.seed)
    tasks = [
        (u, spoken[int(rng.integers(len(spoken)))], arguments.noisy, arguments.seed, arguments.reuse) for u in utterances
    ]
    begun = time.time()
    with ProcessPoolExecutor(arguments.workers) as pool:
        prepared = []
        for item in pool.map(prepare_one, tasks, chunksize=8):
            prepared.append(item)
            if len(prepared) % 400 == 0:
                print(f'{len(prepared)} of {len(tasks)}, {time.time() - begun:.0f} s', flush=True)
    described = [
        ({'name': u.name, 'source': u.source, 'part': u.part, 'talker': u.talker, 'group': u.group}, item)
        for u, item in zip(utterances, prepared, strict=True)
    ]
    data_hash = write_store(arguments.out, described)
    write_dataset_sheet(arguments.out)
    frames = sum(len(item.phones) for item in prepared)
    print(f'{len(prepared)} recordings, {frames / 1800:.1f} min, hash {data_hash[:12]}, {time.time() - begun:.0f} s')


if __name__ == '__main__':
    main()
