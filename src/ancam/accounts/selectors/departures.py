"""Who leaves and has left, and what leaving touches, limited to what the caller may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from ancam.accounts.models import Agency, Delegation, Departure, Handover, ImportBatch, ImportState, Membership, Person
from ancam.accounts.rules import FOLLOWING
from ancam.web.holdings import Held, held_by


@dataclass(frozen=True, slots=True)
class RoleLeft:
    """A role that would end: who receives it, and how many others hold it at the agency and can sign in."""

    membership: Membership
    receiver: Person | None
    staying: int

    @property
    def is_left_empty(self) -> bool:
        """Tell whether the agency would have nobody in this role."""
        return not self.receiver and not self.staying


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a person's leaving touches.

    unfollowed: agencies left without a leader or officer, and what the rooms keep for them.
    """

    roles: list[RoleLeft]
    delegations: list[Delegation]
    imports: int
    account_ends: bool
    unfollowed: list[Agency]
    held: list[Held]


def departures(person: Person) -> QuerySet[Departure]:
    """Return the person's own departures and those of the agencies they administer, the latest first. Two queries."""
    handovers = Handover.objects.select_related("agency", "receiver").order_by("pk")
    visible: QuerySet[Departure] = Departure.objects.all().visible_to(person)
    rows = visible.select_related("person", "made_by").order_by("-last_day", "-pk")
    return rows.prefetch_related(Prefetch("handovers", queryset=handovers, to_attr="ending"))


def planned_departures(person: Person, asker: Person) -> QuerySet[Departure]:
    """Return the departures of a person that are still to come and that the asker may see, the next first."""
    visible: QuerySet[Departure] = Departure.objects.all().visible_to(asker).planned()
    return visible.filter(person=person).order_by("last_day", "pk")


def leavable_memberships(person: Person, asker: Person) -> list[Membership]:
    """Return the roles of a person at the agencies that the asker administers, without those that end already."""
    going = Handover.objects.filter(departure__in=Departure.objects.planned()).exclude(membership=None)
    held = person.memberships.exclude(pk__in=going.values("membership")).select_related("agency").order_by("pk")
    return [one for one in held if asker.has_perm("accounts.administer", one.agency)]


def receivers_at(membership: Membership) -> QuerySet[Person]:
    """Return who may take a role over: those who work at its agency and can sign in, by given name."""
    working = Membership.objects.filter(agency=membership.agency_id).exclude(person=membership.person_id).order_by()
    found: QuerySet[Person] = Person.objects.filter(pk__in=working.values("person"), is_active=True)
    return found.order_by("sort_key", "pk")


def leaving(
    person: Person, handovers: Collection[tuple[Membership, Person | None]], asker: Person, today: date
) -> Leaving:
    """Return what it touches when these roles of a person end. Two queries for each role and for each room."""
    roles = [RoleLeft(membership, receiver, _staying(membership)) for membership, receiver in handovers]
    unfollowed = [agency for agency in {role.membership.agency for role in roles} if not _followed(agency, roles)]
    return Leaving(
        roles=roles,
        delegations=_delegations_ending(person, [role.membership for role in roles], today),
        imports=ImportBatch.objects.filter(by=person)
        .exclude(state__in=(ImportState.APPLIED, ImportState.LEFT))
        .count(),
        account_ends=not person.memberships.exclude(pk__in=[role.membership.pk for role in roles]).exists(),
        unfollowed=sorted(unfollowed, key=lambda agency: agency.path),
        held=held_by(asker, unfollowed) if unfollowed else [],
    )


def has_left(person: Person, asker: Person) -> Departure | None:
    """Return the last departure, as the asker may see it, of someone who holds no role any more; else None."""
    if person.memberships.exists():
        return None
    return departures(asker).filter(person=person).exclude(carried_out_at=None).first()


def _staying(membership: Membership) -> int:
    same = Membership.objects.filter(agency=membership.agency_id, role=membership.role, person__is_active=True)
    return same.exclude(person=membership.person_id).count()


def _followed(agency: Agency, roles: Collection[RoleLeft]) -> bool:
    """Tell whether someone is left at the agency who follows its duties."""
    here = [role for role in roles if role.membership.agency_id == agency.pk]
    if any(role.receiver and role.membership.role in FOLLOWING for role in here):
        return True
    ending = [role.membership.pk for role in here]
    held = Membership.objects.filter(agency=agency, role__in=FOLLOWING, person__is_active=True)
    return held.exclude(pk__in=ending).exists()


def _delegations_ending(person: Person, ending: list[Membership], today: date) -> list[Delegation]:
    """Return the delegations given in the roles that end, and those received where no role of the person is left."""
    live = Delegation.objects.filter(Q(giver=person) | Q(stand_in=person), ended_at=None, ends_on__gte=today)
    keys = {(one.agency_id, one.role) for one in ending}
    staying = person.memberships.exclude(pk__in=[one.pk for one in ending])
    works_at = set(staying.values_list("agency_id", flat=True))
    return [
        one
        for one in live.select_related("giver", "stand_in", "agency").order_by("begins_on", "pk")
        if (one.giver_id == person.pk and (one.agency_id, one.role) in keys)
        or (one.stand_in_id == person.pk and one.agency_id not in works_at)
    ]
