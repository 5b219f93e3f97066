"""Numbers of the experiments as text: means over seeds, tables, and whether a difference exceeds the noise of the seeds."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Column:
    """A figure of a result: heading, path of keys with dots, digits, and which way is better (-1 less, 1 more, 0 neither)."""

    heading: str
    path: str
    digits: int = 2
    better: int = 0


HEAD_COLUMNS = (
    Column('L2 deg, mean', 'head.l2Degrees', 2), Column('best of 10', 'head.l2BestOf10Degrees', 2, -1),
    Column('FPD', 'head.frechet.mean', 2, -1), Column('FPD velocity', 'head.frechetVelocity.mean', 3, -1),
    Column('diversity deg', 'head.diversityDegrees', 2), Column('variance ratio pitch / yaw / roll', 'head.varianceRatio', 2),
    Column('beats over chance, z', 'head.beats.z', 1, 1),
)  # fmt: skip
MOUTH_COLUMNS = (
    Column('L2', 'mouth.l2', 4, -1), Column('lip gap error mm', 'mouth.gapErrorMm', 2, -1),
    Column('FED', 'mouth.frechet.mean', 2, -1), Column('FED velocity', 'mouth.frechetVelocity.mean', 3, -1),
    Column('LSE-C', 'mouth.sync.lseC', 3, 1), Column('LSE-D', 'mouth.sync.lseD', 3, -1),
    Column('p b m closed %', 'mouth.lips.closedPercent', 1, 1), Column('chance %', 'mouth.lips.chancePercent', 1, -1),
    Column('false %', 'mouth.lips.falsePercent', 1, -1), Column('f v contact %', 'mouth.lips.toothPercent', 1, 1),
)  # fmt: skip


def value_of(result: dict, path: str) -> Any:
    """Value at a dotted path, None where a key is missing."""
    for key in path.split('.'):
        if not isinstance(result, dict) or key not in result:
            return None
        result = result[key]
    return result


def values_of(results: list[dict], path: str) -> np.ndarray:
    """The figure of each seed; [seeds] or [seeds, axes]; empty where it is missing."""
    found = [value_of(result, path) for result in results]
    return np.array([value for value in found if value is not None], float)


def cell(results: list[dict], column: Column) -> str:
    """Mean and spread over seeds (population sd), '-' where there is no number."""
    values = values_of(results, column.path)
    if not len(values):
        return '-'
    means, spreads = np.atleast_1d(values.mean(0)), np.atleast_1d(values.std(0))
    texts = [
        f'{mean:.{column.digits}f}' + (f' ± {spread:.{column.digits}f}' if len(values) > 1 else '')
        for mean, spread in zip(means, spreads, strict=True)
    ]
    return ' / '.join(texts)


def table(header: list[str], rows: list[list[str]]) -> list[str]:
    """Markdown table and a blank line."""
    lines = ['| ' + ' | '.join(header) + ' |', '|' + '---|' * len(header)]
    return [*lines, *('| ' + ' | '.join(row) + ' |' for row in rows), '']


def verdict(first: list[dict], second: list[dict], column: Column) -> str:
    """Whether the first is better than the second by more than twice the pooled spread of the seeds; needs 2 seeds each."""
    groups = [values_of(results, column.path) for results in (first, second)]
    if min(len(values) for values in groups) < 2 or column.better == 0:
        return 'not decided'
    difference = column.better * (groups[0].mean() - groups[1].mean())
    noise = float(np.sqrt(sum(values.var(ddof=1) for values in groups) / 2))
    if abs(difference) <= 2 * noise:
        return 'within seed noise'
    return 'better' if difference > 0 else 'worse'


def read_results(folder: Path) -> tuple[dict[str, list[dict]], dict[str, dict]]:
    """Results of designs by name (a list over seeds), and all other JSON files of a folder by name."""
    designs: dict[str, list[dict]] = {}
    others: dict[str, dict] = {}
    for path in sorted(folder.glob('*.json')):
        result = json.loads(path.read_text(encoding='utf-8'))
        if 'variant' in result:
            designs.setdefault(result['variant'], []).append(result)
        else:
            others[path.stem] = result
    return designs, others
