"""Notices go into mails and mails go out, each once; what is old is forgotten."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from time import monotonic

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from ancam.accounts.models import Person
from ancam.notifications.mails import send_notices
from ancam.notifications.models import CalendarFeed, Channel, Mail, Notice
from ancam.notifications.rules import is_time_to_mail, may_mail
from ancam.notifications.settled import settled_keys
from ancam.reference.working_days import public_calendar
from ancam.web.clock import VIETNAM, day_of

PEOPLE_AT_ONCE = 200
MAILS_AT_ONCE = 20
SENDS_FOR_S = 30.0
"""A job begins no mail after this: in the middle of one it would be killed at a minute, and the mail would go twice."""

SENDING = timedelta(minutes=10)
REFUSED_FOR = timedelta(hours=1)
STALE_AFTER = timedelta(days=21)
"""What has waited longer stays in the system: the longest rest of a year lies between two weekly digests."""

DELAYED_AFTER = timedelta(days=1)
DELAY_NOTED_FOR = timedelta(days=30)
DAYS_TRIED = 5
"""Working days: on others no mail goes out, and the longest rest of a year takes nine days."""

KEPT = timedelta(days=365)

log = logging.getLogger(__name__)


def make_mails(at: datetime) -> bool:
    """Put what waits into mails, one for each of up to 200 people of a channel; tell whether more people wait.

    What is to be said at once goes together in one mail, and digests gather a day's or a week's. What the person has
    read meanwhile is left out, and so is what is settled, which from then on is for the list alone. Idempotent: a
    mail's code names it once, and a notice goes into one mail.
    """
    now, calendar = at.astimezone(VIETNAM), public_calendar()
    channels = [one for one in Channel if one != Channel.NONE and is_time_to_mail(one.value, now, calendar)]
    return any([_gather(channel, at) for channel in channels])


def send_waiting(at: datetime) -> bool:
    """Send up to 20 of the mails that wait over one connection, for half a minute at most; tell whether more wait.

    Each is claimed first. A worker that dies while it sends leaves a claim that ends in ten minutes; the mail then
    goes out again under the same Message-ID. What the server refuses is tried again each hour for five working days.
    Raises `OSError` when the server is away.
    """
    if not may_mail(at.astimezone(VIETNAM), public_calendar()):
        return False
    found = list(waiting_mails(at)[: MAILS_AT_ONCE + 1])
    taken, ends = 0, monotonic() + SENDS_FOR_S
    if found:
        with get_connection() as connection:
            for mail in found[:MAILS_AT_ONCE]:
                _send(mail, connection, at)
                taken += 1
                if monotonic() > ends:
                    break
    return len(found) > taken


def waiting_mails(at: datetime) -> QuerySet[Mail]:
    """Return the mails that a worker may take up, oldest first."""
    found = Mail.objects.filter(_free(at), made_at__gt=_tried_since(at), person__is_active=True)
    return found.select_related("person").order_by("made_at", "pk")


def delayed_count(at: datetime) -> int:
    """Return how many mails of a month were not sent within a day: they are tried yet, or were given up. One query."""
    unsent = Mail.objects.filter(sent_at=None, person__is_active=True)
    return unsent.filter(made_at__gt=at - DELAY_NOTED_FOR, made_at__lt=at - DELAYED_AFTER).count()


def _tried_since(at: datetime) -> datetime:
    on = day_of(at)
    return at - (on - public_calendar().add_working_days(on, -DAYS_TRIED))


def _free(at: datetime) -> Q:
    return Q(sent_at=None) & (Q(not_before=None) | Q(not_before__lt=at))


def forget_old(at: datetime) -> None:
    """Remove notices and mails that are a year old, and the calendar addresses of those who left."""
    Notice.objects.filter(made_at__lt=at - KEPT).delete()
    Mail.objects.filter(made_at__lt=at - KEPT, notices=None).delete()
    CalendarFeed.objects.filter(person__is_active=False).delete()


def _gather(channel: Channel, at: datetime) -> bool:
    waiting = Notice.objects.filter(
        mail=None, channel=channel, read_at=None, made_at__gt=at - STALE_AFTER, person__is_active=True
    ).order_by()
    digest = "" if channel == Channel.AT_ONCE else f"{channel.value}:{at.astimezone(VIETNAM):%Y-%m-%d}"
    has_todays = Exists(Mail.objects.filter(person=OuterRef("person"), code=digest))
    ids = waiting.exclude(has_todays).values_list("person", flat=True).distinct()[: PEOPLE_AT_ONCE + 1]
    people = list(Person.objects.filter(pk__in=list(ids)))
    for person in people[:PEOPLE_AT_ONCE]:
        _put_in_a_mail(person, waiting.filter(person=person), digest, at)
    return len(people) > PEOPLE_AT_ONCE


@transaction.atomic
def _put_in_a_mail(person: Person, waiting: QuerySet[Notice], digest: str, at: datetime) -> None:
    """Put one person's notices into a mail of this code, or of one that names the first of them; once."""
    told = list(waiting.order_by("pk").values_list("key", flat=True))
    waiting.filter(key__in=settled_keys(person, told)).update(channel=Channel.NONE)
    first = waiting.order_by("pk").first()
    if first is None:
        return
    code = digest or f"at_once:{first.pk}"
    mail, is_new = Mail.objects.get_or_create(person=person, code=code, defaults={"made_at": at})
    if is_new and not Notice.objects.filter(mail=None, pk__in=waiting.values("pk")).update(mail=mail):
        mail.delete()


def _send(mail: Mail, connection: BaseEmailBackend, at: datetime) -> None:
    if not Mail.objects.filter(_free(at), pk=mail.pk).update(not_before=at + SENDING):
        return
    try:
        send_notices(mail, connection)
    except (SMTPRecipientsRefused, SMTPDataError) as refused:
        _put_off(mail, at)
        log.warning("mail %s refused: %s", mail.pk, type(refused).__name__)
    except OSError:
        _put_off(mail, at)
        raise
    else:
        Mail.objects.filter(pk=mail.pk).update(sent_at=at, not_before=None)


def _put_off(mail: Mail, at: datetime) -> None:
    """Let the mails behind it go first: nothing tells a mail that breaks the connection from a server that is away."""
    Mail.objects.filter(pk=mail.pk).update(not_before=at + REFUSED_FOR)
