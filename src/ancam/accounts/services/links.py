"""One-time links: how a person comes in for the first time, and again after a forgotten password."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import AccountStopped, LinkRefused
from ancam.accounts.models import OneTimeLink, Person
from ancam.accounts.services.devices import end_devices
from ancam.accounts.services.guards import locked_person, require_administrator_of_all
from ancam.accounts.tokens import new_token, token_digest
from ancam.audit.services import Action, record

LINK_LIVES = timedelta(days=7)

ISSUE_LINK = Action("accounts.issue_link", "Cấp đường dẫn đăng nhập lần đầu")
CHANGE_PASSWORD = Action("accounts.change_password", "Đổi mật khẩu")
SET_PASSWORD = Action("accounts.set_password", "Đặt mật khẩu lần đầu")


def first_administrator_link(*, at: datetime) -> str | None:
    """Return a new one-time token for the first administrator, or None when the instance has one.

    Any earlier token for this stops working.
    """
    if Person.objects.exists():
        return None
    with transaction.atomic():
        OneTimeLink.objects.filter(person=None).delete()
        return new_link_token(None, at)


@transaction.atomic
def issue_link(*, person: Person, by: Person, at: datetime) -> str:
    """Return the token of a new one-time link for a person; the earlier one stops working.

    Only who administers every agency of the person may do so: the link gives all of the person's roles.
    Raises `Forbidden`, or `AccountStopped`.
    """
    person = locked_person(person)
    actor = require_administrator_of_all(by, person, _("cấp đường dẫn"))
    if not person.is_active:
        raise AccountStopped(person=person.full_name)
    record(by=actor, action=ISSUE_LINK, subject=person.as_subject(*person.agencies), at=at)
    return new_link_token(person, at)


@transaction.atomic
def set_first_password(*, token: str, password: str, at: datetime) -> Person:
    """Give the link's person their password and use up the link. Raises `LinkRefused`."""
    link = open_link(token, at)
    if link.person is None:
        raise LinkRefused()
    person = link.person
    person.set_password(password)
    person.save()
    link.delete()
    end_devices(person.devices.all())
    record(by=person.as_actor(), action=SET_PASSWORD, subject=person.as_subject(), at=at)
    return person


def note_password_change(*, person: Person, kept: str, at: datetime) -> None:
    """Record that a person changes their own password; end their one-time link, and every session but `kept`.

    Must be called inside the transaction of the change.
    """
    withdraw_link(person)
    ended = end_devices(person.devices.exclude(session_key=kept))
    change = {"sessions_ended": ended} if ended else {}
    record(by=person.as_actor(), action=CHANGE_PASSWORD, subject=person.as_subject(), change=change, at=at)


def new_link_token(person: Person | None, at: datetime) -> str:
    token = new_token()
    values = {"digest": token_digest(token), "expires_at": at + LINK_LIVES}
    if person is None:
        OneTimeLink.objects.create(person=None, **values)
    else:
        OneTimeLink.objects.update_or_create(person=person, defaults=values)
    return token


def withdraw_link(person: Person) -> bool:
    """End the person's one-time link and tell whether there was one."""
    removed, _ = OneTimeLink.objects.filter(person=person).delete()
    return bool(removed)


def open_link(token: str, at: datetime) -> OneTimeLink:
    link = (
        OneTimeLink.objects.select_for_update(of=("self",))
        .filter(digest=token_digest(token), expires_at__gt=at)
        .first()
    )
    if link is None:
        raise LinkRefused()
    return link
