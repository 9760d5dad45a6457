"""The summary of periods over a stretch of days: what it refuses, and the .docx it becomes."""

from collections import Counter
from dataclasses import fields
from xml.etree.ElementTree import Element

from ancam.engines.drafting import summary_wording as wording
from ancam.engines.drafting.errors import FigureOutOfRange, GapsDisagree
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
from ancam.engines.drafting.layout import Letterhead, landscape_width_mm
from ancam.engines.drafting.open_periods import OpenPeriod, check_open_periods, open_period_table
from ancam.engines.drafting.package import Section
from ancam.engines.drafting.summary_values import Outcomes, PeriodSummary, Tally
from ancam.engines.drafting.tables import task_table

__all__ = ["MAX_ROWS", "TEMPLATE", "OpenPeriod", "Outcomes", "PeriodSummary", "Tally", "write_period_summary"]

TEMPLATE = "period-summary/1"
"""The version of layout and wording, for a frozen paper to record."""


def write_period_summary(summary: PeriodSummary) -> bytes:
    """Return the summary as the bytes of a .docx; the same values give the same bytes.

    Appendix I counts by agency, II by duty, III names the late periods of which nothing was reported. Raises
    `PaperRefused` when the values cannot make a summary. Costs about a second per 1,000 rows.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and Phụ lục III mẫu 1.4, 2.1.
    """
    _check(summary)
    letterhead = letterhead_of(summary)
    sections = [first_section(summary, letterhead, _content(summary), sent_to=AS_ABOVE if summary.addressees else ())]
    if summary.tallies:
        sections += _appendices(summary, letterhead)
    title = f"Báo cáo tổng hợp theo kỳ việc thực hiện {summary.directive_title}"
    return file_of(summary, sections, title=title, template=TEMPLATE, dated=summary.as_of)


def _check(summary: PeriodSummary) -> None:
    require_texts(summary)
    require_order(summary.period_from, summary.period_to)
    require_issued_from(summary, summary.as_of)
    for place, tally in enumerate(summary.tallies, start=1):
        _check_tally(place, tally)
    require_bound(len(summary.by_agency))
    require_bound(len(summary.by_duty))
    check_open_periods(summary.unreported, "unreported")
    _check_gaps(summary)


def _check_tally(place: int, tally: Tally) -> None:
    field = f"tallies[{place - 1}]"
    require(tally.agency, f"{field}.agency", f"tên cơ quan ở dòng {place}")
    require(tally.duty, f"{field}.duty", f"nội dung nhiệm vụ ở dòng {place}")
    for outcome, count in zip(fields(Outcomes), tally.outcomes.counts, strict=True):
        if count < 0:
            label = f"số kỳ {wording.LABELS[outcome.name].lower()} ở dòng {place}"
            raise FigureOutOfRange(field=f"{field}.{outcome.name}", label=label, found=count, accepted="số không âm")


def _check_gaps(summary: PeriodSummary) -> None:
    late = {agency: outcomes.late for agency, outcomes in summary.by_agency.items()}
    for agency, listed in Counter(row.agency for row in summary.unreported).items():
        if listed > late.get(agency, 0):
            raise GapsDisagree(agency=agency, listed=listed, late=late.get(agency, 0))


def _content(summary: PeriodSummary) -> list[Element]:
    return titled_content(
        "BÁO CÁO",
        wording.subject(summary),
        summary.addressees,
        wording.opening(summary),
        wording.chapters(summary),
        wording.closing(summary),
    )


def _appendices(summary: PeriodSummary, letterhead: Letterhead) -> list[Section]:
    total = summary.outcomes
    tables = [
        ("Kết quả theo cơ quan, đơn vị", _counts("Cơ quan, đơn vị", summary.by_agency, total)),
        ("Kết quả theo nhiệm vụ", _counts("Nhiệm vụ", summary.by_duty, total)),
    ]
    if summary.unreported:
        listed = open_period_table(summary.unreported, summary.as_of, landscape_width_mm())
        tables.append(("Các kỳ quá hạn chưa báo cáo", listed))
    return [
        appendix(summary, letterhead, "Báo cáo", title, table, ordinal=ordinal)
        for ordinal, (title, table) in zip(("I", "II", "III"), tables, strict=False)
    ]


def _counts(named: str, counts: dict[str, Outcomes], total: Outcomes) -> Element:
    return task_table(wording.columns(named), wording.entries(counts, total))
