"""Captured takes made by the teachers, written as the Live Link Face app writes them; for tests and the proof of fine-tuning."""

from pathlib import Path

import numpy as np
import soundfile
from scipy.spatial.transform import Rotation

from .capture_files import APP_TIMECODE_HZ
from .contact import FRAME_RATE_HZ
from .face import EXPRESSION_NAMES, MOUTH_INDEX
from .features import SAMPLE_RATE_HZ
from .metrics_mouth import curve_at_60

EYE_COLUMNS = tuple(f'{side}Eye{angle}' for side in ('Left', 'Right') for angle in ('Yaw', 'Pitch', 'Roll'))


def pascal_case(name: str) -> str:
    """jawOpen -> JawOpen."""
    return name[:1].upper() + name[1:]


def timecode(row: int) -> str:
    """HH:MM:SS:FF.mmm of a row at 60 Hz, counted from 10:59:58."""
    seconds, frame = divmod(row, APP_TIMECODE_HZ)
    seconds += 10 * 3600 + 59 * 60 + 58
    return f'{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{frame:02d}.000'


def write_live_link(path: Path, mouth: np.ndarray, head: np.ndarray) -> None:
    """A CSV at 60 rows per second of mouth [frames, 58] and head [frames, 6] at 30 fps; contact is applied as on a real face."""
    curve = curve_at_60(mouth)
    place = np.minimum(np.arange(len(curve)) * FRAME_RATE_HZ / APP_TIMECODE_HZ, len(head) - 1)
    vectors = np.stack([np.interp(place, np.arange(len(head)), column) for column in head[:, :3].T], 1)
    yaw, pitch, roll = Rotation.from_rotvec(vectors).as_euler('YXZ').T
    header = ['Timecode', 'BlendshapeCount', *map(pascal_case, EXPRESSION_NAMES), 'HeadYaw', 'HeadPitch', 'HeadRoll', *EYE_COLUMNS]
    lines = [','.join(header)]
    for row, values in enumerate(curve):
        weights = [values[MOUTH_INDEX[name]] if name in MOUTH_INDEX else 0.0 for name in EXPRESSION_NAMES]
        angles = [-yaw[row], pitch[row], roll[row], *[0.0] * len(EYE_COLUMNS)]
        lines.append(','.join([timecode(row), '61', *(f'{value:.10f}' for value in (*weights, *angles))]))
    path.write_text('\n'.join(lines) + '\n', encoding='utf-8')


def write_take(folder: Path, name: str, samples: np.ndarray, mouth: np.ndarray, head: np.ndarray) -> None:
    """CSV and WAV of one take: samples at 16 kHz, mouth and head as write_live_link takes them."""
    folder.mkdir(parents=True, exist_ok=True)
    write_live_link(folder / f'{name}.csv', mouth, head)
    soundfile.write(str(folder / f'{name}.wav'), samples, SAMPLE_RATE_HZ)
