"""Head teacher: posture shifts, accent beats, bursts of free motion and prosody, with constants that match real talkers.

The constants were set so that aggregate figures (spread, speed, spectra, nods, posture shifts) match about 80 people
talking to a camera; no recording of head motion trained anything.
"""

from dataclasses import dataclass

import numpy as np

from .contact import FRAME_RATE_HZ
from .features import NETWORK_RATE_HZ
from .prosody import Prosody, low_pass
from .style import STYLE_INDEX

# Pivot of the remaining shift, seen from the head bone. The whole head swings about a point 12 cm below and 6 cm behind its
# centre; the turning neck and head bones of the rig make most of that shift themselves.
NECK_PIVOT_CM = np.array([0.0, -5.0, -2.5])
_AXES = 3


@dataclass(frozen=True)
class HeadConstants:
    """Degrees (pitch + = down, yaw, roll), seconds, Hz.

    The published constants, but for posture_keep (.5), the roll of posture_sd (3.4), burst (.7) and prosody (.5): on our
    takes those put the autocorrelation of roll above its band, p99 of the speed and the prosody correlation near the lower edge.
    """

    posture_sd: tuple[float, float, float] = (3.6, 4.3, 3.2)
    posture_keep: float = 0.35
    unit_shape: float = 2.0
    least_unit: float = 0.5
    move: tuple[float, float] = (0.35, 0.75)
    lead: tuple[float, float] = (0.0, 0.3)
    beat_size: tuple[float, float] = (1.3, 4.0)
    beat_width: tuple[float, float] = (0.15, 0.3)
    beat_upward: float = 0.35
    beat_rebound: float = 0.35
    beat_rebound_share: float = 0.25
    beat_yaw: float = 1.5
    beat_roll: float = 1.0
    beat_jitter: float = 0.08
    beat_in_pause: float = 0.4
    free_sd: tuple[float, float, float] = (2.0, 2.2, 1.4)
    free_band: tuple[float, float] = (0.3, 7.0)
    free_slope: tuple[float, float, float] = (1.2, 1.5, 1.45)
    free_in_pause: float = 0.85
    burst: float = 0.8
    prosody: float = 0.7


def coloured_noise(
    count: int, rate_hz: float, rng: np.random.Generator, low_hz: float, high_hz: float, slope: float
) -> np.ndarray:
    """Noise with amplitude spectrum f^-slope between two frequencies, soft upper edge, unit sd; [count]."""
    frequency = np.fft.rfftfreq(4 * max(count, 32), 1 / rate_hz)
    inside = (frequency >= low_hz) & (frequency <= high_hz)
    amplitude = np.where(inside, np.maximum(frequency, 1e-3) ** -slope, 0)
    amplitude = amplitude * np.clip((high_hz - frequency) / (0.2 * high_hz), 0, 1)
    phases = rng.normal(size=len(frequency)) + 1j * rng.normal(size=len(frequency))
    values = np.fft.irfft(amplitude * phases)
    return values[count : 2 * count] / values.std()


def _posture(
    times: np.ndarray, prosody: Prosody, unit: float, constants: HeadConstants, rng: np.random.Generator
) -> np.ndarray:
    """Slow targets reached by minimum-jerk moves; [frames, 3] degrees."""
    onsets, time = [times[0]], times[0]
    while time < times[-1]:
        time += max(constants.least_unit, rng.gamma(constants.unit_shape, unit / constants.unit_shape))
        near = [onset for onset in prosody.phrases[:, 0] if abs(onset - time) < 0.5]
        time = max(near[0] if near else time, onsets[-1] + constants.least_unit)
        onsets.append(time)
    spread = np.array(constants.posture_sd)
    pose = rng.normal(size=_AXES) * spread
    curve = np.tile(pose, (len(times), 1))
    fresh = np.sqrt(1 - constants.posture_keep**2)
    for onset in onsets[1:]:
        target = constants.posture_keep * pose + fresh * spread * rng.normal(size=_AXES)
        unit_time = np.clip((times - onset + rng.uniform(*constants.lead)) / rng.uniform(*constants.move), 0, 1)[:, None]
        curve += (target - pose) * unit_time**3 * (10 - 15 * unit_time + 6 * unit_time**2)
        pose = target
    return curve


def _beats(
    times: np.ndarray, prosody: Prosody, rate: float, constants: HeadConstants, rng: np.random.Generator
) -> np.ndarray:
    """Nods near a share of the accents; [frames, 3] degrees."""
    curve = np.zeros((len(times), _AXES))
    for accent in prosody.accents:
        if rng.random() > rate:
            continue
        row = min(len(prosody.speech) - 1, int(accent * NETWORK_RATE_HZ))
        if not prosody.speech[row] and rng.random() > constants.beat_in_pause:
            continue
        width = rng.uniform(*constants.beat_width) / 2.355
        centre = accent + constants.beat_jitter * rng.normal()
        sign = -1 if rng.random() < constants.beat_upward else 1
        size = np.array([
            sign * rng.uniform(*constants.beat_size),
            rng.uniform(-constants.beat_yaw, constants.beat_yaw),
            rng.uniform(-constants.beat_roll, constants.beat_roll),
        ])
        curve += np.exp(-0.5 * ((times - centre) / width) ** 2)[:, None] * size
        if rng.random() < constants.beat_rebound_share:
            late = centre + 2.355 * width
            curve -= constants.beat_rebound * np.exp(-0.5 * ((times - late) / width) ** 2)[:, None] * size
    return curve


def _free_motion(
    speech: np.ndarray, liveliness: float, constants: HeadConstants, rng: np.random.Generator
) -> np.ndarray:
    """Small coloured motion that comes in bursts; [frames, 3] degrees."""
    count = len(speech)
    smooth_speech = np.clip(low_pass(speech.astype(float), FRAME_RATE_HZ, 1.5), 0, 1) if count > 15 else speech
    activity = constants.free_in_pause + (1 - constants.free_in_pause) * smooth_speech
    burst = np.exp(constants.burst * liveliness * coloured_noise(count, FRAME_RATE_HZ, rng, 0.05, 1.2, 0.5))
    activity = activity * burst / np.sqrt(np.mean(burst**2))
    columns = [
        sd * liveliness * activity * coloured_noise(count, FRAME_RATE_HZ, rng, *constants.free_band, slope)
        for sd, slope in zip(constants.free_sd, constants.free_slope, strict=True)
    ]
    return np.stack(columns, 1)


def long_pause_fade(speech: np.ndarray) -> np.ndarray:
    """1 in speech and short pauses, fading to 0.25 within 1 s once a pause is longer than 1.5 s; [frames]."""
    fade = np.ones(len(speech))
    silent_for = 0.0
    step = 1 / FRAME_RATE_HZ
    for index, spoken in enumerate(speech):
        silent_for = 0.0 if spoken else silent_for + step
        goal = 0.25 if silent_for > 1.5 else 1.0
        previous = fade[index - 1] if index else 1.0
        fade[index] = previous + np.clip(goal - previous, -0.75 * step, 2 * step)
    return fade


def head_motion(prosody: Prosody, frame_count: int, style: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Head stream [frames, 6] at 30 fps: rotation vector in radians (pitch + = down about x, yaw, roll), translation in cm.

    People differ by gains (log-normal, sd about .3 for all axes and for each): these are style controls, known to the network,
    and not drawn here. The axis on which the head follows the prosody is drawn per call.
    """
    constants = HeadConstants()
    times = np.arange(frame_count) / FRAME_RATE_HZ
    rows = np.minimum(np.arange(frame_count) * 2, len(prosody.speech) - 1)
    speech = prosody.speech[rows]
    liveliness = float(style[STYLE_INDEX['liveliness']])
    degrees = _posture(times, prosody, float(style[STYLE_INDEX['postureHold']]), constants, rng)
    moving = _beats(times, prosody, float(style[STYLE_INDEX['nodRate']]), constants, rng) * (0.5 + 0.5 * liveliness)
    moving += _free_motion(speech, liveliness, constants, rng)
    degrees += moving * long_pause_fade(speech)[:, None]
    curves = np.stack([prosody.melody[rows], prosody.level[rows]], 1)
    if frame_count > 15:
        degrees += constants.prosody * low_pass(curves @ rng.normal(size=(2, _AXES)), FRAME_RATE_HZ, 2.0)
    gains = float(style[STYLE_INDEX['headGain']]) * np.array([1, *style[[STYLE_INDEX['turnGain'], STYLE_INDEX['tiltGain']]]])
    return head_stream(degrees * gains)


def head_stream(degrees: np.ndarray) -> np.ndarray:
    """Rotation [frames, 3] (degrees, small angles as a rotation vector) -> 6 values with the shift a neck pivot causes."""
    rotation = np.radians(degrees)
    translation = rotate(rotation, -NECK_PIVOT_CM) + NECK_PIVOT_CM
    return np.concatenate([rotation, translation], 1).astype(np.float32)


def rotate(rotation: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """Rotates one vector by rotation vectors [frames, 3] (Rodrigues); [frames, 3]."""
    angle = np.linalg.norm(rotation, axis=1, keepdims=True)
    axis = rotation / np.maximum(angle, 1e-9)
    along = axis * (axis @ vector)[:, None]
    return vector * np.cos(angle) + np.cross(axis, vector) * np.sin(angle) + along * (1 - np.cos(angle))
