"""The door: tell people of something, once; mark it read; say how to be told; send what waits by mail."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from ancam.accounts.models import Person
from ancam.accounts.tokens import new_token, token_digest
from ancam.audit.services import Action, record
from ancam.kit.working_days import WorkingCalendar
from ancam.notifications.mails import send_notices
from ancam.notifications.models import CalendarFeed, Channel, Mail, Notice, NoticeKind, Preference
from ancam.notifications.rules import USUAL, is_time_to_mail
from ancam.reference import reference
from ancam.web.clock import VIETNAM

OPEN_CALENDAR = Action("notifications.open_calendar", "Mở lịch đăng ký")
CLOSE_CALENDAR = Action("notifications.close_calendar", "Đóng lịch đăng ký")
SET_PREFERENCES = Action("notifications.set_preferences", "Đổi cách nhận thông báo")

MAX_TITLE, MAX_TEXT = 200, 600
SENDING = timedelta(minutes=10)
KEPT = timedelta(days=180)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What people are told. `key` names the thing for good; `words` gives title and text in the language that is on."""

    key: str
    kind: NoticeKind
    address: str
    words: Callable[[], tuple[str, str]]


def tell(told: Iterable[tuple[Person, Told]], at: datetime) -> None:
    """Tell each person their thing; who was told a thing before is not told it again.

    One query, and one insertion for each 500 notices.
    """
    pairs = list(told)
    channels = _channels({person for person, _told in pairs})
    rows = [_notice(person, one, channels, at) for person, one in pairs]
    Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def mark_read(*, person: Person, notices: Collection[int] | None = None, at: datetime) -> int:
    """Mark a person's notices as read, all of them without a choice; return how many were not before."""
    unread = Notice.objects.filter(person=person, read_at=None)
    return (unread if notices is None else unread.filter(pk__in=notices)).update(read_at=at)


@transaction.atomic
def set_preferences(*, person: Person, channels: Mapping[str, str], at: datetime) -> None:
    """Keep how a person wants to hear of each kind; kinds not named stay as they are."""
    for kind, channel in channels.items():
        Preference.objects.update_or_create(
            person=person, kind=NoticeKind(kind), defaults={"channel": Channel(channel)}
        )
    record(by=person.as_actor(), action=SET_PREFERENCES, subject=person.as_subject(), change=dict(channels), at=at)


@transaction.atomic
def open_calendar(*, person: Person, at: datetime) -> str:
    """Return the token of a new calendar address of the person; an older one ends."""
    token = new_token()
    values = {"digest": token_digest(token), "made_at": at, "read_at": None}
    CalendarFeed.objects.update_or_create(person=person, defaults=values)
    record(by=person.as_actor(), action=OPEN_CALENDAR, subject=person.as_subject(), at=at)
    return token


@transaction.atomic
def close_calendar(*, person: Person, at: datetime) -> None:
    """End the person's calendar address; without one, nothing happens."""
    ended, _rows = CalendarFeed.objects.filter(person=person).delete()
    if ended:
        record(by=person.as_actor(), action=CLOSE_CALENDAR, subject=person.as_subject(), at=at)


def make_mails(at: datetime) -> None:
    """Put what waits for mail into mails: each notice to be sent at once into its own, the others into a digest a day.

    Idempotent: a mail's code names it once, and a notice goes into one mail.
    """
    now, calendar = at.astimezone(VIETNAM), WorkingCalendar.from_reference(reference("public-holidays"))
    for channel in (Channel.AT_ONCE, Channel.DAILY, Channel.WEEKLY):
        if is_time_to_mail(channel.value, now, calendar):
            _gather(channel, f"{channel.value}:{now:%Y-%m-%d}", at)


def send_waiting(at: datetime) -> int:
    """Send the mails that wait, each claimed first; return how many went out. Raises `OSError` when the server is away.

    A worker that dies while it sends leaves a claim that ends in ten minutes; the mail then goes out again under the
    same Message-ID.
    """
    sent = 0
    free = Q(claimed_until=None) | Q(claimed_until__lt=at)
    for pk in list(Mail.objects.filter(free, sent_at=None).order_by("pk").values_list("pk", flat=True)):
        if not Mail.objects.filter(free, pk=pk, sent_at=None).update(claimed_until=at + SENDING):
            continue
        mail = Mail.objects.select_related("person").prefetch_related("notices").get(pk=pk)
        if mail.person.is_active:
            send_notices(mail)
        Mail.objects.filter(pk=pk).update(sent_at=at, claimed_until=None)
        sent += 1
    return sent


def forget_old(at: datetime) -> None:
    """Remove notices that were read half a year ago, and mails without any."""
    Notice.objects.filter(read_at__lt=at - KEPT).delete()
    Mail.objects.filter(notices=None, sent_at__lt=at - KEPT).delete()


def _channels(people: Collection[Person]) -> dict[tuple[int, str], str]:
    said = Preference.objects.filter(person__in=people).values_list("person_id", "kind", "channel")
    return {(person_id, kind): channel for person_id, kind, channel in said}


def _notice(person: Person, told: Told, channels: Mapping[tuple[int, str], str], at: datetime) -> Notice:
    with translation.override(person.language):
        title, text = told.words()
    return Notice(
        person=person,
        key=told.key,
        kind=told.kind,
        channel=channels.get((person.pk, told.kind.value), USUAL[told.kind.value]),
        title=title[:MAX_TITLE],
        text=text[:MAX_TEXT],
        address=told.address,
        made_at=at,
    )


@transaction.atomic
def _gather(channel: Channel, code: str, at: datetime) -> None:
    waiting = Notice.objects.select_for_update().filter(mail=None, channel=channel)
    rows = list(waiting.values_list("pk", "person_id"))
    codes = {pk: f"notice:{pk}" if channel == Channel.AT_ONCE else code for pk, _person in rows}
    wanted = {(person_id, codes[pk]) for pk, person_id in rows}
    Mail.objects.bulk_create(
        [Mail(person_id=person_id, code=one, made_at=at) for person_id, one in sorted(wanted)], ignore_conflicts=True
    )
    unsent = Mail.objects.filter(code__in=set(codes.values()), sent_at=None, claimed_until=None)
    found = {(mail.person_id, mail.code): mail.pk for mail in unsent}
    carried: dict[int, list[int]] = {}
    for pk, person_id in rows:
        if (mail := found.get((person_id, codes[pk]))) is not None:
            carried.setdefault(mail, []).append(pk)
    for mail, notices in carried.items():
        Notice.objects.filter(pk__in=notices).update(mail=mail)
