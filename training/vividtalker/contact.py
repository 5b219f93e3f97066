"""Lip seal and lip-tooth contact applied to decoded curves; src/shared/face/contact.ts mirrors this file.

The two contact channels hold 0/1 (or edited values 0..1) at frames i / 30 s. Their strength at any time t is

    k(d) = smoothstep(clamp((HOLD + RAMP - d) / RAMP, 0, 1)),  smoothstep(u) = u * u * (3 - 2 u)
    s(t) = max over frames i with |t - i/30| < HOLD + RAMP of value[i] * k(|t - i/30|)

with HOLD = 1/60 s (neighbouring closed frames stay fully closed in between) and RAMP = 0.025 s. Then, per
coefficient, with s = seal strength and l = labiodental strength * (1 - s):

    close  = mouthClose + l * (0.75 * jawOpen - mouthClose)          only if that raises mouthClose
    mouthClose = close + s * (jawOpen - close)
    mouthLowerDown{Left,Right} *= (1 - s) * (1 - l)
    mouthUpperUp{Left,Right}    = max(mouthUpperUp * (1 - s), 0.15 * l)
    mouthFunnel *= (1 - s) * (1 - 0.7 * l)
    mouthPress{Left,Right} = max(mouthPress, 0.12 * s)
    mouthRollLower = max(mouthRollLower, 0.35 * l, 0.10 * s)
    mouthRollUpper = max(mouthRollUpper, 0.08 * s)
"""

import numpy as np

from .face import LABIODENTAL, MOUTH_INDEX, SEAL

FRAME_RATE_HZ = 30
HOLD_SECONDS = 1 / 60
RAMP_SECONDS = 0.025


def contact_strength(values: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Contact strength 0..1 at `times` (seconds) from per-frame values [frames]; the formula of the module docstring."""
    reach = HOLD_SECONDS + RAMP_SECONDS
    nearest = np.round(times * FRAME_RATE_HZ).astype(int)
    strength = np.zeros(len(times))
    for step in (-2, -1, 0, 1, 2):
        frame = nearest + step
        inside = (frame >= 0) & (frame < len(values))
        distance = np.abs(times - frame / FRAME_RATE_HZ)
        unit = np.clip((reach - distance) / RAMP_SECONDS, 0, 1)
        value = values[np.clip(frame, 0, len(values) - 1)] * inside
        strength = np.maximum(strength, value * unit * unit * (3 - 2 * unit))
    return strength


def sample_motion(motion: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Motion [frames, C] at 30 fps interpolated linearly at `times` (seconds), held beyond the ends."""
    position = np.clip(times * FRAME_RATE_HZ, 0, len(motion) - 1)
    lower = np.floor(position).astype(int)
    upper = np.minimum(lower + 1, len(motion) - 1)
    weight = (position - lower)[:, None]
    return motion[lower] * (1 - weight) + motion[upper] * weight


def apply_contact(motion: np.ndarray, times: np.ndarray | None = None) -> np.ndarray:
    """Mouth coefficients with closed lips: motion [frames, 58] at 30 fps -> [len(times), 58] at `times` (default: frames)."""
    if times is None:
        times = np.arange(len(motion)) / FRAME_RATE_HZ
    motion = np.asarray(motion, np.float64)
    result = sample_motion(motion, times)
    seal = contact_strength(motion[:, SEAL], times)
    tooth = contact_strength(motion[:, LABIODENTAL], times) * (1 - seal)
    column = MOUTH_INDEX
    jaw = result[:, column['jawOpen']]
    close = result[:, column['mouthClose']]
    close = np.maximum(close, close + tooth * (0.75 * jaw - close))
    result[:, column['mouthClose']] = close + seal * (jaw - close)
    for side in ('Left', 'Right'):
        result[:, column[f'mouthLowerDown{side}']] *= (1 - seal) * (1 - tooth)
        upper = result[:, column[f'mouthUpperUp{side}']]
        result[:, column[f'mouthUpperUp{side}']] = np.maximum(upper * (1 - seal), 0.15 * tooth)
        press = result[:, column[f'mouthPress{side}']]
        result[:, column[f'mouthPress{side}']] = np.maximum(press, 0.12 * seal)
    result[:, column['mouthFunnel']] *= (1 - seal) * (1 - 0.7 * tooth)
    lower_roll = result[:, column['mouthRollLower']]
    result[:, column['mouthRollLower']] = np.maximum(lower_roll, np.maximum(0.35 * tooth, 0.10 * seal))
    result[:, column['mouthRollUpper']] = np.maximum(result[:, column['mouthRollUpper']], 0.08 * seal)
    result[:, SEAL], result[:, LABIODENTAL] = seal, tooth
    return result
