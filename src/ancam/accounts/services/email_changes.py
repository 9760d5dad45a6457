"""A change of the e-mail with which a person signs in: asked for, confirmed from the new address, or withdrawn."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import (
    AccountStopped,
    AddressTaken,
    EmailLinkOfAnother,
    EmailLinkRefused,
    NoMailServer,
    SameEmail,
)
from ancam.accounts.models import EmailChange, Person
from ancam.accounts.services.devices import end_devices
from ancam.accounts.services.guards import administers_all, locked_person, require_administrator_of_all
from ancam.accounts.services.links import new_link_token, withdraw_link
from ancam.accounts.services.password_resets import withdraw_password_reset
from ancam.accounts.tokens import new_token, token_digest
from ancam.audit.services import Action, Actor, record

EMAIL_CHANGE_LIVES = timedelta(hours=24)
# The old address of a confirmed change is told within this time, or not at all.
EMAIL_CHANGE_KEPT = timedelta(days=2)

ASK_EMAIL_CHANGE = Action("accounts.ask_email_change", "Yêu cầu đổi thư điện tử")
CONFIRM_EMAIL_CHANGE = Action("accounts.confirm_email_change", "Đổi thư điện tử")
WITHDRAW_EMAIL_CHANGE = Action("accounts.withdraw_email_change", "Bỏ yêu cầu đổi thư điện tử")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Whose e-mail has changed; the token with which who has never come in sets a password at once, else empty."""

    person: Person
    token: str


@transaction.atomic
def ask_email_change(*, person: Person, new_email: str, by: Person, by_mail: bool, at: datetime) -> str:
    """Have a person's e-mail wait for its confirmation, in place of an earlier one; return the token to hand over.

    The token is empty when `by_mail`: then the mail to the new address carries one, which nobody else sees. Asked by
    the person, whose mail must be set up, or by who administers every agency of theirs. Raises `Forbidden`,
    `NoMailServer`, `AccountStopped`, `SameEmail`, `AddressTaken`.
    """
    person = locked_person(person)
    actor = _asking(person, by)
    if person.pk == by.pk and not by_mail:
        raise NoMailServer()
    if not person.is_active:
        raise AccountStopped(person=person.full_name)
    email = Person.objects.normalize_email(new_email)
    if email == person.email:
        raise SameEmail(field="new_email", email=email)
    _require_free(email)
    token = new_token()
    withdraw_waiting_email(person)
    EmailChange.objects.create(
        person=person,
        asked_by=by,
        old_email=person.email,
        new_email=email,
        digest=token_digest(token),
        by_mail=by_mail,
        asked_at=at,
        expires_at=at + EMAIL_CHANGE_LIVES,
    )
    record(by=actor, action=ASK_EMAIL_CHANGE, subject=person.as_subject(), change=_words(person.email, email), at=at)
    return "" if by_mail else token


@transaction.atomic
def confirm_email_change(*, token: str, by: Person | None, kept: str, at: datetime) -> Confirmed:
    """Let the person of this token sign in with the new e-mail; every session of theirs but `kept` ends.

    Who has come in before confirms signed in, so that a link that reached a stranger gives nothing. Whoever asked
    must still be allowed to: a role may have been given elsewhere since. What was sent to the old address, a link or a
    reset, is withdrawn. Raises `EmailLinkRefused`, `EmailLinkOfAnother`, `AddressTaken`.
    """
    found = EmailChange.objects.waiting(at).filter(digest=token_digest(token)).first()
    if found is None:
        raise EmailLinkRefused()
    person = locked_person(found.person)
    change = EmailChange.objects.waiting(at).filter(pk=found.pk).select_related("asked_by").first()
    if change is None or not person.is_active or not _may_still_ask(change, person):
        raise EmailLinkRefused()
    if has_come_in(person) and (by is None or by.pk != person.pk):
        raise EmailLinkOfAnother()
    _keep(person, change.new_email)
    change.confirmed_at = at
    change.save(update_fields=["confirmed_at"])
    withdraw_password_reset(person)
    values = {
        **_words(change.old_email, change.new_email),
        "link_withdrawn": withdraw_link(person),
        "sessions_ended": end_devices(person.devices.exclude(session_key=kept)),
    }
    record(by=person.as_actor(), action=CONFIRM_EMAIL_CHANGE, subject=person.as_subject(), change=values, at=at)
    return Confirmed(person, "" if has_come_in(person) else new_link_token(person, change.asked_by, at))


@transaction.atomic
def withdraw_email_change(*, person: Person, by: Person, at: datetime) -> bool:
    """End a change that waits, by the person or who administers all of theirs; tell whether there was one.

    No line when there was none. Raises `Forbidden`.
    """
    person = locked_person(person)
    actor = _asking(person, by)
    waited = withdraw_waiting_email(person)
    if waited:
        record(by=actor, action=WITHDRAW_EMAIL_CHANGE, subject=person.as_subject(), at=at)
    return waited


@transaction.atomic
def begin_email_change_mail(*, pk: int, at: datetime) -> tuple[EmailChange, str] | None:
    """Return the change whose new address is to be sent a link now, and its token; None when it was sent one.

    Nobody knows the token before: it is made here, and lives from here on.
    """
    change = EmailChange.objects.waiting(at).select_for_update(of=("self",)).filter(pk=pk, mailed_at=None).first()
    if change is None or not change.by_mail:
        return None
    token = new_token()
    change.digest, change.mailed_at, change.expires_at = token_digest(token), at, at + EMAIL_CHANGE_LIVES
    change.save(update_fields=["digest", "mailed_at", "expires_at"])
    return change, token


@transaction.atomic
def begin_old_address_mail(*, pk: int, at: datetime) -> EmailChange | None:
    """Return the change whose old address is to be told now; None when it was told, or the change was withdrawn."""
    change = EmailChange.objects.select_for_update(of=("self",)).filter(pk=pk, old_told_at=None).first()
    if change is not None:
        change.old_told_at = at
        change.save(update_fields=["old_told_at"])
    return change


def withdraw_waiting_email(person: Person) -> bool:
    """End the change of e-mail that waits, in time or not, and tell whether there was one."""
    removed, _rows = EmailChange.objects.filter(person=person, confirmed_at=None).delete()
    return bool(removed)


def has_come_in(person: Person) -> bool:
    """Tell whether the person has signed in, or set a password to do so."""
    return person.last_login is not None or person.has_usable_password()


def _asking(person: Person, by: Person) -> Actor:
    if person.pk == by.pk:
        return by.as_actor()
    return require_administrator_of_all(by, person, _("đổi thư điện tử của người dùng"))


def _may_still_ask(change: EmailChange, person: Person) -> bool:
    return change.asked_by_id == person.pk or administers_all(change.asked_by, person)


def _keep(person: Person, email: str) -> None:
    """Save the new e-mail, unless another person has come to have it, or comes to in this very moment."""
    _require_free(email)
    person.email = email
    try:
        with transaction.atomic():
            person.save(update_fields=["email", "search_key", "sort_key"])
    except IntegrityError:
        raise AddressTaken(field="new_email", email=email) from None


def _require_free(email: str) -> None:
    if Person.objects.filter(email=email).exists():
        raise AddressTaken(field="new_email", email=email)


def _words(before: str, after: str) -> dict[str, object]:
    return {"before": {"email": before}, "after": {"email": after}}
