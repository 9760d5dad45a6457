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

from ancam.engines.drafting.assignment_letter import AssignedDuty, AssignmentLetter
from ancam.engines.drafting.children_report import AcceptedReport, ChildrenReport
from ancam.engines.drafting.open_periods import OpenPeriod
from ancam.engines.drafting.period_summary import Outcomes, PeriodSummary, Tally
from ancam.engines.drafting.progress_report import Figures, ProgressReport, TaskRow, write_progress_report
from ancam.engines.drafting.urging_letter import UrgingLetter

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


_PROVINCE = {
    "agency": "Ủy ban nhân dân tỉnh Đông Sơn",
    "place": "Đông Sơn",
    "symbol": "UBND-KGVX",
    "number": "7",
    "issued_on": date(2026, 11, 20),
    "directive_title": DIRECTIVE,
    "signer_role": ("KT. Chủ tịch", "Phó Chủ tịch"),
    "signer_name": "Trần Thị Bình",
}
_REPORT = {**_PROVINCE, "symbol": "BC-UBND", "signer_role": ("TM. Ủy ban nhân dân", "Chủ tịch")}
_OCTOBER = {"period_from": date(2026, 10, 1), "period_to": date(2026, 10, 31), "as_of": date(2026, 11, 15)}


def make_open(agency: str = "UBND xã An Bình", **values: Any) -> OpenPeriod:
    """Return a period that is twenty days late on 20/11/2026 and of which nothing was reported."""
    given = {"duty": "Điểm 1.a: Phổ biến Chỉ thị", "due_on": date(2026, 10, 31), "state": "Chưa thực hiện"}
    return OpenPeriod(agency=agency, **{**given, **values})


def make_urging(*rows: OpenPeriod, **values: Any) -> UrgingLetter:
    """Return a letter of the province to those who are late; to one commune unless rows are given."""
    given = {
        "as_of": date(2026, 11, 20),
        "finish_by": date(2026, 12, 5),
        "report_to": "Sở Khoa học và Công nghệ",
        "rows": rows or (make_open(),),
    }
    return UrgingLetter(**{**_PROVINCE, **given, **values})


def make_duty(**values: Any) -> AssignedDuty:
    return AssignedDuty(**{"duty": "Điểm 1.a: Phổ biến Chỉ thị", "leads": ("UBND xã An Bình",), **values})


def make_assigning(*duties: AssignedDuty, **values: Any) -> AssignmentLetter:
    """Return a letter of the province that gives out one duty to one commune unless duties are given."""
    given = {"as_of": date(2026, 11, 19), "report_to": "Sở Khoa học và Công nghệ", "duties": duties or (make_duty(),)}
    return AssignmentLetter(**{**_PROVINCE, **given, **values})


def make_tally(agency: str = "UBND xã An Bình", duty: str = "Điểm 1.a: Phổ biến Chỉ thị", **outcomes: int) -> Tally:
    return Tally(agency=agency, duty=duty, outcomes=Outcomes(**outcomes))


def make_summary(*tallies: Tally, **values: Any) -> PeriodSummary:
    return PeriodSummary(**{**_REPORT, **_OCTOBER, "tallies": tallies, **values})


def make_accepted(agency: str = "UBND xã An Bình", **values: Any) -> AcceptedReport:
    given = {"duty": "Điểm 1.a: Phổ biến Chỉ thị", "done_on": date(2026, 10, 20), "result": "Đã phổ biến."}
    return AcceptedReport(agency=agency, **{**given, **values})


def make_children(*accepted: AcceptedReport, **values: Any) -> ChildrenReport:
    return ChildrenReport(**{**_REPORT, **_OCTOBER, "accepted": accepted, **values})


def opened(content: bytes) -> Document:
    """Return a written file as python-docx reads it."""
    return docx.Document(BytesIO(content))


def written(report: ProgressReport) -> Document:
    return opened(write_progress_report(report))


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
