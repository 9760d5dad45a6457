"""Leaving: planned with the day and who takes over, withdrawn before it, carried out after it, taken back later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import (
    AccountsError,
    DepartureClosed,
    DepartureDayRefused,
    DepartureStands,
    HasRoles,
    NothingToHandOver,
    OwnAccount,
    ReceiverUnfit,
)
from ancam.accounts.models import Agency, Departure, Handover, Membership, Person, Role
from ancam.accounts.rules import LAST_DAY_WITHIN
from ancam.accounts.selectors.departures import receivers_at
from ancam.accounts.services.delegations import end_unheld_delegations
from ancam.accounts.services.guards import (
    locked_person,
    require_administrator,
    require_not_ended,
    require_other_root_administrator,
)
from ancam.accounts.services.links import new_link_token, withdraw_link
from ancam.accounts.services.standing import end_account
from ancam.audit.services import SYSTEM, Action, Actor, record
from ancam.web.clock import day_of
from ancam.web.replies import Forbidden

PLAN = Action("accounts.plan_departure", "Ghi việc rời cơ quan")
WITHDRAW = Action("accounts.withdraw_departure", "Rút lại việc rời cơ quan")
CARRY_OUT = Action("accounts.carry_out_departure", "Kết thúc vai trò của người rời cơ quan")
RECEIVE_ROLE = Action("accounts.receive_role", "Nhận bàn giao vai trò")
TAKE_BACK = Action("accounts.take_back_person", "Nhận lại người đã rời cơ quan")


@dataclass(frozen=True, slots=True)
class DepartureFacts:
    """The last day of work, and why."""

    last_day: date
    reason: str = ""


@transaction.atomic
def plan_departure(
    *,
    person: Person,
    facts: DepartureFacts,
    handovers: Mapping[Membership, Person | None],
    by: Person,
    at: datetime,
) -> Departure:
    """Let these roles end when the last day is over, each taken over by its receiver; at once when the day is past.

    By an administrator of every agency concerned. Raises `Forbidden`, `OwnAccount`, `NothingToHandOver`,
    `DepartureDayRefused`, `DepartureStands`, `ReceiverUnfit`, and, for a day that is past, `LastAdministrator`.
    """
    if person.pk == by.pk:
        raise OwnAccount()
    person = locked_person(person)
    held = {one.pk: one for one in person.memberships.select_related("agency")}
    ending = {held[given.pk]: receiver for given, receiver in handovers.items() if given.pk in held}
    if not ending:
        raise NothingToHandOver(person=person.full_name)
    actor, *_others = [require_administrator(by, one.agency, _("cho rời cơ quan")) for one in ending]
    today = day_of(at)
    if abs(facts.last_day - today) > LAST_DAY_WITHIN:
        raise DepartureDayRefused(field="last_day", most=LAST_DAY_WITHIN.days)
    for membership, receiver in ending.items():
        _require_free(membership)
        _require_fit(receiver, membership)
    departure = Departure.objects.create(
        person=person, last_day=facts.last_day, reason=facts.reason, made_by=by, made_at=at
    )
    departure.handovers.bulk_create(
        Handover(departure=departure, membership=one, agency=one.agency, role=one.role, receiver=receiver)
        for one, receiver in ending.items()
    )
    change = {**departure.in_words(), "reason": facts.reason}
    record(by=actor, action=PLAN, subject=departure.as_subject(), change=change, at=at)
    if departure.is_due_on(today):
        _carry_out(departure, actor, at)
    return departure


@transaction.atomic
def withdraw_departure(*, departure: Departure, by: Person, at: datetime) -> Departure:
    """Let someone stay whose roles have not ended yet. Raises `Forbidden`, or `DepartureClosed`."""
    current = _locked(departure.pk)
    actor = _require_administrator_of(current, by, _("rút lại việc rời cơ quan"))
    if not current.is_planned:
        raise DepartureClosed(person=current.person.full_name, state=current.state)
    current.withdrawn_at, current.problem = at, ""
    current.save(update_fields=["withdrawn_at", "problem"])
    record(by=actor, action=WITHDRAW, subject=current.as_subject(), change=current.in_words(), at=at)
    return current


def carry_out_departures(*, at: datetime) -> int:
    """Carry out every departure whose last day is over, each in a transaction of its own; return how many.

    One that cannot be stays planned with the reason, for a person to settle; it is tried again each time.
    """
    today = day_of(at)
    due = Departure.objects.planned().filter(last_day__lt=today).order_by("last_day", "pk")
    return sum(_carry_out_alone(pk, at) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def take_back(*, departure: Departure, agency: Agency, role: Role, by: Person, at: datetime) -> str:
    """Give a role to someone who left and has none, open the account again, and return a one-time link's token.

    The password from before, second factors and sign-in elsewhere went with the account. By an administrator of an
    agency the person left, who administers the new one too. Raises `Forbidden`, `AgencyEnded`, `DepartureClosed` when
    the person has not left, or `HasRoles`.
    """
    current = _locked(departure.pk)
    _require_administrator_of(current, by, _("nhận lại người đã rời"), every=False)
    actor = require_administrator(by, agency, _("giao vai trò"))
    require_not_ended(agency, day_of(at))
    person = locked_person(current.person)
    if person.memberships.exists():
        raise HasRoles(person=person.full_name)
    if current.carried_out_at is None:
        raise DepartureClosed(person=person.full_name, state=current.state)
    Membership.objects.create(person=person, agency=agency, role=role)
    person.is_active = True
    person.save(update_fields=["is_active"])
    change = {"agency": agency.name, "role": role.value}
    record(by=actor, action=TAKE_BACK, subject=person.as_subject(agency), change=change, at=at)
    return new_link_token(person, by, at)


def keep_ended_role(membership: Membership, last_day: date, reason: str, actor: Actor, at: datetime) -> dict[str, int]:
    """Keep that a reorganisation ended a role, and end the person's account when none is left.

    Inside the transaction that ended it, which records what this returns.
    """
    departure = Departure.objects.create(
        person=membership.person, last_day=last_day, reason=reason[:300], made_at=at, carried_out_at=at
    )
    departure.handovers.create(agency_id=membership.agency_id, role=membership.role)
    return _close(departure, actor, at)


def _carry_out_alone(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            current = _locked(pk)
            if not current.is_planned:
                return False
            _carry_out(current, SYSTEM, at)
    except AccountsError as refused:
        Departure.objects.filter(pk=pk).update(problem=str(refused))
        return False
    return True


def _carry_out(departure: Departure, actor: Actor, at: datetime) -> None:
    """End the roles, give them to who takes over, end what hung on them. The caller holds the departure's row."""
    person = locked_person(departure.person)
    change = {**departure.in_words(), "not_received": []}
    ending: list[Membership] = []
    for handover in departure.handovers.select_related("membership__agency", "receiver").order_by("pk"):
        membership = handover.membership
        if membership is None:
            continue
        if handover.receiver and not _hand_over(membership, handover.receiver, departure, actor, at):
            change["not_received"].append(handover.receiver.full_name)
        Handover.objects.filter(pk=handover.pk).update(agency=membership.agency)
        ending.append(membership)
    for membership in ending:
        require_other_root_administrator(membership)
        membership.delete()
    departure.carried_out_at, departure.problem = at, ""
    change |= _close(departure, actor, at)
    left = [one.agency for one in departure.handovers.select_related("agency")]
    record(by=actor, action=CARRY_OUT, subject=person.as_subject(*left), change=change, at=at)


def _close(departure: Departure, actor: Actor, at: datetime) -> dict[str, int]:
    """End the delegations that have lost their ground, and without a role the account; return what it came to."""
    person = departure.person
    change = {"delegations_ended": end_unheld_delegations(person, actor, at)}
    departure.account_ended = person.is_active and not person.memberships.exists()
    if departure.account_ended:
        change["sessions_ended"] = end_account(person, at)
    departure.save()
    return change


def _hand_over(membership: Membership, receiver: Person, departure: Departure, actor: Actor, at: datetime) -> bool:
    """Give the role to its receiver, with a line on their page; tell whether they can still take it."""
    receiver = locked_person(receiver)
    if not receivers_at(membership).filter(pk=receiver.pk).exists():
        return False
    _, new = Membership.objects.get_or_create(person=receiver, agency=membership.agency, role=membership.role)
    if new:
        change = {
            "agency": membership.agency.name,
            "role": membership.role,
            "from": departure.person.full_name,
            "link_withdrawn": withdraw_link(receiver),
        }
        record(by=actor, action=RECEIVE_ROLE, subject=receiver.as_subject(membership.agency), change=change, at=at)
    return True


def _require_free(membership: Membership) -> None:
    other = Departure.objects.planned().filter(handovers__membership=membership).first()
    if other is not None:
        raise DepartureStands(role=str(membership.get_role_display()).lower(), until=other.last_day)


def _require_fit(receiver: Person | None, membership: Membership) -> None:
    """Who takes over works at the agency already; whoever does not is given a role there first."""
    if receiver is not None and not receivers_at(membership).filter(pk=receiver.pk).exists():
        raise ReceiverUnfit(person=receiver.full_name, agency=membership.agency.name)


def _require_administrator_of(departure: Departure, by: Person, act: str, *, every: bool = True) -> Actor:
    """Return `by` as administrator of the agencies of the departure, of every one or of some; else raise."""
    agencies = [handover.agency for handover in departure.handovers.select_related("agency")]
    able = [agency for agency in agencies if by.has_perm("accounts.administer", agency)]
    if not able or (every and len(able) < len(agencies)):
        raise Forbidden(act=act, who=_("quản trị của cơ quan"))
    return require_administrator(by, able[0], act)


def _locked(pk: int) -> Departure:
    rows = Departure.objects.select_for_update(of=("self",)).select_related("person")
    current: Departure = rows.get(pk=pk)
    return current
