"""Stopping a person's account, and restarting it."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.errors import AccountStopped, OwnAccount
from ancam.accounts.models import Person
from ancam.accounts.services.email_changes import withdraw_waiting_email
from ancam.accounts.services.guards import require_administrator_of_all, require_other_root_administrator
from ancam.accounts.services.links import withdraw_link
from ancam.accounts.services.password_resets import withdraw_password_reset
from ancam.audit.services import Action, record

STOP_ACCOUNT = Action("accounts.stop_account", "Ngừng tài khoản")
RESTART_ACCOUNT = Action("accounts.restart_account", "Mở lại tài khoản")


@transaction.atomic
def stop_account(*, person: Person, by: Person, at: datetime) -> Person:
    """Let a person sign in no more; end their sessions and every link they were given, keep their roles.

    Raises `Forbidden`, `OwnAccount`, `LastAdministrator`, or `AccountStopped` when it is stopped already. Reads every
    live session.
    """
    if person.pk == by.pk:
        raise OwnAccount()
    person, by = _both_locked(person, by)
    actor = require_administrator_of_all(by, person, _("ngừng tài khoản"))
    if not person.is_active:
        raise AccountStopped(person=person.full_name)
    for membership in person.memberships.select_related("agency"):
        require_other_root_administrator(membership)
    person.is_active = False
    person.save(update_fields=["is_active"])
    withdraw_password_reset(person)
    withdraw_waiting_email(person)
    change = {"link_withdrawn": withdraw_link(person), "sessions_ended": _end_sessions(person, at)}
    record(by=actor, action=STOP_ACCOUNT, subject=person.as_subject(*person.agencies), change=change, at=at)
    return person


@transaction.atomic
def restart_account(*, person: Person, by: Person, at: datetime) -> Person:
    """Let a stopped person sign in again, with the password they had. Does nothing when they can.

    Raises `Forbidden`.
    """
    person, by = _both_locked(person, by)
    actor = require_administrator_of_all(by, person, _("mở lại tài khoản"))
    if person.is_active:
        return person
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(by=actor, action=RESTART_ACCOUNT, subject=person.as_subject(*person.agencies), at=at)
    return person


def end_account(person: Person, at: datetime) -> int:
    """End the account of someone who has left for good, with every way in; return how many sessions were live.

    Inside the transaction of the leaving, which records it. Reads every live session.
    """
    person.is_active = False
    person.save(update_fields=["is_active"])
    return close_ways_in(person, at)


def close_ways_in(person: Person, at: datetime) -> int:
    """Take away password, links, second factors and identities, and end the sessions; return how many were live.

    Until a new link is used nobody signs in as this person. Inside a transaction that records it.
    """
    person.set_unusable_password()
    person.save(update_fields=["password"])
    withdraw_password_reset(person)
    withdraw_waiting_email(person)
    withdraw_link(person)
    Authenticator.objects.filter(user=person).delete()
    person.external_identities.all().delete()
    return _end_sessions(person, at)


def _both_locked(person: Person, by: Person) -> tuple[Person, Person]:
    """Return both afresh and locked in one order: of two who stop each other, the second is stopped by then."""
    locked = Person.objects.select_for_update().filter(pk__in={person.pk, by.pk}).order_by("pk")
    found = {one.pk: one for one in locked}
    return found[person.pk], found[by.pk]


def _end_sessions(person: Person, at: datetime) -> int:
    """Delete the person's live sessions, which would open again on a restart, and return how many there were."""
    live = Session.objects.filter(expire_date__gt=at).iterator()
    theirs = [session.pk for session in live if session.get_decoded().get(SESSION_KEY) == str(person.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    person.devices.all().delete()
    return len(theirs)
