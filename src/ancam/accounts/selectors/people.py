"""People and their roles, limited to what the caller may see."""

from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Prefetch, Q, QuerySet

from ancam.accounts.models import Agency, Delegation, Membership, OneTimeLink, Person
from ancam.accounts.selectors.agencies import administered_agencies
from ancam.accounts.tokens import token_digest
from ancam.web.clock import day_of


def people(person: Person) -> QuerySet[Person]:
    """Return the people whom the person may see, with their roles there and their link, by given name. Two queries."""
    roles = Membership.objects.select_related("agency").filter(person.scope("agency__path") | Q(person=person))
    visible: QuerySet[Person] = Person.objects.all().visible_to(person).order_by("sort_key", "pk")
    return visible.select_related("one_time_link").prefetch_related(
        Prefetch("memberships", queryset=roles, to_attr="visible_roles")
    )


def awaiting_link(person: Person, at: datetime) -> QuerySet[Person]:
    """Return those who have set no password and have no live link, all of whose agencies the person administers.

    By given name. One query.
    """
    administered = administered_agencies(person).order_by()
    held_elsewhere = Membership.objects.exclude(agency__in=administered).order_by()
    received_elsewhere = Delegation.objects.all().not_over_on(day_of(at))
    waiting = Person.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    found: QuerySet[Person] = (
        waiting.filter(pk__in=Membership.objects.order_by().values("person"))
        .exclude(pk__in=held_elsewhere.values("person"))
        .exclude(pk__in=received_elsewhere.exclude(agency__in=administered).values("stand_in"))
        .exclude(one_time_link__expires_at__gt=at)
    )
    return found.order_by("sort_key", "pk")


def memberships_of(person: Person, asker: Person) -> QuerySet[Membership]:
    """Return the roles of a person that the asker may see, with their agencies, oldest first."""
    held = Membership.objects.filter(asker.scope("agency__path"), person=person)
    return held.select_related("agency").order_by("pk")


def memberships_at(agency: Agency) -> QuerySet[Membership]:
    """Return the roles held at exactly this agency, with the people, by given name. The caller may see the agency."""
    return Membership.objects.filter(agency=agency).select_related("person").order_by("person__sort_key", "pk")


def link_holder(token: str, at: datetime) -> OneTimeLink | None:
    """Return the live one-time link of this token, or None."""
    return OneTimeLink.objects.select_related("person").filter(digest=token_digest(token), expires_at__gt=at).first()


def instance_has_people() -> bool:
    """Tell whether someone can sign in already. One query."""
    return bool(Person.objects.exists())
