"""Generated motion for evaluation: whole clips from features, and long takes joined from recordings of one talker."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .checkpoint import load_predictor, load_tokenizer
from .corpus import Utterance
from .export import SAMPLING, WINDOWS
from .phones import Phone
from .prosody import Prosody, analyse_prosody
from .sampler import Sampling, decode_clip, sample_clip
from .store import Recording, Store
from .tokenizer import Tokenizer
from .transformer import Predictor


@dataclass
class Generator:
    """The trained networks of one stream with their sampling settings."""

    tokenizer: Tokenizer
    predictor: Predictor
    sampling: Sampling
    window: dict[str, int] | None = None  # windowTokens, overlapTokens where they are not the shipped ones

    @staticmethod
    def load(run: Path, stream: str, overrides: dict | None = None) -> 'Generator':
        """From a run folder; overrides use manifest keys."""
        tokenizer = load_tokenizer(run / f'{stream}-tokenizer.pt')
        predictor = load_predictor(run / f'{stream}-predictor.pt', tokenizer)
        return Generator(tokenizer, predictor, Sampling.of({**SAMPLING[stream], **(overrides or {})}))

    @property
    def used_window(self) -> dict[str, int]:
        """Window and overlap in tokens."""
        return self.window or WINDOWS[self.tokenizer.stream]

    def codes(self, features: np.ndarray, style: np.ndarray, seed: int) -> np.ndarray:
        """Codes [tokens, G] of 60-Hz feature rows [2 frames, 84]."""
        window = self.used_window
        return sample_clip(
            self.predictor, self.tokenizer, features, style, seed, self.sampling,
            window['windowTokens'], window['overlapTokens'],
        )  # fmt: skip

    def motion(self, features: np.ndarray, style: np.ndarray, seed: int) -> np.ndarray:
        """Motion [frames, C] of 60-Hz feature rows [2 frames, 84]."""
        return decode_clip(self.tokenizer, self.codes(features, style, seed))[: len(features) // 2]


def clip_features(store: Store, recording: Recording, version: int = 0) -> np.ndarray:
    """Feature rows of a recording; [2 frames, 84] float32."""
    rows = slice(2 * recording.start, 2 * (recording.start + recording.frames))
    return np.asarray(store.features[version, rows], np.float32)


@dataclass
class Take:
    """A long take: the corpus it comes from, feature rows and prosody."""

    name: str
    source: str
    features: np.ndarray
    prosody: Prosody


def join_recordings(
    store: Store, recordings: list[Recording], utterances: dict[str, Utterance], seconds: float
) -> list[tuple[Utterance, np.ndarray]]:
    """Takes of at least `seconds` from recordings of one talker each: joined phones, and clean feature rows [2 frames, 84]."""
    takes: list[tuple[Utterance, np.ndarray]] = []
    by_talker: dict[str, list[Recording]] = {}
    for recording in recordings:
        by_talker.setdefault(recording.talker, []).append(recording)
    for talker, items in sorted(by_talker.items()):
        parts: list[np.ndarray] = []
        phones: list[Phone] = []
        length = 0.0
        for recording in items:
            for phone in utterances[recording.name].phones:
                phones.append(Phone(phone.name, phone.start + length, phone.end + length, phone.confidence, phone.stress))
            parts.append(clip_features(store, recording))
            length += recording.frames / 30
            if length >= seconds:
                name = f'{talker}-{len(takes):03d}'
                utterance = Utterance(name, recording.source, recording.part, talker, None, phones, group=recording.group)
                takes.append((utterance, np.concatenate(parts)))
                parts, phones, length = [], [], 0.0
    return takes


def long_takes(
    store: Store, recordings: list[Recording], utterances: dict[str, Utterance], seconds: float, count: int
) -> list[Take]:
    """At most `count` takes of at least `seconds`, evenly spread over those that the recordings give."""
    joined = join_recordings(store, recordings, utterances, seconds)
    chosen = joined[:: max(1, len(joined) // count)][:count]
    return [Take(u.name, u.source, features, analyse_prosody(u.phones, features)) for u, features in chosen]
