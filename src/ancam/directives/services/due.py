"""The periods in which assignments are due: opened as they begin, moved when the letter is understood otherwise."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import Q, prefetch_related_objects

from ancam.accounts.models import Person
from ancam.audit.services import Action, record
from ancam.directives.due_rules import MONTHS_OF, DueDay, Period, Schedule, due_after_event, due_day, periods
from ancam.directives.models import WORKING, Assignment, DuePeriod, DutyEvent, Obligation, Transfer
from ancam.directives.services.guards import public_calendar
from ancam.kit.periods import span_start
from ancam.web.clock import day_of

MOVE_DUE_DAY = Action("directives.move_due_day", "Đổi hạn theo văn bản đã sửa")
BATCH = 500


def schedule_of(assignment: Assignment) -> Schedule:
    """Return when an assignment is due: by its giver's own day, its event, what a person said, else by the letter.

    No query where the duty came with its schedule and events.
    """
    obligation, given_on = assignment.obligation, assignment.followed_from or day_of(assignment.assigned_at)
    if assignment.due_on is not None:
        return Schedule(given_on, due_days=(DueDay("by", assignment.due_on),))
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
    """Return the latest event of the assignment or of that whose part it is, else of the whole duty.

    Events are fetched with the duty, the latest first.
    """
    events = list(assignment.obligation.events.all())
    own = (event for event in events if event.assignment_id and event.assignment_id in _with_parent(assignment))
    common = (event for event in events if event.assignment_id is None)
    return next(own, None) or next(common, None)


def _with_parent(assignment: Assignment) -> tuple[int | None, ...]:
    return (assignment.pk, assignment.parent_id)


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


def begun_periods(assignment: Assignment, on: date) -> list[Period]:
    """Return the periods of an assignment that have begun by a day, each with the last day for its agency."""
    found = periods(schedule_of(assignment), on)
    if not assignment.days_earlier:
        return found
    earlier = timedelta(days=assignment.days_earlier)
    return [replace(period, due_on=period.due_on and period.due_on - earlier) for period in found]


def open_periods(assignments: Iterable[Assignment], on: date) -> int:
    """Write the periods of these assignments that have begun by a day; those that stand are left as they are.

    They come with their obligations, schedules and events. What another agency had finished before the work came to
    this one is not opened again. Returns how many there are to write, standing ones included. One query for 500
    periods, and two more where work was transferred.
    """
    given = list(assignments)
    finished = _finished_before(given)
    found = [
        DuePeriod(assignment=one, code=due.code, begins_on=due.begins_on, ends_on=due.ends_on, due_on=due.due_on)
        for one in given
        for due in begun_periods(one, on)
        if due.code not in finished.get(one.pk, ())
    ]
    DuePeriod.objects.bulk_create(found, batch_size=BATCH, ignore_conflicts=True)
    return len(found)


def _finished_before(assignments: Iterable[Assignment]) -> dict[int, set[str]]:
    """Return, for what came from other agencies, the codes of the periods that these had finished. Two queries."""
    carried = {one.pk: one.obligation_id for one in assignments if one.followed_from}
    if not carried:
        return {}
    moved = Transfer.objects.filter(after__obligation__in=set(carried.values())).values_list("after_id", "before_id")
    before = dict(moved)
    done: dict[int, set[str]] = defaultdict(set)
    periods_done = DuePeriod.objects.filter(assignment__in=set(before.values())).exclude(state__in=WORKING)
    for assignment, code in periods_done.order_by().values_list("assignment_id", "code"):
        done[assignment].add(code)
    found: dict[int, set[str]] = defaultdict(set)
    for pk in carried:
        earlier = before.get(pk)
        while earlier is not None:
            found[pk] |= done[earlier]
            earlier = before.get(earlier)
    return found


def reschedule(obligation: Obligation, by: Person, at: datetime) -> None:
    """Bring what is left to do of an obligation to its cadence and deadline, with a line for each day that moves.

    What was reported done keeps the day under which it was reported. A period that the duty has no more is left out
    when nothing was reported on it and nobody asked for more time.
    """
    on = day_of(at)
    prefetch_related_objects([obligation], "events")
    given = list(obligation.assignments.all().standing().select_related("agency", "answering_agency"))
    for assignment in given:
        assignment.obligation = obligation
        due_days = {due.code: due.due_on for due in begun_periods(assignment, on)}
        for period in assignment.periods.filter(state__in=WORKING):
            period.assignment = assignment
            if period.code in due_days:
                _move(period, due_days[period.code], by, at)
            elif not period.reports.exists() and not period.extensions.exists():
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
