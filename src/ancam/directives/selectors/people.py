"""Which agencies a person acts for, and which an obligation can be given to."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from ancam.accounts.models import Agency, Person
from ancam.accounts.rules import LEADER, OFFICER
from ancam.accounts.selectors import bound_to
from ancam.directives.models import ProgressReport
from ancam.directives.rules import assigns_for_its_parent, may_answer
from ancam.web.clock import day_of

ACTING = Coalesce("assignment__answering_agency", "assignment__agency")
"""The id of the agency that answers for a period's assignment today."""


def acting(agencies: Collection[Agency], prefix: str = "assignment__") -> Q:
    """Return the condition that one of the agencies answers for the assignment at `prefix` today. No query."""
    given = Q(**{f"{prefix}answering_agency": None, f"{prefix}agency__in": agencies})
    return given | Q(**{f"{prefix}answering_agency__in": agencies})


def holding_agencies(person: Person) -> list[Agency]:
    """Return the agencies for which the person may receive and hold letters, each once. No query beyond the roles."""
    agencies = {m.agency_id: m.agency for m in person.current_memberships if m.role in (LEADER, OFFICER)}
    return list(agencies.values())


def reporting_agencies(person: Person) -> list[Agency]:
    """Return the agencies for which the person may report progress: the same as those for which one holds letters."""
    return holding_agencies(person)


def may_hold(person: Person, agency: Agency) -> bool:
    """Tell whether the person may act on letters that this agency holds."""
    return person.has_perm("directives.hold", agency)


def may_report(person: Person, agency: Agency) -> bool:
    """Tell whether the person may report on what this agency was given."""
    return person.has_perm("directives.report", agency)


def may_answer_report(person: Person, report: ProgressReport) -> bool:
    """Tell whether four eyes allow the person to answer a report. One query."""
    return may_answer_what(person, report.by_id, report.at)


def may_answer_what(person: Person, by_id: int, at: datetime) -> bool:
    """Tell whether four eyes allow the person to answer what another wrote at an instant. One query."""
    return may_answer(reporter_id=by_id, person_id=person.pk, bound_to=bound_to(person, day_of(at)))


def assignable_agencies(holder: Agency, on: date) -> QuerySet[Agency]:
    """Return the agencies to which a holder may give work on a day: itself and all below that exist, in tree order.

    The office of a committee gives out work in the committee's place, so it reaches all that the committee does.
    """
    top = holder.parent if assigns_for_its_parent(holder.kind) else None
    found: QuerySet[Agency] = Agency.objects.filter((top or holder).subtree())
    return found.existing_on(on)  # type: ignore[attr-defined, no-any-return]


def agencies_below(giver: Agency, on: date) -> QuerySet[Agency]:
    """Return the agencies to which an agency may give on what it was given: those under it that exist on a day."""
    found: QuerySet[Agency] = Agency.objects.filter(giver.subtree()).exclude(pk=giver.pk)
    return found.existing_on(on)  # type: ignore[attr-defined, no-any-return]


def acts_for(person: Person, prefix: str, on: date) -> Q:
    """Return the condition that the agency at `prefix` is one for which the person is leader or officer.

    Exactly one of theirs, or one that had ended by that day and whose records theirs keeps.
    """
    condition = Q(pk__in=[])
    for agency in holding_agencies(person):
        condition |= agency.with_kept(prefix, on)
    return condition


def answered_by(agencies: Iterable[Agency], on: date, prefix: str = "") -> Q:
    """Return the condition that one of these agencies reports on the assignment at `prefix` today.

    Whom a person has confirmed; else whom it was given to, or who keeps the records of that one.
    """
    condition = Q(pk__in=[])
    for agency in agencies:
        given = Q(**{f"{prefix}answering_agency": None}) & agency.with_kept(f"{prefix}agency", on)
        condition |= given | agency.with_kept(f"{prefix}answering_agency", on)
    return condition


def given_by(person: Person, on: date, prefix: str = "") -> Q:
    """Return the condition that the person acts for the agency that gave the assignment at `prefix`.

    The one that gave a part of its own assignment on; else the holder of the letter.
    """
    by_holder = Q(**{f"{prefix}parent": None}) & acts_for(person, f"{prefix}obligation__document__holder", on)
    by_parent = Q(**{f"{prefix}parent__isnull": False})
    return by_holder | (by_parent & answered_by(holding_agencies(person), on, f"{prefix}parent__"))
