"""What hangs together with an assignment: parts given on, who works beside it, who had it before, what was asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from ancam.accounts.models import Person
from ancam.directives.models import (
    FINISHED,
    WORKING,
    Assignment,
    DuePeriod,
    Obligation,
    Part,
    ProgressReport,
    ScopeQuestion,
    Transfer,
)
from ancam.directives.selectors.people import agencies_below, given_by
from ancam.directives.selectors.work import assignments, last_accepted

SHOWN_BESIDE = 10


@dataclass(frozen=True, slots=True)
class Beside:
    """The agencies that have the same duty from the same giver in the other part: some names, and how many in all."""

    part: str
    names: list[str]
    more: int


@dataclass(frozen=True, slots=True)
class HeldFrom:
    """One agency in the history of an assignment: from which day, until which move, and how often it reported."""

    assignment: Assignment
    since: date
    transfer: Transfer | None
    reports: int


def children_of_assignment(assignment: Assignment, person: Person) -> list[Assignment]:
    """Return the parts given on, with their periods, of which the person may see. Two queries; one when none."""
    found = assignments(person).standing().filter(parent=assignment)  # type: ignore[attr-defined]
    return list(found.order_by("part", "agency__sort_key", "pk").prefetch_related("periods"))


@dataclass(frozen=True, slots=True)
class Results:
    """What became of a period's parts that were given on: what was accepted of which agency, and who is missing."""

    accepted: list[tuple[str, str]]
    missing: list[str]


def results_below(period: DuePeriod) -> Results | None:
    """Return what the agencies below reported for the same period, as accepted; None when no part was given on.

    The caller may report on the period. One query.
    """
    parts = DuePeriod.objects.all().followed().filter(assignment__parent=period.assignment_id, code=period.code)
    rows = parts.select_related("assignment__agency", "assignment__answering_agency")
    rows = rows.annotate(result=last_accepted("text"))
    found = list(rows.order_by("assignment__agency__sort_key", "pk"))
    if not found:
        return None
    return Results(
        [(one.assignment.named_agency, one.result or "") for one in found if one.state in FINISHED],
        [one.assignment.named_agency for one in found if one.state in WORKING],
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """An assignment in a list of those of one duty. level: how deep below another in the list; 0 beside the first."""

    assignment: Assignment
    level: int


def as_families(given: Iterable[Assignment]) -> list[tuple[str, list[Placed]]]:
    """Return the assignments of one duty by part, who leads first, each followed by the parts it gave on. No query."""
    rows = list(given)
    known = {one.pk for one in rows}
    below: dict[int | None, list[Assignment]] = defaultdict(list)
    for one in rows:
        below[one.parent_id if one.parent_id in known else None].append(one)
    found: dict[str, list[Placed]] = {Part.LEAD.value: [], Part.SUPPORT.value: []}
    left = [(one, 0, one.part) for one in reversed(below[None])]
    while left:
        one, level, part = left.pop()
        found[part].append(Placed(one, level))
        left += [(child, level + 1, part) for child in reversed(below[one.pk])]
    return [(str(Part(part).label), placed) for part, placed in found.items() if placed]


def first_of(
    families: Iterable[tuple[str, list[Placed]]], most: int
) -> tuple[list[tuple[str, list[Placed]]], list[Assignment]]:
    """Return the first so many of these families, and their assignments. No query."""
    kept: list[tuple[str, list[Placed]]] = []
    for part, placed in families:
        first = placed[: most - sum(len(rows) for _part, rows in kept)]
        kept += [(part, first)] if first else []
    return kept, [one.assignment for _part, rows in kept for one in rows]


def has_agencies_below(assignment: Assignment, on: date) -> bool:
    """Tell whether there is anyone to whom the assigned agency can give the duty on. One query."""
    return agencies_below(assignment.acting_agency, on).exists()


def others_given(assignment: Assignment) -> Beside | None:
    """Return who works on the same duty in the other part, by name alone; None when nobody does. Two queries at most.

    Who leads must know who supports, and the other way round; what they report is not shown.
    """
    other = Part.SUPPORT if assignment.part == Part.LEAD else Part.LEAD
    beside = assignment.obligation.assignments.all().standing().filter(part=other, parent=assignment.parent_id)
    rows = beside.select_related("agency", "answering_agency").order_by("agency__sort_key", "pk")
    names = [one.named_agency for one in rows[:SHOWN_BESIDE]]
    if not names:
        return None
    more = beside.count() - len(names) if len(names) == SHOWN_BESIDE else 0
    return Beside(other.value, names, more)


def holders_of(assignment: Assignment) -> list[HeldFrom]:
    """Return who had the assignment one after the other, the first first; empty when it never moved. Three queries."""
    moves = Transfer.objects.filter(after__obligation=assignment.obligation_id)
    found = {move.after_id: move for move in moves.select_related("before__agency", "after__agency", "made_by")}
    if not found:
        return []
    chain = _chain(assignment.pk, found.values())
    counted = ProgressReport.objects.filter(period__assignment__in=_ids(chain)).values("period__assignment")
    counts = dict(counted.order_by().annotate(n=Count("pk")).values_list("period__assignment", "n"))
    return [HeldFrom(one, since, move, counts.get(one.pk, 0)) for one, since, move in _held(chain)]


def transfers_of(obligation: Obligation, person: Person) -> QuerySet[Transfer]:
    """Return the moves of an obligation from agency to agency of which the person sees one side. One query."""
    visible = Assignment.objects.all().visible_to(person).filter(obligation=obligation).order_by().values("pk")
    found = Transfer.objects.filter(Q(before__in=visible) | Q(after__in=visible))
    return found.select_related("before__agency", "after__agency", "made_by").order_by("moved_on", "pk")


def questions_of(assignment: Assignment) -> list[ScopeQuestion]:
    """Return what was asked on an assignment, the first first, with who asked and answered. One query."""
    return list(assignment.questions.select_related("asked_by", "answered_by"))


def waiting_questions(person: Person, on: date) -> QuerySet[ScopeQuestion]:
    """Return the questions that wait for the person's agencies, the oldest first, each with its assignment."""
    related = ("assignment__agency", "assignment__answering_agency", "assignment__obligation__document")
    heavy = ("assignment__obligation__document__text", "assignment__obligation__document__clauses")
    found = ScopeQuestion.objects.all().visible_to(person).waiting().filter(given_by(person, on, "assignment__"))
    waiting: QuerySet[ScopeQuestion] = found.select_related(*related).defer(*heavy).order_by("asked_at", "pk")
    return waiting


def _chain(pk: int, moves: Iterable[Transfer]) -> list[Transfer]:
    """Return the moves that led to and from an assignment, in their order."""
    to, out = {move.after_id: move for move in moves}, {move.before_id: move for move in moves}
    found: list[Transfer] = []
    earlier = to.get(pk)
    while earlier is not None:
        found.insert(0, earlier)
        earlier = to.get(earlier.before_id)
    later = out.get(pk)
    while later is not None:
        found.append(later)
        later = out.get(later.after_id)
    return found


def _ids(chain: list[Transfer]) -> list[int]:
    return [chain[0].before_id, *(move.after_id for move in chain)] if chain else []


def _held(chain: list[Transfer]) -> Iterable[tuple[Assignment, date, Transfer | None]]:
    for place, move in enumerate(chain):
        since = chain[place - 1].moved_on if place else move.before.given_on
        yield move.before, since, move
    if chain:
        yield chain[-1].after, chain[-1].moved_on, None
