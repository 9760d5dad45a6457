"""People and the roles they hold at agencies."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import EmailTaken, LastAdministrator, RoleHeld
from ancam.accounts.models import Agency, Language, Membership, Person, Role
from ancam.accounts.services.guards import locked_person, require_administrator, require_not_ended
from ancam.accounts.services.links import new_link_token, withdraw_link
from ancam.audit.services import Action, record
from ancam.web.clock import VIETNAM

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
    `AgencyEnded`, or `EmailTaken`.
    """
    actor = require_administrator(by, agency, _("thêm người dùng"))
    require_not_ended(agency, at.astimezone(VIETNAM).date())
    person = make_person(facts, None)
    Membership.objects.create(person=person, agency=agency, role=role)
    change: dict[str, object] = {"agency": agency.name, "role": role.value}
    if person.position:
        change["position"] = person.position
    if by_mail:
        change["by_mail"] = True
    record(by=actor, action=ADD_PERSON, subject=person.as_subject(), change=change, at=at)
    return person, new_link_token(person, at, by_mail=by_mail)


@transaction.atomic
def add_role(*, person: Person, agency: Agency, role: Role, by: Person, at: datetime) -> Membership:
    """Give a person a further role at an agency; their one-time link stops working.

    Whoever holds that link was trusted with the earlier roles alone. Raises `Forbidden`, `AgencyEnded`, or `RoleHeld`.
    """
    actor = require_administrator(by, agency, _("giao vai trò"))
    require_not_ended(agency, at.astimezone(VIETNAM).date())
    person = locked_person(person)
    membership, new = Membership.objects.get_or_create(person=person, agency=agency, role=role)
    if not new:
        raise RoleHeld(person=person.full_name, role=role.label.lower(), agency=agency.name)
    change = {"agency": agency.name, "role": role.value, "link_withdrawn": withdraw_link(person)}
    record(by=actor, action=ADD_ROLE, subject=person.as_subject(), change=change, at=at)
    return membership


@transaction.atomic
def remove_role(*, membership: Membership, by: Person, at: datetime) -> None:
    """Take a role away. Raises `Forbidden`, or `LastAdministrator` when nobody could administer the root after it."""
    actor = require_administrator(by, membership.agency, _("bỏ vai trò"))
    administers_root = membership.role == Role.ADMINISTRATOR and membership.agency.is_root()
    if administers_root and not _root_administrators() - {membership.pk}:
        raise LastAdministrator(person=membership.person.full_name)
    change = {"agency": membership.agency.name, "role": membership.role}
    record(by=actor, action=REMOVE_ROLE, subject=membership.person.as_subject(), change=change, at=at)
    membership.delete()


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


def _root_administrators() -> set[int]:
    """Return the ids of the memberships of those who can sign in and administer the root, and lock them."""
    held = Membership.objects.filter(role=Role.ADMINISTRATOR, agency__depth=1, person__is_active=True)
    able = held.exclude(person__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return set(able.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def make_person(facts: PersonFacts, password: str | None) -> Person:
    email = facts.email.strip().lower()
    if Person.objects.filter(email=email).exists():
        raise EmailTaken(email=email)
    person = Person(email=email, full_name=facts.full_name, position=facts.position)
    person.set_password(password)
    person.save()
    return person
