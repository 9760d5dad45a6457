"""Delimited text (.csv) → cells: comma, semicolon or tab; UTF-8 or UTF-16."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from ancam.engines.tables.cells import Meter
from ancam.engines.tables.errors import BrokenQuotes, UnknownEncoding
from ancam.engines.tables.headers import HEADER_WITHIN, recognised
from ancam.engines.tables.limits import Limits
from ancam.engines.tables.model import Column, Sheet

_DELIMITERS = (",", ";", "\t")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# A spreadsheet writes and hides this first line.
_HINT = "sep="


def read_delimited(data: bytes, name: str, columns: Sequence[Column], limits: Limits) -> Sheet:
    """Return the cells of a delimited text; the delimiter is the one by which the header is best known.

    Decoded as it is read, so that a text of millions of rows is refused after the first ones too many. Raises
    `UnknownEncoding`, `BrokenQuotes` and what `Meter` raises.
    """
    delimiter = max(_DELIMITERS, key=lambda one: _fit(data, name, one, columns))
    meter = Meter(name, limits)
    rows = [meter.row(number, cells) for number, cells in enumerate(_rows(data, name, delimiter), start=1)]
    return Sheet("", rows)


def _fit(data: bytes, name: str, delimiter: str, columns: Sequence[Column]) -> tuple[int, int]:
    """Return how many headings a delimiter makes known in its best row, then how many cells."""
    try:
        rows = list(islice(_rows(data, name, delimiter), HEADER_WITHIN))
    except BrokenQuotes:
        return (0, 0)
    return max(((len(set(recognised(cells, columns)) - {""}), len(cells)) for cells in rows), default=(0, 0))


def _rows(data: bytes, name: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(_lines(data), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except UnicodeError as exc:
        raise UnknownEncoding(name=name) from exc
    except csv.Error as exc:
        raise BrokenQuotes(name=name, row=reader.line_num) from exc


def _lines(data: bytes) -> Iterator[str]:
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    with io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="") as text:
        for number, line in enumerate(text):
            if "\0" in line:
                raise UnicodeError("a zero byte")
            if number or not line.lower().startswith(_HINT):
                yield line
