"""A picture of one test clip: sound, lip gap beside the teacher's, contact and a few coefficients."""

from pathlib import Path

import matplotlib
import numpy as np

from .audio import read_audio
from .corpus import Utterance
from .face import LABIODENTAL, MOUTH_INDEX, SEAL
from .features import SAMPLE_RATE_HZ
from .generate import Generator, clip_features
from .metrics_mouth import curve_at_60, lip_gap_mm
from .store import Store

matplotlib.use('Agg')
from matplotlib import pyplot  # noqa: E402  the backend must be chosen first

PLOT_SECONDS = 4.0


def plot_example(mouth: Generator, store: Store, utterances: dict[str, Utterance], path: Path) -> None:
    """Draws waveform, lip gap, contact and a few coefficients of the longest synthetic test clip with its phones."""
    recording = max(store.select('test', ('kokoro',), ('voice',)), key=lambda r: r.frames)
    style = np.asarray(recording.mouth_style[0], np.float32)  # that of the stored teacher motion, so that both can be compared
    utterance = utterances[recording.name]
    if utterance.audio is None:
        raise ValueError('the example needs a sound file')
    samples = read_audio(utterance.audio)[: int(PLOT_SECONDS * SAMPLE_RATE_HZ)]
    curve = curve_at_60(mouth.motion(clip_features(store, recording), style, seed=1))
    span = slice(recording.start, recording.start + recording.frames)
    teacher = curve_at_60(np.asarray(store.mouth[0, span], np.float32))
    figure, axes = pyplot.subplots(3, 1, figsize=(13, 8), sharex=True)
    axes[0].plot(np.arange(len(samples)) / SAMPLE_RATE_HZ, samples, lw=0.4, color='0.3')
    axes[0].set_ylabel('sound')
    time = np.arange(len(curve)) / 60
    axes[1].plot(time, lip_gap_mm(curve), 'k', label='network')
    axes[1].plot(time, lip_gap_mm(teacher), 'g--', lw=0.9, label='teacher on the true phones')
    axes[1].fill_between(time, -1.2 + curve[:, SEAL], -1.2, color='r', alpha=0.6, label='lips sealed')
    axes[1].fill_between(time, -2.6 + curve[:, LABIODENTAL], -2.6, color='b', alpha=0.6, label='lip to teeth')
    axes[1].set_ylabel('lip gap, mm')
    for name in ('jawOpen', 'mouthClose', 'mouthPucker', 'mouthFunnel', 'mouthStretchLeft', 'browInnerUp'):
        axes[2].plot(time, curve[:, MOUTH_INDEX[name]], lw=1, label=name)
    for phone in utterance.phones:
        if phone.start < PLOT_SECONDS:
            axes[1].axvline(phone.start, lw=0.2, color='0.6')
            label = '' if phone.name == 'SIL' else phone.name
            axes[1].text((phone.start + phone.end) / 2, -4.2, label, fontsize=7, ha='center')
    axes[1].set_ylim(-4.6, None)
    for axis in axes[1:]:
        axis.legend(fontsize=7, ncol=3, loc='upper right')
    axes[2].set_xlabel('s')
    axes[2].set_xlim(0, PLOT_SECONDS)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=75)
    pyplot.close(figure)
