"""Rows → a workbook that opens as a form: bold header, choices to pick from, no text that is computed."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from ancam.engines.tables.model import Column
from ancam.kit.formulas import looks_like_formula

_WIDTH, _WIDE = 24, 44
_LISTS = "Danh mục"
_ROWS_WITH_CHOICES = 20_000
# Full-width forms count too: a spreadsheet set to an East Asian language takes them for the plain ones.

Value = str | Decimal | date


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of rows under the headings of `columns`. Texts stay texts; decimal numbers and days are such.

    choices: for a column's name, the words that its cells offer; others may be typed all the same.
    help: for a column's name, what a spreadsheet shows beside its heading.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, Value]]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    help: Mapping[str, str] = field(default_factory=dict)


def write_workbook(page: Page, notes: Sequence[tuple[str, str]] = (), notes_name: str = "Cách điền") -> bytes:
    """Return a .xlsx of the page, and of `notes` (what, how) on a second sheet when there are any.

    Every text is written as text, so nothing in it is computed; what a spreadsheet would take for a formula when it
    is typed again is marked as text too. Rows are streamed to a temporary file, one at a time.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    styles = _Styles(book)
    _write_page(book, page, styles)
    if notes:
        _write_notes(book, notes, notes_name, styles)
    _write_lists(book, page, styles)
    book.close()
    return stream.getvalue()


class _Styles:
    """The few looks of a cell."""

    def __init__(self, book: Any) -> None:
        plain = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self.text = book.add_format(plain)
        self.quoted = book.add_format({**plain, "quote_prefix": True})
        self.whole = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.number = book.add_format({"num_format": "#,##0.0###", "valign": "top"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        self.heading = book.add_format({**plain, "bold": True, "bg_color": "#E6EDF5", "border": 1})
        self.needed = book.add_format({**plain, "bold": True, "bg_color": "#FFF1C9", "border": 1})

    def of(self, text: str) -> Any:
        """Return how a text stands in a cell."""
        return self.quoted if looks_like_formula(text) else self.text


def _write_page(book: Any, page: Page, styles: _Styles) -> None:
    sheet = book.add_worksheet(page.name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(page.columns):
        sheet.set_column(at, at, _WIDE if column.required else _WIDTH, styles.text)
        sheet.write_string(0, at, column.heading, styles.needed if column.required else styles.heading)
        if column.name in page.help:
            sheet.data_validation(
                0,
                at,
                0,
                at,
                {"validate": "any", "input_title": column.heading[:32], "input_message": page.help[column.name][:255]},
            )
    for at, name in enumerate(name for name in _names(page) if name in page.choices):
        column_at = _names(page).index(name)
        last = len(page.choices[name])
        source = f"='{_LISTS}'!${chr(ord('A') + at)}$2:${chr(ord('A') + at)}${last + 1}"
        sheet.data_validation(
            1,
            column_at,
            _ROWS_WITH_CHOICES,
            column_at,
            {"validate": "list", "source": source, "error_type": "information"},
        )
    for number, row in enumerate(page.rows, start=1):
        for at, name in enumerate(_names(page)):
            _write_value(sheet, number, at, row.get(name, ""), styles)


def _write_value(sheet: Any, row: int, column: int, value: Value, styles: _Styles) -> None:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        sheet.write_number(row, column, float(value), styles.whole if whole else styles.number)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styles.day)
    elif value:
        sheet.write_string(row, column, value, styles.of(value))


def _write_notes(book: Any, notes: Sequence[tuple[str, str]], name: str, styles: _Styles) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, _WIDTH, styles.text)
    sheet.set_column(1, 1, 3 * _WIDTH, styles.text)
    for number, (what, how) in enumerate(notes):
        sheet.write_string(number, 0, what, styles.heading)
        sheet.write_string(number, 1, how, styles.of(how))


def _write_lists(book: Any, page: Page, styles: _Styles) -> None:
    """Write the words to pick from on a hidden sheet: a choice typed into a rule holds 255 characters at most."""
    if not page.choices:
        return
    sheet = book.add_worksheet(_LISTS)
    sheet.hide()
    offered = [(column.heading, page.choices[column.name]) for column in page.columns if column.name in page.choices]
    for number in range(1 + max(len(words) for _heading, words in offered)):
        for at, (heading, words) in enumerate(offered):
            if number == 0:
                sheet.write_string(0, at, heading, styles.heading)
            elif number <= len(words):
                sheet.write_string(number, at, words[number - 1], styles.of(words[number - 1]))


def _names(page: Page) -> list[str]:
    return [column.name for column in page.columns]
