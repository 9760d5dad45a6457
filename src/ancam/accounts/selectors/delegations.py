"""Delegations, and which roles may be given to whom, limited to what the caller may see."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from ancam.accounts.models import Delegation, Membership, Person, Role
from ancam.accounts.rules import DELEGABLE
from ancam.web.clock import VIETNAM


def delegations(person: Person) -> QuerySet[Delegation]:
    """Return the delegations the person gave or received, and those of the agencies they administer, latest first."""
    visible: QuerySet[Delegation] = Delegation.objects.all().visible_to(person)
    return visible.select_related("giver", "stand_in", "agency").order_by("-begins_on", "-pk")


def bound_to(person: Person, reported_on: date) -> frozenset[int]:
    """Return the ids of those for whom the person stands in today, and of those who stood in for the person on a day.

    One query. A delegation that was ended early on that day counts.
    """
    given = Delegation.objects.filter(giver=person, begins_on__lte=reported_on, ends_on__gte=reported_on)
    midnight = datetime.combine(reported_on, time(), VIETNAM)
    standing = given.filter(Q(ended_at=None) | Q(ended_at__gte=midnight))
    return person.stood_in_for | frozenset(standing.values_list("stand_in", flat=True))


def unheld_delegations(person: Person, kept: Iterable[Membership], day: date) -> list[Delegation]:
    """Return what the person gave in roles that are not among `kept`, and received where none of these is held.

    Without what is over by this day; the next to begin first. One query.
    """
    held = {(one.agency_id, one.role) for one in kept}
    works_at = {agency for agency, _role in held}
    concerned = Delegation.objects.filter(Q(giver=person) | Q(stand_in=person)).not_over_on(day)
    return [
        one
        for one in concerned.select_related("giver", "stand_in", "agency").order_by("begins_on", "pk")
        if (one.giver_id == person.pk and (one.agency_id, one.role) not in held)
        or (one.stand_in_id == person.pk and one.agency_id not in works_at)
    ]


def delegations_at(agencies: Any, day: date) -> QuerySet[Delegation]:
    """Return what is or will be stood in for at exactly these agencies, without what is over by this day."""
    rows: QuerySet[Delegation] = Delegation.objects.filter(agency__in=agencies).not_over_on(day)
    return rows.select_related("giver", "stand_in", "agency")


def delegable_memberships(person: Person) -> QuerySet[Membership]:
    """Return the roles that the person may have stood in for: their own, and those held where they administer."""
    own_or_administered = Q(person=person) | person.scope("agency__path", (Role.ADMINISTRATOR,))
    roles = Membership.objects.filter(own_or_administered, role__in=DELEGABLE, person__is_active=True)
    return roles.select_related("agency", "person").order_by("person__sort_key", "pk")


def stand_ins(person: Person) -> QuerySet[Any]:
    """Return the people among whom the person may choose who stands in: those who work where such roles may be held.

    `works_at`: the name of the highest of these agencies at which they work. Whether somebody holds a role there is
    not asked of the others' agencies: that joins the roles of an office of hundreds with themselves.
    """
    own = Membership.objects.filter(person=person, role__in=DELEGABLE).order_by().values("agency")
    there = Membership.objects.filter(
        Q(agency__in=own) | person.scope("agency__path", (Role.ADMINISTRATOR,))
    ).order_by()
    active: QuerySet[Any] = Person.objects.filter(is_active=True, pk__in=there.values("person"))
    works_at = there.filter(person=OuterRef("pk")).order_by("agency__path").values("agency__name")[:1]
    found: QuerySet[Any] = active.annotate(works_at=Subquery(works_at)).order_by("sort_key", "pk")
    return found
