"""Writes a model folder: ONNX graphs, manifest and reference tensors (docs/model-contract.md)."""

import hashlib
import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from .checkpoint import load_predictor, load_tokenizer
from .face import HEAD_CHANNELS, MOUTH_CHANNELS, MOUTH_GROUPS
from .features import FEATURE_COUNT, FEATURE_RATE_HZ
from .onnx_weights import shorten_names
from .style import SHIPPED_DEFAULTS, STYLE_CONTROLS, STYLE_COUNT, STYLE_PRESETS, shipped_style
from .tokenizer import CONTACT_CODES, DECODER_REACH_FRAMES, Tokenizer
from .transformer import Predictor

OPSET = 20  # the first with GELU as one operator: a tenth less time per pass
TOLERANCE = 1e-4
WINDOWS = {
    'head': {'windowTokens': 60, 'overlapTokens': 15, 'contextTokens': 3},
    'mouth': {'windowTokens': 120, 'overlapTokens': 15, 'contextTokens': 3},
}
SAMPLING = {
    'head': {'steps': 8, 'temperature': 1.0, 'topP': 1.0, 'guidance': 1.0, 'confidenceNoise': 4.0, 'logitBias': []},
    'mouth': {'steps': 3, 'temperature': 0.3, 'topP': 0.9, 'guidance': 1.0, 'confidenceNoise': 1.0,
              'logitBias': [0.0] * CONTACT_CODES},
}  # fmt: skip
LICENCE = 'Apache-2.0'
ATTRIBUTION = [
    'Speech: synthetic voices of Kokoro-82M (weights and voices Apache-2.0; kokoro-js and misaki Apache-2.0; kokoro-onnx MIT).',
    'Speech: speechocean762, J. Zhang et al., Interspeech 2021 (free for commercial and non-commercial use).',
    'Speech and lip curves: GRID audiovisual sentence corpus, M. Cooke, J. Barker, S. Cunningham, X. Shao, '
    'J. Acoust. Soc. Am. 120 (2006), Zenodo 3625687 (CC BY 4.0; sound recoded, video replaced by derived curves).',
    'Head motion: learned from a procedural teacher; no recording of a head was used.',
]


class EncoderGraph(nn.Module):
    """motion [B, frames, C] -> codes [B, T, G]."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.tokenizer = tokenizer

    def forward(self, motion: torch.Tensor) -> torch.Tensor:
        """See class."""
        return self.tokenizer.encode(motion)


class DecoderGraph(nn.Module):
    """codes [B, T, G] -> motion [B, frames, C]."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.tokenizer = tokenizer

    def forward(self, codes: torch.Tensor) -> torch.Tensor:
        """See class."""
        return self.tokenizer.decode(codes)


@dataclass
class Graph:
    """One network to be written: named example inputs, output name and which axes are dynamic."""

    file: str
    module: nn.Module
    inputs: dict[str, torch.Tensor]
    output: str
    dynamic: dict[str, dict[int, str]]


def example_inputs(tokenizer: Tokenizer, predictor: Predictor, batch: int, tokens: int, seed: int) -> dict[str, Any]:
    """Seeded inputs with plain numbers: some codes masked, features around their usual range."""
    rng = np.random.default_rng(seed)
    sizes = predictor.group_sizes
    codes = np.stack([rng.integers(size, size=(batch, tokens)) for size in sizes], -1)
    masked = np.where(rng.random((batch, tokens, 1)) < 0.5, np.array(sizes), codes)
    rows = tokens * predictor.rows_per_token
    features = np.round(0.6 * rng.normal(size=(batch, rows, FEATURE_COUNT)) - 0.4, 2)
    channels = len(HEAD_CHANNELS) if tokenizer.stream == 'head' else len(MOUTH_CHANNELS)
    motion = np.round(rng.random((batch, tokens * tokenizer.frames_per_token, channels)), 2)
    if tokenizer.stream == 'head':
        motion = np.round(0.2 * (motion - 0.5), 3)
    style = np.round(np.tile(shipped_style(), (batch, 1)), 3)
    drop = np.zeros((batch, 2))
    drop[1:] = 1
    floats = lambda values: torch.tensor(values, dtype=torch.float32)  # noqa: E731
    return {
        'codes': torch.tensor(codes), 'masked': torch.tensor(masked), 'features': floats(features),
        'style': floats(style), 'drop': floats(drop), 'motion': floats(motion),
    }  # fmt: skip


def stream_graphs(stream: str, tokenizer: Tokenizer, predictor: Predictor, example: dict[str, Any]) -> dict[str, Graph]:
    """The three graphs of a stream."""
    axes = {0: 'batch', 1: 'time'}
    return {
        'predictor': Graph(
            f'{stream}-predictor.onnx', predictor,
            {'codes': example['masked'], 'features': example['features'], 'style': example['style'],
             'drop': example['drop']},
            'logits', {'codes': axes, 'features': {0: 'sounds', 1: 'rows'}, 'style': {0: 'sounds'}, 'drop': {0: 'batch'},
                       'logits': axes},
        ),
        'decoder': Graph(f'{stream}-decoder.onnx', DecoderGraph(tokenizer), {'codes': example['codes']}, 'motion',
                         {'codes': axes, 'motion': {0: 'batch', 1: 'frames'}}),
        'encoder': Graph(f'{stream}-encoder.onnx', EncoderGraph(tokenizer), {'motion': example['motion']}, 'codes',
                         {'motion': {0: 'batch', 1: 'frames'}, 'codes': axes}),
    }  # fmt: skip


def write_graph(graph: Graph, folder: Path) -> None:
    """Exports one graph in float32 with dynamic axes; trained weights keep their names."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        torch.onnx.export(
            graph.module, tuple(graph.inputs.values()), str(folder / graph.file), input_names=list(graph.inputs),
            output_names=[graph.output], dynamic_axes=graph.dynamic, opset_version=OPSET, dynamo=False,
            do_constant_folding=False,  # folding would replace trained weights by nameless products of them
        )  # fmt: skip
    path = folder / graph.file
    model = onnx.load(str(path))
    shorten_names(model, {*graph.inputs, graph.output}, getattr(graph.module, 'tokenizer', graph.module))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def run_graph(path: Path, inputs: dict[str, torch.Tensor]) -> np.ndarray:
    """Output of a written graph in ONNX Runtime on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=['CPUExecutionProvider'])
    return session.run(None, {name: value.numpy() for name, value in inputs.items()})[0]


def check_graph(graph: Graph, folder: Path) -> float:
    """Largest difference between torch and ONNX Runtime on the example inputs; raises above the tolerance."""
    with torch.no_grad():
        expected = graph.module(*graph.inputs.values()).numpy()
    difference = float(np.abs(expected - run_graph(folder / graph.file, graph.inputs)).max())
    if difference > TOLERANCE:
        raise ValueError(f'{graph.file}: torch and ONNX Runtime differ by {difference}')
    return difference


def tensor_json(values: torch.Tensor | np.ndarray) -> dict[str, Any]:
    """Shape and flat data (floats rounded to 6 digits)."""
    array = np.asarray(values)
    data = array.ravel().tolist()
    if array.dtype.kind == 'f':
        data = [round(value, 6) for value in data]
    return {'shape': list(array.shape), 'type': 'int64' if array.dtype.kind == 'i' else 'float32', 'data': data}


def reference_tensors(graphs: dict[str, dict[str, Graph]], folder: Path) -> dict[str, Any]:
    """Inputs and ONNX Runtime outputs of every graph for the golden test of the engine."""
    return {
        stream: {
            kind: {
                'inputs': {name: tensor_json(value) for name, value in graph.inputs.items()},
                'outputs': {graph.output: tensor_json(run_graph(folder / graph.file, graph.inputs))},
            }
            for kind, graph in kinds.items()
        }
        for stream, kinds in graphs.items()
    }


def parameter_count(module: nn.Module) -> int:
    """Number of trained values."""
    return sum(parameter.numel() for parameter in module.parameters())


def group_names(tokenizer: Tokenizer) -> list[str]:
    """Names of the code groups of a stream."""
    if tokenizer.stream == 'head':
        return ['pitch', 'yaw', 'roll'] if len(tokenizer.group_sizes) == 3 else ['pose']
    return [*MOUTH_GROUPS, 'contact']


def group_levels(tokenizer: Tokenizer) -> list[list[int]]:
    """Levels of every digit of each code group, first digit fastest; contact is four yes-or-no digits."""
    contact = [[2] * 4] if tokenizer.has_contact else []
    return [*map(list, tokenizer.code_levels), *contact]


def style_manifest() -> list[dict[str, Any]]:
    """The style entries of the manifest, in input order."""
    return [
        {
            'name': c.name, 'label': c.label, 'default': SHIPPED_DEFAULTS.get(c.name, c.default), 'min': c.minimum,
            'max': c.maximum, 'streams': [c.stream],
        }  # fmt: skip
        for c in STYLE_CONTROLS
    ]


def export_models(run: Path, out: Path, identifier: str, sampling: dict[str, Any], training: dict[str, Any],
                  metrics: dict[str, Any]) -> dict[str, float]:  # fmt: skip
    """Exports a run folder to a model folder; returns the torch / ONNX Runtime differences per file."""
    out.mkdir(parents=True, exist_ok=True)
    streams: dict[str, Any] = {}
    differences: dict[str, float] = {}
    all_graphs: dict[str, dict[str, Graph]] = {}
    for stream in ('head', 'mouth'):
        tokenizer = load_tokenizer(run / f'{stream}-tokenizer.pt')
        predictor = load_predictor(run / f'{stream}-predictor.pt', tokenizer)
        wide = stream_graphs(stream, tokenizer, predictor, example_inputs(tokenizer, predictor, 2, 8, 1))
        small = stream_graphs(stream, tokenizer, predictor, example_inputs(tokenizer, predictor, 1, 5, 2))
        entry: dict[str, Any] = {
            'framesPerToken': tokenizer.frames_per_token,
            'groupSizes': tokenizer.group_sizes,
            'groupNames': group_names(tokenizer),
            'groupLevels': group_levels(tokenizer),
            'channels': list(HEAD_CHANNELS if stream == 'head' else MOUTH_CHANNELS),
            **WINDOWS[stream],
            'decoderRadiusFrames': DECODER_REACH_FRAMES[stream],
            'sampling': sampling[stream],
        }
        parts = {'predictor': predictor, 'decoder': tokenizer.codecs, 'encoder': tokenizer.codecs}
        for kind, graph in wide.items():
            write_graph(graph, out)
            differences[graph.file] = max(check_graph(graph, out), check_graph(small[kind], out))
            if kind == 'predictor':
                count = parameter_count(predictor)
            else:
                count = sum(parameter_count(getattr(codec, kind)) for codec in parts[kind])
            digest = hashlib.sha256((out / graph.file).read_bytes()).hexdigest()
            entry[kind] = {'file': graph.file, 'sha256': digest, 'parameters': count}
        streams[stream] = entry
        all_graphs[stream] = small
    manifest = {
        'format': 'vividtalker-models', 'version': 1, 'id': identifier, 'licence': LICENCE, 'attribution': ATTRIBUTION,
        'frameRate': 30, 'featureCount': FEATURE_COUNT, 'featureRateHz': FEATURE_RATE_HZ, 'style': style_manifest(),
        'presets': STYLE_PRESETS,
        'streams': streams, 'training': training, 'metrics': metrics, 'reference': 'reference.json',
    }  # fmt: skip
    assert len(manifest['style']) == STYLE_COUNT
    (out / 'manifest.json').write_text(json.dumps(manifest, indent=2) + '\n', encoding='utf-8')
    (out / 'reference.json').write_text(json.dumps(reference_tensors(all_graphs, out)) + '\n', encoding='utf-8')
    return differences
