"""The marks of real recordings, each with the figure reached: what holds and what is missed, by how much."""

from dataclasses import dataclass

from .report_tables import table

ENDLESS = 1e9


@dataclass(frozen=True)
class Mark:
    """One mark: a figure must lie in low..high; `on` names the recordings."""

    name: str
    on: str
    value: float | None
    low: float = -ENDLESS
    high: float = ENDLESS

    @property
    def missed_by(self) -> float:
        """0 when the mark holds, else the distance to it."""
        if self.value is None:
            return 0.0
        return round(max(self.low - self.value, self.value - self.high, 0.0), 3)

    def row(self) -> list[str]:
        """Table cells."""
        if self.low == -ENDLESS:
            wanted = f'<= {self.high:g}'
        elif self.high == ENDLESS:
            wanted = f'>= {self.low:g}'
        else:
            wanted = f'{self.low:g} to {self.high:g}'
        state = 'not measured' if self.value is None else 'holds' if self.missed_by == 0 else f'**missed by {self.missed_by:g}**'
        return [self.name, self.on, wanted, '-' if self.value is None else f'{self.value:g}', state]


def mouth_marks(mouth: dict) -> list[Mark]:
    """Marks of the mouth metrics of evaluate_mouth."""
    sets, robust, lips = mouth['sets'], mouth['robustness'], mouth['realLips']
    talkers, grid = sets['talkers'], sets['grid']
    unseen = 'real talkers never heard'
    marks = [
        Mark('p b m closed, %', unseen, talkers['closedPercent'], 80),
        Mark('the same by chance, %', unseen, talkers['chancePercent'], high=28),
        Mark('timing error of closures, ms', unseen, talkers['absOffsetMs'], high=20),
        Mark('false closures, %', unseen, talkers['falsePercent'], high=1),
        Mark('f v contact, %', unseen, talkers['toothPercent'], 80),
        Mark('f v sealed, %', unseen, talkers['toothSealedPercent'], high=20),
        Mark('rounding, d', unseen, talkers['roundD'], 1.5, 4),
        Mark('jaw low against high, d', unseen, talkers['jawD'], 1.2, 3.5),
        Mark('r with level', unseen, talkers['levelCorrelation'], 0.45, 0.75),
        Mark('lag to level, ms', unseen, talkers['levelLagMs'], -60, 20),
        Mark('open in pauses', unseen, talkers['openInPauses'], high=0.05),
        Mark('movement in pauses', unseen, talkers['stillInPauses'], high=0.25),
        Mark('gap velocity above 7 Hz', unseen, talkers['above7HzShare'], 0.10, 0.30),
        Mark('p b m closed, %', 'adults', sets['adults']['closedPercent'], 65),
        Mark('p b m closed, %', 'children', sets['children']['closedPercent'], 65),
        Mark('p b m closed, %', 'real talkers + pink noise 10 dB', robust['pink noise 10 dB']['closedPercent'], 60),
        Mark('p b m closed, %', 'GRID clips never heard (talker known)', grid['closedPercent'], 85),
        Mark('false closures, %', 'GRID clips never heard (talker known)', grid['falsePercent'], high=1),
        Mark('real closures met within 60 ms, %', 'GRID', grid['metPercent'], 85),
        Mark('r with tracked lips', 'GRID', lips['r'], 0.55),
        Mark('r above level only', 'GRID', round(lips['r'] - lips['levelR'], 3), 0.15),
        Mark('lag to tracked lips, ms', 'GRID', lips['lagMs'], -40, 40),
        Mark('p b m closed, %', 'synthetic voices never heard', sets['voices']['closedPercent'], 95),
        Mark('false closures, %', 'synthetic voices never heard', sets['voices']['falsePercent'], high=3),
        Mark('real / synthetic closures', unseen, round(talkers['closedPercent'] / sets['voices']['closedPercent'], 3), 0.85),
    ]
    marks += [Mark('r with the clean output', f'real talkers, {name}', row['cleanCorrelation'], 0.9) for name, row in robust.items()]
    worst = max(mouth['nonspeechSdOverSpeech'].items(), key=lambda item: item[1])
    marks.append(Mark('movement without speech', f'worst kind: {worst[0]}', worst[1], high=0.1))
    return marks


def language_marks(mouth: dict, languages: dict[str, str]) -> list[Mark]:
    """Closures in the languages that were measured."""
    return [
        Mark('p b m closed, %', f'{label}, synthetic', mouth['sets'][code]['closedPercent'], 70)
        for code, label in languages.items()
        if code in mouth['sets']
    ]


def marks_table(marks: list[Mark]) -> list[str]:
    """All marks with a count of those that hold."""
    holding = sum(mark.missed_by == 0 and mark.value is not None for mark in marks)
    lines = [f'{holding} of {len(marks)} hold.', '']
    return lines + table(['figure', 'on', 'mark', 'reached', ''], [mark.row() for mark in marks])
