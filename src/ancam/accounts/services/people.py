"""People and the roles they hold at agencies."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import EmailTaken, HasLeft, LastRole, RoleHeld
from ancam.accounts.models import Agency, Language, Membership, Person, Role
from ancam.accounts.selectors.departures import has_left
from ancam.accounts.services.delegations import end_unheld_delegations
from ancam.accounts.services.guards import (
    locked_person,
    require_administrator,
    require_administrator_of_all,
    require_not_ended,
    require_other_root_administrator,
)
from ancam.accounts.services.links import new_link_token, withdraw_link
from ancam.accounts.services.standing import close_ways_in
from ancam.audit.services import Action, record
from ancam.web.clock import day_of

ADD_PERSON = Action("accounts.add_person", "Thêm người dùng")
ADD_ROLE = Action("accounts.add_role", "Giao vai trò")
REMOVE_ROLE = Action("accounts.remove_role", "Bỏ vai trò")
CHOOSE_LANGUAGE = Action("accounts.choose_language", "Chọn ngôn ngữ")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a person enters of another, or of themselves."""

    full_name: str
    email: str
    position: str = ""


@transaction.atomic
def add_person(
    *, facts: PersonFacts, agency: Agency, role: Role, by: Person, at: datetime, by_mail: bool = False
) -> tuple[Person, str]:
    """Add a person with a role at an agency; return them and the token of the one-time link to hand over.

    The token is empty when `by_mail`: then the mail carries one, which nobody else sees. Raises `Forbidden`,
    `AgencyEnded`, `EmailTaken`, or `HasLeft` for someone who may be taken back.
    """
    actor = require_administrator(by, agency, _("thêm người dùng"))
    require_not_ended(agency, day_of(at))
    _require_new(facts.email, by)
    person = make_person(facts, None)
    Membership.objects.create(person=person, agency=agency, role=role)
    change: dict[str, object] = {"agency": agency.name, "role": role.value}
    if person.position:
        change["position"] = person.position
    if by_mail:
        change["by_mail"] = True
    record(by=actor, action=ADD_PERSON, subject=person.as_subject(agency), change=change, at=at)
    return person, new_link_token(person, by, at, by_mail=by_mail)


@transaction.atomic
def add_role(*, person: Person, agency: Agency, role: Role, by: Person, at: datetime) -> str | None:
    """Give a person a further role at an agency; return the token of a new one-time link when they need one.

    Whoever let a person in may know the password. So a role outside the agencies in which the person was trusted until
    now closes every way in, and the new link opens them again; elsewhere only a link handed out before is withdrawn.
    Raises `Forbidden`, for such a role also to who does not administer all of their agencies, `AgencyEnded`, or
    `RoleHeld`.
    """
    actor = require_administrator(by, agency, _("giao vai trò"))
    require_not_ended(agency, day_of(at))
    person = locked_person(person)
    trusted = is_within(agency, person)
    if not trusted:
        require_administrator_of_all(by, person, _("giao vai trò ngoài các cơ quan người này đang làm việc"))
    _membership, new = Membership.objects.get_or_create(person=person, agency=agency, role=role)
    if not new:
        raise RoleHeld(person=person.full_name, role=role.label.lower(), agency=agency.name)
    change: dict[str, Any] = {"agency": agency.name, "role": role.value}
    if trusted:
        change["link_withdrawn"] = withdraw_link(person)
    else:
        change["sessions_ended"] = close_ways_in(person, at)
    record(by=actor, action=ADD_ROLE, subject=person.as_subject(agency), change=change, at=at)
    return None if trusted else new_link_token(person, by, at)


def is_within(agency: Agency, person: Person) -> bool:
    """Tell whether an agency is, or lies under, one where the person holds a role."""
    held = person.memberships.values_list("agency__path", flat=True)
    return any(agency.path.startswith(path) for path in held)


@transaction.atomic
def remove_role(*, membership: Membership, by: Person, at: datetime) -> None:
    """Take a role away, with the delegations that rest on it.

    Raises `Forbidden`, `LastAdministrator` when nobody could administer the root after it, or `LastRole`: whoever holds
    no other leaves by `plan_departure`, so that nobody is left in the system whom no one sees.
    """
    actor = require_administrator(by, membership.agency, _("bỏ vai trò"))
    person = locked_person(membership.person)
    require_other_root_administrator(membership)
    if not person.memberships.exclude(pk=membership.pk).exists():
        raise LastRole(person=person.full_name)
    membership.delete()
    change = {
        "agency": membership.agency.name,
        "role": membership.role,
        "delegations_ended": end_unheld_delegations(person, actor, at),
    }
    subject = person.as_subject(membership.agency)
    record(by=actor, action=REMOVE_ROLE, subject=subject, change=change, at=at)


@transaction.atomic
def choose_language(*, person: Person, language: Language, at: datetime) -> None:
    """Keep the language in which a person reads the pages. Does nothing when it is that one already."""
    before = person.language
    if before == language:
        return
    person.language = language
    person.save(update_fields=["language"])
    change = {"before": before, "after": language.value}
    record(by=person.as_actor(), action=CHOOSE_LANGUAGE, subject=person.as_subject(), change=change, at=at)


def _require_new(email: str, by: Person) -> None:
    """Raise `HasLeft` for the e-mail of someone who may be taken back, `EmailTaken` for any other that is taken."""
    known = Person.objects.filter(email=Person.objects.normalize_email(email)).first()
    if known is not None and has_left(known, by):
        raise HasLeft(email=known.email, person=known.full_name)
    if known is not None:
        raise EmailTaken(email=known.email)


def make_person(facts: PersonFacts, password: str | None) -> Person:
    """Make someone without a role, whose e-mail the caller has found to be nobody's; without a password when None."""
    person = Person(email=facts.email, full_name=facts.full_name, position=facts.position)
    person.set_password(password)
    person.save()
    return person
