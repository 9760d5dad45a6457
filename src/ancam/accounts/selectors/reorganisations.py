"""Reorganisations as a person may read them: what is planned, what it touches, who answers today by those done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from ancam.accounts.models import (
    Agency,
    Membership,
    Person,
    Predecessor,
    Reorganisation,
    ReorganisationState,
    Role,
    Succession,
)
from ancam.accounts.selectors.agencies import agencies
from ancam.accounts.selectors.delegations import delegations_at
from ancam.accounts.succession_rules import (
    Answer,
    Handing,
    PredecessorPlan,
    by_predecessor,
    what_is_missing,
    who_answers,
)
from ancam.web.holdings import Held, held_by


def reorganisations(person: Person) -> QuerySet[Reorganisation]:
    """Return the reorganisations that the person may see, the latest day first."""
    visible: QuerySet[Reorganisation] = Reorganisation.objects.all().visible_to(person)
    return visible.select_related("owner").order_by("-effective_on", "-pk")


def reorganisable_owners(person: Person) -> QuerySet[Agency]:
    """Return the agencies as whose administrator the person can lead a reorganisation: those with agencies below."""
    own = [agency.pk for agency in person.agencies_as((Role.ADMINISTRATOR,))]
    found: QuerySet[Agency] = Agency.objects.filter(pk__in=own, numchild__gt=0)
    return found


def missing_points(reorganisation: Reorganisation) -> list[tuple[str, str]]:
    """Return what keeps a plan from being applied, as codes with the agency concerned. Three queries."""
    handed: dict[int, list[str]] = {}
    received = set()
    for succession in reorganisation.successions.all():
        handed.setdefault(succession.predecessor_id, []).append(succession.extent)
        received.add(succession.successor_id)
    rows = reorganisation.predecessors.select_related("agency")
    plans = [
        PredecessorPlan(row.agency.name, row.ends, row.keeper_id is not None, tuple(handed.get(row.agency_id, ())))
        for row in rows
    ]
    receivers = list(reorganisation.successors.select_related("agency"))
    idle = [row.agency.name for row in receivers if row.agency_id not in received]
    return what_is_missing(plans, successors=len(receivers), idle=idle)


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit or a role of an ending agency, and where it goes; `to` is empty for a role that ends."""

    thing: Any
    to: str


@dataclass(frozen=True, slots=True)
class PredecessorPreview:
    """What becomes of one agency."""

    row: Predecessor
    successions: list[Succession]
    units: list[Placed]
    roles: list[Placed]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a reorganisation touches: each predecessor; what the rooms keep for those; who no longer stands in.

    eve: the last day of what ends.
    """

    predecessors: list[PredecessorPreview]
    eve: date
    held: list[Held]
    people: int
    delegations: int


def preview(reorganisation: Reorganisation, person: Person, today: date) -> Preview:
    """Return what applying the plan would change. A constant number of queries, and two for each room."""
    rows = list(reorganisation.predecessors.select_related("agency", "keeper"))
    ending = {row.agency_id: row for row in rows if row.ends}
    successions = list(reorganisation.successions.select_related("successor").order_by("extent", "pk"))
    units, roles = _units_of(reorganisation, ending), _roles_of(reorganisation, ending)
    found = [
        PredecessorPreview(
            row,
            [one for one in successions if one.predecessor_id == row.agency_id],
            units.get(row.agency_id, []),
            roles.get(row.agency_id, []),
        )
        for row in rows
    ]
    people = Membership.objects.filter(agency__in=ending).aggregate(n=Count("person", distinct=True))["n"]
    ends_with_it = delegations_at(ending, max(today, reorganisation.effective_on))
    touched = reorganisation.predecessors.order_by().values("agency")
    return Preview(found, reorganisation.eve, held_by(person, touched), people, ends_with_it.count())


def _units_of(reorganisation: Reorganisation, ending: Mapping[int, Predecessor]) -> dict[int, list[Placed]]:
    placed = _placed_names(reorganisation, "unit_id")
    receiving = set(reorganisation.successors.values_list("agency_id", flat=True))
    by_path = {row.agency.path: row for row in ending.values()}
    condition = Q(pk__in=[])
    for row in ending.values():
        condition |= row.agency.subtree() & Q(depth=row.agency.depth + 1)
    found: dict[int, list[Placed]] = {}
    for unit in Agency.objects.filter(condition):
        row = by_path[unit.path[: -Agency.steplen]]
        if unit.pk not in ending.keys() | receiving:
            to = placed.get(unit.pk) or (row.keeper.name if row.keeper else "")
            found.setdefault(row.agency_id, []).append(Placed(unit, to))
    return found


def _roles_of(reorganisation: Reorganisation, ending: Mapping[int, Predecessor]) -> dict[int, list[Placed]]:
    placed = _placed_names(reorganisation, "membership_id")
    held = Membership.objects.filter(agency__in=ending).select_related("person").order_by("person__sort_key", "pk")
    found: dict[int, list[Placed]] = {}
    for membership in held:
        keeper = ending[membership.agency_id].keeper
        to = placed.get(membership.pk, keeper.name if keeper else "")
        found.setdefault(membership.agency_id, []).append(Placed(membership, to or ""))
    return found


def _placed_names(reorganisation: Reorganisation, column: str) -> dict[int, str | None]:
    rows = reorganisation.placements.exclude(**{column: None})
    return dict(rows.values_list(column, "successor__name"))


def successions_of(agency: Agency, person: Person) -> list[Succession]:
    """Return what the agency handed on and received, by day: of those done, and of those the person may see planned.

    What was done is public by its decision, so both names are told; `seen` says which of them the person may open.
    """
    planned = reorganisations(person).filter(state=ReorganisationState.SCHEDULED).order_by()
    told = Q(reorganisation__state=ReorganisationState.DONE) | Q(reorganisation__in=planned.values("pk"))
    rows = Succession.objects.filter(told, Q(predecessor=agency) | Q(successor=agency))
    return list(
        rows.select_related("reorganisation", "predecessor", "successor").order_by("reorganisation__effective_on", "pk")
    )


def openable(person: Person, found: Iterable[Agency]) -> set[int]:
    """Return the ids of those agencies that the person may open. One query."""
    ids = {agency.pk for agency in found}
    return set(agencies(person).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def handings() -> list[Handing]:
    """Return what every reorganisation done has handed on, as the rule sees it. One query."""
    ends = Predecessor.objects.filter(reorganisation=OuterRef("reorganisation"), agency=OuterRef("predecessor"))
    rows = Succession.objects.filter(reorganisation__state=ReorganisationState.DONE)
    rows = rows.annotate(ended=Subquery(ends.values("ends")[:1]), on=F("reorganisation__effective_on"))
    return [
        Handing(*values)
        for values in rows.order_by("pk").values_list(
            "reorganisation_id", "on", "predecessor_id", "successor_id", "extent", "function", "ended"
        )
    ]


def answering_today(
    given: Iterable[tuple[int, str | None, date]], on: date
) -> dict[tuple[int, str | None, date], Answer]:
    """Return who answers on a day for each (agency, function, day on which it was given). Two queries."""
    known = by_predecessor(handings())
    ended = set(Agency.objects.filter(ends_on__lt=on).order_by().values_list("pk", flat=True))
    return {one: who_answers(one[0], one[1], given_on=one[2], on=on, handings=known, ended=ended) for one in given}
