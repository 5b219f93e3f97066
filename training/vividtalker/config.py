"""Run configuration: dataclasses read from TOML and saved as JSON beside every checkpoint."""

import dataclasses
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FRAMES_PER_TOKEN = {'head': 4, 'mouth': 2, 'joint': 2}


@dataclass(frozen=True)
class TokenizerConfig:
    """Convolutional autoencoder of one stream with discrete codes, and its training run.

    The defaults of the last five fields are the shipped design; the others exist for the experiments: a learned codebook
    ('vq') with as many entries as the levels' product, another rate, one autoencoder for all channels of the stream
    (`merged`), and contact as ordinary channels (`contact_group` false).
    """

    stream: str
    levels: list[list[int]]
    width: int = 96
    steps: int = 3000
    batch: int = 32
    crop_frames: int = 96
    learning_rate: float = 1.5e-3
    velocity_weight: float = 0.5
    acceleration_weight: float = 0.1
    seed: int = 1
    quantizer: str = 'fsq'
    reset_below: float = 0.0
    frames_per_token: int = 0  # 0: the stream's own
    merged: bool = False
    contact_group: bool = True

    @property
    def token_frames(self) -> int:
        """Frames per token."""
        return self.frames_per_token or FRAMES_PER_TOKEN[self.stream]

    @property
    def has_contact_group(self) -> bool:
        """Whether the last code group is the lossless contact of the lips."""
        return self.contact_group and self.stream != 'head'


@dataclass(frozen=True)
class PredictorConfig:
    """Masked window transformer of one stream and its training run."""

    stream: str
    width: int = 144
    layers: int = 4
    heads: int = 4
    feed_forward: int = 3
    full_joint: bool = False
    window_tokens: int = 120
    steps: int = 5000
    batch: int = 16
    learning_rate: float = 1.0e-3
    warmup_steps: int = 200
    weight_decay: float = 0.03
    average_decay: float = 0.998
    all_masked: float = 0.5
    drop_audio: float = 0.05
    drop_style: float = 0.1
    phone_weight: float = 0.3
    decoded_weight: float = 1.0
    contact_weight: float = 1.5
    noisy_share: float = 0.6
    degraded_share: float = 0.5  # of the windows: changed on the features, besides the share that takes a degraded copy
    noisy_ramp_steps: int = 1500
    flip_share: float = 0.05  # of the shown codes become random ones, so that the network does not rely on what it drew
    seed: int = 1
    frames_per_token: int = 0  # 0: the stream's own
    contact_group: bool = True
    code_context: int = 0  # tokens seen at once by a dense convolution over the codes, before the blocks; 0: none
    causal: bool = False  # each token hears and sees its past only (and the sound stem's short look-ahead)

    @property
    def token_frames(self) -> int:
        """Frames per token."""
        return self.frames_per_token or FRAMES_PER_TOKEN[self.stream]

    @property
    def has_contact_group(self) -> bool:
        """Whether the last code group is the lossless contact of the lips."""
        return self.contact_group and self.stream != 'head'


@dataclass(frozen=True)
class StreamConfig:
    """Tokenizer and predictor of one stream."""

    tokenizer: TokenizerConfig
    predictor: PredictorConfig


@dataclass(frozen=True)
class RunConfig:
    """Everything one TOML file describes."""

    id: str
    head: StreamConfig
    mouth: StreamConfig
    notes: dict[str, str] = field(default_factory=dict)

    def stream(self, name: str) -> StreamConfig:
        """Configuration of 'head' or 'mouth'."""
        if name not in ('head', 'mouth'):
            raise ValueError(f'unknown stream {name}')
        return self.head if name == 'head' else self.mouth


def run_config_of(values: dict[str, Any]) -> RunConfig:
    """Configuration of parsed TOML or JSON; unknown keys raise TypeError."""
    streams = {
        name: StreamConfig(
            TokenizerConfig(stream=name, **{k: v for k, v in values[name]['tokenizer'].items() if k != 'stream'}),
            PredictorConfig(stream=name, **{k: v for k, v in values[name]['predictor'].items() if k != 'stream'}),
        )
        for name in ('head', 'mouth')
    }
    return RunConfig(values['id'], streams['head'], streams['mouth'], values.get('notes', {}))


def load_config(path: Path) -> RunConfig:
    """Reads a TOML run configuration."""
    return run_config_of(tomllib.loads(path.read_text(encoding='utf-8')))


def as_dict(config: Any) -> dict[str, Any]:
    """Plain dictionary of a configuration dataclass."""
    return dataclasses.asdict(config)


def save_json(values: Any, path: Path) -> None:
    """Writes indented JSON."""
    path.write_text(json.dumps(values, indent=2) + '\n', encoding='utf-8')
