"""A person's calendar of what is due, for the program in which they keep their calendar."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from icalendar import Calendar, Event

from ancam.accounts.models import Person
from ancam.web.addresses import public_address

MOST_EVENTS = 2_000
_sources: dict[str, Callable[[Person, date], Iterable["Day"]]] = {}


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something is due. `key` names the thing for good; `address` is the path of its page."""

    key: str
    on: date
    title: str
    text: str
    address: str


def register(name: str, days: Callable[[Person, date], Iterable[Day]]) -> None:
    """Add a room's days to everybody's calendar: those of a person from a day on."""
    if name in _sources:
        raise ImproperlyConfigured(f"calendar source {name} is registered twice")
    _sources[name] = days


def calendar_of(person: Person, *, since: date, at: datetime) -> bytes:
    """Return the person's days from a day on as iCalendar (RFC 5545): events of a whole day, 2,000 at most.

    Each keeps its identity from one reading to the next, so that a moved day moves the event.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//AnCam//Lịch hạn//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "AnCam")
    found = (day for days in _sources.values() for day in days(person, since))
    for _number, day in zip(range(MOST_EVENTS), found, strict=False):
        calendar.add_component(_event(day, at))
    written: bytes = calendar.to_ical()
    return written


def _event(day: Day, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{day.key}@ancam")
    event.add("dtstamp", at)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", day.title)
    event.add("description", day.text)
    event.add("url", public_address(day.address))
    event.add("transp", "TRANSPARENT")
    return event
