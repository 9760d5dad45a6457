"""To whom duties can be given: the groups there are, and those that a duty's words suggest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Q, QuerySet

from ancam.accounts.models import Agency
from ancam.directives.group_rules import Directory, Group, Suggested
from ancam.directives.group_words import group_in_words, reason_in_words
from ancam.directives.models import Assignment, AssignmentState, Document, DutyKind, Obligation, ObligationState, Part
from ancam.reference import reference


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A group of agencies that may be meant for a duty in a part, and why."""

    part: Part
    group: Group[Agency]
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A duty and the agencies to which it is to be given in a part."""

    obligation: Obligation
    part: Part
    agencies: tuple[Agency, ...]


def directory_of(agencies: Iterable[Agency]) -> Directory[Agency]:
    """Return these agencies as found by what letters call them."""
    return Directory(agencies, _successors())


def suggestions(obligations: Iterable[Obligation], directory: Directory[Agency]) -> dict[int, list[Suggestion]]:
    """Return, for each obligation, the groups that its bodies mean, those in the lead first.

    A guess for a person to confirm: by the name itself, else by the kind that was read and those that succeeded it;
    where the letter names nobody who is found, by the kind of the duty. No query.
    """
    return {one.pk: _suggestions_of(one, directory) for one in obligations}


def wanted_as_suggested(
    obligations: Sequence[Obligation], directory: Directory[Agency], without: frozenset[int] = frozenset()
) -> list[Wanted]:
    """Return what the obligations' own words suggest, left without some agencies; who leads does not support too."""
    wanted: list[Wanted] = []
    for obligation in obligations:
        taken = set(without)
        found = _suggestions_of(obligation, directory)
        for part in Part:
            meant = dict.fromkeys(agency for one in found if one.part == part for agency in one.group.agencies)
            agencies = tuple(agency for agency in meant if agency.pk not in taken)
            taken |= {agency.pk for agency in agencies}
            if agencies:
                wanted.append(Wanted(obligation, part, agencies))
    return wanted


def givable_obligations(document: Document) -> QuerySet[Obligation]:
    """Return the confirmed obligations of a letter, in its order, each with how many agencies have it. One query."""
    standing = Count("assignments", filter=Q(assignments__state=AssignmentState.STANDING))
    found = Obligation.objects.filter(document=document, state=ObligationState.CONFIRMED).annotate(given=standing)
    givable: QuerySet[Obligation] = found.order_by("position", "pk")
    return givable


def agencies_having(obligation: Obligation) -> list[int]:
    """Return the ids of the agencies that have an obligation now. One query."""
    return [agency for _obligation, agency in standing_pairs([obligation])]


def standing_pairs(obligations: Iterable[Obligation]) -> set[tuple[int, int]]:
    """Return the obligation and the agency of every assignment of these that stands. One query."""
    standing = Assignment.objects.all().standing().filter(obligation__in={one.pk for one in obligations})
    return set(standing.order_by().values_list("obligation_id", "agency_id"))


def _suggestions_of(obligation: Obligation, directory: Directory[Agency]) -> list[Suggestion]:
    found: list[tuple[Part, Suggested[Agency]]] = []
    for part, bodies in ((Part.LEAD, obligation.leads), (Part.SUPPORT, obligation.supports)):
        found += [(part, one) for body in bodies for one in directory.suggested(body["text"], body["kind"])]
    if not found and not obligation.leads:
        found = [(Part.LEAD, one) for one in directory.usual(_usual_kinds().get(obligation.kind, ()))]
    kind = str(DutyKind(obligation.kind).label)
    return [Suggestion(part, one.group, group_in_words(one.group), reason_in_words(one, kind)) for part, one in found]


@cache
def _successors() -> dict[str, tuple[str, ...]]:
    rows = reference("agencies")["agencies"]
    return {row["id"]: tuple(one["id"] for one in row.get("successors") or ()) for row in rows}


@cache
def _usual_kinds() -> dict[str, tuple[str, ...]]:
    return {row["id"]: tuple(row["agencies"]) for row in reference("duty-assignees")["duties"]}
