"""Tables drawn with signs among the lines of a text (`| STT | Nội dung |` over `|---|---|`) → lines cell by cell."""

import re
from collections.abc import Iterator, Sequence

from ancam.engines.reading.tables import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Table, TableCollector

_PIPE = re.compile(r"(?<!\\)\|")
# Stands under the head, and is what tells a table from words with a stroke between them.
_RULE = re.compile(r"(?=[^|]*\|)(?=[^-]*-)[\s|:-]+")


def pipe_tables(lines: Sequence[str]) -> tuple[list[str], list[Table]]:
    """Return the lines, each cell of a table on one of its own, and the tables over them.

    Words beyond the most columns stay in the last cell of their row, rows beyond the most as they are.
    """
    placed: list[str] = []
    tables = TableCollector()

    def give(line: str) -> None:
        placed.append(line)
        tables.count(1)

    at = 0
    while at < len(lines):
        rows = _rows(lines, at)
        if len(rows) < 2:
            give(lines[at])
            at += 1
            continue
        with tables.table():
            for row in rows:
                tables.begin_row()
                for words in row:
                    with tables.cell():
                        give(words)
        at += len(rows) + 1
    return placed, tables.found


def _rows(lines: Sequence[str], at: int) -> list[list[str]]:
    """Return the cells of the table whose head is a line, without its rule; none when it is no head."""
    if at + 1 == len(lines) or not _RULE.fullmatch(lines[at + 1]):
        return []
    head = _cells(lines[at])
    return [head, *_below(lines, at + 2, len(head))] if len(head) > 1 else []


def _below(lines: Sequence[str], at: int, taken: int) -> Iterator[list[str]]:
    """Yield the rows of a table from its first below the head, which has taken so many cells."""
    for line in lines[at : at + MOST_ROWS - 1]:
        cells = _cells(line)
        taken += len(cells)
        if taken > MOST_CELLS or not _PIPE.search(line):
            return
        yield cells


def _cells(line: str) -> list[str]:
    """Return the words between the strokes of a line, of which one at either end encloses no cell; `\\|` is none."""
    inside = line.strip().removeprefix("|")
    words = [cell.replace(r"\|", "|").strip() for cell in _PIPE.split(inside, maxsplit=MOST_COLUMNS - 1)]
    return words if words[-1] or len(words) == 1 else words[:-1]
