"""The door for reading agencies and people, limited to what the caller may see."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from ancam.accounts.models import Agency, Membership, OneTimeLink, Person
from ancam.accounts.tokens import token_digest
from ancam.kit.folding import fold
from ancam.reference import reference


def root_agency() -> Agency | None:
    """Return the agency that runs this instance, or None before it is registered. One query."""
    return Agency.objects.filter(depth=1).first()


def agencies(person: Person) -> QuerySet[Agency]:
    """Return the agencies that the person may see, in the tree's order."""
    return Agency.objects.all().visible_to(person)


def search_agencies(person: Person, words: str) -> QuerySet[Agency]:
    """Return the visible agencies whose folded name or place holds every word."""
    found = agencies(person)
    for word in fold(words).split():
        found = found.filter(search_key__contains=word)
    return found


def people(person: Person) -> QuerySet[Person]:
    """Return the people whom the person may see, with their roles there, by given name. Two queries."""
    roles = Membership.objects.select_related("agency").filter(person.scope("agency__path") | Q(person=person))
    visible = Person.objects.all().visible_to(person)
    return visible.prefetch_related(Prefetch("memberships", queryset=roles, to_attr="visible_roles")).order_by("sort_key")


def link_holder(token: str, at: datetime) -> OneTimeLink | None:
    """Return the live one-time link of this token, or None."""
    return OneTimeLink.objects.select_related("person").filter(digest=token_digest(token), expires_at__gt=at).first()


def agency_kinds() -> list[dict[str, Any]]:
    """Return the kinds of agency that can exist by themselves (no groups), as the reference lists them."""
    return [kind for kind in reference("agencies")["agencies"] if not kind["is_group"] or kind["tier"] == "enterprise"]
