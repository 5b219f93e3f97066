"""Trained weights inside the ONNX files of a model folder: kept under their state_dict names, and read back into torch.

So a model folder is all a studio needs to train on: `load_tokenizer` and `load_predictor` rebuild the modules of the run
that exported it. Equal tensors are stored once; which names share one is noted in the file's metadata, like the
configuration of the network.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from .config import PredictorConfig, TokenizerConfig, as_dict
from .tokenizer import Tokenizer
from .transformer import Predictor

WRAPPER = 'tokenizer.'  # the encoder and decoder graphs hold their tokenizer under this name
CONFIG_KEY, SHARED_KEY = 'vividtalker.config', 'vividtalker.shared'


class NoWeightsError(ValueError):
    """The file does not hold trainable weights under their own names."""


def shorten_names(model: onnx.ModelProto, keep: set[str], network: nn.Module) -> None:
    """Short numbers for inner values and nodes; trained values get their state_dict names, `keep` stays as it is."""
    state = network.state_dict()
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    names = {name: name.removeprefix(WRAPPER) for name in stored if name.removeprefix(WRAPPER) in state}
    names |= {name: name for name in keep}

    def rename(old: list[str]) -> list[str]:
        return [names.setdefault(name, f'v{len(names)}') if name else name for name in old]

    for node in model.graph.node:
        node.name = ''
        inputs, outputs = rename(list(node.input)), rename(list(node.output))
        del node.input[:], node.output[:]
        node.input.extend(inputs)
        node.output.extend(outputs)
    for tensor in model.graph.initializer:
        tensor.name = names[tensor.name]
    note = {CONFIG_KEY: json.dumps(as_dict(network.config)), SHARED_KEY: json.dumps(_shared_names(model, state))}
    onnx.helper.set_model_props(model, note)


def _shared_names(model: onnx.ModelProto, state: dict[str, torch.Tensor]) -> dict[str, str]:
    """State names that have no tensor of their own -> the stored state name with the same values."""
    stored = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer if t.name in state}
    shared = {}
    for name in state.keys() - stored.keys():
        values = state[name].numpy()
        twin = next((other for other, array in stored.items() if np.array_equal(values, array)), None)
        if twin is not None:
            shared[name] = twin
    return shared


def read_weights(path: Path) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
    """Configuration and state of the network in an exported file (of a tokenizer: the half that the file holds)."""
    model = onnx.load(str(path))
    properties = {entry.key: entry.value for entry in model.metadata_props}
    if CONFIG_KEY not in properties:
        raise NoWeightsError(f'{path} was exported before weights kept their names: export it again, or use a newer model folder.')
    tensors = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in model.graph.initializer}
    for name, twin in json.loads(properties[SHARED_KEY]).items():
        tensors[name] = tensors[twin].clone()
    return json.loads(properties[CONFIG_KEY]), tensors


def _load(network: nn.Module, tensors: dict[str, torch.Tensor], source: Path) -> None:
    state = network.state_dict()
    missing = sorted(state.keys() - tensors.keys())
    if missing:
        raise NoWeightsError(f'{source} lacks {len(missing)} of the weights, the first is {missing[0]}.')
    network.load_state_dict({name: tensors[name].to(values.dtype) for name, values in state.items()})


def load_tokenizer(folder: Path, stream: str) -> Tokenizer:
    """The frozen tokenizer of a model folder, from its encoder and decoder."""
    config, decoder = read_weights(folder / f'{stream}-decoder.onnx')
    _, encoder = read_weights(folder / f'{stream}-encoder.onnx')
    tokenizer = Tokenizer(TokenizerConfig(**config))
    _load(tokenizer, encoder | decoder, folder)
    return tokenizer.requires_grad_(False).eval()


def load_predictor(folder: Path, tokenizer: Tokenizer) -> Predictor:
    """The predictor of a model folder, frozen; the phone output that only aids training is not part of it."""
    config, tensors = read_weights(folder / f'{tokenizer.stream}-predictor.onnx')
    predictor = Predictor(PredictorConfig(**{**config, 'phone_weight': 0.0}), tokenizer.config.levels)
    _load(predictor, tensors, folder)
    return predictor.requires_grad_(False).eval()
