"""Smaller forms of the predictors (int8, float16 weights), measured against float32: processor time, size, and what changes."""

import functools
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from scipy.special import log_softmax

from .features import SILENCE_FEATURES, compute_features, network_features
from .metrics_mouth import curve_at_60, lip_gap_mm
from .sampler import Sampling, sample_window

SAMPLE_RATE_HZ = 16000
SEALED_GAP_MM = 0.5
RADIANS_TO_DEGREES = 180 / np.pi
FORMS = {
    'float32': 'as exported',
    'float16': 'weights stored as float16, computed in float32',
    'int8': 'matrix products with int8 weights per column, activations quantised as they come',
    'int8 with convolutions': 'the same with the convolutions',
}


def write_form(form: str, source: Path, target: Path) -> None:
    """Writes a predictor in one of FORMS."""
    if form == 'float32':
        target.write_bytes(source.read_bytes())
    elif form == 'float16':
        _store_half(source, target)
    elif form == 'int8':
        quantize_dynamic(_folded(source, target), target, weight_type=QuantType.QInt8, op_types_to_quantize=['MatMul'], per_channel=True)
    else:  # the integer convolution of ONNX Runtime takes unsigned weights only
        quantize_dynamic(_folded(source, target), target, weight_type=QuantType.QUInt8, op_types_to_quantize=['MatMul', 'Conv'])


def _folded(source: Path, target: Path) -> Path:
    """The network with its constants folded: exported weights pass a transpose, behind which nothing would be quantised."""
    path = target.with_suffix('.folded.onnx')
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(path)
    onnxruntime.InferenceSession(str(source), options, providers=['CPUExecutionProvider'])
    return path


def _store_half(source: Path, target: Path) -> None:
    model = onnx.load(str(source))
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type == TensorProto.FLOAT and len(tensor.dims) > 1:
            name = tensor.name
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), f'{name}.half'))
            casts.append(helper.make_node('Cast', [f'{name}.half'], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(target))


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """A session on one thread, as each inference process of the studio has on two cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=['CPUExecutionProvider'])


class StreamStudy:
    """One stream of a model folder with its predictor in all forms."""

    def __init__(self, folder: Path, stream: str, work: Path) -> None:
        manifest = json.loads((folder / 'manifest.json').read_text(encoding='utf-8'))
        entry = manifest['streams'][stream]
        self.stream, self.sizes, self.tokens = stream, entry['groupSizes'], entry['windowTokens']
        self.rows_per_token = 2 * entry['framesPerToken']
        # The mouth is drawn clean. A clean head hardly moves and would hide every difference, so the head is drawn with one seed.
        self.sampling = Sampling.of(entry['sampling'] if stream == 'head' else {**entry['sampling'], 'temperature': 0.0})
        self.style = np.array([control['default'] for control in manifest['style']], np.float32)
        self.decoder = open_session(folder / entry['decoder']['file'])
        self.megabytes, self.predictors = {}, {}
        for form in FORMS:
            target = work / f'{stream}-{form.replace(" ", "-")}.onnx'
            write_form(form, folder / entry['predictor']['file'], target)
            self.megabytes[form] = round(target.stat().st_size / 1e6, 2)
            self.predictors[form] = open_session(target)

    def window_features(self, samples: np.ndarray) -> np.ndarray:
        """Feature rows [tokens * rows_per_token, 84] of the first window of a clip; silence after its end."""
        count = self.tokens * self.rows_per_token
        features = compute_features(samples)
        heard = min(count, int(len(samples) / SAMPLE_RATE_HZ * 60))
        rows = np.tile(SILENCE_FEATURES, (count, 1)).astype(np.float32)
        rows[:heard] = network_features(features, heard)
        return rows

    def draw(self, form: str, features: np.ndarray) -> np.ndarray:
        """Codes [tokens, G] of one window, the same random numbers for every form."""
        masked = np.tile(np.array(self.sizes, np.int64), (self.tokens, 1))
        predict = functools.partial(self._predict, form)
        return sample_window(predict, masked, self.sizes, features, self.style, 0, 1, self.stream, self.sampling)

    def _predict(self, form: str, codes: np.ndarray, features: np.ndarray, style: np.ndarray, drop: np.ndarray) -> np.ndarray:
        feeds = {'codes': codes, 'features': features.astype(np.float32), 'style': style, 'drop': drop}
        return self.predictors[form].run(['logits'], feeds)[0]

    def _log_laws(self, form: str, features: np.ndarray) -> list[np.ndarray]:
        """Log probabilities [tokens, size] of each group with all codes masked."""
        masked = np.tile(np.array(self.sizes, np.int64), (1, self.tokens, 1))
        logits = self._predict(form, masked, features[None], self.style[None], np.zeros((1, 2), np.float32))[0].astype(np.float64)
        return [log_softmax(part, axis=1) for part in np.split(logits, np.cumsum(self.sizes)[:-1], axis=1)]

    def divergence_nats(self, form: str, windows: list[np.ndarray]) -> float:
        """Mean Kullback-Leibler divergence of a token's group from float32, all codes masked."""
        values = []
        for features in windows:
            for law, other in zip(self._log_laws('float32', features), self._log_laws(form, features), strict=True):
                values.append(float((np.exp(law) * (law - other)).sum(1).mean()))
        return round(float(np.mean(values)), 6)

    def compare(self, form: str, windows: list[np.ndarray], reference: list[np.ndarray]) -> dict[str, float]:
        """Agreement of the codes with float32, and what the decoded motion changes."""
        drawn = [self.draw(form, features) for features in windows]
        agreement = np.mean([np.mean(a == b) for a, b in zip(drawn, reference, strict=True)])
        entry = {'codeAgreement': round(float(agreement), 4), 'divergenceNats': self.divergence_nats(form, windows)}
        pairs = [(self._motion(a), self._motion(b)) for a, b in zip(drawn, reference, strict=True)]
        if self.stream == 'head':
            difference = np.concatenate([a[:, :3] - b[:, :3] for a, b in pairs])
            return {**entry, 'rotationDegrees': round(float(np.sqrt((difference**2).mean()) * RADIANS_TO_DEGREES), 3)}
        gaps = [(lip_gap_mm(curve_at_60(a)), lip_gap_mm(curve_at_60(b))) for a, b in pairs]
        sealed = [np.mean((a < SEALED_GAP_MM) != (b < SEALED_GAP_MM)) for a, b in gaps]
        return {
            **entry,
            'gapMillimetres': round(float(np.mean([np.abs(a - b).mean() for a, b in gaps])), 4),
            'closuresDiffer': round(float(np.mean(sealed)), 4),
        }

    def _motion(self, codes: np.ndarray) -> np.ndarray:
        return self.decoder.run(['motion'], {'codes': codes[None]})[0][0]

    def processor_ms(self, rounds: int) -> dict[str, float]:
        """Median processor time of one pass over one window, forms in turn, so that a busy machine touches all alike."""
        features = np.zeros((1, self.tokens * self.rows_per_token, len(SILENCE_FEATURES)), np.float32)
        feeds = {
            'codes': np.tile(np.array(self.sizes, np.int64), (1, self.tokens, 1)), 'features': features,
            'style': self.style[None], 'drop': np.zeros((1, 2), np.float32),
        }  # fmt: skip
        spent: dict[str, list[float]] = {form: [] for form in FORMS}
        for _ in range(rounds):
            for form, session in self.predictors.items():
                started = time.process_time()
                session.run(['logits'], feeds)
                spent[form].append(time.process_time() - started)
        return {form: round(1000 * float(np.median(times)), 2) for form, times in spent.items()}


def study(folder: Path, clips: list[np.ndarray], work: Path, rounds: int) -> dict[str, Any]:
    """All forms of both predictors of a model folder on clips of 16-kHz sound."""
    result: dict[str, Any] = {'clips': len(clips), 'forms': FORMS, 'streams': {}}
    for stream in ('head', 'mouth'):
        networks = StreamStudy(folder, stream, work)
        windows = [networks.window_features(clip) for clip in clips]
        reference = [networks.draw('float32', features) for features in windows]
        spent = networks.processor_ms(rounds)
        result['streams'][stream] = {
            form: {'megabytes': networks.megabytes[form], 'processorMs': spent[form], **networks.compare(form, windows, reference)}
            for form in FORMS
        }
    return result


def quantisation_lines(path: Path) -> list[str]:
    """The table of the report, from the result file."""
    result = json.loads(path.read_text(encoding='utf-8'))
    lines = [
        f'{result["clips"]} windows, mouth drawn clean and head with one seed, compared with float32; processor time of one pass on '
        'one thread.', '',
        '| stream | form | MB | processor ms | codes as float32 | divergence, nats | change |', '|---|---|---|---|---|---|---|',
    ]  # fmt: skip
    for stream, forms in result['streams'].items():
        for form, entry in forms.items():
            if stream == 'head':
                change = f'{entry["rotationDegrees"]:.2f} degrees'
            else:
                change = f'lip gap {entry["gapMillimetres"]:.2f} mm; {100 * entry["closuresDiffer"]:.1f} % of the time closed in one only'
            cost = f'{entry["megabytes"]:.1f} | {entry["processorMs"]:.1f}'
            sameness = f'{100 * entry["codeAgreement"]:.1f} % | {entry["divergenceNats"]:.5f}'
            lines.append(f'| {stream} | {form} | {cost} | {sameness} | {change} |')
    return lines
