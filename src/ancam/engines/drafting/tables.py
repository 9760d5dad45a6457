"""The bordered table of an appendix: a header row on every page, group rows over all columns, rows that stay whole.

Only a row that would fill most of a page may break, so that none of it is lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from ancam.engines.drafting.measures import measure
from ancam.engines.drafting.text import held
from ancam.engines.drafting.typeface import MM_PER_PT, set_width_mm
from ancam.engines.drafting.wordml import Look, cell, paragraph, table, table_row

_WHOLE_ROW_LINES = 20  # about two thirds of a landscape page; Word cuts a taller row that may not break


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width, and how its words stand."""

    heading: str
    width_mm: float
    align: Literal["left", "center", "both"] = "left"


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """A bold row over all columns."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with one text for each column, in bold when emphasised."""

    cells: tuple[str, ...]
    emphasised: frozenset[int] = frozenset()


def task_table(columns: Sequence[Column], rows: Iterable[Entry | GroupHeading]) -> Element:
    """Return the table; every row has a text for each column, else ValueError."""
    header = table_row(*(_cell(c.heading, c, bold=True, heading=True) for c in columns), header=True)
    body = (_group(row, columns) if isinstance(row, GroupHeading) else _entry(row, columns) for row in rows)
    widths = [column.width_mm for column in columns]
    return table(widths, (header, *body), ruled=True, padding_mm=_padding_mm())


def _entry(row: Entry, columns: Sequence[Column]) -> Element:
    pairs = enumerate(zip(row.cells, columns, strict=True))
    cells = [_cell(text, column, bold=at in row.emphasised) for at, (text, column) in pairs]
    return table_row(*cells, whole=_lines(row, columns) <= _WHOLE_ROW_LINES)


def _lines(row: Entry, columns: Sequence[Column]) -> float:
    """Return about how many lines the tallest cell takes."""
    size, margins = measure("table.size"), 2 * _padding_mm()
    return max(
        set_width_mm(text, size) / (column.width_mm - margins) for text, column in zip(row.cells, columns, strict=True)
    )


def _padding_mm() -> float:
    return measure("table.padding") * MM_PER_PT


def _group(row: GroupHeading, columns: Sequence[Column]) -> Element:
    look = Look(measure("table.size"), bold=True, keep_next=True)
    width = sum(column.width_mm for column in columns)
    return table_row(cell((paragraph(held(row.text), look),), width, columns=len(columns)))


def _cell(text: str, column: Column, *, bold: bool = False, heading: bool = False) -> Element:
    look = Look(measure("table.size"), bold=bold, align="center" if heading else column.align)
    return cell((paragraph(held(text), look),), column.width_mm, middle=heading)
