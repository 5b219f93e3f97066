"""The worst real clips, shown: which closures were missed or false there, under which conditions, with a plot of each."""

from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np

from .audio import read_audio
from .corpus import Utterance
from .face import LABIODENTAL, SEAL
from .features import LOG_RMS, SAMPLE_RATE_HZ
from .generate import clip_features
from .metrics_mouth import (
    CLOSED_SHARE,
    LEAD_SECONDS,
    LEAST_CONFIDENCE,
    RATE_HZ,
    SHORTEST_RANGE_MM,
    SHORTEST_VOWEL_SECONDS,
    lip_gap_mm,
    middle_bilabials,
)  # fmt: skip
from .phones import OPEN_VOWELS, Phone
from .store import Recording, Store

matplotlib.use('Agg')
from matplotlib import pyplot  # noqa: E402  the backend must be chosen first

QUIET_DB = -18.0
SHORT_SECONDS = 0.06
DOUBTFUL = 0.85
ROWS_PER_PAGE = 5


@dataclass
class Failure:
    """One event that went wrong: what, the phone with its neighbours, and what is known about the sound there."""

    what: str
    phone: Phone
    context: str
    level_db: float
    gap_share: float

    def words(self) -> str:
        """One line for the report."""
        notes = [f'gap {self.gap_share:.2f} of P95', f'{1000 * (self.phone.end - self.phone.start):.0f} ms']
        if self.phone.end - self.phone.start < SHORT_SECONDS:
            notes.append('short')
        if self.level_db < QUIET_DB:
            notes.append(f'quiet ({self.level_db:.0f} dB)')
        if self.phone.confidence < DOUBTFUL:
            notes.append(f'alignment doubtful ({self.phone.confidence:.2f})')
        return f'{self.what} {self.context} at {self.phone.start:.2f} s ({", ".join(notes)})'


def failures(curve: np.ndarray, phones: list[Phone], level: np.ndarray) -> list[Failure]:
    """Missed closures and false closures of one clip, after the definitions of metrics_mouth."""
    gap = lip_gap_mm(curve)[: len(level)]
    top = max(float(np.percentile(gap, 95)), SHORTEST_RANGE_MM)
    loud = float(np.percentile(level, 95))
    decibel = lambda row: float((level[row] - loud) * 2.5 * 20 / np.log(10))  # noqa: E731  features hold (ln rms + 5) / 2.5
    place = {id(phone): number for number, phone in enumerate(phones)}

    def context(phone: Phone) -> str:
        number = place[id(phone)]
        names = [p.name for p in phones[max(0, number - 1) : number + 2]]
        return '-'.join(f'**{name}**' if index == min(number, 1) else name for index, name in enumerate(names))

    result = []
    for phone in middle_bilabials(phones):
        rows = slice(max(0, int((phone.start - LEAD_SECONDS) * RATE_HZ)), min(len(gap), int(np.ceil(phone.end * RATE_HZ)) + 1))
        if rows.stop - rows.start >= 2 and gap[rows].min() > CLOSED_SHARE * top:
            middle = min(len(level) - 1, int((phone.start + phone.end) / 2 * RATE_HZ))
            result.append(Failure('open at', phone, context(phone), decibel(middle), float(gap[rows].min() / top)))
    for phone in phones:
        centre = int(round((phone.start + phone.end) / 2 * RATE_HZ))
        long_enough = phone.end - phone.start >= SHORTEST_VOWEL_SECONDS and phone.confidence >= LEAST_CONFIDENCE
        if phone.name in OPEN_VOWELS and long_enough and 0 < centre < len(gap) - 1 and level[centre] > np.median(level):
            if gap[centre] <= CLOSED_SHARE * top:
                result.append(Failure('shut in', phone, context(phone), decibel(centre), float(gap[centre] / top)))
    return result


def worst_clips(
    store: Store, recordings: list[Recording], curves: dict[str, np.ndarray], utterances: dict[str, Utterance], count: int = 10
) -> list[tuple[Recording, list[Failure]]]:
    """The clips with the most failures; ties by the largest gap where the lips should be shut."""
    found = []
    for recording in recordings:
        level = clip_features(store, recording)[:, LOG_RMS]
        found.append((recording, failures(curves[recording.name], utterances[recording.name].phones, level)))
    found.sort(key=lambda item: (-len(item[1]), -sum(f.gap_share for f in item[1]), item[0].name))
    return [item for item in found[:count] if item[1]]


def plot_worst(
    worst: list[tuple[Recording, list[Failure]]], store: Store, curves: dict[str, np.ndarray],
    references: dict[str, np.ndarray], utterances: dict[str, Utterance], folder: Path,
) -> list[Path]:  # fmt: skip
    """Waveform with phones, lip gap against reference lips, contact: pages of five clips; failures are shaded."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for first in range(0, len(worst), ROWS_PER_PAGE):
        part = worst[first : first + ROWS_PER_PAGE]
        figure, axes = pyplot.subplots(len(part), 1, figsize=(14, 2.7 * len(part)), squeeze=False)
        for axis, (recording, found) in zip(axes[:, 0], part, strict=True):
            _draw_clip(axis, recording, found, curves[recording.name], references[recording.name], utterances[recording.name])
        figure.tight_layout()
        path = folder / f'worst-clips-{first // ROWS_PER_PAGE + 1}.jpg'
        figure.savefig(path, dpi=80, pil_kwargs={'quality': 80})
        pyplot.close(figure)
        pages.append(path)
    return pages


def _draw_clip(axis, recording: Recording, found: list[Failure], curve: np.ndarray, reference: np.ndarray, utterance: Utterance) -> None:
    time = np.arange(len(curve)) / RATE_HZ
    samples = read_audio(utterance.audio) if utterance.audio else np.zeros(1)
    sound = np.arange(len(samples)) / SAMPLE_RATE_HZ
    axis.plot(sound, 2.2 * samples / (np.abs(samples).max() + 1e-9) - 3, lw=0.3, color='0.6')
    axis.plot(time, lip_gap_mm(curve), lw=1.2, color='tab:blue', label='lip gap, mm')
    known = lip_gap_mm(reference)
    axis.plot(np.arange(len(known)) / RATE_HZ, known, lw=0.8, ls='--', color='tab:orange', label='teacher or tracked lips')
    axis.fill_between(time, -0.9, -0.9 + 0.7 * curve[:, SEAL], color='tab:red', lw=0, label='seal')
    axis.fill_between(time, -0.9, -0.9 + 0.7 * curve[:, LABIODENTAL], color='tab:green', lw=0, label='lip on teeth')
    for phone in utterance.phones:
        axis.axvline(phone.start, lw=0.2, color='0.7')
        if phone.name != 'SIL':
            axis.text((phone.start + phone.end) / 2, -6.3, phone.name, fontsize=6, ha='center', alpha=0.3 + 0.7 * phone.confidence)
    for failure in found:
        axis.axvspan(failure.phone.start, failure.phone.end, color='tab:red', alpha=0.15)
    axis.set_ylim(-6.8, None)
    axis.set_xlim(0, time[-1])
    axis.set_title(f'{recording.name} ({recording.group}, talker {recording.talker})', fontsize=9, loc='left')
    axis.legend(fontsize=6, loc='upper right', ncol=4)
