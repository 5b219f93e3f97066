"""The prepared data set on disk: one memory-mapped array per kind, all recordings one after another."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .prepare import Prepared

ARRAYS = ('features', 'mouth', 'head', 'phones', 'weight')


@dataclass
class Recording:
    """Index entry: `start` and `frames` count 30-fps frames; styles are raw slider values per rendition."""

    name: str
    source: str
    part: str
    talker: str
    group: str
    start: int
    frames: int
    mouth_style: list[list[float]]
    head_style: list[list[float]]


class Store:
    """Arrays: features [versions, 2 N, 84], mouth [renditions, N, 58], head [renditions, N, 6], phones [N], weight [N]."""

    def __init__(self, folder: Path) -> None:
        index = json.loads((folder / 'index.json').read_text())
        self.recordings = [Recording(**entry) for entry in index['recordings']]
        self.data_hash: str = index['dataHash']
        arrays = {name: np.load(folder / f'{name}.npy', mmap_mode='r') for name in ARRAYS}
        self.features, self.mouth, self.head = arrays['features'], arrays['mouth'], arrays['head']
        self.phones, self.weight = arrays['phones'], arrays['weight']

    def select(self, part: str, sources: tuple[str, ...] = (), groups: tuple[str, ...] = ()) -> list[Recording]:
        """Recordings of a part ('train', 'validation', 'test'), optionally of some sources and groups only."""
        chosen = [r for r in self.recordings if r.part == part and (not sources or r.source in sources)]
        return [r for r in chosen if not groups or r.group in groups]


def write_store(folder: Path, items: list[tuple[dict[str, str], Prepared]]) -> str:
    """Writes prepared recordings with their name, source, part, talker and group; returns the hash of the data."""
    folder.mkdir(parents=True, exist_ok=True)
    recordings, start = [], 0
    for description, item in items:
        frames = len(item.phones)
        recordings.append({
            **description, 'start': start, 'frames': frames,
            'mouth_style': item.mouth_style.tolist(), 'head_style': item.head_style.tolist(),
        })  # fmt: skip
        start += frames
    digest = hashlib.sha256()
    for name in ARRAYS:
        axis = 0 if name in ('phones', 'weight') else 1
        values = np.concatenate([getattr(item, name) for _, item in items], axis=axis)
        digest.update(np.ascontiguousarray(values).data)
        np.save(folder / f'{name}.npy', values)
    data_hash = digest.hexdigest()
    (folder / 'index.json').write_text(json.dumps({'dataHash': data_hash, 'recordings': recordings}))
    return data_hash
