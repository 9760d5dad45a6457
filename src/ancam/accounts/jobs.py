"""What this room does by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from ancam.accounts import services
from ancam.accounts.mails import send_email_change, send_email_change_notice, send_link, send_reset_mail
from ancam.accounts.models import Device, EmailChange, OneTimeLink, PasswordReset
from ancam.web import clock

SIGN_INS_KEPT = timedelta(days=90)


def forget_sign_ins() -> None:
    """Remove what is known of sign-ins older than 90 days, and of devices and links that are over.

    They hold e-mails and addresses.
    """
    now = clock.now()
    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        kept.objects.filter(attempt_time__lt=now - SIGN_INS_KEPT).delete()
    live = Session.objects.filter(expire_date__gt=now)
    Device.objects.exclude(session_key__in=live.values("session_key")).delete()
    PasswordReset.objects.filter(expires_at__lt=now).delete()
    EmailChange.objects.filter(expires_at__lt=now - services.EMAIL_CHANGE_KEPT).delete()


def mail_password_reset(email: str) -> None:
    """Send a link for a new password to whoever has this e-mail.

    It is a job also for an e-mail of nobody, so that the page answers as fast for either. When the mail server does
    not take the mail, the link is withdrawn and the job is tried again.
    """
    if begun := services.begin_password_reset(email=email, at=clock.now()):
        person, token = begun
        with _or_again(lambda: services.withdraw_password_reset(person)):
            send_reset_mail(person, token)


def mail_link(pk: int) -> None:
    """Send the person `pk` the one-time link that waits to go, once; again only when the server did not take it."""
    if begun := services.begin_link_mail(pk=pk, at=clock.now()):
        person, token = begun
        sent = OneTimeLink.objects.filter(person=person, by_mail=True)
        with _or_again(lambda: sent.update(mailed_at=None)):
            send_link(person, token)


def mail_email_change(pk: int) -> None:
    """Send the new address of a change the link that confirms it, once; again only when the server did not take it."""
    if begun := services.begin_email_change_mail(pk=pk, at=clock.now()):
        change, token = begun
        with _or_again(lambda: EmailChange.objects.filter(pk=pk).update(mailed_at=None)):
            send_email_change(change, token)


def tell_old_address(pk: int) -> None:
    """Tell the old address of a change and how to object, once; again only when the server did not take it."""
    if change := services.begin_old_address_mail(pk=pk, at=clock.now()):
        with _or_again(lambda: EmailChange.objects.filter(pk=pk).update(old_told_at=None)):
            send_email_change_notice(change)


@contextmanager
def _or_again(take_back: Callable[[], object]) -> Iterator[None]:
    """Send the mail within; when the server does not take it, take its mark back, and let the job be tried again."""
    try:
        yield
    except OSError:
        take_back()
        raise


def apply_reorganisations() -> None:
    """Apply the reorganisations whose day has come."""
    services.apply_due_reorganisations(at=clock.now())


def carry_out_departures() -> None:
    """End the roles of those whose last day is over."""
    services.carry_out_departures(at=clock.now())


def leave_undecided_imports() -> None:
    """Leave the lists that nobody has decided on."""
    services.leave_undecided_imports(at=clock.now())


def forget_applied_rows() -> None:
    """Remove the rows of lists that were applied long enough ago."""
    services.forget_applied_rows(at=clock.now())
