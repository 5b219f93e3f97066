"""Builds the training set: features, augmented copies, teacher motion and labels of all recordings."""

import argparse
import functools
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from vividtalker.corpus import Utterance, read_corpus
from vividtalker.dominance import DominanceConstants
from vividtalker.prepare import Prepared, attach_motion, nonspeech_utterances, prepare
from vividtalker.store import Store, write_store


@functools.cache
def open_store(folder: Path) -> Store:
    """The data set of a folder, read once per worker."""
    return Store(folder)


def prepare_one(task: tuple[Utterance, Utterance, int, int, int, Path | None]) -> Prepared:
    """Worker: one recording of (utterance, background, noisy versions, seed, number, data set whose features are kept)."""
    utterance, other, noisy, seed, number, reuse = task
    if reuse is not None:
        store = open_store(reuse)
        recording = store.recordings[number]
        rows = slice(2 * recording.start, 2 * (recording.start + recording.frames))
        return attach_motion(utterance, np.array(store.features[:, rows]), DominanceConstants.load(), [seed, number])
    return prepare(utterance, other, noisy, DominanceConstants.load(), [seed, number])


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--out', type=Path, required=True)
    parser.add_argument('--noisy', type=int, default=2, help='augmented copies of each recording')
    parser.add_argument('--nonspeech', type=int, default=25, help='clips per kind of non-speech sound')
    parser.add_argument('--workers', type=int, default=2)
    parser.add_argument('--limit', type=int, default=0, help='use every n-th recording only so that about this many remain')
    parser.add_argument('--reuse', type=Path, help='data set of the same arguments: keep its features, make new motion')
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    utterances = read_corpus(arguments.corpus)
    if arguments.limit:
        utterances = utterances[:: max(1, len(utterances) // arguments.limit)]
    utterances += nonspeech_utterances(arguments.nonspeech, 'train') + nonspeech_utterances(2, 'held-out')
    spoken = [u for u in utterances if u.part == 'train' and u.audio is not None]
    rng = np.random.default_rng(arguments.seed)
    tasks = [
        (u, spoken[int(rng.integers(len(spoken)))], arguments.noisy, arguments.seed, number, arguments.reuse)
        for number, u in enumerate(utterances)
    ]
    begun = time.time()
    with ProcessPoolExecutor(arguments.workers) as pool:
        prepared = []
        for item in pool.map(prepare_one, tasks, chunksize=8):
            prepared.append(item)
            if len(prepared) % 400 == 0:
                print(f'{len(prepared)} of {len(tasks)}, {time.time() - begun:.0f} s', flush=True)
    described = [
        ({'name': u.name, 'source': u.source, 'part': u.part, 'talker': u.talker}, item)
        for u, item in zip(utterances, prepared, strict=True)
    ]
    data_hash = write_store(arguments.out, described)
    frames = sum(len(item.phones) for item in prepared)
    print(f'{len(prepared)} recordings, {frames / 1800:.1f} min, hash {data_hash[:12]}, {time.time() - begun:.0f} s')


if __name__ == '__main__':
    main()
