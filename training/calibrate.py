"""Sets the contact bias of the mouth on the validation part, so that the test part says what the choice is worth.

The highest seal bias wins whose false closures are at most 1 % on synthetic voices and at most 1 % on real talkers (the
operating point of docs/model-contract.md); if none does, the lowest is taken. The tooth bias is the lowest that brings f v
contact within one point of the best.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from vividtalker.corpus import read_corpus
from vividtalker.evaluation_mouth import Summary, generate_all, spread, summarise_curves
from vividtalker.generate import Generator
from vividtalker.metrics_mouth import curve_at_60
from vividtalker.store import Store
from vividtalker.tokenizer import CONTACT_CODES

SEAL_STEPS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
TOOTH_STEPS = (0.0, 0.75, 1.5)
MOST_FALSE_PERCENT = 1.0


def contact_bias(seal: float, tooth: float) -> list[float]:
    """Bias per contact code: `seal` for codes that close the lips in any frame, `tooth` for lip-tooth codes."""
    return [(seal if code & 3 else 0.0) + (tooth if code & 12 else 0.0) for code in range(CONTACT_CODES)]


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--corpus', type=Path, required=True)
    parser.add_argument('--data', type=Path, required=True)
    parser.add_argument('--run', type=Path, required=True)
    parser.add_argument('--clips', type=int, default=100, help='most validation clips per source')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    store = Store(arguments.data)
    utterances = {u.name: u for u in read_corpus(arguments.corpus)}
    sources = {name: spread(store.select('validation', (name,)), arguments.clips) for name in ('kokoro', 'speechocean')}
    tried = []

    def measure(seal: float, tooth: float) -> dict[str, Summary]:
        generator = Generator.load(arguments.run, 'mouth', {'logitBias': contact_bias(seal, tooth)})
        result = {}
        for name, recordings in sources.items():
            curves = [curve_at_60(motion) for motion in generate_all(generator, store, recordings, seed=0)]
            summary = summarise_curves(curves, store, recordings, utterances)
            result[name] = {key: summary[key] for key in ('closedPercent', 'chancePercent', 'falsePercent', 'toothPercent')}
        tried.append({'seal': seal, 'tooth': tooth, **result})
        print(tried[-1], flush=True)
        return result

    def false(result: dict[str, Summary]) -> float:
        return max(summary['falsePercent'] or 0.0 for summary in result.values())

    low, high = 0, len(SEAL_STEPS) - 1
    while low < high:  # false closures grow with the bias
        middle = (low + high + 1) // 2
        if false(measure(SEAL_STEPS[middle], TOOTH_STEPS[0])) <= MOST_FALSE_PERCENT:
            low = middle
        else:
            high = middle - 1
    seal = SEAL_STEPS[low]
    contact = {tooth: min(s['toothPercent'] or 0.0 for s in measure(seal, tooth).values()) for tooth in TOOTH_STEPS}
    tooth = min(step for step, percent in contact.items() if percent >= max(contact.values()) - 1)
    path = arguments.run / 'sampling.json'
    settings = json.loads(path.read_text()) if path.exists() else {}
    settings.setdefault('mouth', {})['logitBias'] = np.round(contact_bias(seal, tooth), 3).tolist()
    path.write_text(json.dumps(settings, indent=2) + '\n')
    record = {'part': 'validation', 'mostFalsePercent': MOST_FALSE_PERCENT, 'tried': tried}
    (arguments.run / 'calibration.json').write_text(json.dumps(record, indent=2) + '\n')
    print('seal bias', seal, 'tooth bias', tooth, 'written to', path)


if __name__ == '__main__':
    main()
