"""The report of an agency on what those below it reported: what it refuses, and the .docx it becomes."""

from xml.etree.ElementTree import Element

from ancam.engines.drafting import children_wording as wording
from ancam.engines.drafting.children_values import AcceptedReport, ChildrenReport
from ancam.engines.drafting.frame import (
    AS_ABOVE,
    MAX_ROWS,
    appendix,
    file_of,
    first_section,
    letterhead_of,
    require,
    require_bound,
    require_issued_from,
    require_order,
    require_texts,
    titled_content,
)
from ancam.engines.drafting.layout import landscape_width_mm
from ancam.engines.drafting.open_periods import OpenPeriod, check_open_periods, open_period_table
from ancam.engines.drafting.tables import Entry, GroupHeading, task_table

__all__ = ["MAX_ROWS", "TEMPLATE", "AcceptedReport", "ChildrenReport", "OpenPeriod", "write_children_report"]

TEMPLATE = "children-report/1"
"""The version of layout and wording, for a frozen paper to record."""


def write_children_report(report: ChildrenReport) -> bytes:
    """Return the report as the bytes of a .docx; the same values give the same bytes.

    One appendix holds what was accepted, duty by duty; one names the periods without an accepted report. Raises
    `PaperRefused` when the values cannot make a report. Costs about a second per 1,000 rows.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and Phụ lục III mẫu 1.4, 2.1.
    """
    _check(report)
    letterhead = letterhead_of(report)
    sections = [first_section(report, letterhead, _content(report), sent_to=AS_ABOVE if report.addressees else ())]
    first, second = wording.appendix_ordinals(report)
    if report.accepted:
        table = task_table(wording.COLUMNS, _entries(report.accepted))
        sections.append(appendix(report, letterhead, "Báo cáo", "Kết quả đã được xác nhận", table, ordinal=first))
    if report.missing:
        table = open_period_table(report.missing, report.as_of, landscape_width_mm())
        title = "Cơ quan, đơn vị chưa có báo cáo được xác nhận"
        sections.append(appendix(report, letterhead, "Báo cáo", title, table, ordinal=second))
    title = f"Báo cáo tổng hợp kết quả thực hiện {report.directive_title}"
    return file_of(report, sections, title=title, template=TEMPLATE, dated=report.as_of)


def _check(report: ChildrenReport) -> None:
    require_texts(report)
    require_order(report.period_from, report.period_to)
    require_issued_from(report, report.as_of)
    require_bound(len(report.accepted))
    for place, row in enumerate(report.accepted, start=1):
        require(row.agency, f"accepted[{place - 1}].agency", f"tên cơ quan ở dòng {place}")
        require(row.duty, f"accepted[{place - 1}].duty", f"nội dung nhiệm vụ ở dòng {place}")
    check_open_periods(report.missing, "missing")


def _content(report: ChildrenReport) -> list[Element]:
    return titled_content(
        "BÁO CÁO",
        wording.subject(report),
        report.addressees,
        wording.opening(report),
        wording.chapters(report),
        wording.closing(report),
    )


def _entries(accepted: tuple[AcceptedReport, ...]) -> list[Entry | GroupHeading]:
    by_duty: dict[str, list[AcceptedReport]] = {}
    for row in accepted:
        by_duty.setdefault(row.duty, []).append(row)
    entries: list[Entry | GroupHeading] = []
    ordinal = 0
    for duty, rows in by_duty.items():
        entries.append(GroupHeading(duty))
        for row in rows:
            ordinal += 1
            emphasised = frozenset({wording.DONE_COLUMN}) if row.is_late else frozenset()
            entries.append(Entry(wording.cells(ordinal, row), emphasised))
    return entries
