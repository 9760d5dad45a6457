"""Letters with tables, made for the tests: as .docx and as web pages."""

import html
import io

import docx

from ancam.engines.reading.model import Obligation, Reading
from ancam.engines.reading.read import read_document
from ancam.engines.reading.tests.conftest import FOOT, HEAD

Merge = tuple[int, int, int, int]
HEADER = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]
BODY = ["Phần việc cụ thể tại Phụ lục.", *FOOT.strip().splitlines(), "PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ"]


class Rows(list[list[str]]):
    """The rows of a table with its merged areas: first row and column, last row and column."""

    def __init__(self, rows: list[list[str]], *merges: Merge) -> None:
        super().__init__(rows)
        self.merges = merges


def docx_of(*parts: str | Rows) -> bytes:
    """Make a .docx of paragraphs and tables."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=max(map(len, part)))
        for top, left, bottom, right in part.merges:
            table.cell(top, left).merge(table.cell(bottom, right))
        for number, row in enumerate(part):
            for column, words in enumerate(row):
                if words:
                    table.cell(number, column).text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def html_of(*parts: str | Rows) -> bytes:
    """Make a web page of paragraphs and tables."""
    return f"<html><meta charset=utf-8><body>{''.join(map(_html, parts))}</body></html>".encode()


def _html(part: str | Rows) -> str:
    if isinstance(part, str):
        return f"<p>{html.escape(part)}</p>"
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in part.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in part.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    made = ""
    for number, row in enumerate(part):
        made += "<tr>"
        for column, words in enumerate(row):
            if (number, column) not in covered:
                down, right = spans.get((number, column), (1, 1))
                made += f"<td rowspan={down} colspan={right}>{html.escape(words)}</td>"
        made += "</tr>"
    return f"<table>{made}</table>"


def read_table(*parts: str | Rows, title: list[str] | None = None) -> Reading:
    """Read a letter of the province of Đông Sơn, dated 5 March 2024, with tables in its appendix."""
    before = BODY if title is None else [*BODY[:-2], *title]
    return read_document(docx_of(*HEAD.splitlines(), *before, *parts), "thu.docx")


def rows_of(reading: Reading) -> list[tuple[str, list[str], list[str], str | None]]:
    """Return the clause, those who lead, those who help and the last day of each duty of the appendix."""
    return [
        (
            one.clause,
            [lead.text for lead in one.leads],
            [support.text for support in one.supports],
            one.deadline.last_day.isoformat() if one.deadline.last_day else None,
        )
        for one in reading.obligations
        if one.location == "appendix"
    ]


def duty(reading: Reading, clause: str) -> Obligation:
    """Return the first duty of a clause."""
    return next(one for one in reading.obligations if one.clause == clause)
