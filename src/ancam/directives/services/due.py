"""The periods in which assignments are due: opened as they begin, moved when the letter is understood otherwise."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice

from ancam.accounts.models import Person
from ancam.audit.services import Action, record
from ancam.directives.due_rules import MONTHS_OF, DueDay, Schedule, periods
from ancam.directives.models import WORKING, Assignment, DuePeriod, Obligation
from ancam.kit.periods import span_start
from ancam.web.clock import VIETNAM

MOVE_DUE_DAY = Action("directives.move_due_day", "Đổi hạn theo văn bản đã sửa")
BATCH = 500


def schedule_of(obligation: Obligation, begins_on: date) -> Schedule:
    """Return when a duty is due from a day on: by its cadence, and the letter's day counted within its period."""
    months = MONTHS_OF.get(obligation.cadence)
    return Schedule(begins_on, months, due_days=_due_days(obligation, months))


def _due_days(obligation: Obligation, months: int | None) -> tuple[DueDay, ...]:
    on = obligation.deadline_on
    if on is None:
        return ()
    if months is None:
        return (DueDay(obligation.deadline_operator, on),)
    start = span_start(on, months)
    month = (on.year - start.year) * 12 + on.month - start.month + 1
    return (DueDay(obligation.deadline_operator, month=month, day=on.day),)


def open_periods(assignments: Iterable[Assignment], on: date) -> int:
    """Write the periods of these assignments that have begun by a day; those that stand are left as they are.

    They come with their obligations. Returns how many there are to write, standing ones included.
    """
    found = [
        DuePeriod(assignment=one, code=due.code, begins_on=due.begins_on, ends_on=due.ends_on, due_on=due.due_on)
        for one in assignments
        for due in periods(_schedule(one), on)
    ]
    DuePeriod.objects.bulk_create(found, batch_size=BATCH, ignore_conflicts=True)
    return len(found)


def reschedule(obligation: Obligation, by: Person, at: datetime) -> None:
    """Bring what is left to do of an obligation to its cadence and deadline, with a line for each day that moves.

    What was reported done keeps the day under which it was reported. A period that the duty has no more is left out
    when nothing was reported on it.
    """
    on = at.astimezone(VIETNAM).date()
    given = list(obligation.assignments.all().standing().select_related("agency", "answering_agency"))
    for assignment in given:
        assignment.obligation = obligation
        due_days = {due.code: due.due_on for due in periods(_schedule(assignment), on)}
        for period in assignment.periods.filter(state__in=WORKING):
            period.assignment = assignment
            if period.code in due_days:
                _move(period, due_days[period.code], by, at)
            elif not period.reports.exists():
                period.delete()
    open_periods(given, on)


def _move(period: DuePeriod, due_on: date | None, by: Person, at: datetime) -> None:
    if due_on == period.due_on:
        return
    change = {
        "before": period.due_on and period.due_on.isoformat(),
        "after": due_on and due_on.isoformat(),
        "label": f"{due_on:%d/%m/%Y}" if due_on else "không ghi ngày",
    }
    period.due_on = due_on
    period.save()
    actor = by.as_actor(period.assignment.obligation.document.holder)
    record(by=actor, action=MOVE_DUE_DAY, subject=period.as_subject(), change=change, at=at)


def _schedule(assignment: Assignment) -> Schedule:
    return schedule_of(assignment.obligation, assignment.assigned_at.astimezone(VIETNAM).date())


def open_due_periods(*, at: datetime) -> None:
    """Open, for every standing assignment that returns, the periods that have begun. Idempotent; in batches."""
    on = at.astimezone(VIETNAM).date()
    returning = Assignment.objects.all().standing().filter(obligation__cadence__in=MONTHS_OF)
    rows = returning.select_related("obligation").order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        open_periods(batch, on)
