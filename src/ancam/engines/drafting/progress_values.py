"""What a progress report is made of: plain frozen values, filled in by the room that knows the tasks."""

from dataclasses import dataclass, fields
from datetime import date

from ancam.engines.drafting.paper_values import PaperValues


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task as the appendix shows it.

    group: the heading above the task; consecutive rows with the same group stand under one heading. A row whose group
    is its own task is one agency's share of a task given to several: the task stands once, above its shares.
    deadline: the deadline in the letter's words; due_on: the same as a date, for ordering, when there is one.
    state: the state in one word, as declared; done: nothing is left to do; late: done or still open past the deadline.
    percentage: 0-100 as declared, None when nobody declared one.
    agency: who answers for the task, when that is not who leads it: a supporting agency's own row.
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
    agency: str = ""

    @property
    def answering(self) -> str:
        """Who answers for the task."""
        return self.agency or self.leads

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
class ProgressReport(PaperValues):
    """The values of a progress report of one directive for one period.

    regime: the legal framework in words ("Luật An ninh mạng năm 2025 và Nghị định số 331/2026/NĐ-CP"), or empty.
    unassigned: how many of the directive's tasks no agency has been given yet; they are not among the rows.
    difficulties, next_steps, recommendations: one paragraph each; empty means none was reported.
    """

    period_from: date
    period_to: date
    rows: tuple[TaskRow, ...] = ()
    figures: Figures = Figures()
    unassigned: int = 0
    regime: str = ""
    difficulties: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
