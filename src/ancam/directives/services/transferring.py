"""What is left of an assignment goes to another agency from a day on; what was done stays with who did it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Act, Action, record_all
from ancam.directives.errors import TransferRefused
from ancam.directives.models import (
    WORKING,
    Assignment,
    AssignmentState,
    DuePeriod,
    DutyEvent,
    PeriodState,
    Transfer,
)
from ancam.directives.selectors.people import agencies_below, assignable_agencies
from ancam.directives.services.assigning import ChildrenFate, locked_assignment, require_standing, settle_children
from ancam.directives.services.due import is_over, open_periods
from ancam.directives.services.guards import MAX_TEXT, bounded, locked_document, require_giver, require_plausible
from ancam.directives.services.telling import tell_given
from ancam.web.clock import day_of

TRANSFER = Action("directives.transfer_assignment", "Chuyển giao nhiệm vụ cho cơ quan khác")
TAKE_OVER = Action("directives.take_over_assignment", "Nhận nhiệm vụ chuyển giao")
_COPIED = ("code", "begins_on", "ends_on", "due_on", "due_on_before")


@transaction.atomic
def transfer_assignment(
    *,
    assignment: Assignment,
    agency: Agency,
    moved_on: date,
    reason: str,
    children: ChildrenFate | None = None,
    by: Person,
    at: datetime,
) -> Assignment:
    """Move what is left of an assignment to another agency, by who gave it; return the assignment that carries it on.

    Finished periods and every report stay with the agency that had it, which goes on seeing them. Open periods with
    their days, and all to come, are the new one's. Raises `Forbidden`, `WrongState`, `FieldRequired` without a reason,
    `TransferRefused`, `ChildrenUndecided`, `DayImplausible`.
    """
    locked_document(assignment.obligation.document)
    assignment = locked_assignment(assignment)
    require_giver(by, assignment, _("chuyển giao nhiệm vụ"))
    require_standing(assignment, _("chuyển giao"))
    why = bounded(reason, field="reason", label=_("Lý do"), most=MAX_TEXT, required=True)
    _check_day(assignment, moved_on, at)
    _check_receiver(assignment, agency, at)
    prefetch_related_objects([assignment.obligation], "schedule", "events")
    open_periods([assignment], day_of(at))
    _check_periods(assignment, day_of(at))
    settle_children(assignment, children, why, by, at)
    assignment.state = AssignmentState.TRANSFERRED
    assignment.save()
    after = _carried_on(assignment, agency, by, at)
    _move_open_periods(assignment, after)
    DutyEvent.objects.filter(assignment=assignment).update(assignment=after)
    Transfer.objects.create(before=assignment, after=after, moved_on=moved_on, reason=why, made_by=by, made_at=at)
    change = {
        "before": {"agency": assignment.named_agency},
        "after": {"agency": agency.name},
        "moved_on": moved_on.isoformat(),
        "reason": why,
    }
    actor = by.as_actor(assignment.giver)
    acts = [Act(actor, TRANSFER, assignment.as_subject(), change), Act(actor, TAKE_OVER, after.as_subject(), change)]
    record_all(acts, at=at)
    tell_given(assignment.obligation.document, [after], by, at)
    return after


def receivers(assignment: Assignment, on: date) -> QuerySet[Agency]:
    """Return the agencies to which who gave the assignment can move it."""
    giver = assignment.giver
    found = agencies_below(giver, on) if assignment.parent_id else assignable_agencies(giver, on)
    have = assignment.obligation.assignments.all().standing().values("agency")
    return found.exclude(pk__in=have).exclude(pk=assignment.acting_agency_id)


def _check_day(assignment: Assignment, moved_on: date, at: datetime) -> None:
    require_plausible(moved_on, field="moved_on")
    if moved_on > day_of(at):
        raise TransferRefused(field="moved_on", what=_("ngày chuyển giao chưa tới"))
    if moved_on < day_of(assignment.assigned_at):
        values = {"day": f"{day_of(assignment.assigned_at):%d/%m/%Y}"}
        raise TransferRefused(field="moved_on", what=_("ngày chuyển giao trước ngày giao (%(day)s)") % values)


def _check_receiver(assignment: Assignment, agency: Agency, at: datetime) -> None:
    if not receivers(assignment, day_of(at)).filter(pk=agency.pk).exists():
        values = {"agency": agency.name}
        raise TransferRefused(
            field="agency", what=_("%(agency)s đã được giao nhiệm vụ này, hoặc không thuộc phạm vi giao") % values
        )


def _check_periods(assignment: Assignment, on: date) -> None:
    if assignment.periods.filter(state=PeriodState.SUBMITTED).exists():
        raise TransferRefused(field="agency", what=_("đang có báo cáo hoàn thành chờ trả lời"))
    if DuePeriod.objects.filter(assignment=assignment, extensions__decision="").exists():
        raise TransferRefused(field="agency", what=_("đang có đề nghị gia hạn chờ trả lời"))
    if is_over(assignment, on):
        raise TransferRefused(field="agency", what=_("nhiệm vụ đã kết thúc"))


def _carried_on(assignment: Assignment, agency: Agency, by: Person, at: datetime) -> Assignment:
    return Assignment.objects.create(
        obligation=assignment.obligation,
        agency=agency,
        parent=assignment.parent,
        part=assignment.part,
        words=assignment.words,
        due_on=assignment.due_on,
        days_earlier=assignment.days_earlier,
        followed_from=assignment.followed_from or day_of(assignment.assigned_at),
        assigned_by=by,
        assigned_at=at,
    )


def _move_open_periods(before: Assignment, after: Assignment) -> None:
    """Open the new agency's periods as the old one's were; of these only those stay on which something was said."""
    left = list(before.periods.filter(state__in=WORKING))
    DuePeriod.objects.bulk_create(
        DuePeriod(assignment=after, **{name: getattr(period, name) for name in _COPIED}) for period in left
    )
    kept = before.periods.filter(reports__isnull=False) | before.periods.filter(extensions__isnull=False)
    before.periods.filter(state__in=WORKING).exclude(pk__in=kept.order_by().values("pk")).delete()
