"""The door for changes to agencies, people and roles."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from ancam.accounts.errors import (
    AgencyExists,
    AlreadyBegun,
    EmailTaken,
    LastAdministrator,
    LinkRefused,
    RoleHeld,
)
from ancam.accounts.models import Agency, Membership, OneTimeLink, Person, Role
from ancam.accounts.models.agency import AgencyQuerySet
from ancam.accounts.tokens import new_token, token_digest
from ancam.audit.services import Action, Actor, record
from ancam.kit.folding import sort_key, squeeze
from ancam.web.replies import Forbidden

LINK_LIVES = timedelta(days=7)

REGISTER_INSTANCE = Action("accounts.register_instance", "Đăng ký cơ quan vận hành hệ thống")
ADD_AGENCY = Action("accounts.add_agency", "Thêm cơ quan")
CHANGE_AGENCY = Action("accounts.change_agency", "Sửa cơ quan")
ADD_PERSON = Action("accounts.add_person", "Thêm người dùng")
ADD_ROLE = Action("accounts.add_role", "Giao vai trò")
REMOVE_ROLE = Action("accounts.remove_role", "Bỏ vai trò")
ISSUE_LINK = Action("accounts.issue_link", "Cấp đường dẫn đăng nhập lần đầu")
CHANGE_PASSWORD = Action("accounts.change_password", "Đổi mật khẩu")
SET_PASSWORD = Action("accounts.set_password", "Đặt mật khẩu lần đầu")


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What a person enters of an agency."""

    name: str
    kind: str
    tier: str
    place: str
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What a person enters of another, or of themselves."""

    full_name: str
    email: str


def first_administrator_link(*, at: datetime) -> str | None:
    """Return a new one-time token for the first administrator, or None when the instance has one.

    Any earlier token for this stops working.
    """
    if Person.objects.exists():
        return None
    with transaction.atomic():
        OneTimeLink.objects.filter(person=None).delete()
        return _new_token(None, at)


def register_instance(
    *, token: str, agency: AgencyFacts, administrator: PersonFacts, password: str, at: datetime
) -> Person:
    """Make the root agency and its administrator, and use up the link.

    Raises `LinkRefused` for a token that is unknown or too old, `AlreadyBegun` when an administrator exists.
    """
    with transaction.atomic():
        link = _open_link(token, at)
        if link.person is not None or Person.objects.exists():
            raise AlreadyBegun()
        root = Agency.objects.add_root(_columns(agency))
        person = _make_person(administrator, password)
        Membership.objects.create(person=person, agency=root, role=Role.ADMINISTRATOR)
        link.delete()
        change = {"agency": root.name, "kind": root.kind, "place": root.place}
        record(by=person.as_actor(root), action=REGISTER_INSTANCE, subject=root.as_subject(), change=change, at=at)
    return person


@transaction.atomic
def add_agency(*, parent: Agency, facts: AgencyFacts, by: Person, at: datetime) -> Agency:
    """Add an agency under `parent`. Raises `Forbidden`, or `AgencyExists` for a name the parent already has."""
    actor = _require_administrator(by, parent, "thêm cơ quan")
    # The parent's row holds back a second writer of the same children: the tree's paths are counted from them.
    parent = Agency.objects.select_for_update().get(pk=parent.pk)
    _require_new_name(facts.name, parent, parent.children)
    agency: Agency = Agency.objects.add_child(parent, _columns(facts))
    change = {"parent": parent.name, **_columns(facts)}
    record(by=actor, action=ADD_AGENCY, subject=agency.as_subject(), change=change, at=at)
    return agency


@transaction.atomic
def change_agency(*, agency: Agency, facts: AgencyFacts, by: Person, at: datetime) -> Agency:
    """Correct what is known of an agency; its kind and tier only from above.

    Raises `Forbidden`, or `AgencyExists` when a sibling has the name.
    """
    actor = _require_administrator(by, agency, "sửa cơ quan")
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    parent = agency.parent
    if (facts.kind, facts.tier) != (agency.kind, agency.tier):
        actor = _require_administrator_above(by, agency, parent)
    if parent:
        _require_new_name(facts.name, parent, parent.children.exclude(pk=agency.pk))
    before = {name: getattr(agency, name) for name in _columns(facts)}
    for name, value in _columns(facts).items():
        setattr(agency, name, value)
    agency.save()
    change = {"before": before, "after": _columns(facts)}
    record(by=actor, action=CHANGE_AGENCY, subject=agency.as_subject(), change=change, at=at)
    return agency


@transaction.atomic
def add_person(*, facts: PersonFacts, agency: Agency, role: Role, by: Person, at: datetime) -> tuple[Person, str]:
    """Add a person with a role at an agency; return them and the token of the one-time link to hand over.

    Raises `Forbidden`, or `EmailTaken`.
    """
    actor = _require_administrator(by, agency, "thêm người dùng")
    person = _make_person(facts, None)
    Membership.objects.create(person=person, agency=agency, role=role)
    change = {"agency": agency.name, "role": role.value}
    record(by=actor, action=ADD_PERSON, subject=person.as_subject(), change=change, at=at)
    return person, _new_token(person, at)


@transaction.atomic
def add_role(*, person: Person, agency: Agency, role: Role, by: Person, at: datetime) -> Membership:
    """Give a person a further role at an agency; their one-time link stops working.

    Whoever holds that link was trusted with the earlier roles alone. Raises `Forbidden`, or `RoleHeld`.
    """
    actor = _require_administrator(by, agency, "giao vai trò")
    person = _locked(person)
    membership, new = Membership.objects.get_or_create(person=person, agency=agency, role=role)
    if not new:
        raise RoleHeld(person=person.full_name, role=role.label.lower(), agency=agency.name)
    change = {"agency": agency.name, "role": role.value, "link_withdrawn": _withdraw_link(person)}
    record(by=actor, action=ADD_ROLE, subject=person.as_subject(), change=change, at=at)
    return membership


@transaction.atomic
def remove_role(*, membership: Membership, by: Person, at: datetime) -> None:
    """Take a role away. Raises `Forbidden`, or `LastAdministrator` when nobody could administer the root after it."""
    actor = _require_administrator(by, membership.agency, "bỏ vai trò")
    administers_root = membership.role == Role.ADMINISTRATOR and membership.agency.is_root()
    if administers_root and not _root_administrators() - {membership.pk}:
        raise LastAdministrator(person=membership.person.full_name)
    change = {"agency": membership.agency.name, "role": membership.role}
    record(by=actor, action=REMOVE_ROLE, subject=membership.person.as_subject(), change=change, at=at)
    membership.delete()


@transaction.atomic
def issue_link(*, person: Person, by: Person, at: datetime) -> str:
    """Return the token of a new one-time link for a person; the earlier one stops working. Raises `Forbidden`.

    Only who administers every agency of the person may do so: the link gives all of the person's roles.
    """
    person = _locked(person)
    agencies = [membership.agency for membership in person.current_memberships]
    actors = [_require_administrator(by, agency, "cấp đường dẫn") for agency in agencies]
    if not actors:
        raise Forbidden(act="cấp đường dẫn", who="quản trị của cơ quan")
    record(by=actors[0], action=ISSUE_LINK, subject=person.as_subject(), at=at)
    return _new_token(person, at)


@transaction.atomic
def set_first_password(*, token: str, password: str, at: datetime) -> Person:
    """Give the link's person their password and use up the link. Raises `LinkRefused`."""
    link = _open_link(token, at)
    if link.person is None:
        raise LinkRefused()
    person = link.person
    person.set_password(password)
    person.save()
    link.delete()
    record(by=person.as_actor(), action=SET_PASSWORD, subject=person.as_subject(), at=at)
    return person


def note_password_change(*, person: Person, at: datetime) -> None:
    """Record that a person changes their own password, and end their one-time link.

    Must be called inside the transaction of the change.
    """
    _withdraw_link(person)
    record(by=person.as_actor(), action=CHANGE_PASSWORD, subject=person.as_subject(), at=at)


def _columns(facts: AgencyFacts) -> dict[str, str]:
    names = ("name", "kind", "tier", "place", "symbol")
    return {name: squeeze(getattr(facts, name)) for name in names}


def _require_new_name(name: str, parent: Agency, siblings: AgencyQuerySet) -> None:
    """Raise `AgencyExists` for a name that differs from a sibling's in letter case and spaces alone.

    Not in diacritics: xã Tân Thành and xã Tân Thạnh are two communes.
    """
    if siblings.filter(sort_key=sort_key(name)).exists():
        raise AgencyExists(name=squeeze(name), parent=parent.name)


def _root_administrators() -> set[int]:
    """Return the ids of the memberships of those who can sign in and administer the root, and lock them."""
    held = Membership.objects.filter(role=Role.ADMINISTRATOR, agency__depth=1, person__is_active=True)
    able = held.exclude(person__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return set(able.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _make_person(facts: PersonFacts, password: str | None) -> Person:
    email = facts.email.strip().lower()
    if Person.objects.filter(email=email).exists():
        raise EmailTaken(email=email)
    person = Person(email=email, full_name=facts.full_name)
    person.set_password(password)
    person.save()
    return person


def _new_token(person: Person | None, at: datetime) -> str:
    token = new_token()
    values = {"digest": token_digest(token), "expires_at": at + LINK_LIVES}
    if person is None:
        OneTimeLink.objects.create(person=None, **values)
    else:
        OneTimeLink.objects.update_or_create(person=person, defaults=values)
    return token


def _locked(person: Person) -> Person:
    """Return the person afresh and locked, so that no role and no link is given beside each other unseen."""
    locked: Person = Person.objects.select_for_update().get(pk=person.pk)
    return locked


def _withdraw_link(person: Person) -> bool:
    """End the person's one-time link and tell whether there was one."""
    removed, _ = OneTimeLink.objects.filter(person=person).delete()
    return bool(removed)


def _open_link(token: str, at: datetime) -> OneTimeLink:
    link = (
        OneTimeLink.objects.select_for_update(of=("self",))
        .filter(digest=token_digest(token), expires_at__gt=at)
        .first()
    )
    if link is None:
        raise LinkRefused()
    return link


def _require_administrator(person: Person, agency: Agency, act: str) -> Actor:
    """Return the person as administrator of `agency` or of the nearest above it; raise `Forbidden` for others."""
    if not person.has_perm("accounts.administer", agency):
        raise Forbidden(act=act, who="quản trị của cơ quan hoặc của cơ quan cấp trên")
    return person.as_actor(person.administering(agency))


def _require_administrator_above(person: Person, agency: Agency, parent: Agency | None) -> Actor:
    """Return the person as administrator above `agency`, at the root of the root itself; else raise `Forbidden`."""
    if not person.has_perm("accounts.reclassify", agency):
        raise Forbidden(act="đổi loại cơ quan", who="quản trị của cơ quan cấp trên")
    return person.as_actor(person.administering(parent or agency))
