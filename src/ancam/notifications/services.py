"""The door: tell people of something, once; mark it read; say how to be told; open and close a calendar."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import translation

from ancam.accounts.models import Person
from ancam.accounts.tokens import new_token, token_digest
from ancam.audit.services import Action, Subject, record
from ancam.kit.folding import squeeze
from ancam.notifications.jobs import send_mails
from ancam.notifications.models import CalendarFeed, Channel, Notice, NoticeKind, Preference
from ancam.notifications.rules import USUAL
from ancam.notifications.selectors import channels_of, notices
from ancam.web.jobs import enqueue

OPEN_CALENDAR = Action("notifications.open_calendar", "Mở lịch đăng ký")
CLOSE_CALENDAR = Action("notifications.close_calendar", "Đóng lịch đăng ký")
SET_PREFERENCES = Action("notifications.set_preferences", "Đổi cách nhận thông báo")

MAX_TITLE, MAX_TEXT = 200, 600
BATCH = 500
READ_NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What people are told. `key` names the thing for good; `words` gives title and text in the language that is on.

    in_list_only: whoever is told reads it in the system alone, because another stands in for them meanwhile.
    """

    key: str
    kind: NoticeKind
    address: str
    words: Callable[[], tuple[str, str]]
    in_list_only: bool = False


def tell(told: Iterable[tuple[Person, Told]], at: datetime) -> None:
    """Tell each person their thing; who was told a thing before is not told it again.

    What somebody wants to hear of at once leaves by mail soon after the present transaction has committed. Two
    queries and an insertion for each 500 that are told.
    """
    pairs = iter(told)
    while batch := list(islice(pairs, BATCH)):
        _tell(batch, at)


def _tell(pairs: list[tuple[Person, Told]], at: datetime) -> None:
    people, keys = {person for person, _told in pairs}, {told.key for _person, told in pairs}
    known = set(Notice.objects.filter(key__in=keys, person__in=people).values_list("person_id", "key"))
    new = [(person, told) for person, told in pairs if (person.pk, told.key) not in known]
    if not new:
        return
    said = _said({person for person, _told in new})
    rows = [_notice(person, told, said, at) for person, told in new]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if settings.SENDS_MAIL and any(row.channel == Channel.AT_ONCE for row in rows):
        enqueue(send_mails)


def _said(people: Collection[Person]) -> dict[tuple[int, str], str]:
    rows = Preference.objects.filter(person__in=people).values_list("person_id", "kind", "channel")
    return {(person_id, kind): channel for person_id, kind, channel in rows}


def _notice(person: Person, told: Told, said: Mapping[tuple[int, str], str], at: datetime) -> Notice:
    with translation.override(person.language):
        title, text = told.words()
    wanted = said.get((person.pk, told.kind.value), USUAL[told.kind.value])
    return Notice(
        person=person,
        key=told.key,
        kind=told.kind,
        channel=Channel.NONE if told.in_list_only else wanted,
        title=_cut(squeeze(title), MAX_TITLE),
        text=_cut(text, MAX_TEXT),
        address=told.address,
        made_at=at,
    )


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def mark_read(*, person: Person, notice: Notice | None = None, at: datetime) -> int:
    """Mark one notice of a person as read, all of them without one; return how many were not before."""
    unread = notices(person).filter(read_at=None)
    return (unread if notice is None else unread.filter(pk=notice.pk)).update(read_at=at)


@transaction.atomic
def set_preferences(*, person: Person, channels: Mapping[str, str], at: datetime) -> None:
    """Keep how a person wants to hear of each kind; kinds not named stay as they are. Nothing when nothing changes."""
    before = channels_of(person)
    changed = {kind: channel for kind, channel in channels.items() if before[kind] != channel}
    for kind, channel in changed.items():
        values = {"channel": Channel(channel)}
        Preference.objects.update_or_create(person=person, kind=NoticeKind(kind), defaults=values)
    if changed:
        change = {"before": {kind: before[kind] for kind in changed}, "after": changed}
        record(by=person.as_actor(), action=SET_PREFERENCES, subject=_own(person), change=change, at=at)


@transaction.atomic
def open_calendar(*, person: Person, at: datetime) -> str:
    """Return the token of a new calendar address of the person; an older one ends."""
    token = new_token()
    values = {"digest": token_digest(token), "made_at": at, "read_at": None}
    CalendarFeed.objects.update_or_create(person=person, defaults=values)
    record(by=person.as_actor(), action=OPEN_CALENDAR, subject=_own(person), at=at)
    return token


@transaction.atomic
def close_calendar(*, person: Person, at: datetime) -> None:
    """End the person's calendar address; without one, nothing happens."""
    ended, _rows = CalendarFeed.objects.filter(person=person).delete()
    if ended:
        record(by=person.as_actor(), action=CLOSE_CALENDAR, subject=_own(person), at=at)


def note_calendar_read(feed: CalendarFeed, at: datetime) -> None:
    """Note that a program reads the calendar, once an hour at most."""
    if feed.read_at is None or feed.read_at < at - READ_NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=at)


def _own(person: Person) -> Subject:
    """Return how the ledger names the way in which a person is told."""
    return Subject("notifications.telling", str(person.pk), person.full_name)
