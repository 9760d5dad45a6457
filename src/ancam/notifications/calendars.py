"""A person's calendar of what is due, for the program in which they keep their calendar."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from ancam.accounts.models import Person
from ancam.web.addresses import public_address
from ancam.web.clock import day_of

SHOWN_BACK = timedelta(days=90)
MOST_EVENTS = 2_000
READ_AGAIN_AFTER = timedelta(hours=6)
Days = Callable[[Person, date, date], Iterable["Day"]]
_sources: dict[str, Days] = {}


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something is due. `key` names the thing for good; `address` is the path of its page."""

    key: str
    on: date
    title: str
    text: str
    address: str


def register(name: str, days: Days) -> None:
    """Add a room's days to everybody's calendar: those of a person from a day on, as of another, in their order."""
    if name in _sources:
        raise ImproperlyConfigured(f"calendar source {name} is registered twice")
    _sources[name] = days


def calendar_of(person: Person, at: datetime) -> bytes:
    """Return the person's days as iCalendar (RFC 5545), from 90 days ago on, 2,000 at most of each room.

    Events of a whole day, which are the same day in every time zone. Each keeps its identity from one reading to the
    next, so that a moved day moves the event.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//AnCam//AnCam//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with translation.override(person.language):
        calendar.add("x-wr-calname", _("AnCam: hạn của %(person)s") % {"person": person.full_name})
        calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
        for day in _days(person, day_of(at)):
            calendar.add_component(_event(day, at))
    written: bytes = calendar.to_ical()
    return written


def _days(person: Person, today: date) -> Iterator[Day]:
    for days in _sources.values():
        yield from islice(days(person, today - SHOWN_BACK, today), MOST_EVENTS)


def _event(day: Day, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{day.key}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", day.title)
    event.add("description", day.text)
    event.add("url", public_address(day.address))
    event.add("transp", "TRANSPARENT")
    return event
