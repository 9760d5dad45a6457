"""Which row names the columns, and which column each name means."""

import re
from collections import Counter
from collections.abc import Sequence

from ancam.engines.tables.errors import DoubleHeaders, EmptyTable, MissingHeaders, SeveralSheets, UnknownHeaders
from ancam.engines.tables.model import Column, Row, Sheet, Table
from ancam.kit.folding import fold, squeeze

# Lists of offices begin with the office's name and a title; the header stands below.
HEADER_WITHIN = 20
_SIGNS = re.compile(r"[^a-z0-9]+")
_NAMED_AT_MOST = 5


def heading_key(text: str) -> str:
    """Return a heading without letter case, diacritics and punctuation."""
    return _SIGNS.sub(" ", fold(text)).strip()


def recognised(cells: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """Return, for each cell of a row, the name of the column that it heads; empty for what heads none."""
    known = {heading_key(text): column.name for column in columns for text in (column.heading, *column.synonyms)}
    return [known.get(heading_key(cell), "") for cell in cells]


def choose_sheet(sheets: Sequence[Sheet], columns: Sequence[Column], name: str) -> Sheet:
    """Return the one sheet that can be the table.

    Of several, the one with every required heading. Raises `EmptyTable`, `SeveralSheets`.
    """
    filled = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not filled:
        raise EmptyTable(name=name)
    fitting = [sheet for sheet in filled if not _missing(_header(sheet, columns)[1], columns)]
    if len(fitting) > 1:
        raise SeveralSheets(name=name, sheets=_named([sheet.name for sheet in fitting]))
    return (fitting or filled)[0]


def table_of(sheet: Sheet, columns: Sequence[Column], name: str) -> Table:
    """Return the rows under the header, by the names of the columns.

    Raises `MissingHeaders`, `UnknownHeaders`, `DoubleHeaders`, `EmptyTable`.
    """
    number, names = _header(sheet, columns)
    missing = _missing(names, columns)
    if missing:
        raise MissingHeaders(name=name, headings=_named(missing))
    header, body = sheet.rows[number - 1], sheet.rows[number:]
    _require_clear(header, names, body, name)
    rows = [
        Row(at, {column: cell for column, cell in zip(names, cells, strict=False) if column})
        for at, cells in enumerate(body, start=number + 1)
        if any(cells)
    ]
    if not rows:
        raise EmptyTable(name=name)
    return Table(frozenset(filter(None, names)), rows)


def _header(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, list[str]]:
    """Return the number of the row among the first ones that names the most columns, and the names."""
    found = [(at, recognised(cells, columns)) for at, cells in enumerate(sheet.rows[:HEADER_WITHIN], start=1)]
    return max(found, key=lambda row: (len(set(row[1]) - {""}), -row[0]))


def _missing(names: Sequence[str], columns: Sequence[Column]) -> list[str]:
    return [column.heading for column in columns if column.required and column.name not in names]


def _require_clear(header: list[str], names: list[str], body: list[list[str]], name: str) -> None:
    """Refuse a heading that names nothing known, a column of values without a heading, two headings for one column."""
    used = {at for cells in body for at, cell in enumerate(cells) if cell}
    width = max(len(header), max(used, default=-1) + 1)
    unknown = [at for at in range(width) if at >= len(names) or not names[at]]
    told = [
        squeeze(header[at]) if at < len(header) and header[at] else f"({column_letters(at + 1)})"
        for at in unknown
        if at in used or (at < len(header) and header[at])
    ]
    if told:
        raise UnknownHeaders(name=name, headings=_named(told))
    twice = {column for column, times in Counter(filter(None, names)).items() if times > 1}
    if twice:
        told = [squeeze(cell) for cell, column in zip(header, names, strict=True) if column in twice]
        raise DoubleHeaders(name=name, headings=_named(told))


def column_letters(number: int) -> str:
    """Return the letters of a column as spreadsheets write them: 1 is `A`, 27 is `AA`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _named(words: list[str]) -> str:
    shown = ", ".join(f"“{word[:60]}”" for word in words[:_NAMED_AT_MOST])
    return f"{shown}, …" if len(words) > _NAMED_AT_MOST else shown
