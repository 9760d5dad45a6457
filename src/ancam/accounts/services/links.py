"""One-time links: how a person comes in for the first time, and again after a forgotten password."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import AccountStopped, LinkRefused
from ancam.accounts.mail_limits import count_mail
from ancam.accounts.models import OneTimeLink, Person
from ancam.accounts.selectors.people import awaiting_link
from ancam.accounts.services.devices import end_devices
from ancam.accounts.services.guards import (
    administers_all,
    locked_person,
    require_administrator_of_all,
    require_administrator_somewhere,
)
from ancam.accounts.tokens import new_token, token_digest
from ancam.audit.services import Action, record
from ancam.web.rate_limits import TooOften

LINK_LIVES = timedelta(days=7)
MOST_LINKS = 300

WITHDRAW_LINK = Action("accounts.withdraw_link", "Thu hồi đường dẫn đăng nhập lần đầu")
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
        return new_link_token(None, None, at)


@transaction.atomic
def issue_link(*, person: Person, by: Person, at: datetime, by_mail: bool = False) -> str:
    """Return the token of a new one-time link for a person; the earlier one stops working.

    The token is empty when `by_mail`: then the mail carries one, which nobody else sees. Only who administers every
    agency of the person may do so: the link gives all of the person's roles.
    Raises `Forbidden`, `AccountStopped`, or `TooOften` for one mail too many.
    """
    person = locked_person(person)
    actor = require_administrator_of_all(by, person, _("cấp đường dẫn"))
    if not person.is_active:
        raise AccountStopped(person=person.full_name)
    change = {"by_mail": True} if by_mail else {}
    record(by=actor, action=ISSUE_LINK, subject=person.as_subject(*person.agencies), change=change, at=at)
    return new_link_token(person, by, at, by_mail=by_mail)


@transaction.atomic
def issue_waiting_links(*, by: Person, by_mail: bool, at: datetime) -> list[tuple[Person, str]]:
    """Issue links to those who wait for one, at most `MOST_LINKS` at once; return each person with the token.

    To those whose agencies the person all administers, by given name; each has a line in the ledger. The tokens are
    empty when `by_mail`; who was sent as many mails as may be is left out then. Raises `Forbidden`.
    """
    require_administrator_somewhere(by, _("cấp đường dẫn"))
    issued = []
    for person in awaiting_link(by, at)[:MOST_LINKS]:
        with suppress(TooOften):
            issued.append((person, issue_link(person=person, by=by, at=at, by_mail=by_mail)))
    return issued


@transaction.atomic
def withdraw_issued_link(*, person: Person, by: Person, at: datetime) -> bool:
    """End a person's one-time link and tell whether there was one; no line when there was none. Raises `Forbidden`."""
    person = locked_person(person)
    actor = require_administrator_of_all(by, person, _("thu hồi đường dẫn"))
    withdrawn = withdraw_link(person)
    if withdrawn:
        record(by=actor, action=WITHDRAW_LINK, subject=person.as_subject(*person.agencies), at=at)
    return withdrawn


@transaction.atomic
def begin_link_mail(*, pk: int, at: datetime) -> tuple[Person, str] | None:
    """Return the person `pk` and the token that they are to be sent now; None when it was sent, or withdrawn.

    Nobody knows the token before: it is made here, and lives from here on.
    """
    waiting = OneTimeLink.objects.select_for_update(of=("self",)).select_related("person")
    link = waiting.filter(person=pk, person__is_active=True, by_mail=True, mailed_at=None, expires_at__gt=at).first()
    if link is None or link.person is None:
        return None
    token = new_token()
    link.digest, link.mailed_at, link.expires_at = token_digest(token), at, at + LINK_LIVES
    link.save(update_fields=["digest", "mailed_at", "expires_at"])
    return link.person, token


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


def new_link_token(person: Person | None, by: Person | None, at: datetime, *, by_mail: bool = False) -> str:
    """Return the token of a new link in place of an earlier one; empty when the mail will carry another.

    Raises `TooOften` for one mail too many.
    """
    if person and by_mail:
        count_mail(person, at)
    token = new_token()
    values = {
        "digest": token_digest(token),
        "expires_at": at + LINK_LIVES,
        "issued_by": by,
        "by_mail": by_mail,
        "mailed_at": None,
    }
    if person is None:
        OneTimeLink.objects.create(person=None, **values)
    else:
        OneTimeLink.objects.update_or_create(person=person, defaults=values)
    return "" if by_mail else token


def withdraw_link(person: Person) -> bool:
    """End the person's one-time link and tell whether there was one."""
    removed, _ = OneTimeLink.objects.filter(person=person).delete()
    return bool(removed)


def open_link(token: str, at: datetime) -> OneTimeLink:
    """Return the link of this token, locked, to be used up. Raises `LinkRefused`."""
    link = (
        OneTimeLink.objects.select_for_update(of=("self",))
        .filter(digest=token_digest(token), expires_at__gt=at)
        .first()
    )
    if link is None or not _stands(link):
        raise LinkRefused()
    return link


def _stands(link: OneTimeLink) -> bool:
    """Tell whether who issued the link may still let this person in: they may have left, or the person have risen."""
    return link.person is None or link.issued_by is None or administers_all(link.issued_by, link.person)
