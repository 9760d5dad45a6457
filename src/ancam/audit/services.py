"""The door of the ledger: one line for each act, in the transaction of the act itself."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from ancam.audit.models import Entry, Head
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
    """What is acted on, as values: `type` is `room.thing`."""

    type: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Action:
    """What is done: a code `room.verb_thing` and the words a person reads."""

    code: str
    name: str


SYSTEM = Actor(id="", name="Hệ thống")
BEGIN_INSTANCE = Action("audit.begin_instance", "Khởi tạo hệ thống")


def record(
    *, by: Actor, action: Action, subject: Subject, at: datetime, change: Mapping[str, Any] | None = None
) -> Entry:
    """Add a line and return it. Must be called inside the transaction of the change itself.

    `change` holds plain JSON values: what was, what is. No secret and no file content belongs there.
    Two queries and a row lock that the next writer waits for.
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
    }
    entry = Entry.objects.create(**{**line, "at": at}, digest=seal(line))
    Head.objects.filter(pk=head.pk).update(number=entry.number, digest=entry.digest)
    return entry


@transaction.atomic
def begin_instance(*, at: datetime) -> None:
    """Write the ledger's first line, the beginning of this instance. Does nothing when it has begun."""
    _, new = Head.objects.get_or_create(pk=1, defaults={"number": 0, "digest": GENESIS})
    if new:
        subject = Subject("audit.instance", str(uuid.uuid4()), "AnCam")
        record(by=SYSTEM, action=BEGIN_INSTANCE, subject=subject, at=at)
