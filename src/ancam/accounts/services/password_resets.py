"""A forgotten password: a link by mail, which opens once and within the hour."""

from datetime import datetime, timedelta

from django.db import transaction

from ancam.accounts.errors import ResetRefused
from ancam.accounts.models import PasswordReset, Person
from ancam.accounts.services.devices import end_devices
from ancam.accounts.services.guards import locked_person
from ancam.accounts.services.links import withdraw_link
from ancam.accounts.tokens import new_token, token_digest
from ancam.audit.services import SYSTEM, Action, record

RESET_LIVES = timedelta(hours=1)
# Whoever asks again sooner gets no second mail: nobody's mailbox is filled from our page.
BETWEEN_MAILS = timedelta(minutes=5)

SEND_RESET = Action("accounts.send_password_reset", "Gửi thư đặt lại mật khẩu")
RESET_PASSWORD = Action("accounts.reset_password", "Đặt lại mật khẩu qua thư")


@transaction.atomic
def begin_password_reset(*, email: str, at: datetime) -> tuple[Person, str] | None:
    """Return whose password is to be reset and the token to send them; None when nothing is sent.

    Nothing is sent to an address of nobody, of who was stopped, of who has no password here, or of who was sent a
    mail just now. An earlier token stops working.
    """
    known = Person.objects.filter(email=Person.objects.normalize_email(email), is_active=True)
    person = known.select_for_update().first()
    if person is None or not person.has_usable_password():
        return None
    if PasswordReset.objects.filter(person=person, asked_at__gt=at - BETWEEN_MAILS).exists():
        return None
    token = new_token()
    values = {"digest": token_digest(token), "asked_at": at, "expires_at": at + RESET_LIVES}
    PasswordReset.objects.update_or_create(person=person, defaults=values)
    record(by=SYSTEM, action=SEND_RESET, subject=person.as_subject(), at=at)
    return person, token


def withdraw_password_reset(person: Person) -> bool:
    """End the link that the person was sent and tell whether there was one."""
    removed, _ = PasswordReset.objects.filter(person=person).delete()
    return bool(removed)


@transaction.atomic
def reset_password(*, token: str, password: str, at: datetime) -> Person:
    """Give the link's person their new password, use up the link, and sign them out everywhere.

    A one-time link of theirs ends too. Raises `ResetRefused`.
    """
    found = PasswordReset.objects.filter(digest=token_digest(token), expires_at__gt=at).first()
    if found is None:
        raise ResetRefused()
    person = locked_person(found.person)
    if not person.is_active or not withdraw_password_reset(person):
        raise ResetRefused()
    person.set_password(password)
    person.save(update_fields=["password"])
    change = {"link_withdrawn": withdraw_link(person), "sessions_ended": end_devices(person.devices.all())}
    record(by=person.as_actor(), action=RESET_PASSWORD, subject=person.as_subject(), change=change, at=at)
    return person
