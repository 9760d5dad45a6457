"""A letter too long to read in one request: its file waits in the holding folder, and a job reads it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.directives.errors import AlreadyReceived, FileLost, ReadElsewhere, ReadTooOften, WrongState
from ancam.directives.models import Document, ReadingRun, ReadingState
from ancam.directives.services.guards import require_holder
from ancam.directives.services.receiving import ReceivedFile, keep_letter, read_letter, refuse_same_file
from ancam.directives.services.telling import tell_read
from ancam.engines.reading.errors import StateSecret
from ancam.engines.reading.steps import Step
from ancam.kit.errors import AnCamError
from ancam.kit.file_names import plain_name
from ancam.web import clock, jobs
from ancam.web.held import held_bytes, hold, let_go, sweep_held

LIMIT_S = 1200
"""Longer than the reader's own bound on recognition, so that its refusal comes first."""
SILENT_AFTER = timedelta(seconds=150)
"""A worker that has not been heard of for so long is taken for dead."""
MOST_ATTEMPTS = 3
FORGOTTEN_AFTER = timedelta(days=30)
MOST_PAGES_AT_ONCE = 30
"""More pages of words than these take a second or more, and are not read while a request waits."""


class _TakesLong(Exception):
    """What comes next is the work of a job."""

    def __init__(self, step: Step, pages: int) -> None:
        self.step = step
        self.pages = pages


class _Left(Exception):
    """The run was stopped or taken up by another worker."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A worker's hold on a run, renewed with each page."""

    run: int
    token: str

    def tell(self, step: Step, done: int, pages: int) -> None:
        """Write how far the work is; raise `_Left` when the run is no longer this worker's."""
        counted = {"pages_done": done, "pages": pages} if step == "recognise" else {}
        mine = ReadingRun.objects.filter(pk=self.run, claim=self.token, state=ReadingState.RUNNING)
        if not mine.update(step=step, beat_at=clock.now(), **counted):
            raise _Left


def receive_or_begin(
    *, file: ReceivedFile, agency: Agency, by: Person, at: datetime, keep_own_copy: bool = False
) -> Document | ReadingRun:
    """Receive a letter at once when it is soon read, else let a job do it and return its run.

    A job reads what another program must open (.doc), what must be recognised, and more pages than
    `MOST_PAGES_AT_ONCE`. Raises as `receive_document`; what a job refuses stands on the run's page.
    """
    try:
        reading = read_letter(file=file, agency=agency, by=by, at=at, progress=_soon_done)
    except _TakesLong as work:
        refuse_same_file(file.content, agency, by, keep_own_copy)
        return _begin(file, agency, by, at, keep_own_copy, work)
    with transaction.atomic():
        return keep_letter(reading, file=file, agency=agency, by=by, at=at, keep_own_copy=keep_own_copy)


def _soon_done(step: Step, _done: int, pages: int) -> None:
    """Raise `_TakesLong` when no request should wait for what comes next."""
    if step != "read" or pages > MOST_PAGES_AT_ONCE:
        raise _TakesLong(step, pages)


def _begin(
    file: ReceivedFile, agency: Agency, by: Person, at: datetime, keep_own_copy: bool, work: _TakesLong
) -> ReadingRun:
    # No line in the ledger yet: should the file bear a stamp of secrecy, not even its name may stay.
    held = hold(file.content)
    with transaction.atomic():
        run = ReadingRun.objects.create(
            agency=agency,
            by=by,
            file_name=plain_name(file.name),
            keep_own_copy=keep_own_copy,
            held=held,
            step=work.step,
            pages=work.pages if work.step == "recognise" else 0,
            begun_at=at,
        )
        jobs.enqueue(continue_reading_run, run.pk, limit_s=LIMIT_S)
    return run


def continue_reading_run(pk: int) -> None:
    """Read and keep the letter of a run. Idempotent: a run that has ended is left alone.

    Raises `ReadElsewhere` while another worker is at it, so that the queue brings the run again if that one dies.
    """
    claim = _taken_up(pk, clock.now())
    if claim is None:
        return
    try:
        _read(claim)
    except _Left:
        return
    except StateSecret:
        _refuse(claim, StateSecret(name=_("vừa tải lên")), keeps_name=False)
    except AnCamError as refused:
        _refuse(claim, refused)


@transaction.atomic
def stop_reading_run(*, run: ReadingRun, by: Person, at: datetime) -> ReadingRun:
    """Stop reading and let the file go. Raises `Forbidden`, `WrongState`."""
    current = _locked(run.pk)
    require_holder(by, current.agency, _("dừng đọc văn bản"))
    if current.state != ReadingState.RUNNING:
        raise WrongState(act=_("dừng"), state=current.get_state_display())
    _end(current, ReadingState.STOPPED, at)
    return current


def resume_reading_runs(*, at: datetime) -> None:
    """Bring back the runs that no worker has, unlink files that no run names, forget what ended a month ago."""
    ReadingRun.objects.filter(ended_at__lt=at - FORGOTTEN_AFTER).delete()
    running = ReadingRun.objects.filter(state=ReadingState.RUNNING)
    sweep_held(set(running.values_list("held", flat=True)), at)
    for run in running:
        if not _is_alive(run, at):
            jobs.enqueue(continue_reading_run, run.pk, limit_s=LIMIT_S)


def _taken_up(pk: int, at: datetime) -> _Claim | None:
    """Take a run up for this worker; None when it has ended. The last attempt's failure ends it."""
    with transaction.atomic():
        run = ReadingRun.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if run is None or run.state != ReadingState.RUNNING:
            return None
        if _is_alive(run, at):
            raise ReadElsewhere
        run.claim, run.attempts = secrets.token_hex(16), run.attempts + 1
        run.taken_up_at = run.beat_at = at
        run.pages_done = 0
        run.save(update_fields=["claim", "attempts", "taken_up_at", "beat_at", "pages_done"])
    claim = _Claim(pk, run.claim)
    if run.attempts > MOST_ATTEMPTS:
        _refuse(claim, ReadTooOften(most=MOST_ATTEMPTS))
        return None
    return claim


def _is_alive(run: ReadingRun, at: datetime) -> bool:
    return run.beat_at is not None and run.beat_at > at - SILENT_AFTER


def _read(claim: _Claim) -> None:
    run = ReadingRun.objects.select_related("agency", "by").get(pk=claim.run)
    try:
        file = ReceivedFile(run.file_name, held_bytes(run.held))
    except FileNotFoundError as exc:
        raise FileLost(name=run.file_name) from exc
    reading = read_letter(file=file, agency=run.agency, by=run.by, at=clock.now(), progress=claim.tell)
    with transaction.atomic():
        run, at = _claimed(claim), clock.now()
        own = run.keep_own_copy
        run.document = keep_letter(reading, file=file, agency=run.agency, by=run.by, at=at, keep_own_copy=own)
        run.pages_done = run.pages
        _end(run, ReadingState.DONE, at)
        tell_read(run, at)


def _refuse(claim: _Claim, refused: AnCamError, *, keeps_name: bool = True) -> None:
    with transaction.atomic():
        try:
            run, at = _claimed(claim), clock.now()
        except _Left:
            return
        run.refusal = str(refused)[:1000]
        run.file_name = run.file_name if keeps_name else ""
        if isinstance(refused, AlreadyReceived):
            run.document = refused.document
        _end(run, ReadingState.REFUSED, at)
        tell_read(run, at)


def _end(run: ReadingRun, state: ReadingState, at: datetime) -> None:
    """Save how a run ended; its file goes once that is certain."""
    held, run.held = run.held, ""
    run.state, run.ended_at = state, at
    run.save()
    transaction.on_commit(lambda: let_go(held))


def _claimed(claim: _Claim) -> ReadingRun:
    run = _locked(claim.run)
    if run.claim != claim.token or run.state != ReadingState.RUNNING:
        raise _Left
    return run


def _locked(pk: int) -> ReadingRun:
    rows = ReadingRun.objects.select_for_update(of=("self",)).select_related("agency", "by")
    found: ReadingRun = rows.get(pk=pk)
    return found
