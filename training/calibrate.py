"""Sets the contact bias of the mouth on validation voices.

The highest bias wins whose false closures are at most one point above those of the teacher on the same clips; the
teacher itself closes early in short vowels before p b m. If none does, the lowest bias is taken.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from vividtalker.corpus import read_corpus
from vividtalker.features import LOG_RMS
from vividtalker.generate import Generator, clip_features
from vividtalker.metrics_mouth import Tally, add_clip, curve_at_60, summarise
from vividtalker.store import Store
from vividtalker.style import default_style
from vividtalker.tokenizer import CONTACT_CODES

SEAL_STEPS = (-3.0, -1.5, 0.0, 1.5)
MOST_EXTRA_FALSE_PERCENT = 1.0
TOOTH_BIAS = 1.5


def contact_bias(seal: float, tooth: float) -> list[float]:
    """Bias per contact code: `seal` for codes that close the lips in any frame, `tooth` for lip-tooth codes."""
    return [(seal if code & 3 else 0.0) + (tooth if code & 12 else 0.0) for code in range(CONTACT_CODES)]


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--data', type=Path, required=True)
    parser.add_argument('--run', type=Path, required=True)
    parser.add_argument('--clips', type=int, default=24)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    store = Store(arguments.data)
    utterances = {u.name: u for u in read_corpus(arguments.corpus)}
    recordings = store.select('held-out', ('kokoro',))
    recordings = recordings[:: max(1, len(recordings) // arguments.clips)]
    phones_of = {recording.name: utterances[recording.name].phones for recording in recordings}
    reference = Tally()
    for recording in recordings:
        teacher = np.array(store.mouth[0, recording.start : recording.start + recording.frames], np.float32)
        add_clip(reference, curve_at_60(teacher), phones_of[recording.name], clip_features(store, recording)[:, LOG_RMS])
    limit = 100 * float(np.mean(reference.false)) + MOST_EXTRA_FALSE_PERCENT
    print('false closures allowed, percent:', round(limit, 2))
    chosen = SEAL_STEPS[0]
    for seal in SEAL_STEPS:
        generator = Generator.load(arguments.run, 'mouth', {'logitBias': contact_bias(seal, TOOTH_BIAS)})
        tally = Tally()
        for number, recording in enumerate(recordings):
            features = clip_features(store, recording)
            curve = curve_at_60(generator.motion(features, default_style(), seed=number))
            add_clip(tally, curve, phones_of[recording.name], features[:, LOG_RMS])
        result = summarise(tally)
        print(seal, {key: result[key] for key in ('closedPercent', 'falsePercent', 'toothPercent')}, flush=True)
        if 100 * float(np.mean(tally.false)) <= limit:
            chosen = seal
    bias = np.round(contact_bias(chosen, TOOTH_BIAS), 3).tolist()
    path = arguments.run / 'sampling.json'
    settings = json.loads(path.read_text()) if path.exists() else {}
    settings.setdefault('mouth', {})['logitBias'] = bias
    path.write_text(json.dumps(settings, indent=2) + '\n')
    print('seal bias', chosen, 'written to', path)


if __name__ == '__main__':
    main()
