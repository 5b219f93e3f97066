"""Exports a finished run to a model folder of the product and checks it against ONNX Runtime."""

import argparse
import copy
import json
import subprocess
from pathlib import Path

from vividtalker.checkpoint import load_checkpoint, model_hash
from vividtalker.config import as_dict, load_config
from vividtalker.export import SAMPLING, export_models


def current_commit() -> str:
    """The commit of the working tree, or 'unknown' outside a repository."""
    command = ['git', '-C', str(Path(__file__).parent), 'rev-parse', 'HEAD']
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    return finished.stdout.strip() if finished.returncode == 0 else 'unknown'


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--config', type=Path, default=Path(__file__).parent / 'configs/base.toml')
    parser.add_argument('--run', type=Path, required=True)
    parser.add_argument('--out', type=Path, required=True)
    arguments = parser.parse_args()
    config = load_config(arguments.config)
    sampling = copy.deepcopy(SAMPLING)
    calibration = arguments.run / 'sampling.json'
    if calibration.exists():
        for stream, values in json.loads(calibration.read_text()).items():
            sampling[stream].update(values)
    states = {name: load_checkpoint(arguments.run / f'{name}-predictor.pt') for name in ('head', 'mouth')}
    training = {
        'modelHash': model_hash(arguments.run), 'config': as_dict(config),
        'dataHash': states['mouth']['dataHash'], 'seed': config.mouth.predictor.seed,
        'steps': {name: state['step'] for name, state in states.items()}, 'commit': current_commit(),
    }  # fmt: skip
    metrics_path = arguments.out / 'metrics.json'
    summary = json.loads(metrics_path.read_text()).get('summary', {}) if metrics_path.exists() else {}
    differences = export_models(arguments.run, arguments.out, config.id, sampling, training, summary)
    for file, difference in differences.items():
        print(f'{file}: {(arguments.out / file).stat().st_size / 1e6:.2f} MB, largest difference {difference:.1e}')


if __name__ == '__main__':
    main()
