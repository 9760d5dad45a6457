"""The door of the ledger: one line for each act, in the transaction of the act itself."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
_AT_ONCE = 500
BEGIN_INSTANCE = Action("audit.begin_instance", "Khởi tạo hệ thống")


@dataclass(frozen=True, slots=True)
class Act:
    """One act among several that are recorded together; the values of a line."""

    by: Actor
    action: Action
    subject: Subject
    change: Mapping[str, Any] = field(default_factory=dict)


def record(
    *, by: Actor, action: Action, subject: Subject, at: datetime, change: Mapping[str, Any] | None = None
) -> Entry:
    """Add a line and return it. Must be called inside the transaction of the change itself.

    `change` holds plain JSON values: what was, what is. No secret and no file content belongs there.
    Two queries and a row lock that the next writer waits for; one more where other agencies are affected.
    """
    return record_all([Act(by, action, subject, change or {})], at=at)[0]


def record_all(acts: Iterable[Act], *, at: datetime) -> list[Entry]:
    """Add a line for each act, in this order, and return them. Inside the transaction of the change itself.

    The lines are those that as many calls of `record` would add; it takes the lock once and writes 500 at a time.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an audit line belongs in the transaction of its change")
    head = Head.objects.select_for_update().get()
    entries: list[Entry] = []
    number, digest = head.number, head.digest
    for act in acts:
        number += 1
        entry = _sealed(act, at, number, digest)
        digest = entry.digest
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=_AT_ONCE)
    affected = [AffectedAgency(entry=entry, agency_id=pk) for entry in entries for pk in entry.affected or ()]
    AffectedAgency.objects.bulk_create(affected, batch_size=_AT_ONCE)
    Head.objects.filter(pk=head.pk).update(number=number, digest=digest)
    return entries


def _sealed(act: Act, at: datetime, number: int, previous_digest: str) -> Entry:
    line = {
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": act.by.id,
        "actor_name": act.by.name[:200],
        "agency_id": act.by.agency_id,
        "agency_name": act.by.agency_name[:300],
        "action": act.action.code,
        "action_name": act.action.name,
        "object_type": act.subject.type,
        "object_id": act.subject.id,
        "object_name": act.subject.name[:500],
        "change": dict(act.change),
        "previous_digest": previous_digest,
        "affected": sorted(set(act.subject.agencies) - {act.by.agency_id}) or None,
    }
    return Entry(**{**line, "at": at}, digest=seal(line))


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
