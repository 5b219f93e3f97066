"""Lip seal and lip-tooth contact applied to decoded curves; the same formulas as src/shared/face/contact.ts.

The two contact channels hold 0/1 at frames i / 30 s. Their strength at any time t is

    x(t) = 1/2 * sum over |t - i/30| < H of value[i] * (1 + cos(pi (t - i/30) / H)) / 2,  H = 2/30 s
    s(t) = smoothstep(clamp((x - 0.1) / 0.4, 0, 1)),  smoothstep(u) = u * u * (3 - 2 u)

so one closed frame gives a full closure about 60 ms wide. Then, per coefficient, with s = seal strength,
l = labiodental strength * (1 - s) and c = max(s, l):

    jawOpen += c * (max(0.75 jawOpen, 0.09 q) - jawOpen)          with q = l / (s + l), the share of tooth contact
    mouthClose += c * (jawOpen - 0.07 q - mouthClose)
    mouthLowerDown, mouthUpperUp (both sides), mouthFunnel, tongueOut *= 1 - c
    mouthPress (both sides) = max(mouthPress, 0.25 s)
    mouthRollUpper = max(mouthRollUpper, 0.12 s), mouthRollLower = max(mouthRollLower, 0.12 s, 0.35 l)
    mouthUpperUp (both sides) = max(mouthUpperUp, 0.2 l)

For p b m the gap is closed. For f v the lower lip rises to the edge of the upper teeth (3 mm below the closed lips on the
head) while jaw and raised upper lip keep the lips about 2 mm apart, so that the teeth are seen.
"""

import numpy as np

from .face import LABIODENTAL, MOUTH_INDEX, SEAL

FRAME_RATE_HZ = 30
HALF_WIDTH_SECONDS = 2 / FRAME_RATE_HZ
TOOTH_JAW = 0.09  # jawOpen of f v at least
TOOTH_GAP = 0.07  # of jawOpen that mouthClose leaves open at f v


def contact_strength(values: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Contact strength 0..1 at `times` (seconds) from per-frame values [frames]; the formula of the module docstring."""
    total = np.zeros(len(times))
    nearest = np.round(times * FRAME_RATE_HZ).astype(int)
    for step in (-2, -1, 0, 1, 2):
        frame = nearest + step
        distance = np.abs(times - frame / FRAME_RATE_HZ)
        inside = (frame >= 0) & (frame < len(values)) & (distance < HALF_WIDTH_SECONDS)
        weight = 0.5 * (1 + np.cos(np.pi * distance / HALF_WIDTH_SECONDS)) * inside
        total += weight * values[np.clip(frame, 0, len(values) - 1)]
    level = np.clip((total / 2 - 0.1) / 0.4, 0, 1)
    return level * level * (3 - 2 * level)


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
    closed = np.maximum(seal, tooth)

    def column(name: str) -> np.ndarray:
        return result[:, MOUTH_INDEX[name]]

    def put(name: str, values: np.ndarray) -> None:
        result[:, MOUTH_INDEX[name]] = values

    share = tooth / np.maximum(seal + tooth, 1e-9)
    jaw_target = np.maximum(0.75 * column('jawOpen'), TOOTH_JAW * share)
    put('jawOpen', column('jawOpen') + (jaw_target - column('jawOpen')) * closed)
    target = column('jawOpen') - TOOTH_GAP * share
    put('mouthClose', column('mouthClose') + (target - column('mouthClose')) * closed)
    for side in ('Left', 'Right'):
        put(f'mouthLowerDown{side}', column(f'mouthLowerDown{side}') * (1 - closed))
        put(f'mouthUpperUp{side}', np.maximum(column(f'mouthUpperUp{side}') * (1 - closed), 0.2 * tooth))
        put(f'mouthPress{side}', np.maximum(column(f'mouthPress{side}'), 0.25 * seal))
    put('mouthFunnel', column('mouthFunnel') * (1 - closed))
    put('tongueOut', column('tongueOut') * (1 - closed))
    put('mouthRollUpper', np.maximum(column('mouthRollUpper'), 0.12 * seal))
    put('mouthRollLower', np.maximum(column('mouthRollLower'), np.maximum(0.12 * seal, 0.35 * tooth)))
    result[:, SEAL], result[:, LABIODENTAL] = seal, tooth
    return result
