"""The part of the report on long speech (open question 1)."""

from .experiment_table import table


def _axes(values: list[float]) -> str:
    return ' / '.join(f'{value:.1f}' for value in values)


def _percent(value: float | None) -> str:
    return '-' if value is None else f'{value:.1f}'


def long_lines(others: dict[str, dict]) -> list[str]:
    """Tables of all long takes: first against last part, repeated codes, seams, freezes."""
    results = {name.removeprefix('long-'): result for name, result in others.items() if name.startswith('long-')}
    if not results:
        return []
    ordered = sorted(results.items(), key=lambda item: (item[0].rsplit('-', 1)[0] != 'ours', item[0].rsplit('-', 1)[0], item[1]['seconds']))
    rows, code_rows, teachers = [], [], {}
    for name, result in ordered:
        design, minutes = name.rsplit('-', 1)
        rows.append([design, minutes, *_coherence(result)])
        teachers[result['seconds']] = ['teacher', minutes, *_coherence(result['teacher'])]
        for stream, report in result['streams'].items():
            code_rows.append([
                design, minutes, stream, f'{100 * report["repeatedGrams"]:.1f}', f'{100 * report["repeatedGramsTeacher"]:.1f}',
                f'{report["seamRatio"]:.2f}', str(report['seams']),
            ])  # fmt: skip
    rows += [teachers[seconds] for seconds in sorted(teachers)]
    repeats = ', '.join(
        f'{r["seconds"] / 60:.0f} min x {max(1.0, r["repeats"]):.1f}' for r in {r['seconds']: r for _, r in ordered}.values()
    )
    header = [
        'design', 'minutes', 'sd first, pitch / yaw / roll', 'sd last', 'drift of the mean', 'closed first %', 'closed last %',
        'longest freeze s',
    ]  # fmt: skip
    return [
        '### Open question 1: long speech', '',
        f'Joined takes of one test talker ({ordered[0][1]["talker"]}); where a talker has too little sound it is repeated: {repeats}.',
        'First and last part are a minute each, or half of the clip. A freeze is speech in which no axis moves by more than 0.3 deg.', '',
        *table(header, rows),
        'Runs of 8 tokens seen before in the clip (repeated sound repeats mouths rightly), and acceleration within 2 frames of window',
        'borders over that elsewhere (mark < 1.2):', '',
        *table(['design', 'minutes', 'stream', 'repeated %', 'repeated in the coded teacher %', 'seam ratio', 'borders'], code_rows),
    ]  # fmt: skip


def _coherence(result: dict) -> list[str]:
    return [
        _axes(result['sdFirst']), _axes(result['sdLast']), _axes(result['meanDrift']), _percent(result['closedFirst']),
        _percent(result['closedLast']), f'{result["longestFreezeSeconds"]:.1f}',
    ]  # fmt: skip
