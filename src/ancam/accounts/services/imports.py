"""Lists by file: received and checked row by row, applied as a whole or left."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ancam.accounts.bulk.agency_drafts import Draft
from ancam.accounts.bulk.cells import is_example
from ancam.accounts.bulk.columns import COLUMNS, REASON
from ancam.accounts.bulk.outcomes import Outcome, Verdict, digest_of, outcomes_digest
from ancam.accounts.bulk.people import PersonDraft
from ancam.accounts.errors import ImportNotReady, NothingToApply, PartialNotConfirmed
from ancam.accounts.models import Agency, ImportBatch, ImportKind, ImportRow, ImportState, Person, Role
from ancam.accounts.services.guards import require_administrator_somewhere
from ancam.accounts.services.import_checks import check_rows
from ancam.accounts.services.import_writes import write_agencies, write_people
from ancam.audit.services import Act, Action, Actor, record, record_all
from ancam.engines.tables.errors import EmptyTable
from ancam.engines.tables.read import read_table
from ancam.kit.file_names import plain_name, require_plain_ending
from ancam.kit.folding import fold
from ancam.web import clock, jobs
from ancam.web.replies import Forbidden

RECEIVE_IMPORT = Action("accounts.receive_import", "Gửi danh sách từ tệp để kiểm tra")
APPLY_IMPORT = Action("accounts.apply_import", "Nhập danh sách từ tệp")
LEAVE_IMPORT = Action("accounts.leave_import", "Bỏ danh sách từ tệp")

# More rows than this are checked and applied by a job.
ROWS_AT_ONCE = 300
_ROWS_OF_ONE_STATEMENT = 1_000
_KEPT = ("verdict", "changes", "refusals", "meant")
ROWS_KEPT = timedelta(days=30)


def receive_import(*, kind: ImportKind, file_name: str, data: bytes, by: Person, at: datetime) -> ImportBatch:
    """Read a file and keep its rows; return the import, checked already when it is short.

    Raises `Forbidden`, or a `TableRefused` or `RunnableName` that says why the file is not taken; then nothing is kept.
    """
    actor = by.as_actor(_administered(by))
    require_plain_ending(file_name)
    file_name = plain_name(file_name)
    table = read_table(data, file_name, [*COLUMNS[kind], REASON])
    rows = [row for row in table.rows if not is_example(row)]
    if not rows:
        raise EmptyTable(name=file_name)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            kind=kind,
            file_name=file_name,
            file_digest=hashlib.sha256(data).hexdigest(),
            by=by,
            agency=_overlooking(by),
            received_at=at,
            total=len(rows),
        )
        kept = [
            ImportRow(
                batch=batch,
                number=row.number,
                cells={name: text for name, text in row.cells.items() if text and name != REASON.name},
            )
            for row in rows
        ]
        ImportRow.objects.bulk_create(kept, batch_size=_ROWS_OF_ONE_STATEMENT)
        change = {"list": batch.kind, "total": batch.total, "file_digest": batch.file_digest}
        record(by=actor, action=RECEIVE_IMPORT, subject=batch.as_subject(), change=change, at=at)
        if batch.total > ROWS_AT_ONCE:
            jobs.enqueue(check_import, batch.pk)
        else:
            check_import(batch.pk)
    batch.refresh_from_db()
    return batch


def check_import(pk: int) -> None:
    """Say what would become of each row. Idempotent."""
    batch = ImportBatch.objects.select_related("by").get(pk=pk)
    if batch.state != ImportState.CHECKING:
        return
    outcomes, _drafts, _tree = check_rows(batch, batch.by)
    with transaction.atomic():
        batch = _locked(pk)
        if batch.state == ImportState.CHECKING:
            _keep(batch, outcomes)


@transaction.atomic
def apply_import(*, batch: ImportBatch, by: Person, without_refused: bool, at: datetime) -> ImportBatch:
    """Have the good rows written, all of them or none; return the import.

    It comes back as checked, with nothing written, when some row would do something else by now than the person saw.
    Raises `Forbidden`, `ImportNotReady`, `NothingToApply`, or `PartialNotConfirmed` when rows are refused and
    `without_refused` is not said.
    """
    batch, _actor = _of_maker(batch, by, _("áp dụng danh sách"))
    if batch.state != ImportState.CHECKED:
        raise ImportNotReady(file=batch.file_name, state=batch.get_state_display())
    if not batch.to_apply:
        raise NothingToApply(file=batch.file_name)
    if batch.refused and not without_refused:
        raise PartialNotConfirmed(refused=batch.refused)
    batch.state = ImportState.APPLYING
    batch.save()
    if batch.total > ROWS_AT_ONCE:
        jobs.enqueue(finish_import, batch.pk)
    else:
        finish_import(batch.pk)
    batch.refresh_from_db()
    return batch


def finish_import(pk: int) -> None:
    """Check the rows again and write them, in one transaction. Idempotent."""
    try:
        with transaction.atomic():
            _finish(pk)
    except IntegrityError:
        # Someone wrote the same between our look and our writing; the second look sees it.
        with transaction.atomic():
            _finish(pk)


@transaction.atomic
def leave_import(*, batch: ImportBatch, by: Person, at: datetime) -> None:
    """Leave a list that was not applied; its rows are removed. Raises `Forbidden`, `ImportNotReady`."""
    batch, actor = _of_maker(batch, by, _("bỏ danh sách"))
    if batch.is_over:
        raise ImportNotReady(file=batch.file_name, state=batch.get_state_display())
    change = {"list": batch.kind, "total": batch.total, "file_digest": batch.file_digest}
    record(by=actor, action=LEAVE_IMPORT, subject=batch.as_subject(), change=change, at=at)
    _leave(batch, at)


def leave_undecided_imports(*, at: datetime) -> None:
    """Leave what nobody has decided on for 30 days: its rows hold personal data."""
    waiting = ImportBatch.objects.exclude(state__in=(ImportState.APPLIED, ImportState.LEFT))
    for pk in waiting.filter(received_at__lt=at - ROWS_KEPT).values_list("pk", flat=True):
        with transaction.atomic():
            batch = _locked(pk)
            if not batch.is_over:
                _leave(batch, at)


def forget_applied_rows(*, at: datetime) -> None:
    """Remove the rows of what was applied 30 days ago; counts and digests stay, and the lines of the ledger."""
    old = ImportBatch.objects.filter(state=ImportState.APPLIED, finished_at__lt=at - ROWS_KEPT)
    ImportRow.objects.filter(batch__in=old).delete()


def _finish(pk: int) -> None:
    batch = _locked(pk)
    if batch.state != ImportState.APPLYING:
        return
    # Holds back a second writer of the tree: paths are counted from what is there.
    list(Agency.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    outcomes, drafts, tree = check_rows(batch, batch.by)
    if outcomes_digest(one.kept() for one in outcomes) != batch.outcome_digest:
        _keep(batch, outcomes)
        return
    if batch.kind == ImportKind.AGENCIES:
        acts = write_agencies(cast(Sequence[Draft], drafts), tree, batch.by)
    else:
        acts = write_people(cast(Sequence[PersonDraft], drafts), tree, batch.by)
    at = clock.now()
    whole = Act(batch.by.as_actor(_highest(batch.by)), APPLY_IMPORT, batch.as_subject(), _in_words(batch, outcomes))
    record_all([*acts, whole], at=at)
    batch.state, batch.stale, batch.finished_at = ImportState.APPLIED, 0, at
    batch.save()


def _in_words(batch: ImportBatch, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what the ledger keeps of the whole: counts, the file's digest, that of the rows that changed something."""
    cells = dict(batch.rows.values_list("number", "cells"))
    rows = [[one.kept(), cells[one.number]] for one in outcomes if one.writes]
    counts = {name: getattr(batch, name) for name in ("total", "new", "changed", "same", "refused")}
    return {"list": batch.kind, **counts, "file_digest": batch.file_digest, "rows_digest": digest_of(rows)}


def _keep(batch: ImportBatch, outcomes: Sequence[Outcome]) -> None:
    """Keep what would become of each row. Rows that the person saw otherwise are marked."""
    was_seen = bool(batch.outcome_digest)
    rows = {row.number: row for row in batch.rows.all()}
    for outcome in outcomes:
        row, kept = rows[outcome.number], outcome.kept()
        before = {name: getattr(row, name) for name in _KEPT}
        for name in _KEPT:
            setattr(row, name, kept[name])
        row.is_stale = was_seen and before != {name: kept[name] for name in _KEPT}
        row.label = outcome.label[:254]
        row.search_key = fold(f"{row.label} {row.cells.get('email', '')} {row.cells.get('code', '')}")[:1000]
        row.pk = None
    # Removed and written anew: many times faster than as many updates.
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(rows.values(), batch_size=_ROWS_OF_ONE_STATEMENT)
    for verdict in Verdict:
        setattr(batch, verdict.value, sum(one.verdict == verdict for one in outcomes))
    batch.stale = sum(row.is_stale for row in rows.values())
    batch.outcome_digest = outcomes_digest(one.kept() for one in outcomes)
    if batch.by.current_memberships:
        # What the person sees may have grown since.
        batch.agency = _overlooking(batch.by)
    batch.state = ImportState.CHECKED
    batch.save()


def _leave(batch: ImportBatch, at: datetime) -> None:
    batch.rows.all().delete()
    batch.state, batch.finished_at = ImportState.LEFT, at
    batch.save()


def _locked(pk: int) -> ImportBatch:
    locked = ImportBatch.objects.select_for_update(of=("self",)).select_related("by", "agency")
    batch: ImportBatch = locked.get(pk=pk)
    return batch


def _of_maker(batch: ImportBatch, by: Person, act: str) -> tuple[ImportBatch, Actor]:
    """Return the import locked, and its sender as the ledger names them; raise `Forbidden` for anyone else."""
    batch = _locked(batch.pk)
    if batch.by_id != by.pk:
        raise Forbidden(act=act, who=_("người đã gửi tệp"))
    return batch, by.as_actor(_administered(by))


def _administered(by: Person) -> Agency | None:
    """Return the highest agency that the person administers; raise `Forbidden` when there is none."""
    require_administrator_somewhere(by, _("nhập danh sách từ tệp"))
    return _highest(by)


def _highest(by: Person) -> Agency | None:
    administered = by.agencies_as((Role.ADMINISTRATOR,))
    return min(administered, key=lambda agency: (agency.depth, agency.path), default=None)


def _overlooking(by: Person) -> Agency:
    """Return the lowest agency at or above all that the person works at: who oversees it oversees whatever they see.

    A row tells of what its sender sees, so others may read it only from there.
    """
    paths = [agency.path for agency in by.agencies_as()]
    above = [paths[0][:end] for end in range(Agency.steplen, len(paths[0]) + 1, Agency.steplen)]
    shared = [path for path in above if all(one.startswith(path) for one in paths)]
    agency: Agency = Agency.objects.get(path=shared[-1])
    return agency
