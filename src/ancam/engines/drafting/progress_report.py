"""The progress report of a directive for a period: what it refuses, and the .docx it becomes."""

from dataclasses import fields
from xml.etree.ElementTree import Element

from ancam.engines.drafting import progress_wording as wording
from ancam.engines.drafting.errors import FigureOutOfRange, FiguresDisagree
from ancam.engines.drafting.frame import (
    AS_ABOVE,
    MAX_ROWS,
    appendix,
    file_of,
    first_section,
    letterhead_of,
    require,
    require_bound,
    require_order,
    require_texts,
    titled_content,
)
from ancam.engines.drafting.progress_values import Figures, ProgressReport, TaskRow
from ancam.engines.drafting.tables import Entry, GroupHeading, task_table

__all__ = ["MAX_ROWS", "TEMPLATE", "Figures", "ProgressReport", "TaskRow", "check_report", "write_progress_report"]

TEMPLATE = "progress-report/1"
"""The version of layout and wording, for a frozen paper to record. It changes when equal values give other words."""

_EMPHASIS = frozenset({wording.STATE_COLUMN})


def write_progress_report(report: ProgressReport) -> bytes:
    """Return the report as the bytes of a .docx; the same values give the same bytes.

    Raises `PaperRefused` (a `DraftingError`) when the values cannot make a report. Control characters that XML
    cannot hold are dropped and line breaks become spaces: neither carries a word. Costs about a second per 1,000 rows.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and Phụ lục III mẫu 1.4, 2.1; numbers in `reference/official-layout`.
    """
    check_report(report)
    letterhead = letterhead_of(report)
    sections = [first_section(report, letterhead, _content(report), sent_to=AS_ABOVE if report.addressees else ())]
    if report.rows:
        table = task_table(wording.COLUMNS, _entries(report.rows))
        sections.append(appendix(report, letterhead, "Báo cáo", wording.appendix_title(report), table))
    title = f"Báo cáo kết quả thực hiện {report.directive_title}"
    return file_of(report, sections, title=title, template=TEMPLATE, dated=report.period_to)


def check_report(report: ProgressReport) -> None:
    """Refuse values that cannot make a report. Raises `PaperRefused`."""
    require_texts(report)
    require_order(report.period_from, report.period_to)
    require_bound(len(report.rows))
    _check_rows(report.rows)
    _check_figures(report.figures, len(report.rows))


def _check_rows(rows: tuple[TaskRow, ...]) -> None:
    for place, row in enumerate(rows, start=1):
        require(row.task, f"rows[{place - 1}].task", f"nội dung nhiệm vụ ở dòng {place}")
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


def _content(report: ProgressReport) -> list[Element]:
    return titled_content(
        "BÁO CÁO",
        wording.subject(report),
        report.addressees,
        wording.opening(report),
        wording.chapters(report),
        wording.closing(report),
    )


def _entries(rows: tuple[TaskRow, ...]) -> list[Entry | GroupHeading]:
    entries: list[Entry | GroupHeading] = []
    above: str | None = None
    for row in rows:
        if row.group and row.group != above:
            entries.append(GroupHeading(row.group))
        above = row.group
        entries.append(Entry(wording.cells(row), _EMPHASIS if row.late else frozenset()))
    return entries
