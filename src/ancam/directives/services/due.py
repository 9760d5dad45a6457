"""The periods in which assignments are due: opened as they begin, moved when the letter is understood otherwise."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from ancam.accounts.models import Person
from ancam.audit.services import Act, Action, record_all
from ancam.directives.due_rules import (
    MONTHS_OF,
    DueDay,
    Period,
    Schedule,
    day_in_words,
    due_after_event,
    due_day,
    opens_after,
    periods,
)
from ancam.directives.models import (
    FINISHED,
    WORKING,
    Assignment,
    Document,
    DuePeriod,
    DueSchedule,
    DutyEvent,
    Extension,
    Obligation,
    ProgressReport,
    Transfer,
)
from ancam.directives.rules import may_withdraw
from ancam.kit.periods import span_start
from ancam.reference.working_days import public_calendar
from ancam.web.clock import day_of

MOVE_DUE_DAY = Action("directives.move_due_day", "Đổi hạn theo văn bản đã sửa")
BATCH = 500


def schedule_of(assignment: Assignment) -> Schedule:
    """Return when an assignment is due: by its giver's own day, its event or what a person said, else by the letter.

    Of an event and a schedule the one that was said last counts. No query where the duty came with its schedule and
    events, and nobody recorded an event for one agency alone.
    """
    obligation, given_on = assignment.obligation, assignment.followed_from or day_of(assignment.assigned_at)
    if assignment.due_on is not None:
        return Schedule(given_on, due_days=(DueDay("by", assignment.due_on),))
    event, said = _event_of(assignment), getattr(obligation, "schedule", None)
    if event is not None and (said is None or event.recorded_at >= said.set_at):
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
    """Return the latest event of the assignment or of one whose part it is, else of the whole duty.

    Events are fetched with the duty, the latest first.
    """
    events = list(assignment.obligation.events.all())
    of_one = [event for event in events if event.assignment_id]
    meant = set(_with_those_above(assignment)) if of_one else set()
    own = (event for event in of_one if event.assignment_id in meant)
    common = (event for event in events if event.assignment_id is None)
    return next(own, None) or next(common, None)


def _with_those_above(assignment: Assignment | None) -> Iterator[int | None]:
    """Yield an assignment and those whose part it is. A query for each that did not come with it."""
    while assignment is not None:
        yield assignment.pk
        assignment = assignment.parent


def _due_after(event: DutyEvent) -> date:
    return due_after_event(event.happened_on, event.days, working_days=event.working_days, calendar=public_calendar())


def _due_days(obligation: Obligation, months: int | None) -> tuple[DueDay, ...]:
    on = obligation.deadline_on
    if on is None:
        named = months and day_in_words(obligation.deadline_text, obligation.deadline_operator, months)
        return (named,) if named else ()
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


def is_over(assignment: Assignment, on: date) -> bool:
    """Tell whether nothing is left of an assignment: its periods are finished, and no other begins after this day."""
    states = [period.state for period in assignment.periods.all()]
    return not may_withdraw(states) and not opens_after(schedule_of(assignment), on)


def open_periods(assignments: Iterable[Assignment], on: date) -> None:
    """Write the periods of these assignments that have begun by a day; those that stand are left as they are.

    They come with their obligations, schedules and events. What another agency had finished before the work came to
    this one is not opened again, nor below what who gave a part on had finished earlier. One query
    for 500 periods, and two more where work was transferred or given on.
    """
    given = list(assignments)
    left_out = _left_out(given)
    found = [
        DuePeriod(assignment=one, code=due.code, begins_on=due.begins_on, ends_on=due.ends_on, due_on=due.due_on)
        for one in given
        for due in _to_open(one, on, left_out)
    ]
    DuePeriod.objects.bulk_create(found, batch_size=BATCH, ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """Codes of periods that others finished: by assignment, of those that it carries on; by parent, of the whole."""

    before: Mapping[int, set[str]]
    above: Mapping[int, set[str]]


def _to_open(assignment: Assignment, on: date, left_out: _LeftOut) -> list[Period]:
    """Return the begun periods that are left to this one. A part has the latest one whatever the whole has."""
    begun = begun_periods(assignment, on)
    of_whole = left_out.above.get(assignment.parent_id or 0, set())
    without = left_out.before.get(assignment.pk, set()) | {due.code for due in begun[:-1] if due.code in of_whole}
    return [due for due in begun if due.code not in without]


def _left_out(assignments: Iterable[Assignment]) -> _LeftOut:
    """Return what others had finished of transferred assignments and of parts. Two queries; none without any."""
    rows = [one for one in assignments if one.followed_from or one.parent_id]
    if not rows:
        return _LeftOut({}, {})
    moved = Transfer.objects.filter(after__obligation__in={one.obligation_id for one in rows})
    before = dict(moved.values_list("after_id", "before_id"))
    chains = {one.pk: list(_earlier(one.pk, before)) for one in rows}
    parents = {one.parent_id for one in rows if one.parent_id}
    done: dict[int, set[str]] = defaultdict(set)
    finished = DuePeriod.objects.filter(assignment__in=parents.union(*chains.values()), state__in=FINISHED)
    for assignment, code in finished.order_by().values_list("assignment_id", "code"):
        done[assignment].add(code)
    codes = {pk: set[str]().union(*(done[one] for one in earlier)) for pk, earlier in chains.items()}
    return _LeftOut(codes, {parent: done[parent] for parent in parents})


def _earlier(pk: int, before: Mapping[int, int]) -> Iterator[int]:
    """Yield the assignments that one carries on, the latest first."""
    while (earlier := before.get(pk)) is not None:
        yield earlier
        pk = earlier


def reschedule(obligation: Obligation, by: Person, at: datetime) -> None:
    """Bring what is left to do of an obligation to its cadence and deadline, with a line for each day that moves.

    What was reported done keeps the day under which it was reported. A period that the duty has no more is left out
    when nothing was reported on it and nobody asked for more time. Called before the act's own line is written: who
    reports meanwhile holds the period and then waits for the ledger. The number of queries grows with the periods by
    one for about 500.
    """
    on = day_of(at)
    prefetch_related_objects([obligation], "events")
    given = list(obligation.assignments.all().standing().select_related("agency", "answering_agency", "parent"))
    wanted: dict[int, dict[str, date | None]] = {}
    for assignment in given:
        assignment.obligation = obligation
        wanted[assignment.pk] = {due.code: due.due_on for due in begun_periods(assignment, on)}
    left = _locked_work(obligation, {one.pk: one for one in given})
    moving = [period for period in left if period.code in wanted[period.assignment_id]]
    gone = [period.pk for period in left if period.code not in wanted[period.assignment_id] and not period.said]
    for first in range(0, len(gone), BATCH):
        DuePeriod.objects.filter(pk__in=gone[first : first + BATCH]).delete()
    _move([(period, wanted[period.assignment_id][period.code]) for period in moving], by, at)
    open_periods(given, on)


def _locked_work(obligation: Obligation, given: Mapping[int, Assignment]) -> list[Any]:
    """Return the periods in which something is left to do, locked, each with whether anybody `said` something of it."""
    reports = ProgressReport.objects.filter(period=OuterRef("pk"))
    said = Exists(reports) | Exists(Extension.objects.filter(period=OuterRef("pk")))
    found = DuePeriod.objects.select_for_update(of=("self",)).annotate(said=said)
    rows = found.filter(assignment__obligation=obligation, state__in=WORKING).order_by("pk")
    left = [period for period in rows if period.assignment_id in given]
    for period in left:
        period.assignment = given[period.assignment_id]
    return left


def _move(days: Iterable[tuple[DuePeriod, date | None]], by: Person, at: datetime) -> None:
    """Give periods their last days; one that was extended stays, unless the new one is later still."""
    by_day: dict[date | None, list[int]] = defaultdict(list)
    acts = []
    for period, due_on in days:
        extended = bool(period.due_on_before and due_on and period.due_on and due_on < period.due_on)
        if due_on == period.due_on or extended:
            continue
        change = {
            "before": period.due_on and period.due_on.isoformat(),
            "after": due_on and due_on.isoformat(),
            "label": f"{due_on:%d/%m/%Y}" if due_on else "không ghi ngày",
        }
        actor = by.as_actor(period.assignment.obligation.document.holder)
        acts.append(Act(actor, MOVE_DUE_DAY, period.as_subject(), change))
        by_day[due_on].append(period.pk)
    for due_on, keys in by_day.items():
        for first in range(0, len(keys), BATCH):
            DuePeriod.objects.filter(pk__in=keys[first : first + BATCH]).update(due_on=due_on, due_on_before=None)
    if acts:
        record_all(acts, at=at)


@transaction.atomic
def open_some_due_periods(*, at: datetime, after: int = 0) -> int | None:
    """Open the periods that have begun of some assignments that return, and lack the one that began last. Idempotent.

    Looks at 500 of them after the one of this id, in their order; returns the last one's id, None when there are no
    more. Their letters are locked, so that nobody says meanwhile that the duty is due otherwise.
    """
    on = day_of(at)
    keys = list(_lacking_latest(on).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not keys:
        return None
    _lock_letters(keys)
    rows = Assignment.objects.all().standing().filter(pk__in=keys).order_by("pk")
    open_periods(rows.select_related("obligation__schedule", "parent").prefetch_related("obligation__events"), on)
    return keys[-1] if len(keys) == BATCH else None


def _lock_letters(assignments: Collection[int]) -> None:
    letters = Assignment.objects.filter(pk__in=assignments).order_by().values("obligation__document")
    list(Document.objects.select_for_update().filter(pk__in=letters).order_by("pk").values_list("pk", flat=True))


def _lacking_latest(on: date) -> Any:
    """Return the standing assignments that return, by letter or as a person said, and lack the period begun last."""
    said = DueSchedule.objects.filter(every_months__isnull=False).order_by().values_list("every_months", flat=True)
    returning: list[tuple[int, Q]] = [
        (months, Q(obligation__schedule=None, obligation__cadence=name)) for name, months in MONTHS_OF.items()
    ]
    returning += [(months, Q(obligation__schedule__every_months=months)) for months in said.distinct() if months]
    lacking: Q = Q(pk__in=[])
    for months, condition in returning:
        latest = span_start(on, months)
        runs = Q(obligation__schedule__ends_on=None) | Q(obligation__schedule__ends_on__gte=latest)
        opened = DuePeriod.objects.filter(assignment=OuterRef("pk"), begins_on__gte=latest)
        lacking |= condition & runs & Q(~Exists(opened))
    return Assignment.objects.all().standing().filter(lacking, due_on=None)
