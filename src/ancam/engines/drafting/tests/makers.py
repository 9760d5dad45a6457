"""Small factories of invented reports, and what a .docx says when it is read back."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from ancam.engines.drafting.progress_report import Figures, ProgressReport, TaskRow, write_progress_report

DIRECTIVE = "Công văn số 12/UBND-KGVX ngày 05/02/2026 của UBND tỉnh Đông Sơn về an ninh mạng cho camera giám sát"


def make_row(**values: Any) -> TaskRow:
    return TaskRow(**{"ordinal": "1.1", "task": "Xác định cấp độ an toàn hệ thống camera", **values})


def make_report(**values: Any) -> ProgressReport:
    """Return a signed-off report without rows; with `rows` and no `figures`, each row counts as in progress."""
    rows = values.get("rows", ())
    given = {
        "agency": "UBND xã An Bình",
        "place": "An Bình",
        "symbol": "BC-UBND",
        "number": "5",
        "issued_on": date(2026, 11, 20),
        "directive_title": DIRECTIVE,
        "period_from": date(2026, 10, 1),
        "period_to": date(2026, 10, 31),
        "signer_role": ("TM. Ủy ban nhân dân", "Chủ tịch"),
        "signer_name": "Nguyễn Văn An",
        "figures": Figures(in_progress=len(rows)),
    }
    return ProgressReport(**{**given, **values})


def written(report: ProgressReport) -> Document:
    return docx.Document(BytesIO(write_progress_report(report)))


def plain(text: str) -> str:
    """Return the text with its non-breaking signs as a reader types them."""
    return text.replace("\u00a0", " ").replace("\u2011", "-")


def lines(document: Document) -> list[str]:
    """Return every paragraph of the document in reading order, cells included."""
    return [plain(paragraph.text) for paragraph in _paragraphs(document)]


def paragraph_of(document: Document, words: str) -> Paragraph:
    return next(paragraph for paragraph in _paragraphs(document) if words in plain(paragraph.text))


def task_table_of(document: Document) -> Table:
    return document.tables[-1]


def table_texts(table: Table) -> list[list[str]]:
    """Return the texts of each row's own cells; reads the XML, since `Table.cell` is slow on long tables."""
    return [[_cell_text(cell) for cell in row.iter(qn("w:tc"))] for row in table._tbl.iter(qn("w:tr"))]


def _cell_text(cell: Any) -> str:
    return plain("".join(words.text or "" for words in cell.iter(qn("w:t"))))


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)
