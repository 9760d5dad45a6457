"""Long sheets → a workbook in constant memory: row by row to a temporary file, every text a text."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

import xlsxwriter

from ancam.kit.formulas import looks_like_formula

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class LongSheet:
    """A sheet whose rows come one at a time. The first `headings` of them stay in view, and the first `fixed` columns.

    widths: of the columns, in characters; the last one holds for all that follow.
    """

    name: str
    rows: Iterable[Sequence[Cell]]
    headings: int = 1
    fixed: int = 0
    widths: Sequence[int] = (24,)
    landscape_a3: bool = False


def write_sheets(sheets: Iterable[LongSheet]) -> IO[bytes]:
    """Return a .xlsx of the sheets as a temporary file, at its beginning; it goes when it is closed.

    Numbers and days stay numbers and days. What a spreadsheet would take for a formula is marked as text.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - who asked for it closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = _styles(book)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, styles)
    book.close()
    file.seek(0)
    return file


def _styles(book: Any) -> dict[str, Any]:
    plain = {"valign": "top", "text_wrap": True}
    return {
        "text": book.add_format({**plain, "num_format": "@"}),
        "quoted": book.add_format({**plain, "num_format": "@", "quote_prefix": True}),
        "number": book.add_format({"valign": "top"}),
        "day": book.add_format({"valign": "top", "num_format": "dd/mm/yyyy"}),
        "heading": book.add_format({**plain, "bold": True, "bg_color": "#E6EDF5", "border": 1}),
    }


def _write(page: Any, sheet: LongSheet, styles: dict[str, Any]) -> None:
    page.freeze_panes(sheet.headings, sheet.fixed)
    last = len(sheet.widths) - 1
    for at, width in enumerate(sheet.widths):
        page.set_column(at, at if at < last else 16_383, width)
    if sheet.landscape_a3:
        page.set_landscape()
        page.set_paper(8)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, sheet.headings - 1)
    for number, row in enumerate(sheet.rows):
        for at, cell in enumerate(row):
            _write_cell(page, number, at, cell, styles, is_heading=number < sheet.headings)


def _write_cell(page: Any, row: int, column: int, cell: Cell, styles: dict[str, Any], *, is_heading: bool) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int):
        page.write_number(row, column, cell, styles["number"])
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, styles["day"])
    elif is_heading:
        page.write_string(row, column, cell, styles["heading"])
    else:
        page.write_string(row, column, cell, styles["quoted" if looks_like_formula(cell) else "text"])
