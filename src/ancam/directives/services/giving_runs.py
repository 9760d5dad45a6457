"""A giving too large for one request: kept as the person saw it, done duty by duty, each in its own transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Action
from ancam.directives.errors import TooManyPairs, WrongState
from ancam.directives.models import Document, GivingRun, Part, RunState
from ancam.directives.selectors.giving import Wanted
from ancam.directives.services.giving import MOST_PAIRS, give, locked_for_giving
from ancam.directives.services.guards import digest_of, record_on, require_holder
from ancam.directives.services.telling import tell_run_ended
from ancam.kit.errors import AnCamError
from ancam.web import clock, jobs
from ancam.web.replies import Forbidden

BEGIN_RUN = Action("directives.begin_giving_run", "Bắt đầu giao hàng loạt")
STOP_RUN = Action("directives.stop_giving_run", "Dừng giao hàng loạt")
MOST_IN_RUN = 400_000
_LONGEST_REFUSAL = 500


@transaction.atomic
def begin_giving_run(*, document: Document, wanted: Sequence[Wanted], by: Person, at: datetime) -> GivingRun:
    """Keep what is to be given and let a job give it; return the run, whose page shows how far it is.

    Raises `Forbidden`, `NotTracked`, `TooManyPairs`; what else `give` refuses stops the run and stands on its page. Who
    began it is told when it ends.
    """
    document = locked_for_giving(document, by)
    rows = [
        [row.obligation.pk, row.part.value, [agency.pk for agency in row.agencies[first : first + MOST_PAIRS]]]
        for row in wanted
        for first in range(0, len(row.agencies), MOST_PAIRS)
    ]
    total = sum(len(row.agencies) for row in wanted)
    if total > MOST_IN_RUN:
        raise TooManyPairs(most=MOST_IN_RUN)
    run = GivingRun.objects.create(document=document, rows=rows, total=total, by=by, begun_at=at)
    change = {"count": total, "pairs_digest": digest_of(rows), "label": f"{total} phân công"}
    record_on(document, BEGIN_RUN, by=by, at=at, change=change)
    jobs.enqueue(continue_giving_run, run.pk)
    return run


def continue_giving_run(pk: int) -> None:
    """Give the next duty of a run to its agencies, then leave the rest to the next job. Idempotent.

    A refusal stops the run, with a line; what was given before it stands.
    """
    try:
        with transaction.atomic():
            run = _locked(pk)
            if run.state == RunState.RUNNING:
                _give_next(run)
    except (AnCamError, Forbidden) as refused:
        _stop(pk, str(refused))


@transaction.atomic
def stop_giving_run(*, run: GivingRun, by: Person, at: datetime) -> GivingRun:
    """Stop a run after the duty it is at; what was given stands. Raises `Forbidden`, `WrongState`."""
    current = _locked(run.pk)
    require_holder(by, current.document.holder, _("dừng giao hàng loạt"))
    if current.state != RunState.RUNNING:
        raise WrongState(act=_("dừng"), state=current.get_state_display())
    current.state, current.ended_at = RunState.STOPPED, at
    current.save(update_fields=["state", "ended_at"])
    record_on(current.document, STOP_RUN, by=by, at=at, change={"count": current.done})
    return current


def _give_next(run: GivingRun) -> None:
    at = clock.now()
    for obligation, part, agencies in run.rows[run.done_rows : run.done_rows + 1]:
        found = run.document.obligations.filter(pk=obligation)
        wanted = [Wanted(one, Part(part), tuple(Agency.objects.filter(pk__in=agencies))) for one in found]
        made = give(document=run.document, wanted=wanted, by=run.by, at=at)
        run.done_rows, run.done, run.made = run.done_rows + 1, run.done + len(agencies), run.made + len(made)
    if run.done_rows == len(run.rows):
        run.state, run.ended_at = RunState.DONE, at
        tell_run_ended(run, at)
    else:
        jobs.enqueue(continue_giving_run, run.pk)
    run.save(update_fields=["done_rows", "done", "made", "state", "ended_at"])


@transaction.atomic
def _stop(pk: int, refusal: str) -> None:
    run, at = _locked(pk), clock.now()
    if run.state != RunState.RUNNING:
        return
    run.state, run.refusal, run.ended_at = RunState.STOPPED, refusal[:_LONGEST_REFUSAL], at
    run.save(update_fields=["state", "refusal", "ended_at"])
    record_on(run.document, STOP_RUN, by=run.by, at=at, change={"count": run.done, "reason": run.refusal})
    tell_run_ended(run, at)


def _locked(pk: int) -> GivingRun:
    rows = GivingRun.objects.select_for_update(of=("self",)).select_related("document__holder", "by")
    found: GivingRun = rows.get(pk=pk)
    return found
