"""Data of the experiments: recordings of one talker joined to half-minute takes, with teacher motion over each whole take.

Single sentences last about 5 s; only joined takes let a window of 8 or 16 s see more than one of them.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .corpus import Utterance
from .dominance import DominanceConstants
from .generate import clip_features, join_recordings
from .phones import Phone
from .prepare import attach_motion
from .prosody import Prosody, analyse_prosody
from .store import Recording, Store, write_store
from .streams import stream_styles

TAKE_SECONDS = 30.0
SOURCE = 'kokoro'
# The experiments choose nothing, so all voices outside training are scored.
PARTS = {'train': ('train',), 'test': ('validation', 'test')}
ROW_MULTIPLE = 16  # 8 frames: the longest token of all designs


@dataclass
class ExperimentTake:
    """A test take: features [2 frames, 84], phones, prosody, raw style, and teacher motion of that style (plus another)."""

    name: str
    talker: str
    features: np.ndarray
    phones: list[Phone]
    prosody: Prosody
    style: np.ndarray
    head: np.ndarray
    mouth: np.ndarray
    other_head: np.ndarray
    other_mouth: np.ndarray

    @property
    def seconds(self) -> float:
        """Length."""
        return len(self.head) / 30


def spread_over_talkers(recordings: list[Recording], minutes: float) -> list[Recording]:
    """The first recordings of every talker, so that all together last about `minutes`."""
    talkers = sorted({recording.talker for recording in recordings})
    share = minutes * 1800 / max(1, len(talkers))
    chosen = []
    for talker in talkers:
        frames = 0
        for recording in recordings:
            if recording.talker == talker and frames < share:
                chosen.append(recording)
                frames += recording.frames
    return chosen


def build_experiment_data(
    store: Store, utterances: dict[str, Utterance], folder: Path, train_minutes: float, test_minutes: float,
    take_seconds: float = TAKE_SECONDS, seed: int = 1,
) -> None:  # fmt: skip
    """Writes the data set of joined takes with the phones of each beside it; nothing is done where it exists already."""
    if (folder / 'phones.json').exists():
        return
    constants = DominanceConstants.load()
    items, phones = [], {}
    for part, minutes in (('train', train_minutes), ('test', test_minutes)):
        spoken = [r for own in PARTS[part] for r in store.select(own, (SOURCE,), ('voice',))]
        recordings = spread_over_talkers(spoken, minutes)
        for utterance, joined in join_recordings(store, recordings, utterances, take_seconds):
            features = joined[: len(joined) // ROW_MULTIPLE * ROW_MULTIPLE]
            prepared = attach_motion(utterance, features[None].astype(np.float16), constants, [seed, len(items)])
            names = ('name', 'source', 'talker', 'group')
            items.append(({name: getattr(utterance, name) for name in names} | {'part': part}, prepared))
            phones[utterance.name] = [[p.name, p.start, p.end, p.confidence, p.stress] for p in utterance.phones]
    write_store(folder, items)
    (folder / 'phones.json').write_text(json.dumps({'sourceHash': store.data_hash, 'phones': phones}))


def experiment_utterances(folder: Path) -> dict[str, Utterance]:
    """Utterances of the joined takes."""
    phones = json.loads((folder / 'phones.json').read_text())['phones']
    return {
        recording.name: Utterance(
            recording.name, recording.source, recording.part, recording.talker, None,
            [Phone(*values) for values in phones[recording.name]], group=recording.group,
        )
        for recording in Store(folder).recordings
    }  # fmt: skip


def experiment_takes(folder: Path, part: str = 'test') -> list[ExperimentTake]:
    """Takes of a part with the teacher motion of the first rendition and, as another draw, of the second."""
    store, utterances = Store(folder), experiment_utterances(folder)
    takes = []
    for recording in store.select(part):
        features, phones = clip_features(store, recording), utterances[recording.name].phones
        span = slice(recording.start, recording.start + recording.frames)
        head, mouth = (np.asarray(values[:2, span], np.float32) for values in (store.head, store.mouth))
        style = stream_styles(recording, 'joint')[0]
        takes.append(ExperimentTake(
            recording.name, recording.talker, features, phones, analyse_prosody(phones, features), style,
            head[0], mouth[0], head[1], mouth[1],
        ))  # fmt: skip
    return takes
