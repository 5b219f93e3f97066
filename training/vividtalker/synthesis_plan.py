"""What is spoken by whom: the sets of configs/speech.toml and the endless seeded plan of each."""

import hashlib
import random
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .kokoro_network import MODEL_SHA256, STEP_SECONDS
from .kokoro_times import LEAD_SECONDS
from .synthesis_texts import texts_of

OPUS_KILOBITS = 32


@dataclass(frozen=True)
class SpeechSet:
    """One folder of utterances; `texts` is a choice of synthesis_texts.texts_of, `prefix` begins the utterance names."""

    folder: str
    part: str
    language: str
    texts: str
    voices: tuple[str, ...]
    minutes: float
    seed: int
    prefix: str

    def __post_init__(self):
        if self.part == 'test' and self.texts != 'held-out':
            raise ValueError(f'{self.folder}: a test set speaks held-out texts only')
        if not self.sentences:
            raise ValueError(f'{self.folder}: {self.language} has no texts of the choice {self.texts}')

    @property
    def sentences(self) -> list[str]:
        """Sentences in the order that the plan counts them."""
        return texts_of(self.language, self.texts)

    def identity(self) -> dict:
        """What a folder must have been made with so that it may be continued; written as plan.json."""
        identity = {
            'seed': self.seed,
            'voices': list(self.voices),
            'texts_sha256': hashlib.sha256('\n'.join(self.sentences).encode()).hexdigest(),
            'format': 'opus',
            'kbps': OPUS_KILOBITS,
            'model_sha256': MODEL_SHA256,
            'lead': LEAD_SECONDS,
            'step_s': STEP_SECONDS,
        }
        return identity if self.language == 'en' else {**identity, 'language': self.language}


@dataclass(frozen=True)
class Spoken:
    """One planned utterance: text of one or two sentences, voice and speed."""

    text: str
    voice: str
    speed: float


def load_sets(path: Path) -> list[SpeechSet]:
    """Sets of a TOML file, in its order; voices are sorted because the plan counts them."""
    entries = tomllib.loads(path.read_text(encoding='utf-8'))['set']
    return [SpeechSet(**{**entry, 'voices': tuple(sorted(set(entry['voices'])))}) for entry in entries]


def _shuffled(seed: int, tag: str, round_number: int, count: int) -> list[int]:
    return random.Random(f'{seed}/{tag}/{round_number}').sample(range(count), count)


def planned(seed: int, index: int, sentences: list[str], voices: tuple[str, ...]) -> Spoken:
    """Utterance `index` of the endless plan, a pure function: all voices and all sentences come before any comes again."""
    rng = random.Random(f'{seed}/utt/{index}')
    voice_round, voice_place = divmod(index, len(voices))
    text_round, text_place = divmod(index, len(sentences))
    voice = voices[_shuffled(seed, 'voice', voice_round, len(voices))[voice_place]]
    first = _shuffled(seed, 'text', text_round, len(sentences))[text_place]
    # Every fourth utterance has two sentences, for a pause inside.
    more = [rng.randrange(len(sentences)) for _ in range(rng.choice((0, 0, 0, 1)))]
    text = ' '.join(sentences[number] for number in (first, *more))
    return Spoken(text, voice, round(rng.uniform(0.85, 1.2), 3))
