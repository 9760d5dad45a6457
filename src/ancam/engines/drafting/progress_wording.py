"""The sentences of a progress report. Vietnamese; the wording a reviewer checks is the wording here."""

from collections.abc import Sequence
from datetime import date

from ancam.engines.drafting.progress_values import Figures, ProgressReport, TaskRow
from ancam.engines.drafting.sentences import (
    difficulties_told,
    from_to,
    in_brackets,
    numbered,
    period_in_words,
    proposals_told,
    short_title,
    stopped,
    within_sentence,
)
from ancam.engines.drafting.tables import Column
from ancam.engines.drafting.text import cleaned, counted, share, unstopped

NEXT_TASKS_NAMED = 10
"""How many unfinished tasks section III names; the appendix has them all. A bound of our own."""

STATE_LABELS = {
    "done_on_time": "Hoàn thành đúng hạn",
    "done_late": "Hoàn thành muộn",
    "in_progress": "Đang thực hiện",
    "not_started": "Chưa thực hiện",
    "overdue": "Quá hạn",
    "returned": "Trả lại",
    "awaiting_confirmation": "Đã báo cáo hoàn thành, chờ xác nhận",
    "not_applicable": "Không áp dụng",
}
_SHOWN_WHEN_ANY = {"awaiting_confirmation", "not_applicable"}

COLUMNS = (
    Column("STT", 13, "center"),
    Column("Tên nhiệm vụ", 76),
    Column("Chủ trì", 36),
    Column("Phối hợp", 34),
    Column("Hạn hoàn thành", 32, "center"),
    Column("Tình trạng (khai báo)", 28, "center"),
    Column("Kết quả", 38),
)
STATE_COLUMN = 5


def subject(report: ProgressReport) -> tuple[str, str]:
    """Return the two lines under the kind of document: what was carried out, and the period."""
    period = period_in_words(report.period_from, report.period_to)
    return f"Kết quả thực hiện {unstopped(report.directive_title)}", in_brackets(period)


def opening(report: ProgressReport) -> str:
    """Return the sentence that names the directive in full and the agency that reports."""
    return f"Thực hiện {unstopped(report.directive_title)}, {cleaned(report.agency)} báo cáo như sau:"


def chapters(report: ProgressReport) -> list[tuple[str, list[str]]]:
    """Return the four headed parts of the content, each with its paragraphs."""
    return [
        ("I. TÌNH HÌNH, KẾT QUẢ THỰC HIỆN", _results(report)),
        ("II. TỒN TẠI, KHÓ KHĂN VÀ NGUYÊN NHÂN", difficulties_told(report.difficulties)),
        ("III. NHIỆM VỤ THỜI GIAN TỚI", _ahead(report)),
        ("IV. KIẾN NGHỊ, ĐỀ XUẤT", proposals_told(report.recommendations)),
    ]


def closing(report: ProgressReport) -> str:
    """Return the closing sentence without its mark."""
    period = period_in_words(report.period_from, report.period_to)
    return (
        f"Trên đây là báo cáo kết quả thực hiện {short_title(report.directive_title)} {period} "
        f"của {cleaned(report.agency)}"
    )


def appendix_title(report: ProgressReport) -> str:
    """Return the title of the table of tasks."""
    return f"Tình trạng thực hiện nhiệm vụ {period_in_words(report.period_from, report.period_to)}"


def cells(row: TaskRow) -> tuple[str, ...]:
    """Return the texts of a task in the order of `COLUMNS`."""
    task = "nt" if row.is_share else row.task  # "như trên": the task stands in the heading above
    return (row.ordinal, task, row.leads, row.supports, row.deadline, state_in_words(row), row.result)


def state_in_words(row: TaskRow) -> str:
    """Return the declared state, its percentage, and the word for lateness unless the state already says it."""
    words = cleaned(row.state)
    lateness = "muộn" if row.done else "quá hạn"
    if row.late and lateness not in words.lower():
        words = f"{words}, {lateness}" if words else lateness.capitalize()
    return words if row.percentage is None else f"{words} ({row.percentage}%)".strip()


def _results(report: ProgressReport) -> list[str]:
    period = from_to(report.period_from, report.period_to)
    if not report.rows:
        cited = short_title(report.directive_title)
        nothing = f"Trong kỳ báo cáo ({period}), không có nhiệm vụ nào theo {cited} phải báo cáo."
        return [nothing, *_unassigned(report), *_regime(report)]
    tasks, shares = len(_by_task(report.rows)), len(report.rows)
    followed = f"{counted(tasks)} nhiệm vụ" + (f" với {counted(shares)} lượt giao" if shares > tasks else "")
    return [
        f"Trong kỳ báo cáo ({period}), có {followed} được theo dõi (chi tiết tại Phụ lục kèm theo). "
        "Số liệu theo trạng thái:",
        *_figures(report.figures, "lượt giao" if shares > tasks else "nhiệm vụ"),
        *_unassigned(report),
        "Trạng thái nêu trên được tổng hợp theo khai báo của cơ quan, đơn vị thực hiện, "
        "không phải kết quả đo, kiểm tra.",
        *_regime(report),
    ]


def _by_task(rows: Sequence[TaskRow]) -> list[list[TaskRow]]:
    """Return the rows task by task, the shares of one task together, in the order of the first of each."""
    tasks: dict[object, list[TaskRow]] = {}
    for place, row in enumerate(rows):
        tasks.setdefault(row.task if row.is_share else place, []).append(row)
    return list(tasks.values())


def _figures(figures: Figures, unit: str) -> list[str]:
    counts = {name: getattr(figures, name) for name in STATE_LABELS}
    shown = {name: count for name, count in counts.items() if count or name not in _SHOWN_WHEN_ANY}
    lines = [
        f"- {STATE_LABELS[name]}: {counted(count)} {unit} ({share(count, figures.total)})"
        for name, count in shown.items()
    ]
    return stopped(lines)


def _unassigned(report: ProgressReport) -> list[str]:
    return [f"Còn {counted(report.unassigned)} nhiệm vụ chưa giao cho cơ quan thực hiện."] if report.unassigned else []


def _regime(report: ProgressReport) -> list[str]:
    regime = unstopped(report.regime)
    return [f"Khung pháp lý áp dụng khi tổng hợp: {regime}."] if regime else []


def _ahead(report: ProgressReport) -> list[str]:
    unfinished = sorted(
        (row for row in report.rows if not row.done), key=lambda row: (row.due_on is None, row.due_on or date.max)
    )
    steps = numbered(report.next_steps)
    if not unfinished:
        return steps or ["Đến hết kỳ báo cáo, không còn nhiệm vụ chưa hoàn thành."]
    tasks = _by_task(unfinished)
    named = [_task_line(rows) for rows in tasks[:NEXT_TASKS_NAMED]]
    rest = len(tasks) - len(named)
    more = [f"Còn {counted(rest)} nhiệm vụ chưa hoàn thành khác nêu tại Phụ lục."] if rest else []
    return [*steps, "Các nhiệm vụ chưa hoàn thành, theo thứ tự thời hạn:", *stopped(named), *more]


def _task_line(rows: Sequence[TaskRow]) -> str:
    """Return the line of an unfinished task; of one given to several, how many of them have not finished."""
    row = rows[0]
    if row.is_share:
        facts = [f"{counted(len(rows))} cơ quan chưa hoàn thành"]
    else:
        facts = [f"chủ trì: {unstopped(row.leads)}"] if row.leads else []
    facts += [f"thời hạn: {within_sentence(row.deadline)}"] if row.deadline else []
    return f"- {unstopped(row.task)}" + (f" ({'; '.join(facts)})" if facts else "")
