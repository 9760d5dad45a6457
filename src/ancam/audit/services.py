"""The door of the ledger: one line for each act, in the transaction of the act itself."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from ancam.audit.errors import ReadingNotRecorded
from ancam.audit.models import AffectedAgency, Entry, Head
from ancam.audit.rules import GENESIS, seal


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as values: the person's id and name, and the agency acted for."""

    id: str
    name: str
    agency_id: str = ""
    agency_name: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted on, as values: `type` is `room.thing`.

    agencies: the ids of those it belongs to, who find the line although another agency acted. Who oversees one of them
    reads the whole line.
    """

    type: str
    id: str
    name: str
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What is done: a code `room.verb_thing` and the words a person reads."""

    code: str
    name: str

    def __post_init__(self) -> None:
        # Every act that can stand in a line is known from its declaration, so that a page can offer them all.
        if _acts.setdefault(self.code, self.name) != self.name:
            raise ImproperlyConfigured(f"two acts are declared as {self.code}")


@dataclass(frozen=True, slots=True)
class ProtectedReading:
    """A reading that leaves a line, and why. The declared ones are the one list of what is protected."""

    action: Action
    why: str

    def __post_init__(self) -> None:
        if _readings.setdefault(self.action.code, self) != self:
            raise ImproperlyConfigured(f"two readings are declared as {self.action.code}")


_acts: dict[str, str] = {}
_readings: dict[str, ProtectedReading] = {}

READ_AGAIN_WITHIN = timedelta(minutes=10)
"""Reading the same thing again within this time is the same reading, and leaves no further line."""

SYSTEM = Actor(id="", name="Hệ thống")
BEGIN_INSTANCE = Action("audit.begin_instance", "Khởi tạo hệ thống")


def record(
    *, by: Actor, action: Action, subject: Subject, at: datetime, change: Mapping[str, Any] | None = None
) -> Entry:
    """Add a line and return it. Must be called inside the transaction of the change itself.

    `change` holds plain JSON values: what was, what is. No secret and no file content belongs there.
    Two queries and a row lock that the next writer waits for; one more where other agencies are affected.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an audit line belongs in the transaction of its change")
    head = Head.objects.select_for_update().get()
    line = {
        "number": head.number + 1,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": by.id,
        "actor_name": by.name[:200],
        "agency_id": by.agency_id,
        "agency_name": by.agency_name[:300],
        "action": action.code,
        "action_name": action.name,
        "object_type": subject.type,
        "object_id": subject.id,
        "object_name": subject.name[:500],
        "change": dict(change or {}),
        "previous_digest": head.digest,
        "affected": sorted(set(subject.agencies) - {by.agency_id}) or None,
    }
    entry = Entry.objects.create(**{**line, "at": at}, digest=seal(line))
    AffectedAgency.objects.bulk_create(AffectedAgency(entry=entry, agency_id=pk) for pk in entry.affected or ())
    Head.objects.filter(pk=head.pk).update(number=entry.number, digest=entry.digest)
    return entry


def record_reading(
    *,
    by: Actor,
    reading: ProtectedReading,
    subject: Subject,
    at: datetime,
    change: Mapping[str, Any] | None = None,
    every_time: bool = False,
) -> None:
    """Add the line of a protected reading, in a short transaction of its own, before anything is handed over.

    The same person reading the same thing again within ten minutes adds none, unless `every_time` is asked for.
    Raises `ReadingNotRecorded` when the line cannot be written: then nothing may be handed over.
    """
    try:
        if not every_time and _was_just_read(by, reading, subject, at):
            return
        with transaction.atomic():
            record(by=by, action=reading.action, subject=subject, at=at, change=change)
    except DatabaseError as exc:
        name = reading.action.name
        raise ReadingNotRecorded(act=name[0].lower() + name[1:]) from exc


def declared_acts() -> dict[str, str]:
    """Return the words of every act that a room has declared, by its code."""
    return dict(_acts)


def declared_readings() -> list[ProtectedReading]:
    """Return every protected reading that a room has declared, by its code."""
    return [_readings[code] for code in sorted(_readings)]


def _was_just_read(by: Actor, reading: ProtectedReading, subject: Subject, at: datetime) -> bool:
    same = Entry.objects.filter(object_type=subject.type, object_id=subject.id, actor_id=by.id)
    return same.filter(action=reading.action.code, at__gt=at - READ_AGAIN_WITHIN, at__lte=at).exists()


@transaction.atomic
def begin_instance(*, at: datetime) -> None:
    """Write the ledger's first line, the beginning of this instance. Does nothing when it has begun."""
    _, new = Head.objects.get_or_create(pk=1, defaults={"number": 0, "digest": GENESIS})
    if new:
        subject = Subject("audit.instance", str(uuid.uuid4()), "AnCam")
        record(by=SYSTEM, action=BEGIN_INSTANCE, subject=subject, at=at)
