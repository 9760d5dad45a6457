"""The ruled tables of a .pdf with their cells, those that run over pages joined, and the lines around them."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ancam.engines.reading.model import Span
from ancam.engines.reading.page_edges import TABLE, margin_lines
from ancam.engines.reading.rulings import Box, Grid, Rule, grids
from ancam.engines.reading.tables import Cell, Table

_THIN = 3.0
_MOST_OBJECTS = 20_000
_DEEPEST = 4
_PADDING = 12.0
_SPACE = 3.0
_NEW_LINE = 0.6
_GAP = 0.25
_ALIGNED = 4.0
_HEAD_ROWS = 3
_HYPHENS = {"\ufffe": "-", "\x02": "-"}
_BETWEEN_PAGES = re.compile(r"[-–—\s]*(?:Trang\s*)?(?:\d{1,3}(?:\s*/\s*\d{1,3})?)?[-–—\s]*")
# A word goes on in the next line after a hyphen or a slash, and a date wider than its cell within its digits.
_CUT = re.compile(r"[-/]\n|^\S*\d\n\d")
_ENDED = re.compile(r"[.;:!?]$")


@dataclass(slots=True)
class _Line:
    """A line of a cell: its words, from where to where it reaches, and how wide its first word is."""

    text: str
    left: float
    right: float
    middle: float
    height: float
    first_word: float = 0.0


_Row = dict[int, tuple[Box, list[str]]]


@dataclass(slots=True)
class _Ruled:
    """A table as the pages show it: the cells that begin in each row, by their columns, each with its lines."""

    xs: tuple[float, ...]
    rows: list[_Row]


def pages_with_tables(
    document: Any, pages: Sequence[Sequence[str]], pictures: Collection[int]
) -> tuple[list[str], list[Table], list[str]]:
    """Return the lines of all pages, cells of ruled tables each by itself; the tables over them; the margins.

    pages: the lines of each, which stay as they are where no table is ruled. pictures: pages whose words were
    recognised, and have no place in the document.
    """
    laid = [
        (None if number in pictures else _page(document, number)) or list(lines) for number, lines in enumerate(pages)
    ]
    shown = [[item if isinstance(item, str) else TABLE for item in page] for page in laid]
    items: list[str | _Ruled] = []
    aside: list[str] = []
    for page, margin in zip(laid, margin_lines(shown), strict=True):
        _extend(items, [item for n, item in enumerate(page) if n not in margin])
        aside += [item for n, item in enumerate(page) if n in margin and isinstance(item, str)]
    return (*_as_lines(items), aside)


def _extend(items: list[str | _Ruled], page: Sequence[str | _Ruled]) -> None:
    """Add a page; a table at its top goes on with one at the bottom of the page before."""
    first = next((n for n, item in enumerate(page) if isinstance(item, _Ruled) or not _is_margin(item)), None)
    last = next((n for n in range(len(items) - 1, -1, -1) if not _is_margin(items[n])), None)
    above = items[last] if last is not None else None
    below = page[first] if first is not None else None
    if isinstance(above, _Ruled) and isinstance(below, _Ruled) and first is not None and _go_on(above, below):
        items.extend(page[first + 1 :])
    else:
        items.extend(page)


def _is_margin(item: str | _Ruled) -> bool:
    return isinstance(item, str) and bool(_BETWEEN_PAGES.fullmatch(item))


def _go_on(above: _Ruled, below: _Ruled) -> bool:
    """Add the rows of a further page to a table whose columns stand at the same places."""
    columns = [column for x in below.xs if (column := _nearest(above.xs, x)) is not None]
    if len(columns) < len(below.xs):
        return False
    rows = [_moved(row, columns) for row in below.rows]
    words = [_words(row) for row in above.rows]
    while rows and any(_words(rows[0])) and _words(rows[0]) in words[:_HEAD_ROWS]:
        rows.pop(0)
    if rows and _is_rest(above, rows[0]):
        for column, (box, lines) in rows.pop(0).items():
            _append(above.rows[-1].setdefault(column, (box, []))[1], lines)
    above.rows.extend(rows)
    return True


def _moved(row: _Row, columns: Sequence[int]) -> _Row:
    """Return a row with its cells under the columns that their edges have in the whole table."""
    moved: _Row = {}
    for column, (box, lines) in row.items():
        left, right = columns[column], columns[column + box.columns]
        moved[left] = (Box(box.row, left, box.rows, right - left), lines)
    return moved


def _nearest(xs: Sequence[float], x: float) -> int | None:
    return next((n for n, edge in enumerate(xs) if abs(edge - x) <= _ALIGNED), None)


def _words(row: _Row) -> list[str]:
    return [" ".join(lines) for _, lines in row.values()]


def _is_rest(above: _Ruled, row: _Row) -> bool:
    """Return whether a row is the rest of the one before it: it has no number, as nearly all others have."""
    numbered = sum(bool(other[0][1]) for other in above.rows if 0 in other)
    has_none = 0 in row and not row[0][1] and row[0][0].columns == 1
    return has_none and 2 * numbered > len(above.rows) and any(lines for _, lines in row.values())


def _append(lines: list[str], more: list[str]) -> None:
    if lines and more and not _ENDED.search(lines[-1]):
        lines[-1] += f" {more[0]}"
        more = more[1:]
    lines.extend(more)


def _as_lines(items: Sequence[str | _Ruled]) -> tuple[list[str], list[Table]]:
    lines: list[str] = []
    tables: list[Table] = []
    for item in items:
        if isinstance(item, str):
            lines.append(item)
            continue
        cells: list[Cell] = []
        for number, row in enumerate(item.rows):
            for column, (box, words) in sorted(row.items()):
                span: Span = (len(lines), len(lines) + max(1, len(words)))
                lines.extend(words or [""])
                rows = min(box.rows, len(item.rows) - number)
                cells.append(Cell(number, column, rows, box.columns, span))
        tables.append(Table(tuple(cells)))
    return lines, tables


def _page(document: Any, number: int) -> list[str | _Ruled] | None:
    """Return the lines and the tables of a page in order; None for a page without tables."""
    page = document[number]
    try:
        found = grids(*_rules(page))
        if not found:
            return None
        text_page = page.get_textpage()
        try:
            return _items(text_page, found)
        finally:
            text_page.close()
    finally:
        page.close()


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """Return the lines across and down a page: thin shapes, and the sides of boxes."""
    from pypdfium2 import raw

    across: list[Rule] = []
    down: list[Rule] = []
    for count, shape in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST)):
        if count > _MOST_OBJECTS:
            return [], []
        left, bottom, right, top = shape.get_bounds()
        if top - bottom <= _THIN:
            across.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= _THIN:
            down.append(Rule((left + right) / 2, bottom, top))
        elif raw.FPDFPath_CountSegments(shape) <= 5:
            across += [Rule(bottom, left, right), Rule(top, left, right)]
            down += [Rule(left, bottom, top), Rule(right, bottom, top)]
    return across, down


def _items(text_page: Any, found: Sequence[Grid]) -> list[str | _Ruled]:
    """Return the lines of a page with its tables where their first letters stand."""
    outside: list[list[str]] = [[]]
    order: list[int] = []
    cells: list[dict[Box, list[_Line]]] = [{} for _ in found]
    here: tuple[int, Box] | None = None
    for letter, box in _letters(text_page):
        if not letter.strip():
            _blank(cells, outside, here, letter)
            continue
        left, bottom, right, top = box
        here = _place(found, (left + right) / 2, (bottom + top) / 2)
        if here is None:
            outside[-1].append(letter)
            continue
        if here[0] not in order:
            order.append(here[0])
            outside.append([])
        _write(cells[here[0]].setdefault(here[1], []), letter, box)
    items: list[str | _Ruled] = list("".join(outside[0]).split("\n"))
    for number, text in zip(order, outside[1:], strict=True):
        items.append(_ruled(found[number], cells[number]))
        items.extend("".join(text).split("\n"))
    return items


def _letters(text_page: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Yield the letters of a page with their boxes: left, bottom, right, top."""
    for index in range(text_page.count_chars()):
        letter: str = text_page.get_text_range(index, 1)
        if letter != "\r":
            yield _HYPHENS.get(letter, letter), text_page.get_charbox(index, loose=True)


def _blank(
    cells: Sequence[dict[Box, list[_Line]]], outside: Sequence[list[str]], here: tuple[int, Box] | None, letter: str
) -> None:
    """Write white space where the letter before it stands; a line's end in a cell is told by the letters."""
    if here is None:
        outside[-1].append(letter)
    else:
        cells[here[0]][here[1]][-1].text += " "


def _place(found: Sequence[Grid], x: float, y: float) -> tuple[int, Box] | None:
    for number, grid in enumerate(found):
        if box := grid.box_at(x, y):
            return number, box
    return None


def _write(lines: list[_Line], letter: str, box: tuple[float, float, float, float]) -> None:
    left, bottom, right, top = box
    middle, height = (bottom + top) / 2, top - bottom
    last = lines[-1] if lines else None
    if last is None or abs(last.middle - middle) > _NEW_LINE * max(height, last.height):
        lines.append(_Line(letter, left, right, middle, height, right - left))
        return
    spaced = last.text.endswith(" ") or left - last.right > _GAP * height
    if " " not in last.text and not spaced:
        last.first_word = right - last.left
    last.text += (" " if spaced and not last.text.endswith(" ") else "") + letter
    last.right = right


def _ruled(grid: Grid, cells: dict[Box, list[_Line]]) -> _Ruled:
    made = _Ruled(grid.xs, [{} for _ in range(len(grid.ys) - 1)])
    for box in grid.boxes:
        made.rows[box.row][box.column] = (box, _whole(cells.get(box, []), grid.width(box)))
    return made


def _whole(lines: Sequence[_Line], width: float) -> list[str]:
    """Return the lines of a cell without the breaks that only its width made: the next word had no room."""
    whole: list[str] = []
    before: _Line | None = None
    for line in lines:
        words = " ".join(line.text.split())
        if before and (before.right - before.left) + _SPACE + line.first_word > width - _PADDING:
            whole[-1] += ("" if _CUT.search(f"{before.text.strip()}\n{words}") else " ") + words
        else:
            whole.append(words)
        before = line
    return whole
