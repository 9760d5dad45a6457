"""The holder enters what was done before the system was there, so that a new instance does not open all red."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action, record
from ancam.directives.errors import DoneDayRefused, TooManyPairs
from ancam.directives.models import WORKING, Decision, Document, DuePeriod, PeriodState, ProgressReport
from ancam.directives.services.assigning import require_standing
from ancam.directives.services.guards import MAX_LINE, MAX_TEXT, bounded, locked_document, require_holder
from ancam.directives.services.progress import require_done_day

ENTER_DONE = Action("directives.enter_done", "Ghi đã hoàn thành trước đây")
MOST_AT_ONCE = 3_000


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
    `Forbidden`, `TooManyPairs`, `WrongState` for what was taken back, `DoneDayRefused`, `FieldRequired`.
    """
    document = locked_document(document)
    require_holder(by, document.holder, _("ghi đã hoàn thành trước đây"))
    ground = bounded(facts.ground, field="ground", label=_("Căn cứ"), most=MAX_LINE, required=True)
    text = bounded(facts.text, field="text", label=_("Kết quả"), most=MAX_TEXT)
    if len(periods) > MOST_AT_ONCE:
        raise TooManyPairs(most=MOST_AT_ONCE)
    rows = DuePeriod.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.pk for one in periods], state__in=WORKING
    )
    found = list(rows.select_related("assignment__agency", "assignment__obligation__document"))
    for period in found:
        if period.assignment.obligation.document_id != document.pk:
            raise DoneDayRefused(field="periods", what=_("kỳ thuộc văn bản khác"))
        if period.assignment.parent_id is not None:
            raise DoneDayRefused(field="periods", what=_("phần việc do cơ quan khác giao tiếp"))
        require_standing(period.assignment, _("ghi đã hoàn thành trước đây"))
        require_done_day(period, facts.done_on, at)
        _finish(period, facts.done_on, ground, text, by, at)
    return found


def _finish(period: DuePeriod, done_on: date, ground: str, text: str, by: Person, at: datetime) -> None:
    ProgressReport.objects.create(
        period=period,
        percentage=100,
        text=text,
        done_on=done_on,
        ground=ground,
        by=by,
        at=at,
        decision=Decision.ACCEPTED,
        decided_by=by,
        decided_at=at,
    )
    change = {"before": period.state, "after": PeriodState.ACCEPTED.value, "done_on": str(done_on), "ground": ground}
    period.state, period.percentage, period.done_on = PeriodState.ACCEPTED, 100, done_on
    period.save()
    actor = by.as_actor(period.assignment.obligation.document.holder)
    record(by=actor, action=ENTER_DONE, subject=period.as_subject(), change=change, at=at)
