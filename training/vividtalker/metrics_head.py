"""Head statistics as measured on real talkers: spread, speed, spectra, nods, posture shifts, link to the voice."""

from dataclasses import dataclass

import numpy as np

from .contact import FRAME_RATE_HZ
from .head_events import nods, per_minute, posture_shifts
from .head_link import accent_link, prosody_correlation, prosody_rows
from .prosody import MIN_PAUSE_SECONDS, Prosody, low_pass

AXES = ('pitch', 'yaw', 'roll')
SMOOTH_HZ = 6.0
MOVING_DEGREES_PER_SECOND = 5.0
LONGEST_SHORT_PAUSE_SECONDS = 1.5
ACCENT_DRAWS = 999
SIGNIFICANT_P = 0.01
EDGE_SHARE = 0.1

# Acceptance bands for the default style (median over clips of about 15 s).
BANDS: dict[str, tuple[tuple[float, float], ...]] = {
    'sd2s': ((1.5, 2.8), (1.3, 3.4), (1.0, 2.4)),
    'sdClip': ((2.8, 4.9), (2.9, 6.1), (2.0, 5.1)),
    'speedP50': ((11, 19),),
    'speedP90': ((28, 48),),
    'speedP99': ((56, 95),),
    'speedMax': ((0, 170),),
    'burstiness': ((4, 6),),
    'movingSpeech': ((78, 95),),
    'movingPause': ((50, 85),),
    'below3Hz': ((95, 100), (98, 100), (98, 100)),
    'above7Hz': ((0, 0.3), (0, 0.3), (0, 0.3)),
    'velocity3to7Hz': ((22, 36), (10, 23), (11, 26)),
    'velocityAbove7Hz': ((0, 6), (0, 6), (0, 6)),
    'nodsPerMinute': ((13, 27),),
    'shiftsPerMinute': ((30, 43),),
    'shiftSize': ((6, 11),),
    'autocorrelationTime': ((0.35, 0.85), (0.4, 0.9), (0.5, 1.0)),
    'prosodyCorrelation': ((0.05, 0.25),),
    'accentHitsOverChance': ((2, 10),),
}


@dataclass
class HeadClip:
    """Motion of one clip with what was said: head [frames, 6] (rotation in radians), prosody on 60-Hz rows."""

    head: np.ndarray
    prosody: Prosody

    def _at_frames(self, rows: np.ndarray) -> np.ndarray:
        return rows[np.minimum(2 * np.arange(len(self.head)), len(rows) - 1)]

    @property
    def speech(self) -> np.ndarray:
        """Spoken frames; bool [frames]."""
        return self._at_frames(self.prosody.speech)

    @property
    def sound(self) -> np.ndarray:
        """Log F0, energy and their slopes; [frames, 4]."""
        return prosody_rows(self._at_frames(self.prosody.melody), self._at_frames(self.prosody.level))


def window_sd(degrees: np.ndarray, seconds: float) -> np.ndarray:
    """Median over windows (half overlapping) of the standard deviation per axis."""
    length = int(seconds * FRAME_RATE_HZ)
    starts = range(0, max(1, len(degrees) - length + 1), length // 2)
    return np.median([degrees[s : s + length].std(0) for s in starts], axis=0)


def band_share(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Percent of spectral power between two frequencies, per axis (Hann windowed, mean removed)."""
    window = np.hanning(len(values))[:, None]
    power = np.abs(np.fft.rfft((values - values.mean(0)) * window, axis=0)) ** 2
    frequency = np.fft.rfftfreq(len(values), 1 / FRAME_RATE_HZ)
    return 100 * power[(frequency >= low) & (frequency < high)].sum(0) / (power.sum(0) + 1e-12)


def autocorrelation_time(degrees: np.ndarray) -> np.ndarray:
    """Lag in seconds at which the autocorrelation of each axis falls below 1/e."""
    result = []
    for column in (degrees - degrees.mean(0)).T:
        full = np.correlate(column, column, 'full')[len(column) - 1 :]
        below = np.flatnonzero(full < full[0] / np.e)
        result.append((below[0] if len(below) else len(column)) / FRAME_RATE_HZ)
    return np.array(result)


def short_pauses(speech: np.ndarray) -> np.ndarray:
    """Frames in pauses of 0.2-1.5 s between speech; bool [frames]."""
    inside = np.zeros(len(speech), bool)
    edges = np.flatnonzero(np.diff(speech.astype(int))) + 1
    for first, last in zip(edges, edges[1:], strict=False):
        seconds = (last - first) / FRAME_RATE_HZ
        if not speech[first] and MIN_PAUSE_SECONDS <= seconds < LONGEST_SHORT_PAUSE_SECONDS:
            inside[first:last] = True
    return inside


def mean_speed(degrees: np.ndarray, cutoff_hz: float = SMOOTH_HZ) -> float:
    """Mean speed of [frames, 3] after a low-pass, degrees per second."""
    velocity = np.diff(low_pass(degrees, FRAME_RATE_HZ, cutoff_hz), axis=0) * FRAME_RATE_HZ
    return float(np.linalg.norm(velocity, axis=1).mean())


def _percent_moving(calm_speed: np.ndarray, frames: np.ndarray) -> np.ndarray:
    chosen = calm_speed[frames[1:]]
    return np.array([100 * np.mean(chosen > MOVING_DEGREES_PER_SECOND) if len(chosen) else np.nan])


def clip_statistics(clip: HeadClip, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Figures of one clip; a figure the clip cannot show (no pause, no shift) is nan."""
    raw = np.degrees(clip.head[:, :3])
    smooth = low_pass(raw, FRAME_RATE_HZ, SMOOTH_HZ)
    speed = np.linalg.norm(np.diff(smooth, axis=0), axis=1) * FRAME_RATE_HZ
    calm_speed = np.linalg.norm(np.diff(low_pass(raw, FRAME_RATE_HZ, 3.0), axis=0), axis=1) * FRAME_RATE_HZ
    p50, p90, p99 = np.percentile(speed, (50, 90, 99))
    velocity = np.diff(raw, axis=0)
    shifts = posture_shifts(smooth)
    correlation, shifted = prosody_correlation(smooth, clip.sound, rng)
    return {
        'sd2s': window_sd(smooth, 2.0), 'sdClip': smooth.std(0), 'speedP50': np.array([p50]), 'speedP90': np.array([p90]),
        'speedP99': np.array([p99]), 'speedMax': np.array([speed.max()]), 'burstiness': np.array([p99 / max(p50, 1e-6)]),
        'movingSpeech': _percent_moving(calm_speed, clip.speech),
        'movingPause': _percent_moving(calm_speed, short_pauses(clip.speech)),
        'below3Hz': band_share(raw, 0, 3), 'above7Hz': band_share(raw, 7, 16),
        'velocity3to7Hz': band_share(velocity, 3, 7), 'velocityAbove7Hz': band_share(velocity, 7, 16),
        'nodsPerMinute': np.array([per_minute(nods(raw[:, 0]), len(raw))]),
        'shiftsPerMinute': np.array([per_minute(shifts, len(raw))]),
        'shiftSize': np.array([np.median([shift.size for shift in shifts]) if shifts else np.nan]),
        'autocorrelationTime': autocorrelation_time(smooth),
        'prosodyCorrelation': np.array([correlation - shifted]),
    }  # fmt: skip


def _entry(name: str, values: list[float], extra: dict[str, float] | None = None) -> dict:
    inside = [low <= value <= high for value, (low, high) in zip(values, BANDS[name], strict=True)]
    return {'values': [round(v, 3) for v in values], 'band': [list(b) for b in BANDS[name]], 'inside': inside, **(extra or {})}


def accent_entry(clips: list[HeadClip], rng: np.random.Generator) -> dict:
    """Accent hits over shifted sound with p over all clips; inside only where p < .01."""
    smooth = [low_pass(np.degrees(clip.head[:, 0]), FRAME_RATE_HZ, SMOOTH_HZ) for clip in clips]
    link = accent_link([(pitch, clip.prosody.accents) for pitch, clip in zip(smooth, clips, strict=True)], ACCENT_DRAWS, rng)
    extra = {'accents': link.accents, 'share': round(link.share, 1), 'chance': round(link.chance, 1), 'p': round(link.p, 4)}
    entry = _entry('accentHitsOverChance', [link.over_chance], extra)
    entry['inside'] = [entry['inside'][0] and link.p < SIGNIFICANT_P]
    return entry


def head_report(clips: list[HeadClip], seed: int) -> dict[str, dict]:
    """Medians over clips (of the maximum speed: the largest) against the bands."""
    rng = np.random.default_rng(seed)
    statistics = [clip_statistics(clip, rng) for clip in clips]
    result: dict[str, dict] = {}
    for name in BANDS:
        if name == 'accentHitsOverChance':
            result[name] = accent_entry(clips, rng)
            continue
        values = np.stack([item[name] for item in statistics])
        shown = values[~np.isnan(values).any(1)]
        merged = (values.max(0) if name == 'speedMax' else np.median(shown, axis=0)) if len(shown) else np.full(values.shape[1], np.nan)
        result[name] = _entry(name, merged.tolist())
    return result


def band_misfit(report: dict[str, dict]) -> float:
    """How far a report lies outside the bands: band widths beyond a tenth inside each edge, averaged over axes, summed.

    An edge at 0 or 100 is no edge.
    """
    total = 0.0
    for entry in report.values():
        parts = []
        for value, (low, high) in zip(entry['values'], entry['band'], strict=True):
            margin = EDGE_SHARE * (high - low)
            below = low + margin - value if low > 0 else 0.0
            above = value - high + margin if high < 100 else 0.0
            parts.append(max(0.0, below, above) / (high - low))
        total += float(np.mean(parts))
    return total
