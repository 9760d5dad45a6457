"""Rows with cells to fill in → a workbook whose other cells are locked, and whose open ones take only what is asked."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

from ancam.engines.tables.headers import column_letters
from ancam.engines.tables.model import Column
from ancam.kit.formulas import looks_like_formula

Value = str | int | Decimal | date
_LISTS = "Danh mục"
_WIDTH = 16
# Full-width forms count too: a spreadsheet set to an East Asian language takes them for the plain ones.


@dataclass(frozen=True, slots=True)
class Check:
    """What a cell to fill in takes: one of `choices`, a number or day between bounds, a text up to `most` letters.

    A spreadsheet refuses anything else as it is typed, with `words`; who reads the file back checks again. What is
    chosen stays the text that was chosen, digits too.
    """

    kind: Literal["choice", "whole", "number", "day", "text"]
    words: str = ""
    choices: tuple[str, ...] = ()
    least: Value | None = None
    most: Value | None = None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row: what stands in it, by column, and which of its cells are to be filled in with what."""

    values: Mapping[str, Value]
    checks: Mapping[str, Check]


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """A sheet of rows under a title and the headings of `columns`; `hidden` columns are for who reads the file back."""

    name: str
    title: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[AnswerRow]
    widths: Mapping[str, int] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def write_answer_workbook(sheets: Sequence[AnswerSheet], notes: Sequence[tuple[str, str]], notes_name: str) -> bytes:
    """Return a .xlsx of `notes` (what, how), then the sheets; the first sheet to fill in is the one that opens.

    Texts are never computed. Locks are against slips and hold nobody who means it: the reader must find what changed.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles, lists = _Styles(book), _Lists()
    _write_notes(book, notes, notes_name, styles)
    made = [_write_sheet(book, sheet, styles, lists) for sheet in sheets]
    lists.write(book)
    made[0].activate()
    made[0].set_first_sheet()
    book.close()
    return stream.getvalue()


class _Styles:
    """The few looks of a cell."""

    def __init__(self, book: Any) -> None:
        plain = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C9D2DC", "font_name": "Arial"}
        open_cell = {**plain, "locked": False, "bg_color": "#FFFBE6"}
        self.title = book.add_format({"bold": True, "font_name": "Arial", "font_size": 13})
        self.line = book.add_format({"font_name": "Arial", "font_color": "#44515E"})
        self.heading = book.add_format({**plain, "bold": True, "bg_color": "#E6EDF5", "valign": "vcenter"})
        self.needed = book.add_format({**plain, "bold": True, "bg_color": "#FFF1C9", "valign": "vcenter"})
        self.text = book.add_format({**plain, "num_format": "@"})
        self.quoted = book.add_format({**plain, "num_format": "@", "quote_prefix": True})
        self.open = {
            "choice": book.add_format({**open_cell, "num_format": "@"}),
            "whole": book.add_format({**open_cell, "num_format": "#,##0"}),
            "number": book.add_format({**open_cell, "num_format": "#,##0.####"}),
            "day": book.add_format({**open_cell, "num_format": "dd/mm/yyyy"}),
            "text": book.add_format({**open_cell, "num_format": "@"}),
        }

    def of(self, text: str) -> Any:
        """Return how a locked text stands in a cell."""
        return self.quoted if looks_like_formula(text) else self.text


class _Lists:
    """The choices, each list once, on a hidden sheet: a choice typed into a rule holds 255 characters at most."""

    def __init__(self) -> None:
        self._kept: list[tuple[str, ...]] = []

    def source(self, choices: tuple[str, ...]) -> str:
        """Return where a list will stand."""
        if choices not in self._kept:
            self._kept.append(choices)
        letters = column_letters(self._kept.index(choices) + 1)
        return f"='{_LISTS}'!${letters}$1:${letters}${len(choices)}"

    def write(self, book: Any) -> None:
        """Write the lists, when there are any."""
        if not self._kept:
            return
        sheet = book.add_worksheet(_LISTS)
        sheet.hide()
        sheet.protect()
        for at, choices in enumerate(self._kept):
            for number, choice in enumerate(choices):
                sheet.write_string(number, at, choice)


def _write_notes(book: Any, notes: Sequence[tuple[str, str]], name: str, styles: _Styles) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.protect()
    for number, (what, how) in enumerate(notes):
        sheet.write_string(number, 0, what, styles.heading)
        sheet.write_string(number, 1, how, styles.of(how))


def _write_sheet(book: Any, page: AnswerSheet, styles: _Styles, lists: _Lists) -> Any:
    sheet = book.add_worksheet(page.name)
    header = len(page.title)
    for number, line in enumerate(page.title):
        # Behind the hidden columns, or nobody would see it.
        sheet.write_string(number, len(page.hidden), line, styles.line if number else styles.title)
    for at, column in enumerate(page.columns):
        is_hidden = {"hidden": column.name in page.hidden}
        sheet.set_column(at, at, page.widths.get(column.name, _WIDTH), None, is_hidden)
        sheet.write_string(header, at, column.heading, styles.needed if column.required else styles.heading)
    for number, row in enumerate(page.rows, start=header + 1):
        for at, column in enumerate(page.columns):
            check = row.checks.get(column.name)
            _write_cell(sheet, number, at, row.values.get(column.name, ""), check, styles)
            if check is not None:
                sheet.data_validation(number, at, number, at, _validation(check, lists))
    sheet.freeze_panes(header + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return sheet


def _write_cell(sheet: Any, row: int, column: int, value: Value, check: Check | None, styles: _Styles) -> None:
    style = styles.open[check.kind] if check else styles.of(str(value))
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, float(value), style)
    elif value:
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_blank(row, column, None, style)


_VALIDATE = {"whole": "integer", "number": "decimal", "day": "date", "text": "length"}


def _validation(check: Check, lists: _Lists) -> dict[str, Any]:
    told = {"error_title": "Chưa nhận", "error_message": check.words[:255]} if check.words else {}
    shown = {"input_message": check.words[:255]} if check.words else {}
    if check.kind == "choice":
        return {"validate": "list", "source": lists.source(check.choices), **told, **shown}
    least, most = _plain(check.least), _plain(check.most)
    if least is not None and most is not None:
        rule = {"criteria": "between", "minimum": least, "maximum": most}
    elif most is not None:
        rule = {"criteria": "<=", "value": most}
    elif least is not None:
        rule = {"criteria": ">=", "value": least}
    else:
        return {"validate": "any", **shown}
    return {"validate": _VALIDATE[check.kind], **rule, **told, **shown}


def _plain(value: Value | None) -> Any:
    return float(value) if isinstance(value, Decimal) else value
