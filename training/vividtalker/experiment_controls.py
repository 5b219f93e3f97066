"""Rows that every metric is printed beside: teacher drawn again, teacher of another take, other sound, mean pose, sound level."""

from dataclasses import dataclass

import numpy as np

from .corpus import Utterance
from .dominance import DominanceConstants
from .evaluation_mouth import level_mouth
from .experiment_data import ExperimentTake
from .experiment_judges import KINDS, Judges
from .experiment_metrics import Motions, Performer, score_motions, score_performer
from .head_teacher import head_motion
from .prepare import teacher_mouth


@dataclass
class TeacherPerformer:
    """The teacher on the true phones with the take's own style: what a perfect network would do."""

    constants: DominanceConstants

    def perform(self, take: ExperimentTake, head_seed: int, mouth_seed: int) -> Motions:
        """See Performer."""
        utterance = Utterance(take.name, 'kokoro', 'test', take.talker, None, take.phones)
        rng = np.random.default_rng(mouth_seed)
        mouth = teacher_mouth(utterance, take.features, len(take.head), take.style, rng, self.constants)
        return self.head(take, head_seed), mouth.astype(np.float32)

    def head(self, take: ExperimentTake, seed: int) -> np.ndarray:
        """See Performer."""
        return head_motion(take.prosody, len(take.head), take.style, np.random.default_rng(seed))


def _turned(motions: list[Motions], takes: list[ExperimentTake]) -> list[Motions]:
    """The motion of the next take, repeated or cut to length."""
    turned = [*motions[1:], motions[0]]
    return [
        tuple(np.resize(values, (len(take.head), values.shape[1])) for values in pair) for pair, take in zip(turned, takes, strict=True)
    ]


def mean_pose(takes: list[ExperimentTake]) -> list[Motions]:
    """A still face: the mean of the teacher, without contact."""
    head, mouth = (np.concatenate([getattr(take, name) for take in takes]).mean(0) for name in ('head', 'mouth'))
    mouth[-2:] = 0
    return [(np.tile(head, (len(take.head), 1)), np.tile(mouth, (len(take.head), 1))) for take in takes]


def split_floor(takes: list[ExperimentTake], judges: Judges, seed: int) -> dict[str, dict[str, float | int]]:
    """Frechet distances between the teacher motion of every other take and of the rest: nothing can be expected below."""
    result = {}
    for kind in KINDS:
        motions = [getattr(take, kind.removesuffix('Velocity')) for take in takes]
        result[kind] = judges.distance(kind, motions[::2], motions[1::2], seed)
    return result


def score_controls(takes: list[ExperimentTake], judges: Judges, base: Performer, sampled: int, seed: int) -> dict[str, dict]:
    """All control rows; `base` is a trained design whose motion is also scored against the sound of another take."""
    teacher = TeacherPerformer(DominanceConstants.load())
    own = [(take.head, take.mouth) for take in takes]
    heard = [base.perform(take, seed + number, seed + number) for number, take in enumerate(takes)]
    still = mean_pose(takes)
    level = [(head, level_mouth(take.features)) for (head, _), take in zip(still, takes, strict=True)]
    rows = {
        'teacher of another take': _turned(own, takes), 'base, other sound': _turned(heard, takes), 'mean pose': still,
        'sound level only': level,
    }  # fmt: skip
    return {
        'teacher drawn again': score_performer(teacher, takes, judges, sampled, seed),
        **{name: score_motions(motions, takes, judges, seed) for name, motions in rows.items()},
    }
