"""Agencies, limited to what the caller may see."""

from django.db.models import Q, QuerySet

from ancam.accounts.models import Agency, Person, Role


def root_agency() -> Agency | None:
    """Return the agency that runs this instance, or None before it is registered. One query."""
    root: Agency | None = Agency.objects.filter(depth=1).first()
    return root


def agencies(person: Person) -> QuerySet[Agency]:
    """Return the agencies that the person may see, in the tree's order."""
    visible: QuerySet[Agency] = Agency.objects.all().visible_to(person)
    return visible


def administered_agencies(person: Person) -> QuerySet[Agency]:
    """Return the agencies that the person administers, in the tree's order."""
    condition = Q(pk__in=[])
    for membership in person.current_memberships:
        if membership.role == Role.ADMINISTRATOR:
            condition |= Q(path__startswith=membership.agency.path)
    administered: QuerySet[Agency] = Agency.objects.filter(condition)
    return administered
