"""Rows as a CSV file that a spreadsheet opens rightly: UTF-8 with its mark, and never a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from ancam.kit.formulas import looks_like_formula
from ancam.web.clock import VIETNAM

# Full-width forms count too: a spreadsheet set to an East Asian language takes them for the plain ones.


class _Echo:
    """A file that hands back what is written to it, for `csv.writer`."""

    def write(self, line: str) -> str:
        return line


def csv_response(name: str, headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Return a download `NAME.csv`, streamed row by row. `name` may hold Vietnamese letters."""
    response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def cell_text(value: object) -> str:
    """Return a value as it stands in a cell.

    Dates are written as offices write them. Text that a spreadsheet would take for a formula gets an apostrophe
    before it; numbers stay numbers, negative ones too.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = str(value)
    is_text = not isinstance(value, int | float | Decimal)
    return f"'{text}" if is_text and looks_like_formula(text) else text


def _lines(headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in chain([headings], rows):
        yield writer.writerow([cell_text(value) for value in row])
