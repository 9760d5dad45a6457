"""The door for reading the ledger."""

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import Q, QuerySet

from ancam.audit.errors import HeadMismatch, HeadRefused, LedgerBroken
from ancam.audit.models import Entry, Head
from ancam.audit.rules import GENESIS, SEALED, first_break
from ancam.audit.services import Subject

SHOWN_LINES = 50
"""How many lines of a thing's history its page shows."""

_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


def ledger_head() -> str:
    """Return the ledger's head as `N:DIGEST`; `0:000…` before it has begun. One query."""
    head = Head.objects.first()
    return str(head) if head else f"0:{GENESIS}"


def history_of(object_type: str, object_id: object) -> QuerySet[Entry]:
    """Return the lines of one thing, newest first. The caller has checked that the person may see the thing."""
    return Entry.objects.filter(object_type=object_type, object_id=str(object_id)).order_by("-number")


def history_acted_for(subject: Subject, *, agency_ids: QuerySet[Any, Any], actor_id: str) -> QuerySet[Entry]:
    """Return the lines of one thing that were acted for one of these agencies or by this person, newest first.

    `agency_ids` is a query of one column, the ids as text.
    """
    lines = history_of(subject.type, subject.id)
    return lines.filter(Q(agency_id__in=agency_ids) | Q(actor_id=actor_id))


def verify_ledger(kept_head: str | None = None) -> str:
    """Check every line and return the head as `N:DIGEST`.

    Raises `LedgerBroken` at the first line that fails, `HeadMismatch` when the chain does not hold `kept_head`
    (a cut tail is seen by this alone), `HeadRefused` when that is no head. Reads the whole ledger in one pass, up to
    the head as it stood at the start: what others add meanwhile is the next run's.
    """
    head = ledger_head()
    upto = int(head.partition(":")[0])
    broken = first_break(_lines(upto))
    if broken is not None:
        raise LedgerBroken(number=broken)
    last = Entry.objects.filter(number__lte=upto).last()
    if last is None or str(last) != head:
        raise LedgerBroken(number=(last.number if last else 0) + 1)
    if kept_head is not None:
        _require_head(kept_head, head)
    return head


def _require_head(kept_head: str, head: str) -> None:
    match = _HEAD.fullmatch(kept_head.strip())
    if not match:
        raise HeadRefused(head=kept_head)
    number, digest = match.groups()
    if not Entry.objects.filter(number=int(number), digest=digest).exists():
        raise HeadMismatch(head=kept_head, found=head)


def _lines(upto: int) -> Iterator[dict[str, Any]]:
    lines = Entry.objects.filter(number__lte=upto).order_by("number")
    for line in lines.values(*SEALED, "digest").iterator(chunk_size=2000):
        line["at"] = line["at"].astimezone(UTC).isoformat(timespec="microseconds")
        yield line
