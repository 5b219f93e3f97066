"""E1 for any design: what the tokenizers of head and mouth (or the joint one) lose on test takes."""

import numpy as np

from .evaluation_tokenizers import code_use, reconstruct
from .experiment_data import ExperimentTake
from .features import LOG_RMS
from .metrics_mouth import Tally, add_clip, curve_at_60, lip_gap_mm, summarise
from .streams import MOUTH_COUNT
from .tokenizer import Tokenizer


def reconstruction_report(tokenizers: dict[str, Tokenizer], takes: list[ExperimentTake]) -> dict:
    """Error and velocity of the decoded head, lip gap and closures of the decoded mouth, codes used; keyed by stream."""
    heads, mouths, codes = [], [], {name: [] for name in tokenizers}
    for take in takes:
        motions = {'head': take.head, 'mouth': take.mouth, 'joint': np.concatenate((take.mouth, take.head), 1)}
        decoded = {}
        for name, tokenizer in tokenizers.items():
            decoded[name], used = reconstruct(tokenizer, motions[name])
            codes[name].append(used)
        joint = decoded.get('joint')
        heads.append(decoded['head'] if joint is None else joint[:, MOUTH_COUNT:])
        mouths.append((decoded['mouth'] if joint is None else joint[:, :MOUTH_COUNT]).clip(0, 1))
    error = np.degrees(np.concatenate([head[:, :3] - take.head[:, :3] for head, take in zip(heads, takes, strict=True)]))
    speed = [np.concatenate([np.diff(head[:, :3], axis=0) for head in group]).std(0) for group in (heads, [t.head for t in takes])]
    tally, gaps = Tally(), []
    for mouth, take in zip(mouths, takes, strict=True):
        curve = curve_at_60(mouth)
        add_clip(tally, curve, take.phones, take.features[:, LOG_RMS])
        gaps.append(lip_gap_mm(curve) - lip_gap_mm(curve_at_60(take.mouth)))
    return {
        'headRmseDegrees': np.sqrt((error**2).mean(0)).tolist(), 'headVelocityRatio': (speed[0] / speed[1]).tolist(),
        'gapRmseMm': float(np.sqrt(np.mean(np.concatenate(gaps) ** 2))), 'closedPercent': summarise(tally)['closedPercent'],
        'codes': {name: code_use(np.concatenate(used)) for name, used in codes.items()},
    }  # fmt: skip
