"""What a progress report is made of: plain frozen values, filled in by the room that knows the tasks."""

from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task as the appendix shows it.

    group: the heading above the task; consecutive rows with the same group stand under one heading. A row whose group
    is its own task is one agency's share of a task given to several: the task stands once, above its shares.
    deadline: the deadline in the letter's words; due_on: the same as a date, for ordering, when there is one.
    state: the state in one word, as declared; done: nothing is left to do; late: done or still open past the deadline.
    percentage: 0-100 as declared, None when nobody declared one.
    """

    ordinal: str
    task: str
    leads: str = ""
    supports: str = ""
    deadline: str = ""
    state: str = ""
    result: str = ""
    group: str | None = None
    percentage: int | None = None
    due_on: date | None = None
    done: bool = False
    late: bool = False

    @property
    def is_share(self) -> bool:
        """Whether this is one agency's share of a task given to several."""
        return self.group == self.task


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many tasks are in each state. Every task is counted once, so that they add up to the rows."""

    done_on_time: int = 0
    done_late: int = 0
    in_progress: int = 0
    not_started: int = 0
    overdue: int = 0
    returned: int = 0
    awaiting_confirmation: int = 0
    not_applicable: int = 0

    @property
    def total(self) -> int:
        """The number of tasks counted."""
        return sum(getattr(self, figure.name) for figure in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """The values of a progress report of one directive for one period.

    agency: as the text names it ("UBND xã An Bình"); agency_in_head: as the head names it, in full, when it differs.
    number: None until the clerk gives one; without number or date the paper is a draft and says so.
    symbol: what follows the number ("BC-UBND").
    directive_title: cited in full ("Công văn số 12/UBND-KGVX ngày 05/02/2026 của UBND tỉnh Đông Sơn về …").
    regime: the legal framework in words ("Luật An ninh mạng năm 2025 và Nghị định số 331/2026/NĐ-CP"), or empty.
    unassigned: how many of the directive's tasks no agency has been given yet; they are not among the rows.
    difficulties, next_steps, recommendations: one paragraph each; empty means none was reported.
    signer_role: one line each ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"); recipients: one line each, without dash and stop.
    """

    agency: str
    place: str
    symbol: str
    directive_title: str
    period_from: date
    period_to: date
    signer_role: tuple[str, ...]
    signer_name: str
    rows: tuple[TaskRow, ...] = ()
    figures: Figures = Figures()
    unassigned: int = 0
    parent_agency: str | None = None
    agency_in_head: str | None = None
    number: str | None = None
    issued_on: date | None = None
    addressees: tuple[str, ...] = ()
    regime: str = ""
    difficulties: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ("Lưu: VT",)
