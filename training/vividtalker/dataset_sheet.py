"""The data sheet of a prepared data set: minutes, talkers and recordings per source, group and part, with the licences."""

import json
from pathlib import Path

from .contact import FRAME_RATE_HZ
from .export import ATTRIBUTION
from .report_tables import cell, table
from .store import Store

PARTS = ('train', 'validation', 'test')


def dataset_sheet(store: Store) -> dict:
    """Figures that follow from the written store alone."""
    groups: dict[str, dict] = {}
    for recording in store.recordings:
        entry = groups.setdefault(f'{recording.source}, {recording.group}', {})
        part = entry.setdefault(recording.part, {'minutes': 0.0, 'recordings': 0, 'talkers': set()})
        part['minutes'] += recording.frames / FRAME_RATE_HZ / 60
        part['recordings'] += 1
        part['talkers'].add(recording.talker)
    for entry in groups.values():
        for part in entry.values():
            part['minutes'], part['talkers'] = round(part['minutes'], 1), len(part['talkers'])
    return {
        'dataHash': store.data_hash, 'versionsOfSound': len(store.features), 'mouthRenditions': len(store.mouth),
        'headRenditions': len(store.head), 'groups': groups, 'licences': ATTRIBUTION,
    }  # fmt: skip


def data_lines(sheet: dict) -> list[str]:
    """Section of the report."""
    rows = [
        [name, *(cell([part['minutes'], part['recordings'], part['talkers']]) if part else '-' for part in map(entry.get, PARTS))]
        for name, entry in sheet['groups'].items()
    ]
    lines = [f'Data set `{sheet["dataHash"][:16]}`; every recording once clean and {sheet["versionsOfSound"] - 1} times degraded.', '']
    return lines + table(['source, group (minutes / recordings / talkers or voices)', *PARTS], rows)


def write_dataset_sheet(folder: Path) -> None:
    """Writes datasheet.json and datasheet.md into the folder of a store."""
    sheet = dataset_sheet(Store(folder))
    (folder / 'datasheet.json').write_text(json.dumps(sheet, indent=1) + '\n', encoding='utf-8')
    lines = ['# Data sheet', '', *data_lines(sheet), 'Licences and sources:', '', *(f'- {line}' for line in sheet['licences'])]
    (folder / 'datasheet.md').write_text('\n'.join(lines) + '\n', encoding='utf-8')
