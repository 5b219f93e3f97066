"""The paper's metrics and their controls on test takes: L2, Frechet distances, diversity, sync, closures, beats, cost."""

import time
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Protocol

import numpy as np

from .beat_alignment import beat_alignment, motion_beats, sound_beats
from .contact import FRAME_RATE_HZ
from .experiment_data import ExperimentTake
from .experiment_judges import Judges
from .features import LOG_RMS
from .generate import Generator
from .metrics_mouth import Tally, add_clip, curve_at_60, lip_gap_mm, summarise
from .prosody import low_pass
from .streams import MOUTH_COUNT

SAMPLES = 10
SAMPLED_SECONDS = 10
DIVERSITY_CUTOFF_HZ = 7.0
Motions = tuple[np.ndarray, np.ndarray]
CODED = MOUTH_COUNT - 2  # expression and detail, without the contact channels


class Performer(Protocol):
    """Anything that moves a face for a take: a trained design, or a teacher."""

    def perform(self, take: ExperimentTake, head_seed: int, mouth_seed: int) -> Motions:
        """Head [frames, 6] and mouth [frames, 58]."""
        ...

    def head(self, take: ExperimentTake, seed: int) -> np.ndarray:
        """Head [frames, 6] only."""
        ...


@dataclass
class SeparatePerformer:
    """One generator per stream."""

    head_generator: Generator
    mouth_generator: Generator

    def perform(self, take: ExperimentTake, head_seed: int, mouth_seed: int) -> Motions:
        """See Performer."""
        return self.head(take, head_seed), self.mouth_generator.motion(take.features, take.style, mouth_seed)

    def head(self, take: ExperimentTake, seed: int) -> np.ndarray:
        """See Performer."""
        return self.head_generator.motion(take.features, take.style, seed)


@dataclass
class JointPerformer:
    """One generator of both streams: it has one seed, that of the head."""

    generator: Generator

    def perform(self, take: ExperimentTake, head_seed: int, mouth_seed: int) -> Motions:
        """See Performer."""
        motion = self.generator.motion(take.features, take.style, head_seed)
        return motion[:, MOUTH_COUNT:], motion[:, :MOUTH_COUNT]

    def head(self, take: ExperimentTake, seed: int) -> np.ndarray:
        """See Performer."""
        return self.perform(take, seed, seed)[0]


def head_l2(motion: np.ndarray, goal: np.ndarray) -> float:
    """Root mean square difference of the three rotations in degrees."""
    return float(np.degrees(np.sqrt(np.mean((motion[:, :3] - goal[:, :3]) ** 2))))


def diversity(heads: list[np.ndarray]) -> float:
    """Mean pairwise distance in degrees of heads on the same sound, after a 7-Hz low-pass."""
    smooth = [low_pass(np.degrees(head[:, :3]), FRAME_RATE_HZ, DIVERSITY_CUTOFF_HZ) for head in heads]
    return float(np.mean([np.sqrt(np.mean((a - b) ** 2)) for a, b in combinations(smooth, 2)]))


def score_heads(heads: list[np.ndarray], takes: list[ExperimentTake], judges: Judges, seed: int) -> dict:
    """Head metrics of one motion per take."""
    goals = [take.head for take in takes]
    smooth = lambda motion: low_pass(np.degrees(motion[:, :3]), FRAME_RATE_HZ, DIVERSITY_CUTOFF_HZ)  # noqa: E731
    variances = [np.mean([smooth(motion).var(0) for motion in group], axis=0) for group in (heads, goals)]
    beats = [(motion_beats(head), sound_beats(take.features, take.prosody), take.seconds) for head, take in zip(heads, takes, strict=True)]
    return {
        'l2Degrees': float(np.mean([head_l2(*pair) for pair in zip(heads, goals, strict=True)])),
        'frechet': judges.distance('head', heads, goals, seed),
        'frechetVelocity': judges.distance('headVelocity', heads, goals, seed),
        'varianceRatio': (variances[0] / variances[1]).tolist(),
        'beats': beat_alignment(beats, seed),
    }  # fmt: skip


def score_mouths(mouths: list[np.ndarray], takes: list[ExperimentTake], judges: Judges, seed: int) -> dict:
    """Mouth metrics of one motion per take; chance lips are those of the next take."""
    tally = Tally()
    curves = [curve_at_60(mouth) for mouth in mouths]
    goals = [curve_at_60(take.mouth) for take in takes]
    gap_error = []
    for number, take in enumerate(takes):
        other = curves[(number + 1) % len(curves)] if len(curves) > 1 else None
        add_clip(tally, curves[number], take.phones, take.features[:, LOG_RMS], other, goals[number])
        gap_error.append(np.mean((lip_gap_mm(curves[number]) - lip_gap_mm(goals[number])) ** 2))
    differences = [np.mean((mouth[:, :CODED] - take.mouth[:, :CODED]) ** 2) for mouth, take in zip(mouths, takes, strict=True)]
    return {
        'l2': float(np.sqrt(np.mean(differences))),
        'gapErrorMm': float(np.sqrt(np.mean(gap_error))),
        'frechet': judges.distance('mouth', mouths, [take.mouth for take in takes], seed),
        'frechetVelocity': judges.distance('mouthVelocity', mouths, [take.mouth for take in takes], seed),
        'sync': judges.sync_of(mouths, takes),
        'lips': summarise(tally),
    }  # fmt: skip


def sampled_part(take: ExperimentTake) -> ExperimentTake:
    """The first seconds of a take, on which many heads are drawn."""
    frames = min(len(take.head), SAMPLED_SECONDS * FRAME_RATE_HZ) // 8 * 8
    return replace(take, features=take.features[: 2 * frames], head=take.head[:frames], mouth=take.mouth[:frames])


def score_variety(performer: Performer, takes: list[ExperimentTake], seed: int) -> dict[str, float]:
    """Ten heads on the same sound: mean and best distance to the teacher, distance between them."""
    best, mean, spread = [], [], []
    for take in map(sampled_part, takes):
        heads = [performer.head(take, seed + number) for number in range(SAMPLES)]
        distances = [head_l2(head, take.head) for head in heads]
        best.append(min(distances))
        mean.append(np.mean(distances))
        spread.append(diversity(heads))
    return {
        'l2BestOf10Degrees': float(np.mean(best)), 'l2MeanOf10Degrees': float(np.mean(mean)),
        'diversityDegrees': float(np.mean(spread)),
    }  # fmt: skip


def lips_under_head_reroll(performer: Performer, takes: list[ExperimentTake], seed: int) -> dict[str, float]:
    """Largest and mean change of the lip gap in mm when only the head is drawn again; 0 where the mouth has no head input."""
    changes = []
    for take in map(sampled_part, takes):
        gaps = [lip_gap_mm(curve_at_60(performer.perform(take, seed + number, seed)[1])) for number in (0, 1)]
        changes.append(np.abs(gaps[0] - gaps[1]))
    return {'maxMm': float(max(change.max() for change in changes)), 'meanMm': float(np.mean(np.concatenate(changes)))}


def few(takes: list[ExperimentTake], count: int) -> list[ExperimentTake]:
    """At most `count` takes, evenly spread."""
    return takes[:: max(1, len(takes) // count)][:count]


def score_motions(motions: list[Motions], takes: list[ExperimentTake], judges: Judges, seed: int) -> dict:
    """Metrics of one (head, mouth) per take."""
    heads, mouths = ([pair[which] for pair in motions] for which in (0, 1))
    return {'head': score_heads(heads, takes, judges, seed), 'mouth': score_mouths(mouths, takes, judges, seed)}


def score_performer(performer: Performer, takes: list[ExperimentTake], judges: Judges, sampled: int, seed: int) -> dict:
    """All metrics of a design on test takes, with the CPU time of generation; `sampled` takes get many heads each."""
    begun = time.process_time()
    motions = [performer.perform(take, seed + number, seed + number) for number, take in enumerate(takes)]
    spent = time.process_time() - begun
    scores = score_motions(motions, takes, judges, seed)
    scores['head'].update(score_variety(performer, few(takes, sampled), seed))
    seconds = sum(take.seconds for take in takes)
    reroll = lips_under_head_reroll(performer, few(takes, 2), seed)
    return {**scores, 'reroll': reroll, 'cpuMsPerSecond': 1000 * spent / seconds, 'testSeconds': seconds}
