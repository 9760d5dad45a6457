"""The door for reading the ledger."""

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import QuerySet

from ancam.audit.errors import HeadMismatch, HeadRefused, LedgerBroken
from ancam.audit.models import Entry, Head
from ancam.audit.rules import GENESIS, SEALED, first_break

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


def verify_ledger(kept_head: str | None = None) -> str:
    """Check every line and return the head as `N:DIGEST`.

    Raises `LedgerBroken` at the first line that fails, `HeadMismatch` when the chain does not hold `kept_head`
    (a cut tail is seen by this alone), `HeadRefused` when that is no head. Reads the whole ledger in one pass.
    """
    broken = first_break(_lines())
    if broken is not None:
        raise LedgerBroken(number=broken)
    head, last = ledger_head(), Entry.objects.last()
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


def _lines() -> Iterator[dict[str, Any]]:
    for line in Entry.objects.order_by("number").values(*SEALED, "digest").iterator(chunk_size=2000):
        line["at"] = line["at"].astimezone(UTC).isoformat(timespec="microseconds")
        yield line
