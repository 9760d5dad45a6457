"""Assignments and their progress; what is due, late, or waits for a person."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ancam.accounts.models import Person
from ancam.directives.models import (
    LIVE,
    WORKING,
    Assignment,
    AssignmentState,
    Document,
    DocumentState,
    Obligation,
    ObligationState,
    ProgressFile,
    ProgressReport,
)
from ancam.directives.rules import DUE_NEXT_DAYS, DUE_SOON_DAYS
from ancam.directives.selectors.documents import stored_content
from ancam.directives.selectors.people import acts_for, answered_by, holding_agencies
from ancam.kit.folding import fold


def assignments(person: Person, words: str = "") -> QuerySet[Assignment]:
    """Return the assignments the person may see, by last day, with obligation, letter and agencies. One query."""
    found = Assignment.objects.all().visible_to(person)
    for word in fold(words).split():
        found = found.filter(_holds(word))
    related = ("agency", "answering_agency", "obligation__document__holder")
    heavy = ("obligation__document__text", "obligation__document__clauses")
    return (
        found.select_related(*related)
        .defer(*heavy)
        .order_by(F("due_on").asc(nulls_last=True), "obligation__position", "pk")
    )


def _holds(word: str) -> Q:
    columns = ("obligation__search_key", "agency__search_key", "answering_agency__search_key")
    condition = Q(pk__in=[])
    for column in columns:
        condition |= Q(**{f"{column}__contains": word})
    return condition


def assignments_of(document: Document, person: Person) -> QuerySet[Assignment]:
    """Return the letter's assignments the person may see, in the letter's order."""
    return (
        assignments(person)
        .filter(obligation__document=document)
        .order_by("obligation__position", "agency__sort_key", "pk")
    )


def late(found: QuerySet[Assignment], on: date) -> QuerySet[Assignment]:
    """Return those past their last day with something left to do."""
    return found.filter(state__in=WORKING, due_on__lt=on)


def due_within(found: QuerySet[Assignment], on: date, first: int, last: int) -> QuerySet[Assignment]:
    """Return those with something left to do whose last day lies `first` to `last` days ahead."""
    return found.filter(state__in=WORKING, due_on__range=(on + timedelta(days=first), on + timedelta(days=last)))


def due_later(found: QuerySet[Assignment], on: date) -> QuerySet[Assignment]:
    """Return those with something left to do whose last day is more than 30 days ahead, or not a day at all."""
    after = Q(due_on=None) | Q(due_on__gt=on + timedelta(days=DUE_NEXT_DAYS))
    return found.filter(after, state__in=WORKING)


def state_counts(found: QuerySet[Assignment], on: date) -> dict[str, int]:
    """Return how many assignments are in each state, how many are `overdue`, and their `total`. One query."""
    by_state = {state.value: Count("pk", filter=Q(state=state)) for state in LIVE}
    overdue = Count("pk", filter=Q(state__in=WORKING, due_on__lt=on))
    return found.order_by().aggregate(**by_state, overdue=overdue, total=Count("pk", filter=Q(state__in=LIVE)))


def reports_of(assignment: Assignment) -> QuerySet[ProgressReport]:
    """Return the reports on an assignment, newest first, with their files. The caller may see the assignment."""
    return assignment.reports.select_related("by", "decided_by").prefetch_related("files")


def waiting_report(assignment: Assignment) -> ProgressReport | None:
    """Return the report that waits for the holder's answer, or None."""
    if assignment.state != AssignmentState.SUBMITTED:
        return None
    return assignment.reports.select_related("by").first()


def returned_report(assignment: Assignment) -> ProgressReport | None:
    """Return the report that was sent back and not yet followed by another, or None."""
    return assignment.reports.first() if assignment.state == AssignmentState.RETURNED else None


def progress_files(person: Person) -> QuerySet[ProgressFile]:
    """Return the attached files the person may see: those of visible assignments."""
    visible = Assignment.objects.all().visible_to(person)
    return ProgressFile.objects.filter(report__assignment__in=visible)


def progress_file_content(file: ProgressFile) -> bytes:
    """Return an attached file; raise `FileMissing` when the store's bytes are gone or differ."""
    return stored_content(file.digest, file.name)


def unassigned_count(document: Document) -> int:
    """Return how many confirmed obligations of the letter no agency has been given. One query."""
    return _unassigned().filter(document=document).count()


def _unassigned() -> QuerySet[Obligation]:
    given = Assignment.objects.filter(obligation=OuterRef("pk"), state__in=LIVE)
    return Obligation.objects.filter(~Exists(given), state=ObligationState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Home:
    """What a person's first page shows; querysets, so that each list is cut by the page.

    to_review: letters under review of the person's agencies. to_assign: tracked ones with a duty given to nobody.
    to_answer: reports of completion that wait for the person. returned: what came back to the person's agencies.
    overdue, soon, next: visible assignments by last day: past, within 7 days, within 30. later: those of the person's
    agencies that are due after that, or have no last day. What came back stands in `returned` alone.
    """

    to_review: QuerySet[Document]
    to_assign: QuerySet[Document]
    to_answer: QuerySet[Assignment]
    returned: QuerySet[Assignment]
    overdue: QuerySet[Assignment]
    soon: QuerySet[Assignment]
    next: QuerySet[Assignment]
    later: QuerySet[Assignment]


def home(person: Person, on: date) -> Home:
    """Return the lists of a person's first page."""
    visible = assignments(person)
    held = Document.objects.all().held_by(person).filter(acts_for(person, "holder", on)).select_related("holder")
    held = held.defer("text", "clauses")
    ungiven = _unassigned().filter(document=OuterRef("pk"))
    own_latest = ProgressReport.objects.filter(assignment=OuterRef("pk"), by=person, decision="", percentage=100)
    submitted = visible.filter(acts_for(person, "obligation__document__holder", on), state=AssignmentState.SUBMITTED)
    mine = answered_by(holding_agencies(person), on)
    open_ones = visible.exclude(mine, state=AssignmentState.RETURNED)
    return Home(
        to_review=held.filter(state=DocumentState.IN_REVIEW),
        to_assign=held.filter(Exists(ungiven), state=DocumentState.TRACKED),
        to_answer=submitted.exclude(Exists(own_latest)),
        returned=visible.filter(mine, state=AssignmentState.RETURNED),
        overdue=late(open_ones, on),
        soon=due_within(open_ones, on, 0, DUE_SOON_DAYS),
        next=due_within(open_ones, on, DUE_SOON_DAYS + 1, DUE_NEXT_DAYS),
        later=due_later(open_ones.filter(mine), on),
    )
