"""Standing in for someone: giving it, ending it early."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import DelegationDaysRefused, DelegationStands, NotDelegable, StandInUnfit
from ancam.accounts.models import Delegation, Membership, Person
from ancam.accounts.rules import may_be_delegated
from ancam.accounts.selectors.delegations import unheld_delegations
from ancam.accounts.services.guards import locked_person
from ancam.audit.services import Action, Actor, record
from ancam.web.clock import day_of
from ancam.web.replies import Forbidden

DELEGATE = Action("accounts.delegate", "Ủy quyền")
END_DELEGATION = Action("accounts.end_delegation", "Chấm dứt ủy quyền")
MOST_DAYS = 183


@dataclass(frozen=True, slots=True)
class DelegationFacts:
    """Who stands in, from a day to a day, both included, and why."""

    stand_in: Person
    begins_on: date
    ends_on: date
    reason: str = ""


@transaction.atomic
def delegate(*, membership: Membership, facts: DelegationFacts, by: Person, at: datetime) -> Delegation:
    """Let another person act in a role that its holder keeps; both act in it meanwhile.

    By the holder, or by an administrator of the agency when the holder cannot. A role that is only stood in for is no
    membership and cannot be passed on. Raises `Forbidden`, `NotDelegable`, `DelegationDaysRefused`, `StandInUnfit`,
    `DelegationStands`.
    """
    giver = locked_person(membership.person)
    actor = _acting(by, giver, membership, _("ủy quyền"))
    if not may_be_delegated(membership.role):
        raise NotDelegable(role=str(membership.get_role_display()).lower())
    _check_days(facts, day_of(at))
    _check_stand_in(facts.stand_in, giver, membership)
    standing = Delegation.objects.filter(giver=giver, agency=membership.agency, role=membership.role, ended_at=None)
    if other := standing.filter(begins_on__lte=facts.ends_on, ends_on__gte=facts.begins_on).first():
        raise DelegationStands(field="begins_on", person=other.stand_in.full_name, until=other.ends_on)
    made = Delegation.objects.create(
        giver=giver,
        stand_in=facts.stand_in,
        agency=membership.agency,
        role=membership.role,
        begins_on=facts.begins_on,
        ends_on=facts.ends_on,
        reason=facts.reason,
        made_at=at,
    )
    record(
        by=actor, action=DELEGATE, subject=made.as_subject(), change={**made.in_words(), "reason": made.reason}, at=at
    )
    return made


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Person, at: datetime) -> Delegation:
    """End a delegation before its last day: by who gave it, who received it, or an administrator of the agency.

    Does nothing when it was ended already. Raises `Forbidden`.
    """
    current: Delegation = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("giver", "stand_in", "agency")
        .get(pk=delegation.pk)
    )
    if not may_end(current, by):
        raise Forbidden(act=_("chấm dứt ủy quyền"), who=_("người ủy quyền, người thay hoặc quản trị của cơ quan"))
    if not current.may_be_ended_on(day_of(at)):
        return current
    current.ended_at = at
    current.save(update_fields=["ended_at"])
    record(
        by=by.as_actor(current.agency),
        action=END_DELEGATION,
        subject=current.as_subject(),
        change=current.in_words(),
        at=at,
    )
    return current


def end_unheld_delegations(person: Person, actor: Actor, at: datetime) -> int:
    """End what a person gave in roles no longer held, and received where they no longer work; return how many.

    Else a delegation would live again when the role is given back before its last day. Each leaves its line.
    """
    today = day_of(at)
    return end_delegations(unheld_delegations(person, person.memberships.all(), today), actor, at)


def end_delegations(delegations: Iterable[Delegation], actor: Actor, at: datetime) -> int:
    """End these delegations because their ground is gone, each with its line; return how many there were."""
    ending = sorted(delegations, key=lambda delegation: delegation.pk)
    for delegation in ending:
        delegation.ended_at = at
        delegation.save(update_fields=["ended_at"])
        record(by=actor, action=END_DELEGATION, subject=delegation.as_subject(), change=delegation.in_words(), at=at)
    return len(ending)


def may_end(delegation: Delegation, person: Person) -> bool:
    """Tell whether the person may end it early."""
    mine = person.pk in (delegation.giver_id, delegation.stand_in_id)
    return mine or person.has_perm("accounts.administer", delegation.agency)


def _acting(by: Person, giver: Person, membership: Membership, act: str) -> Actor:
    if by.pk == giver.pk:
        return by.as_actor(membership.agency)
    if not by.has_perm("accounts.administer", membership.agency):
        raise Forbidden(act=act, who=_("người giữ vai trò hoặc quản trị của cơ quan"))
    return by.as_actor(by.administering(membership.agency))


def _check_days(facts: DelegationFacts, today: date) -> None:
    if facts.begins_on < today:
        raise DelegationDaysRefused(field="begins_on", most=MOST_DAYS)
    if not facts.begins_on <= facts.ends_on < facts.begins_on + timedelta(days=MOST_DAYS):
        raise DelegationDaysRefused(field="ends_on", most=MOST_DAYS)


def _check_stand_in(stand_in: Person, giver: Person, membership: Membership) -> None:
    """Who stands in works at the agency itself: whoever let them in there administers that agency too."""
    there = stand_in.memberships.filter(agency=membership.agency_id)
    if stand_in.pk == giver.pk or not stand_in.is_active or not there.exists():
        raise StandInUnfit(field="stand_in", person=stand_in.full_name, agency=membership.agency.name)
