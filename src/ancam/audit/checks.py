"""Checks of the whole ledger: asked for by a person or each day, done by a job in slices, kept with what they found."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from ancam.audit.errors import HeadMismatch, HeadRefused, LedgerBroken
from ancam.audit.models import CheckState, Entry, LedgerCheck
from ancam.audit.rules import GENESIS, parse_head, walk_chain
from ancam.audit.selectors import ledger_head, sealed_lines
from ancam.audit.services import Action, Actor, Subject, record
from ancam.web import clock, jobs

logger = logging.getLogger(__name__)

CHECK_LEDGER = Action("audit.check_ledger", "Kiểm tra sổ nhật ký")
LEDGER = Subject("audit.ledger", "1", "Sổ nhật ký")
SLICE = 200_000
"""Lines that one run of the job looks at: well under a minute."""
HEADS_AT_ONCE = 500

KeptHeads = Callable[[], Iterable[tuple[str, str]]]
_sources: dict[str, KeptHeads] = {}


def keep_heads(name: str, heads: KeptHeads) -> None:
    """Have every check compare these heads too. A room that keeps heads on its rows calls this when it starts.

    `heads` gives (where it is kept, in words, `N:DIGEST`).
    """
    if _sources.setdefault(name, heads) is not heads:
        raise ImproperlyConfigured(f"the heads of {name} are kept twice")


@transaction.atomic
def ask_for_check(*, by: Actor, at: datetime, kept_head: str = "") -> LedgerCheck:
    """Have the whole ledger checked by a job, and against a head that was kept elsewhere; return the check.

    Raises `HeadRefused` when that is no head.
    """
    if kept_head and parse_head(kept_head) is None:
        raise HeadRefused(head=kept_head)
    kept = kept_head.strip().lower()
    record(by=by, action=CHECK_LEDGER, subject=LEDGER, at=at, change={"kept_head": kept} if kept else None)
    check = begin_check(by=by, at=at, kept_head=kept)
    jobs.enqueue(continue_check, check.pk)
    return check


def begin_check(*, by: Actor, at: datetime, kept_head: str = "") -> LedgerCheck:
    """Return a new check of the ledger up to its present head; `continue_check` does the work."""
    return LedgerCheck.objects.create(
        asked_at=at,
        actor_id=by.id,
        actor_name=by.name[:200],
        agency_id=by.agency_id,
        agency_name=by.agency_name[:300],
        kept_head=kept_head,
        head=ledger_head(),
    )


def continue_check(pk: int) -> None:
    """Look at the next slice of the ledger, and come back for the one after it. Idempotent: the check says how far."""
    check = LedgerCheck.objects.get(pk=pk)
    if check.finished_at is not None:
        return
    upto = min(check.checked + SLICE, check.upto)
    reached = walk_chain(sealed_lines(check.checked + 1, upto), after=check.checked, previous=check.checked_digest)
    check.checked, check.checked_digest = reached.number, reached.digest
    if reached.broken or reached.number < upto or not upto:
        _finish(check, CheckState.BROKEN, failed_at=reached.number + 1)
    elif upto < check.upto:
        check.save()
        jobs.enqueue(continue_check, pk)
    elif f"{reached.number}:{reached.digest}" != check.head:
        _finish(check, CheckState.BROKEN, failed_at=reached.number)
    else:
        _compare_heads(check)


def _compare_heads(check: LedgerCheck) -> None:
    """Look for every head that was kept elsewhere; the ledger is a chain, so each answers for all lines before it."""
    asked = [("", check.kept_head)] if check.kept_head else []
    for known in _in_groups([*asked, *_all_kept()]):
        numbers = [number for _, (number, _) in known]
        digests = dict(Entry.objects.filter(number__in=numbers).values_list("number", "digest"))
        for source, (number, digest) in known:
            check.kept_heads += 1
            if digests.get(number, GENESIS if number == 0 else "") != digest:
                head = f"{number}:{digest}"
                _finish(check, CheckState.MISMATCH, failed_head=head, failed_source=source[:300])
                return
    _finish(check, CheckState.WHOLE)


def _all_kept() -> Iterator[tuple[str, str]]:
    for heads in _sources.values():
        yield from heads()


def _in_groups(heads: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, tuple[int, str]]]]:
    parsed = ((source, parse_head(head)) for source, head in heads)
    known = ((source, head) for source, head in parsed if head is not None)
    while group := list(islice(known, HEADS_AT_ONCE)):
        yield group


def _finish(check: LedgerCheck, state: CheckState, **found: Any) -> None:
    for name, value in found.items():
        setattr(check, name, value)
    check.state, check.finished_at = state, clock.now()
    check.save()
    if state == CheckState.WHOLE:
        logger.info("ledger whole, head %s", check.head)
    elif state == CheckState.BROKEN:
        logger.critical("%s", LedgerBroken(number=check.failed_at))
    else:
        logger.critical("%s", HeadMismatch(head=check.failed_head, found=check.head))
