"""The periods in which assignments are due: opened as they begin, moved when the letter is understood otherwise."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice

from django.db.models import Q, prefetch_related_objects

from ancam.accounts.models import Person
from ancam.audit.services import Action, record
from ancam.directives.due_rules import MONTHS_OF, DueDay, Schedule, due_after_event, due_day, periods
from ancam.directives.models import WORKING, Assignment, DuePeriod, DutyEvent, Obligation
from ancam.directives.services.guards import public_calendar
from ancam.kit.periods import span_start
from ancam.web.clock import day_of

MOVE_DUE_DAY = Action("directives.move_due_day", "Đổi hạn theo văn bản đã sửa")
BATCH = 500


def schedule_of(assignment: Assignment) -> Schedule:
    """Return when an assignment is due: by its event, by what a person said, else by the letter's cadence and day."""
    obligation, given_on = assignment.obligation, day_of(assignment.assigned_at)
    event, said = _event_of(assignment), getattr(obligation, "schedule", None)
    if event is not None:
        return Schedule(given_on, due_days=(DueDay("by", _due_after(event)),))
    if said is not None:
        days = tuple(due_day(values) for values in said.due_days)
        return Schedule(said.begins_on or given_on, said.every_months, said.ends_on, days)
    return schedule_by_letter(obligation, given_on)


def schedule_by_letter(obligation: Obligation, given_on: date) -> Schedule:
    """Return when a duty is due by the letter's words alone: its cadence, and its day counted within the period."""
    months = MONTHS_OF.get(obligation.cadence)
    return Schedule(given_on, months, due_days=_due_days(obligation, months))


def _event_of(assignment: Assignment) -> DutyEvent | None:
    """Return the latest event of the assignment, else of the whole duty; fetched with the duty, the latest first."""
    events = list(assignment.obligation.events.all())
    own = (event for event in events if event.assignment_id == assignment.pk)
    common = (event for event in events if event.assignment_id is None)
    return next(own, None) or next(common, None)


def _due_after(event: DutyEvent) -> date:
    return due_after_event(event.happened_on, event.days, working_days=event.working_days, calendar=public_calendar())


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
        for due in periods(schedule_of(one), on)
    ]
    DuePeriod.objects.bulk_create(found, batch_size=BATCH, ignore_conflicts=True)
    return len(found)


def reschedule(obligation: Obligation, by: Person, at: datetime) -> None:
    """Bring what is left to do of an obligation to its cadence and deadline, with a line for each day that moves.

    What was reported done keeps the day under which it was reported. A period that the duty has no more is left out
    when nothing was reported on it.
    """
    on = day_of(at)
    prefetch_related_objects([obligation], "events")
    given = list(obligation.assignments.all().standing().select_related("agency", "answering_agency"))
    for assignment in given:
        assignment.obligation = obligation
        due_days = {due.code: due.due_on for due in periods(schedule_of(assignment), on)}
        for period in assignment.periods.filter(state__in=WORKING):
            period.assignment = assignment
            if period.code in due_days:
                _move(period, due_days[period.code], by, at)
            elif not period.reports.exists():
                period.delete()
    open_periods(given, on)


def _move(period: DuePeriod, due_on: date | None, by: Person, at: datetime) -> None:
    """Move a last day; one that was extended stays, unless the new one is later still."""
    if due_on == period.due_on or (period.due_on_before and due_on and period.due_on and due_on < period.due_on):
        return
    period.due_on_before = None
    change = {
        "before": period.due_on and period.due_on.isoformat(),
        "after": due_on and due_on.isoformat(),
        "label": f"{due_on:%d/%m/%Y}" if due_on else "không ghi ngày",
    }
    period.due_on = due_on
    period.save()
    actor = by.as_actor(period.assignment.obligation.document.holder)
    record(by=actor, action=MOVE_DUE_DAY, subject=period.as_subject(), change=change, at=at)


def open_due_periods(*, at: datetime) -> None:
    """Open, for every standing assignment that returns, the periods that have begun. Idempotent; in batches."""
    on = day_of(at)
    returning = Q(obligation__cadence__in=MONTHS_OF) | Q(obligation__schedule__every_months__isnull=False)
    found = Assignment.objects.all().standing().filter(returning).select_related("obligation__schedule")
    rows = found.prefetch_related("obligation__events").order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        open_periods(batch, on)
