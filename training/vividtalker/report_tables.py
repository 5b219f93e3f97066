"""Markdown tables of the report."""


def cell(value: object) -> str:
    """One table cell: '-' for nothing, lists joined by ' / ', dictionaries as 'key value'."""
    if isinstance(value, dict):
        return ', '.join(f'{key} {cell(item)}' for key, item in value.items())
    if isinstance(value, list):
        return ' / '.join(cell(item) for item in value)
    return '-' if value is None else str(value)


def table(header: list[str], rows: list[list[str]]) -> list[str]:
    """Lines of a table and an empty line after it."""
    lines = ['| ' + ' | '.join(header) + ' |', '|' + '---|' * len(header)]
    return [*lines, *('| ' + ' | '.join(row) + ' |' for row in rows), '']
