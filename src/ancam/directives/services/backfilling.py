"""The holder enters what was done before the system was there, so that a new instance does not open all red."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Act, Action, record_all
from ancam.directives.errors import DoneDayRefused, TooManyPairs
from ancam.directives.models import WORKING, Assignment, Decision, Document, DuePeriod, PeriodState, ProgressReport
from ancam.directives.services.assigning import require_standing
from ancam.directives.services.guards import MAX_LINE, MAX_TEXT, bounded, locked_document, require_holder
from ancam.directives.services.progress import require_begun, require_done_day

ENTER_DONE = Action("directives.enter_done", "Ghi đã hoàn thành trước đây")
MOST_AT_ONCE = 3_000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class DoneBefore:
    """When the work of periods was done, by which document that is known, and what came of it in words."""

    done_on: date
    ground: str
    text: str = ""


@transaction.atomic
def enter_done_before(
    *, document: Document, periods: Collection[DuePeriod], facts: DoneBefore, by: Person, at: datetime
) -> list[DuePeriod]:
    """Enter periods of a letter as done on a day, by a document; return those that were still open, now finished.

    The person vouches for it alone: nobody reported it here, and each report and line says who entered it. Raises
    `Forbidden`, `TooManyPairs`, `WrongState` for what was taken back, `PeriodNotBegun`, `DoneDayRefused`,
    `FieldRequired`.
    """
    document = locked_document(document)
    require_holder(by, document.holder, _("ghi đã hoàn thành trước đây"))
    ground = bounded(facts.ground, field="ground", label=_("Căn cứ"), most=MAX_LINE, required=True)
    text = bounded(facts.text, field="text", label=_("Kết quả"), most=MAX_TEXT)
    if len(periods) > MOST_AT_ONCE:
        raise TooManyPairs(most=MOST_AT_ONCE)
    found = _locked_work([one.pk for one in periods])
    for period in found:
        if period.assignment.obligation.document_id != document.pk:
            raise DoneDayRefused(field="periods", what=_("kỳ thuộc văn bản khác"))
        if period.assignment.parent_id is not None:
            raise DoneDayRefused(field="periods", what=_("phần việc do cơ quan khác giao tiếp"))
        require_standing(period.assignment, _("ghi đã hoàn thành trước đây"))
        require_begun(period, at)
        require_done_day(period, facts.done_on, at)
    _finish(found, facts.done_on, ground, text, by, at)
    return found


def _locked_work(keys: Collection[int]) -> list[DuePeriod]:
    """Return those of these periods in which something is left to do, locked; their assignments first, as always."""
    given = Assignment.objects.select_for_update(of=("self",)).filter(periods__in=keys).order_by("pk")
    list(given.values_list("pk", flat=True))
    rows = DuePeriod.objects.select_for_update(of=("self",)).filter(pk__in=keys, state__in=WORKING).order_by("pk")
    return list(rows.select_related("assignment__agency", "assignment__obligation__document__holder"))


def _finish(found: Sequence[DuePeriod], done_on: date, ground: str, text: str, by: Person, at: datetime) -> None:
    """Write a report that is accepted at once on each of these periods, and its line. A query for each 500 or so."""
    answered = {"decision": Decision.ACCEPTED, "decided_by": by, "decided_at": at}
    said = {"percentage": 100, "text": text, "done_on": done_on, "ground": ground, "by": by, "at": at}
    ProgressReport.objects.bulk_create(
        (ProgressReport(period=period, **said, **answered) for period in found), batch_size=_AT_ONCE
    )
    acts = []
    for period in found:
        change = {"before": period.state, "after": PeriodState.ACCEPTED.value, "done_on": str(done_on)}
        actor = by.as_actor(period.assignment.obligation.document.holder)
        acts.append(Act(actor, ENTER_DONE, period.as_subject(), {**change, "ground": ground}))
        period.state, period.percentage, period.done_on = PeriodState.ACCEPTED, 100, done_on
    DuePeriod.objects.bulk_update(found, ["state", "percentage", "done_on"], batch_size=_AT_ONCE)
    if acts:
        record_all(acts, at=at)
