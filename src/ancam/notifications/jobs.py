"""What this room does by itself."""

from django.conf import settings

from ancam.notifications import outbox
from ancam.web import clock
from ancam.web.jobs import enqueue


def send_mails() -> None:
    """Make the mails that are due and send those that wait, a few of each; the rest is the matter of another job.

    Without a mail server, notices stay in the system.
    """
    if settings.SENDS_MAIL:
        now = clock.now()
        more_wait = outbox.make_mails(now)
        if outbox.send_waiting(now) or more_wait:
            enqueue(send_mails)


def send_mails_last() -> None:
    """Send the mails behind the jobs that wait now: an hour's reminders are told before the day's digest is made."""
    enqueue(send_mails)


def forget_old() -> None:
    """Remove what was told and sent long ago."""
    outbox.forget_old(clock.now())
