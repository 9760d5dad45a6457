"""The progress report as a workbook: the figures, task by task, agency by agency."""

from collections import Counter

from ancam.engines.drafting import progress_wording as wording
from ancam.engines.drafting.frame import letterhead_of
from ancam.engines.drafting.measures import fixed_words
from ancam.engines.drafting.package import Properties
from ancam.engines.drafting.progress_report import check_report
from ancam.engines.drafting.progress_values import ProgressReport, TaskRow
from ancam.engines.drafting.sheets import Cell, Sheet, SheetColumn, workbook_file
from ancam.engines.drafting.text import cleaned, counted

__all__ = ["TEMPLATE", "write_progress_workbook"]

TEMPLATE = "progress-workbook/1"
"""The version of layout and wording, for a frozen paper to record."""

_FIGURES = (
    SheetColumn("Trạng thái (khai báo)", 60),
    SheetColumn("Số lượng", 16, "count"),
    SheetColumn("Tỷ lệ", 16, "share"),
)
_GROUP = SheetColumn("Nhóm", 16)
_TASKS = (
    SheetColumn("STT", 6),
    SheetColumn("Tên nhiệm vụ", 36),
    SheetColumn("Chủ trì", 20),
    SheetColumn("Phối hợp", 16),
    SheetColumn("Hạn hoàn thành", 16),
    SheetColumn("Ngày cuối", 11, "day"),
    SheetColumn("Tình trạng (khai báo)", 14),
    SheetColumn("Tỷ lệ", 8, "share"),
    SheetColumn("Muộn, quá hạn", 9),
    SheetColumn("Kết quả", 30),
)


def write_progress_workbook(report: ProgressReport) -> bytes:
    """Return the report as the bytes of a .xlsx; the same values give the same bytes.

    Sheets: the figures, every task on a row of its own, every agency with its counts. Nothing in it is computed by
    the spreadsheet. Raises `PaperRefused` as `write_progress_report` does. Costs about a second per 5,000 rows.
    """
    check_report(report)
    properties = Properties(
        title=cleaned(f"Kết quả thực hiện {report.directive_title}"),
        author=cleaned(report.agency),
        dated=report.issued_on or report.period_to,
        template=TEMPLATE,
    )
    return workbook_file((_summary(report), _tasks(report), _agencies(report)), properties)


def _summary(report: ProgressReport) -> Sheet:
    figures = {name: getattr(report.figures, name) for name in wording.STATE_LABELS}
    total = report.figures.total
    rows = [(wording.STATE_LABELS[name], count, count / total if total else None) for name, count in figures.items()]
    return Sheet(
        name="Tóm tắt",
        title=" ".join(("Báo cáo", *wording.subject(report))),
        notes=tuple(_facts(report)),
        columns=_FIGURES,
        rows=rows,
        sums=("Tổng số", total, 1 if total else None),
    )


def _facts(report: ProgressReport) -> list[str]:
    letterhead = letterhead_of(report)
    state = fixed_words("draft.words") if letterhead.is_draft else f"Báo cáo {letterhead.cited}"
    facts = [f"Cơ quan báo cáo: {report.agency}", state]
    if report.unassigned:
        facts.append(f"Còn {counted(report.unassigned)} nhiệm vụ chưa giao cho cơ quan thực hiện.")
    if report.regime:
        facts.append(f"Khung pháp lý áp dụng khi tổng hợp: {report.regime}")
    return [*facts, "Trạng thái theo khai báo của cơ quan, đơn vị thực hiện, không phải kết quả đo, kiểm tra."]


def _tasks(report: ProgressReport) -> Sheet:
    """List every task on a row of its own, with the heading it stands under where there are headings."""
    grouped = any(_group(row) for row in report.rows)
    return Sheet(
        name="Từng nhiệm vụ",
        title=wording.appendix_title(report),
        columns=(*_TASKS, _GROUP) if grouped else _TASKS,
        rows=[(*_task_cells(row), _group(row)) if grouped else _task_cells(row) for row in report.rows],
    )


def _group(row: TaskRow) -> str:
    return "" if row.group is None or row.is_share else row.group


def _task_cells(row: TaskRow) -> tuple[Cell, ...]:
    percentage = None if row.percentage is None else row.percentage / 100
    names = (row.ordinal, row.task, row.leads, row.supports, row.deadline)
    return (*names, row.due_on, row.state, percentage, _lateness(row), row.result)


def _lateness(row: TaskRow) -> str:
    if not row.late:
        return ""
    return "Muộn" if row.done else "Quá hạn"


def _agencies(report: ProgressReport) -> Sheet:
    """Count each agency's rows by the state they declare, in the order in which agencies and states come."""
    counts: dict[str, Counter[str]] = {}
    for row in report.rows:
        heading = _state_heading(row)
        late = [f"Trong đó: {_lateness(row).lower()}"] if row.late else []
        counts.setdefault(cleaned(row.answering) or "Chưa ghi tên", Counter()).update(["Số lượng", heading, *late])
    headings = ["Số lượng", *dict.fromkeys(map(_state_heading, report.rows)), "Trong đó: muộn", "Trong đó: quá hạn"]
    rows: list[tuple[Cell, ...]] = [(agency, *(of[heading] for heading in headings)) for agency, of in counts.items()]
    total = sum(counts.values(), Counter[str]())
    return Sheet(
        name="Từng cơ quan",
        title=f"{wording.appendix_title(report)}, theo cơ quan, đơn vị",
        columns=[SheetColumn("Cơ quan, đơn vị", 40), *(SheetColumn(heading, 12, "count") for heading in headings)],
        rows=rows,
        sums=("Tổng số", *(total[heading] for heading in headings)),
    )


def _state_heading(row: TaskRow) -> str:
    return cleaned(row.state) or "Chưa ghi tình trạng"
