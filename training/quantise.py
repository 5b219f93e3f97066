"""Measures int8 and float16 forms of the predictors against float32 on recordings; writes a result file."""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np

from vividtalker.audio import read_audio
from vividtalker.quantisation import quantisation_lines, study

SOUNDS = {'.wav', '.flac', '.ogg', '.opus', '.mp3'}


def main() -> None:
    """See module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--models', type=Path, default=Path('assets/models'), help='model folder')
    parser.add_argument('--recordings', type=Path, required=True, help='folder with recordings of voices, searched in depth')
    parser.add_argument('--clips', type=int, default=16, help='how many recordings')
    parser.add_argument('--rounds', type=int, default=31, help='timed passes of each form')
    parser.add_argument('--out', type=Path, default=Path('training/results/quantisation.json'))
    options = parser.parse_args()
    paths = sorted(path for path in options.recordings.rglob('*') if path.suffix.lower() in SOUNDS)
    chosen = [paths[index] for index in np.linspace(0, len(paths) - 1, options.clips).astype(int)]
    with tempfile.TemporaryDirectory() as work:
        result = study(options.models, [read_audio(path) for path in chosen], Path(work), options.rounds)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=2) + '\n', encoding='utf-8')
    print('\n'.join(quantisation_lines(options.out)))


if __name__ == '__main__':
    main()
