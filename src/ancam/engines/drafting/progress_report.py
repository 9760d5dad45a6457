"""The progress report of a directive for a period: what it refuses, and the .docx it becomes."""

from dataclasses import fields
from xml.etree.ElementTree import Element

from ancam.engines.drafting import progress_wording as wording
from ancam.engines.drafting.errors import FieldEmpty, FigureOutOfRange, FiguresDisagree, PeriodReversed, TooManyRows
from ancam.engines.drafting.layout import (
    Letterhead,
    addressee_lines,
    appendix_heading,
    body_text,
    closing_text,
    foot,
    head,
    kind_title,
    section_heading,
)
from ancam.engines.drafting.package import Properties, Section, word_file
from ancam.engines.drafting.progress_values import Figures, ProgressReport, TaskRow
from ancam.engines.drafting.tables import Entry, GroupHeading, task_table
from ancam.engines.drafting.text import cleaned

__all__ = ["MAX_ROWS", "TEMPLATE", "Figures", "ProgressReport", "TaskRow", "write_progress_report"]

TEMPLATE = "progress-report/1"
"""The version of layout and wording, for a frozen paper to record. It changes when equal values give other words."""

MAX_ROWS = 5_000

_EMPHASIS = frozenset({wording.STATE_COLUMN})

_REQUIRED = {
    "agency": "tên cơ quan ban hành",
    "place": "địa danh ban hành",
    "symbol": "ký hiệu văn bản",
    "directive_title": "tên văn bản giao nhiệm vụ",
}


def write_progress_report(report: ProgressReport) -> bytes:
    """Return the report as the bytes of a .docx; the same values give the same bytes.

    Raises `ReportRefused` (a `DraftingError`) when the values cannot make a report. Control characters that XML
    cannot hold are dropped and line breaks become spaces: neither carries a word. Costs about a second per 1,000 rows.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and Phụ lục III mẫu 1.4, 2.1; numbers in `reference/official-layout`.
    """
    _check(report)
    letterhead = _letterhead(report)
    sections = [Section((*head(letterhead), *_content(report), *_foot(report)))]
    if report.rows:
        sections.append(Section(_appendix(report, letterhead), landscape=True))
    properties = Properties(
        title=cleaned(f"Báo cáo kết quả thực hiện {report.directive_title}"),
        author=cleaned(report.agency),
        dated=report.issued_on or report.period_to,
        template=TEMPLATE,
    )
    return word_file(sections, properties)


def _check(report: ProgressReport) -> None:
    for field, label in _REQUIRED.items():
        _require(getattr(report, field), field, label)
    if report.period_to < report.period_from:
        raise PeriodReversed(period_from=report.period_from, period_to=report.period_to)
    if len(report.rows) > MAX_ROWS:
        raise TooManyRows(rows=len(report.rows), limit=MAX_ROWS)
    _check_rows(report.rows)
    _check_figures(report.figures, len(report.rows))


def _require(text: str, field: str, label: str) -> None:
    if not cleaned(text):
        raise FieldEmpty(field=field, label=label)


def _check_rows(rows: tuple[TaskRow, ...]) -> None:
    for place, row in enumerate(rows, start=1):
        _require(row.task, f"rows[{place - 1}].task", f"nội dung nhiệm vụ ở dòng {place}")
        if row.percentage is not None and not 0 <= row.percentage <= 100:
            raise FigureOutOfRange(
                field=f"rows[{place - 1}].percentage",
                label=f"tỷ lệ hoàn thành ở dòng {place}",
                found=row.percentage,
                accepted="số từ 0 đến 100",
            )


def _check_figures(figures: Figures, rows: int) -> None:
    for figure in fields(figures):
        count = getattr(figures, figure.name)
        if count < 0:
            label = f"số nhiệm vụ {wording.STATE_LABELS[figure.name].lower()}"
            raise FigureOutOfRange(field=f"figures.{figure.name}", label=label, found=count, accepted="số không âm")
    if figures.total != rows:
        raise FiguresDisagree(counted=figures.total, rows=rows)


def _letterhead(report: ProgressReport) -> Letterhead:
    return Letterhead(
        agency=report.agency_in_head or report.agency,
        parent_agency=report.parent_agency,
        place=report.place,
        number=report.number,
        symbol=report.symbol,
        issued_on=report.issued_on,
    )


def _content(report: ProgressReport) -> list[Element]:
    blocks = [*kind_title("BÁO CÁO", *wording.subject(report)), *addressee_lines(report.addressees)]
    blocks.append(body_text(wording.opening(report)))
    for heading, paragraphs in wording.chapters(report):
        blocks.append(section_heading(heading))
        blocks.extend(body_text(paragraph) for paragraph in paragraphs)
    blocks.append(closing_text(wording.closing(report)))
    return blocks


def _foot(report: ProgressReport) -> tuple[Element, ...]:
    return foot(report.recipients, report.signer_role, report.signer_name)


def _appendix(report: ProgressReport, letterhead: Letterhead) -> tuple[Element, ...]:
    attached_to = f"Báo cáo {letterhead.cited} của {report.agency}"
    heading = appendix_heading(wording.appendix_title(report), attached_to)
    return (*heading, task_table(wording.COLUMNS, _entries(report.rows)))


def _entries(rows: tuple[TaskRow, ...]) -> list[Entry | GroupHeading]:
    entries: list[Entry | GroupHeading] = []
    above: str | None = None
    for row in rows:
        if row.group and row.group != above:
            entries.append(GroupHeading(row.group))
        above = row.group
        entries.append(Entry(wording.cells(row), _EMPHASIS if row.late else frozenset()))
    return entries
