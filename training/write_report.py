"""Writes docs/evaluation.md from result files: the metrics of evaluate.py and what the other commands left in `results/`.

    python write_report.py --metrics ../assets/models/metrics.json --results results --page ../docs/evaluation.md
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from vividtalker.dataset_sheet import data_lines
from vividtalker.experiment_report import experiment_lines
from vividtalker.finetune_report import finetune_lines
from vividtalker.quantisation import quantisation_lines
from vividtalker.report import calibration_lines, page_text, read_json
from vividtalker.report_watching import watching_lines
from vividtalker.teacher_comparison import teacher_lines
from vividtalker.tool_comparison import tool_table

Lines = Callable[[], list[str]]


def main() -> None:
    """Command line entry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--metrics', type=Path, required=True)
    parser.add_argument('--results', type=Path, required=True)
    parser.add_argument('--page', type=Path, required=True)
    arguments = parser.parse_args()
    images = arguments.page.parent / 'images'
    results = arguments.results

    def notes(name: str) -> Lines:
        return lambda: (results / name).read_text(encoding='utf-8').splitlines()

    # Heading: the file that must be there, and the lines made of it.
    parts: dict[str, tuple[Path, Lines]] = {
        'Data': (results / 'dataset.json', lambda: data_lines(read_json(results / 'dataset.json'))),
        'Operating point (validation)': (
            results / 'calibration.json', lambda: calibration_lines(read_json(results / 'calibration.json')),
        ),
        'Mouth teachers': (results / 'teacher-comparison.json', lambda: teacher_lines(results / 'teacher-comparison.json')),
        'Why they fail': (results / 'notes-worst-clips.md', notes('notes-worst-clips.md')),
        'Beside public tools': (
            results / 'public-tools.json', lambda: tool_table(read_json(results / 'public-tools.json')),
        ),
        'Learning from a studio\'s own takes': (
            results / 'finetune-proof.json', lambda: finetune_lines(results / 'finetune-proof.json'),
        ),
        'Watching (experiment E3)': (
            images / 'watching.json', lambda: watching_lines(images / 'watching.json', arguments.page.parent),
        ),
        'Experiments': (
            results / 'experiments', lambda: experiment_lines(results / 'experiments', images),
        ),
        'Smaller numbers (int8, float16)': (results / 'quantisation.json', lambda: quantisation_lines(results / 'quantisation.json')),
        'What was tried, what is missing': (results / 'notes.md', notes('notes.md')),
    }  # fmt: skip
    sections = {heading: lines() for heading, (path, lines) in parts.items() if path.exists()}
    missing = [str(path) for path, _ in parts.values() if not path.exists()]
    arguments.page.write_text(page_text(read_json(arguments.metrics), sections), encoding='utf-8')
    print(f'{arguments.page} written' + (f'; left out, not measured: {", ".join(missing)}' if missing else ''))


if __name__ == '__main__':
    main()
