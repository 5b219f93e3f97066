"""A model folder as the start of further training: its networks in torch, its sampling settings and style defaults."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .generate import Generator
from .onnx_weights import load_predictor, load_tokenizer
from .sampler import Sampling
from .style import STYLE_CONTROLS


@dataclass
class BaseModel:
    """The model folder, its manifest, and the generators of both streams."""

    folder: Path
    manifest: dict[str, Any]
    generators: dict[str, Generator]

    @staticmethod
    def load(folder: Path) -> 'BaseModel':
        """Networks are read back from the ONNX files; raises when their style inputs are not those of this program."""
        manifest = json.loads((folder / 'manifest.json').read_text(encoding='utf-8'))
        names = [control['name'] for control in manifest['style']]
        if names != [control.name for control in STYLE_CONTROLS]:
            raise ValueError(f'{folder} has the style controls {", ".join(names)}: it was made by another version of this program.')
        generators = {}
        for stream, entry in manifest['streams'].items():
            tokenizer = load_tokenizer(folder, stream)
            generators[stream] = Generator(tokenizer, load_predictor(folder, tokenizer), Sampling.of(entry['sampling']))
        return BaseModel(folder, manifest, generators)

    def default_style(self) -> np.ndarray:
        """Raw style defaults of the manifest; [controls] float32."""
        return np.array([control['default'] for control in self.manifest['style']], np.float32)
