"""Rows as a workbook to read, filter and print: A4 landscape, headings on every page, nothing computed.

The day of writing is given, so that equal values give equal bytes.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Literal

import xlsxwriter

from ancam.engines.drafting.measures import fixed_words, measure
from ancam.engines.drafting.package import Properties
from ancam.engines.drafting.text import cleaned
from ancam.kit.formulas import looks_like_formula

Cell = str | int | float | date | None

LONGEST_TEXT = 32_767
"""What a cell of the file format can hold."""
_CUT = "… (đã cắt bớt, xem đầy đủ trong bản .docx)"

_NUMBER_FORMATS = {"text": "@", "count": "#,##0", "day": "[$-42A]dd/mm/yyyy", "share": "0.0%"}
# Full-width forms count too: a spreadsheet set to an East Asian language takes them for the plain ones.
_MM_PER_INCH = 25.4
_A4 = 9
_NOTE_PT, _TITLE_PT = 12, 14
_TALLEST_PT = 409  # what the file format allows a row


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, its width in signs, and what its cells hold. A share is a part of one."""

    heading: str
    width: int
    kind: Literal["text", "count", "day", "share"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its title and notes, then a table under headings that stay in view, with its sums when it has any."""

    name: str
    title: str
    notes: tuple[str, ...] = ()
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Cell]]
    sums: Sequence[Cell] = ()


def workbook_file(sheets: Iterable[Sheet], properties: Properties) -> bytes:
    """Return the sheets as one .xlsx. Text is written as text, whatever it begins with."""
    stream = BytesIO()
    font = {"font_name": fixed_words("font"), "font_size": measure("table.size")}
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_format_properties": font})
    created = datetime.combine(properties.dated, time.min)
    book.set_properties({"title": properties.title, "author": properties.author, "created": created})
    book.set_custom_property("Template", properties.template)
    looks = _Looks(book)
    for sheet in sheets:
        _write(book, sheet, looks)
    book.close()
    return stream.getvalue()


class _Looks:
    """The looks of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"text_wrap": True, "valign": "top", **look})
        return self._made[key]

    def of_cell(self, column: SheetColumn, cell: Cell, *, bold: bool) -> Any:
        look: dict[str, Any] = {"num_format": _NUMBER_FORMATS[column.kind], "border": 1, "bold": bold}
        if column.kind == "day":
            look["align"] = "center"
        if isinstance(cell, str) and looks_like_formula(cell):
            look["quote_prefix"] = True
        return self.of(**look)


def _write(book: Any, sheet: Sheet, looks: _Looks) -> None:
    page = book.add_worksheet(sheet.name)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
    header = _write_notes(page, sheet, looks)
    heading = looks.of(bold=True, align="center", valign="vcenter", border=1, bg_color="#E6EDF5")
    for at, column in enumerate(sheet.columns):
        page.write_string(header, at, column.heading, heading)
    for number, row in enumerate(sheet.rows, start=header + 1):
        _write_row(page, number, row, sheet.columns, looks)
    last = header + len(sheet.rows)
    if sheet.sums:
        _write_row(page, last + 1, sheet.sums, sheet.columns, looks, bold=True)
    page.freeze_panes(header + 1, 0)
    page.autofilter(header, 0, last, len(sheet.columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 2}"})  # an ordinal is a text on purpose
    _set_print(page, header)


def _write_notes(page: Any, sheet: Sheet, looks: _Looks) -> int:
    """Write the title and the notes over all columns; return the row of the headings, after an empty one."""
    width, last = sum(column.width for column in sheet.columns), len(sheet.columns) - 1
    lines = [(sheet.title, _TITLE_PT), *((note, _NOTE_PT) for note in sheet.notes)]
    for number, (text, size_pt) in enumerate(lines):
        words, look = cleaned(text), looks.of(bold=size_pt == _TITLE_PT, font_size=size_pt)
        page.merge_range(number, 0, number, last, "", look)
        page.write_string(number, 0, words, look)
        # No spreadsheet gives merged cells the height that their lines take.
        page.set_row(number, _height(math.ceil(len(words) * size_pt / _NOTE_PT * 1.1 / width), size_pt))
    return len(lines) + 1


def _height(lines: int, size_pt: float) -> float:
    """Return how high so many lines stand; one is a third higher than its signs."""
    return size_pt * 4 / 3 * lines


def _write_row(
    page: Any, number: int, row: Sequence[Cell], columns: Sequence[SheetColumn], looks: _Looks, *, bold: bool = False
) -> None:
    lines = max(math.ceil(len(str(cell)) * 0.95 / column.width) for cell, column in zip(row, columns, strict=True))
    if lines > 1:
        # LibreOffice opens a row of several lines as high as one.
        page.set_row(number, min(_height(lines, measure("table.size")), _TALLEST_PT))
    for at, (cell, column) in enumerate(zip(row, columns, strict=True)):
        value = _held(cell) if isinstance(cell, str) else cell
        look = looks.of_cell(column, value, bold=bold)
        if value is None or value == "":
            page.write_blank(number, at, None, look)
        elif isinstance(value, str):
            page.write_string(number, at, value, look)
        elif isinstance(value, date):
            page.write_datetime(number, at, value, look)
        else:
            page.write_number(number, at, value, look)


def _held(text: str) -> str:
    words = cleaned(text)
    return words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - len(_CUT)] + _CUT


def _set_print(page: Any, header: int) -> None:
    margin = measure("landscape.margin") / _MM_PER_INCH
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(margin, margin, margin, margin)
    page.set_header(f'&C&"{fixed_words("font")},Regular"&{round(measure("page_number.size"))}&P')
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
