"""Assignments, the periods in which they are due, and their progress; what is late, or waits for a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from ancam.accounts.models import Person
from ancam.directives.models import (
    FINISHED,
    WORKING,
    Assignment,
    Decision,
    Document,
    DocumentState,
    DuePeriod,
    Extension,
    Obligation,
    ObligationState,
    PeriodState,
    ProgressFile,
    ProgressReport,
)
from ancam.directives.rules import DUE_NEXT_DAYS, DUE_SOON_DAYS
from ancam.directives.selectors.documents import stored_content
from ancam.directives.selectors.people import ACTING, acts_for, answered_by, given_by, holding_agencies
from ancam.kit.folding import fold

_RELATED = (
    "agency",
    "answering_agency",
    "parent__agency",
    "parent__answering_agency",
    "obligation__document__holder",
)
_HEAVY = ("obligation__document__text", "obligation__document__clauses")


def assignments(person: Person) -> QuerySet[Assignment]:
    """Return the assignments the person may see, in the letters' order, with obligation, letter and agencies."""
    found = Assignment.objects.all().visible_to(person).select_related(*_RELATED).defer(*_HEAVY)
    return found.order_by("obligation__position", "agency__sort_key", "pk")


def every_period(person: Person) -> QuerySet[DuePeriod]:
    """Return the periods the person may see, by last day, each with its assignment, obligation, letter and agencies.

    Those of assignments that were taken back too. One query.
    """
    found = DuePeriod.objects.all().visible_to(person)
    return (
        found.select_related(*(f"assignment__{name}" for name in _RELATED))
        .defer(*(f"assignment__{name}" for name in _HEAVY))
        .order_by(F("due_on").asc(nulls_last=True), "assignment__obligation__position", "pk")
    )


def due_periods(person: Person, words: str = "") -> QuerySet[DuePeriod]:
    """Return those of `every_period` whose assignment stands, and which hold every word. One query."""
    found = every_period(person).followed()  # type: ignore[attr-defined]
    return holding_words(found, words)


def holding_words(found: QuerySet[DuePeriod], words: str) -> QuerySet[DuePeriod]:
    """Return the periods that hold every word in their duty or in the name of an agency. No query."""
    for word in fold(words).split():
        found = found.filter(_holds(word))
    return found


def _holds(word: str) -> Q:
    columns = ("obligation__search_key", "agency__search_key", "answering_agency__search_key")
    condition = Q(pk__in=[])
    for column in columns:
        condition |= Q(**{f"assignment__{column}__contains": word})
    return condition


def last_accepted(column: str) -> Subquery:
    """Return a column of the report by which a period was accepted last, for its query."""
    reports = ProgressReport.objects.filter(period=OuterRef("pk"), decision=Decision.ACCEPTED)
    return Subquery(reports.order_by("-at", "-pk").values(column)[:1])


def periods_of(document: Document, person: Person) -> QuerySet[DuePeriod]:
    """Return the periods of the letter's assignments the person may see, in the letter's order."""
    found = due_periods(person).filter(assignment__obligation__document=document)
    return found.order_by("assignment__obligation__position", "assignment__agency__sort_key", "begins_on", "pk")


def late(found: QuerySet[DuePeriod], on: date) -> QuerySet[DuePeriod]:
    """Return those past their last day with something left to do."""
    return found.filter(state__in=WORKING, due_on__lt=on)


def due_within(found: QuerySet[DuePeriod], on: date, first: int, last: int) -> QuerySet[DuePeriod]:
    """Return those with something left to do whose last day lies `first` to `last` days ahead."""
    return found.filter(state__in=WORKING, due_on__range=(on + timedelta(days=first), on + timedelta(days=last)))


def due_later(found: QuerySet[DuePeriod], on: date) -> QuerySet[DuePeriod]:
    """Return those with something left to do whose last day is more than 30 days ahead, or not a day at all."""
    after = Q(due_on=None) | Q(due_on__gt=on + timedelta(days=DUE_NEXT_DAYS))
    return found.filter(after, state__in=WORKING)


def state_counts(found: QuerySet[DuePeriod], on: date) -> dict[str, int]:
    """Return how many periods are in each state, how many are `overdue`, and their `total`. One query."""
    by_state = {state.value: Count("pk", filter=Q(state=state)) for state in PeriodState}
    overdue = Count("pk", filter=Q(state__in=WORKING, due_on__lt=on))
    return found.order_by().aggregate(**by_state, overdue=overdue, total=Count("pk"))


def current_period(periods: Iterable[DuePeriod]) -> DuePeriod | None:
    """Return, of an assignment's periods, the one to work on: the earliest unfinished, else the last; or None."""
    in_order = sorted(periods, key=lambda period: (period.due_on or date.max, period.begins_on, period.code))
    left = (period for period in in_order if period.state not in FINISHED)
    return next(left, in_order[-1] if in_order else None)


def reports_of(period: DuePeriod) -> QuerySet[ProgressReport]:
    """Return the reports on a period, newest first, with their files. The caller may see the assignment."""
    return period.reports.select_related("by", "decided_by", "offline").prefetch_related("files")


def extensions_of(period: DuePeriod) -> QuerySet[Extension]:
    """Return the requests for more time, newest first, with who asked and answered. The caller may see the period."""
    return period.extensions.select_related("asked_by", "decided_by")


def waiting_report(period: DuePeriod) -> ProgressReport | None:
    """Return the report that waits for the holder's answer, or None."""
    if period.state != PeriodState.SUBMITTED:
        return None
    return period.reports.select_related("by", "offline").first()


def returned_report(period: DuePeriod) -> ProgressReport | None:
    """Return the report that was sent back and not yet followed by another, or None."""
    return period.reports.first() if period.state == PeriodState.RETURNED else None


def progress_files(person: Person) -> QuerySet[ProgressFile]:
    """Return the attached files the person may see: those of visible assignments."""
    visible = DuePeriod.objects.all().visible_to(person)
    return ProgressFile.objects.filter(report__period__in=visible)


def progress_file_content(file: ProgressFile) -> bytes:
    """Return an attached file; raise `FileMissing` when the store's bytes are gone or differ."""
    return stored_content(file.digest, file.name)


def unassigned_count(document: Document) -> int:
    """Return how many confirmed obligations of the letter no agency has been given. One query."""
    return _unassigned().filter(document=document).count()


def _unassigned() -> QuerySet[Obligation]:
    given = Assignment.objects.all().standing().filter(obligation=OuterRef("pk"))
    return Obligation.objects.filter(~Exists(given), state=ObligationState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Home:
    """What a person's first page shows; querysets, so that each list is cut by the page.

    to_review: letters under review of the person's agencies. to_assign: tracked ones with a duty given to nobody.
    to_answer: reports of completion that wait for the person. returned: what came back to the person's agencies.
    overdue, soon, next: what the person's agencies have left to do, by last day: past, within 7 days, within 30. later:
    what is due after that, or has no last day. What came back stands in `returned` alone. below: by the first three
    names, what other agencies have left that the person sees, to be told duty by duty (`duties_left`).
    """

    to_review: QuerySet[Document]
    to_assign: QuerySet[Document]
    to_answer: QuerySet[DuePeriod]
    returned: QuerySet[DuePeriod]
    overdue: QuerySet[DuePeriod]
    soon: QuerySet[DuePeriod]
    next: QuerySet[DuePeriod]
    later: QuerySet[DuePeriod]
    below: dict[str, QuerySet[DuePeriod]]


@dataclass(frozen=True, slots=True)
class DutyLeft:
    """A duty of which several agencies have something left. earliest: the first last day. only: the one such period."""

    obligation: Obligation
    agencies: int
    earliest: date
    only: int | None


def duties_left(found: QuerySet[DuePeriod], most: int) -> list[DutyLeft]:
    """Return the duties of periods that have last days, the most pressing first, at most so many. Two queries."""
    by_duty: QuerySet[Any] = found.order_by().values("assignment__obligation")
    told = {"agencies": Count(ACTING, distinct=True), "earliest": Min("due_on"), "n": Count("pk"), "one": Max("pk")}
    rows = list(by_duty.annotate(**told).order_by("earliest", "assignment__obligation")[:most])
    duties = Obligation.objects.select_related("document").defer("document__text", "document__clauses")
    known = duties.in_bulk([row["assignment__obligation"] for row in rows])
    return [
        DutyLeft(
            known[row["assignment__obligation"]],
            row["agencies"],
            row["earliest"],
            row["one"] if row["n"] == 1 else None,
        )
        for row in rows
    ]


def home(person: Person, on: date) -> Home:
    """Return the lists of a person's first page."""
    visible = due_periods(person)
    held = Document.objects.all().held_by(person).filter(acts_for(person, "holder", on)).select_related("holder")
    held = held.defer("text", "clauses")
    ungiven = _unassigned().filter(document=OuterRef("pk"))
    waiting = Q(percentage=100) | Q(not_applicable=True)
    own_latest = ProgressReport.objects.filter(waiting, period=OuterRef("pk"), by=person, decision="")
    submitted = visible.filter(given_by(person, on, "assignment__"), state=PeriodState.SUBMITTED)
    mine = answered_by(holding_agencies(person), on, "assignment__")
    open_ones, others = visible.filter(mine).exclude(state=PeriodState.RETURNED), visible.exclude(mine)
    return Home(
        to_review=held.filter(state=DocumentState.IN_REVIEW),
        to_assign=held.filter(Exists(ungiven), state=DocumentState.TRACKED),
        to_answer=submitted.exclude(Exists(own_latest)),
        returned=visible.filter(mine, state=PeriodState.RETURNED),
        overdue=late(open_ones, on),
        soon=due_within(open_ones, on, 0, DUE_SOON_DAYS),
        next=due_within(open_ones, on, DUE_SOON_DAYS + 1, DUE_NEXT_DAYS),
        later=due_later(open_ones, on),
        below={
            "overdue": late(others, on),
            "soon": due_within(others, on, 0, DUE_SOON_DAYS),
            "next": due_within(others, on, DUE_SOON_DAYS + 1, DUE_NEXT_DAYS),
        },
    )
