"""The door for reading agencies and people, limited to what the caller may see."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import CharField, Prefetch, Q, QuerySet
from django.db.models.functions import Cast

from ancam.accounts.models import Agency, Membership, OneTimeLink, Person, Role
from ancam.accounts.tokens import token_digest
from ancam.audit.selectors import history_acted_for
from ancam.audit.services import Subject
from ancam.reference import reference


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of agency: its id in the reference, its Vietnamese name, the tier it stands in."""

    id: str
    name: str
    tier: str


def root_agency() -> Agency | None:
    """Return the agency that runs this instance, or None before it is registered. One query."""
    root: Agency | None = Agency.objects.filter(depth=1).first()
    return root


def agencies(person: Person) -> QuerySet[Agency]:
    """Return the agencies that the person may see, in the tree's order."""
    visible: QuerySet[Agency] = Agency.objects.all().visible_to(person)
    return visible


def people(person: Person) -> QuerySet[Person]:
    """Return the people whom the person may see, with their roles there, by given name. Two queries."""
    roles = Membership.objects.select_related("agency").filter(person.scope("agency__path") | Q(person=person))
    visible: QuerySet[Person] = Person.objects.all().visible_to(person).order_by("sort_key", "pk")
    return visible.prefetch_related(Prefetch("memberships", queryset=roles, to_attr="visible_roles"))


def memberships_of(person: Person, asker: Person) -> QuerySet[Membership]:
    """Return the roles of a person that the asker may see, with their agencies, oldest first."""
    held = Membership.objects.filter(asker.scope("agency__path"), person=person)
    return held.select_related("agency").order_by("pk")


def memberships_at(agency: Agency) -> QuerySet[Membership]:
    """Return the roles held at exactly this agency, with the people, by given name. The caller may see the agency."""
    return Membership.objects.filter(agency=agency).select_related("person").order_by("person__sort_key", "pk")


def visible_history(asker: Person, subject: Subject) -> QuerySet[Any]:
    """Return the lines of a person or an agency that the asker may read, newest first.

    Those acted for an agency the asker sees, and the asker's own: what another agency does with a shared person
    stays there. The caller has checked that the asker may see the subject.
    """
    seen = agencies(asker).order_by().annotate(key=Cast("pk", CharField())).values("key")
    return history_acted_for(subject, agency_ids=seen, actor_id=str(asker.pk))


def link_holder(token: str, at: datetime) -> OneTimeLink | None:
    """Return the live one-time link of this token, or None."""
    return OneTimeLink.objects.select_related("person").filter(digest=token_digest(token), expires_at__gt=at).first()


def administered_agencies(person: Person) -> QuerySet[Agency]:
    """Return the agencies that the person administers, in the tree's order."""
    condition = Q(pk__in=[])
    for membership in person.current_memberships:
        if membership.role == Role.ADMINISTRATOR:
            condition |= Q(path__startswith=membership.agency.path)
    administered: QuerySet[Agency] = Agency.objects.filter(condition)
    return administered


def instance_has_people() -> bool:
    """Tell whether someone can sign in already. One query."""
    return bool(Person.objects.exists())


def agency_kinds() -> list[AgencyKind]:
    """Return the kinds that an agency of today can have, as the reference lists them.

    Left out: names of several bodies at once, roles, and kinds that reorganisation has ended.
    """
    content = reference("agencies")
    today = [kind for kind in content["agencies"] if not kind.get("successors")]
    single = [kind for kind in today if not kind["group"] or "one_of_them" in kind]
    return [
        AgencyKind(kind["id"], kind.get("one_of_them") or kind["name"], kind["tier"])
        for kind in [*single, *content["other_kinds"]]
    ]


@cache
def kind_names() -> dict[str, str]:
    """Return the words for each kind of agency, ended ones too, by the kind's id."""
    content = reference("agencies")
    kinds = [*content["agencies"], *content["other_kinds"]]
    return {kind["id"]: kind.get("one_of_them") or kind["name"] for kind in kinds}


def province_names() -> list[str]:
    """Return the names of the provinces and cities of today."""
    return [province["name"] for province in reference("agencies")["provinces"]]
