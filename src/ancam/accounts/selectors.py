"""The door for reading agencies and people, limited to what the caller may see."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from ancam.accounts.models import Agency, Membership, OneTimeLink, Person, Role, Tier
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


def administered_agencies(person: Person) -> QuerySet[Agency]:
    """Return the agencies that the person administers, in the tree's order."""
    condition = Q(pk__in=[])
    for membership in person.current_memberships:
        if membership.role == Role.ADMINISTRATOR:
            condition |= Q(path__startswith=membership.agency.path)
    return Agency.objects.filter(condition)


def instance_has_people() -> bool:
    """Tell whether someone can sign in already. One query."""
    return Person.objects.exists()


def agency_kinds() -> list[dict[str, Any]]:
    """Return the kinds that an agency of today can be: not ended, and standing at a tier."""
    kinds = reference("agencies")["agencies"]
    return [_one_of(kind) for kind in kinds if kind["tier"] in Tier.values and not kind.get("successors")]


def kind_names() -> dict[str, str]:
    """Return the words for each kind of agency, ended ones too, by the kind's id."""
    return {kind["id"]: _one_of(kind)["name"] for kind in reference("agencies")["agencies"]}


def province_names() -> list[str]:
    """Return the names of the provinces and cities of today."""
    return [province["name"] for province in reference("agencies")["provinces"]]


def _one_of(kind: dict[str, Any]) -> dict[str, Any]:
    """Return the kind named in the singular: letters write `Các doanh nghiệp …`, an agency is one of them."""
    name = kind["name"].removeprefix("Các ")
    return {**kind, "name": name[0].upper() + name[1:]}
