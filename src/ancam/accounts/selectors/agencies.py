"""Agencies, limited to what the caller may see."""

from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ancam.accounts.models import Agency, Membership, Person, Role


def root_agency() -> Agency | None:
    """Return the agency that runs this instance, or None before it is registered. One query."""
    root: Agency | None = Agency.objects.filter(depth=1).first()
    return root


def agencies(person: Person) -> QuerySet[Agency]:
    """Return the agencies that the person may see, in the tree's order."""
    visible: QuerySet[Agency] = Agency.objects.all().visible_to(person)
    return visible


def people_count() -> Coalesce:
    """Return the number of people with a role at exactly an agency, counted only for the rows that a page shows."""
    held = Membership.objects.filter(agency=OuterRef("pk")).order_by().values("agency")
    counted = held.annotate(people=Count("person", distinct=True)).values("people")
    return Coalesce(Subquery(counted), 0)


def administered_agencies(person: Person) -> QuerySet[Agency]:
    """Return the agencies that the person administers, in the tree's order."""
    administered: QuerySet[Agency] = Agency.objects.filter(person.scope("path", (Role.ADMINISTRATOR,)))
    return administered


def standing_agencies(person: Person, day: date) -> QuerySet[Agency]:
    """Return the agencies that the person administers and that have not ended before a day, in the tree's order."""
    return administered_agencies(person).not_ended_on(day)  # type: ignore[attr-defined, no-any-return]
