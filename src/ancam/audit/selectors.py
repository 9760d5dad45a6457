"""The door for reading the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from ancam.audit.errors import HeadMismatch, HeadRefused, LedgerBroken
from ancam.audit.models import AffectedAgency, Entry, Head, LedgerCheck
from ancam.audit.rules import AFFECTED, GENESIS, SEALED, first_break, parse_head
from ancam.audit.services import Subject, declared_readings
from ancam.web.clock import VIETNAM

SHOWN_LINES = 50
"""How many lines of a thing's history its page shows, and a page of the ledger."""

COUNTED_LINES = 1_000
"""How many lines the ledger's page counts; of more it says that there are more."""


def ledger_head() -> str:
    """Return the ledger's head as `N:DIGEST`; `0:000…` before it has begun. One query."""
    head = Head.objects.first()
    return str(head) if head else f"0:{GENESIS}"


def instance_as_subject() -> Subject:
    """Return this instance as the ledger's first line names it. One query."""
    first = Entry.objects.get(number=1)
    return Subject(first.object_type, first.object_id, first.object_name)


def history_of(object_type: str, object_id: object) -> QuerySet[Entry]:
    """Return what was done to one thing, newest first; who read it stands in the ledger's page alone.

    The caller has checked that the person may see the thing.
    """
    lines = Entry.objects.filter(object_type=object_type, object_id=str(object_id)).order_by("-number")
    return lines.exclude(action__in=[reading.action.code for reading in declared_readings()])


def history_within(subject: Subject, *, agency_ids: QuerySet[Any, Any], actor_id: str) -> QuerySet[Entry]:
    """Return the lines of one thing that concern one of these agencies or were this person's act, newest first.

    `agency_ids` is a query of one column, the ids as text. A thing has few lines: each is asked by itself.
    """
    affected = AffectedAgency.objects.filter(entry=OuterRef("pk"), agency_id__in=agency_ids)
    return history_of(subject.type, subject.id).filter(acted_for(agency_ids, actor_id) | Exists(affected))


def acted_for(agency_ids: QuerySet[Any, Any] | None, actor_id: str) -> Q:
    """Return the condition: acted for one of these agencies (a query of their ids as text), or by this person."""
    own = Q(actor_id=actor_id)
    return own if agency_ids is None else own | Q(agency_id__in=agency_ids)


def concerning(agency_ids: QuerySet[Any, Any]) -> Q:
    """Return the condition that a line was acted for one of these agencies, or affects one. `agency_ids` as above."""
    affected = AffectedAgency.objects.filter(agency_id__in=agency_ids).order_by()
    return Q(agency_id__in=agency_ids) | Q(number__in=affected.values("entry"))


def all_lines() -> QuerySet[Entry]:
    """Return every line, newest first. The caller narrows them to what the person may read."""
    return Entry.objects.order_by("-number")


def lines_in(lines: QuerySet[Entry], since: date | None, until: date | None) -> QuerySet[Entry]:
    """Return the lines of these days, both included, in Việt Nam.

    Bounded by the numbers of those days first, so that the database walks the numbers, which are sorted, and sorts
    nothing. One query by the index of the time, which holds the numbers too.
    """
    inside = Q()
    if since:
        inside &= Q(at__gte=_midnight(since))
    if until:
        inside &= Q(at__lt=_midnight(until + timedelta(days=1)))
    if not inside:
        return lines
    found = Entry.objects.filter(inside).aggregate(first=Min("number"), last=Max("number"))
    if found["first"] is None:
        return lines.none()
    return lines.filter(inside, number__gte=found["first"], number__lte=found["last"])


@dataclass(frozen=True, slots=True)
class LinesPage:
    """A page of lines, newest first.

    total: how many there are in all, at most a thousand; `more` tells that there are more. newer, older: the number
    after or before which the next page begins; None at either end.
    """

    lines: list[Entry]
    total: int
    more: bool
    newer: int | None
    older: int | None


def page_of(lines: QuerySet[Entry], *, before: int | None = None, after: int | None = None) -> LinesPage:
    """Return the page of lines before a number, or after one; the newest when neither is given. Two or three queries.

    By number and not by offset: the ten-thousandth page costs what the first does.
    """
    upward = after is not None and before is None
    if upward:
        rows = list(lines.filter(number__gt=after).order_by("number")[: SHOWN_LINES + 1])
        shown = rows[:SHOWN_LINES][::-1]
    else:
        rows = list((lines if before is None else lines.filter(number__lt=before))[: SHOWN_LINES + 1])
        shown = rows[:SHOWN_LINES]
    beyond = len(rows) > SHOWN_LINES
    alone = before is None and after is None and not beyond
    total = len(shown) if alone else lines[: COUNTED_LINES + 1].count()
    newer = shown[0].number if shown and (beyond if upward else before is not None) else None
    older = shown[-1].number if shown and (upward or beyond) else None
    return LinesPage(shown, min(total, COUNTED_LINES), total > COUNTED_LINES, newer, older)


def sealed_lines(first: int, last: int, lines: QuerySet[Entry] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the lines of these numbers as they were sealed, with their digests, oldest first. Reads 2,000 at a time."""
    rows = (Entry.objects.all() if lines is None else lines).filter(number__gte=first, number__lte=last)
    for line in rows.order_by("number").values(*SEALED, AFFECTED, "digest").iterator(chunk_size=2000):
        line["at"] = line["at"].astimezone(UTC).isoformat(timespec="microseconds")
        yield line


def ledger_checks() -> QuerySet[LedgerCheck]:
    """Return the checks of the ledger, newest first."""
    return LedgerCheck.objects.order_by("-asked_at", "-pk")


def verify_ledger(kept_head: str | None = None) -> str:
    """Check every line and return the head as `N:DIGEST`.

    Raises `LedgerBroken` at the first line that fails, `HeadMismatch` when the chain does not hold `kept_head`
    (a cut tail is seen by this alone), `HeadRefused` when that is no head. Reads the whole ledger in one pass, up to
    the head as it stood at the start: what others add meanwhile is the next run's.
    """
    head = ledger_head()
    upto = int(head.partition(":")[0])
    broken = first_break(sealed_lines(1, upto))
    if broken is not None:
        raise LedgerBroken(number=broken)
    last = Entry.objects.filter(number__lte=upto).last()
    if last is None or str(last) != head:
        raise LedgerBroken(number=(last.number if last else 0) + 1)
    if kept_head is not None:
        _require_head(kept_head, head)
    return head


def _require_head(kept_head: str, head: str) -> None:
    kept = parse_head(kept_head)
    if kept is None:
        raise HeadRefused(head=kept_head)
    number, digest = kept
    if not Entry.objects.filter(number=number, digest=digest).exists():
        raise HeadMismatch(head=kept_head, found=head)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
