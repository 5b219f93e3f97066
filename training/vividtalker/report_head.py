"""Head section of the report: bands of real talkers beside network and teacher, sliders and presets."""

from .report_tables import cell, table


def _marked(value: float, inside: bool) -> str:
    return f'{value:g}' if inside else f'{value:g} (!)'


def _bands(head: dict) -> list[list[str]]:
    rows = []
    for name, row in head['generated'].items():
        band = ' / '.join(f'{low:g}-{high:g}' for low, high in row['band'])
        shown = [
            ' / '.join(_marked(value, inside) for value, inside in zip(r['values'], r['inside'], strict=True))
            for r in (row, head['teacher'][name])
        ]
        rows.append([name, band, *shown])
    return rows


def head_lines(head: dict) -> list[str]:
    """Lines of the section."""
    lines = ['## Head', '', f'{head["takes"]} takes of test voices and talkers; (!) = outside the band. Both at their default style.', '']
    lines += table(['quantity', 'band of real talkers', 'network', 'teacher'], _bands(head))
    accents = {name: head[name]['accentHitsOverChance'] for name in ('generated', 'teacher', 'otherSound')}
    lines += table(['accents with a turn of pitch within 200 ms', 'share %', 'by chance %', 'accents', 'p'], [
        [name, cell(row['share']), cell(row['chance']), cell(row['accents']), cell(row['p'])] for name, row in accents.items()
    ])  # fmt: skip
    lines += table(['quantity', 'value'], [
        ['prosody correlation with the sound of another take', cell(head['otherSound']['prosodyCorrelation']['values'])],
        ['spread against the teacher, pitch / yaw / roll', cell(head['varianceRatio'])],
        ['difference between two seeds, degrees', cell(head['seedDifferenceDegrees'])],
        ['mouth byte-identical under another head seed', cell(head['mouthUntouchedByHeadSeed'])],
    ])  # fmt: skip
    lines += ['Sliders, median over takes at the same seeds:', '']
    lines += table(['slider', 'what it moves', 'values', 'low (teacher)', 'high (teacher)'], [
        [name, row['quantity'], cell(row['values']), f'{row["low"]} ({row["lowTeacher"]})', f'{row["high"]} ({row["highTeacher"]})']
        for name, row in head['styleEffect'].items()
    ])  # fmt: skip
    names = list(next(iter(head['presets'].values())))
    lines += table(['preset', *names], [[preset, *(cell(row[name]) for name in names)] for preset, row in head['presets'].items()])
    return [*lines, '![Head sliders and presets](images/head-styles.png)', '']
