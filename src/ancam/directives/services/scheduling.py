"""A person says when a duty is due: how often and by which days, and when the event it waits for has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action
from ancam.directives.due_rules import MONTHS_OF, DueDay, Schedule, periods
from ancam.directives.errors import EventRefused, ScheduleRefused
from ancam.directives.models import Assignment, Document, DueSchedule, DutyEvent, Obligation
from ancam.directives.models.schedule import LONGEST_INTERVAL_MONTHS
from ancam.directives.rules import DATED
from ancam.directives.services.due import reschedule, schedule_by_letter
from ancam.directives.services.guards import (
    MAX_LINE,
    bounded,
    locked_obligation,
    record_on,
    require_holder,
    require_plausible,
    save_changed,
)
from ancam.web.clock import day_of

SET_SCHEDULE = Action("directives.set_schedule", "Đặt lịch hạn")
RECORD_EVENT = Action("directives.record_event", "Ghi sự kiện bắt đầu thời hạn")

MOST_DUE_DAYS = 12
LONGEST_DAYS = 3_660
MOST_PERIODS = 120
"""How many periods a schedule may open at once for each agency: ten years of months."""


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    """What a person says of when a duty is due. Without `every_months` it is due once, on each of the days.

    later_document: the letter that moved the days of the duty's own letter; ground: what else says why they differ.
    """

    every_months: int | None = None
    begins_on: date | None = None
    ends_on: date | None = None
    due_days: Sequence[DueDay] = ()
    later_document: Document | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """That the event has come from which a deadline runs, and by which document that is known."""

    happened_on: date
    days: int
    working_days: bool
    ground: str


@transaction.atomic
def set_schedule(
    *, obligation: Obligation, facts: ScheduleFacts, version: int | None = None, by: Person, at: datetime
) -> DueSchedule:
    """Say how often a duty returns and by which days; what is left to do follows it at once.

    Days that differ from those of the letter need the later letter that moved them, or another ground. Raises
    `Forbidden`, `ChangedMeanwhile`, `ScheduleRefused`, `DayImplausible`, `FieldRequired`, `TooLong`.
    """
    obligation = locked_obligation(obligation, version)
    require_holder(by, obligation.document.holder, _("đặt lịch hạn"))
    _check(facts, obligation)
    _check_periods(facts, day_of(at))
    _check_later(facts.later_document, obligation.document, by)
    ground = bounded(
        facts.ground, field="ground", label=_("Căn cứ"), most=MAX_LINE, required=_needs_ground(facts, obligation)
    )
    values = {
        "every_months": facts.every_months,
        "begins_on": facts.begins_on,
        "ends_on": facts.ends_on,
        "due_days": [_kept(day) for day in facts.due_days],
        "later_document": facts.later_document,
        "ground": ground,
    }
    before = DueSchedule.objects.filter(obligation=obligation).select_related("later_document").first()
    made, _new = DueSchedule.objects.update_or_create(
        obligation=obligation, defaults={**values, "set_by": by, "set_at": at}
    )
    obligation.schedule = made
    change = {"label": obligation.label, "before": before and _in_json(before), "after": _in_json(made)}
    save_changed(obligation)
    reschedule(obligation, by, at)
    record_on(obligation.document, SET_SCHEDULE, by=by, at=at, change=change)
    return made


@transaction.atomic
def record_event(
    *, obligation: Obligation, facts: EventFacts, assignment: Assignment | None = None, by: Person, at: datetime
) -> DutyEvent:
    """Say when the event came from which the deadline runs: for every agency with the duty, or for one assignment.

    The latest word counts, a schedule said later included. Raises `Forbidden`, `EventRefused` for a duty that returns,
    for a day to come or past the bounds, `FieldRequired` without a ground, `DayImplausible`.
    """
    obligation = locked_obligation(obligation, None)
    require_holder(by, obligation.document.holder, _("ghi sự kiện bắt đầu thời hạn"))
    if assignment is not None and assignment.obligation_id != obligation.pk:
        raise EventRefused(field="assignment", what=_("phân công thuộc nhiệm vụ khác"))
    if _months_of(obligation) is not None:
        raise EventRefused(field="happened_on", what=_("nhiệm vụ lặp lại theo kỳ, hạn không tính từ một sự kiện"))
    ground = bounded(facts.ground, field="ground", label=_("Căn cứ"), most=MAX_LINE, required=True)
    require_plausible(facts.happened_on, field="happened_on")
    if facts.happened_on > day_of(at):
        raise EventRefused(field="happened_on", what=_("sự kiện chưa xảy ra"))
    if not 0 <= facts.days <= LONGEST_DAYS:
        raise EventRefused(field="days", what=_("số ngày phải từ 0 đến %(most)d") % {"most": LONGEST_DAYS})
    made = DutyEvent.objects.create(
        obligation=obligation,
        assignment=assignment,
        happened_on=facts.happened_on,
        days=facts.days,
        working_days=facts.working_days,
        ground=ground,
        recorded_by=by,
        recorded_at=at,
    )
    change = {
        "label": obligation.label,
        "agency": assignment.agency.name if assignment else "",
        "happened_on": facts.happened_on.isoformat(),
        "days": facts.days,
        "working_days": facts.working_days,
        "ground": ground,
    }
    reschedule(obligation, by, at)
    record_on(obligation.document, RECORD_EVENT, by=by, at=at, change=change)
    return made


def _check(facts: ScheduleFacts, obligation: Obligation) -> None:
    require_plausible(facts.begins_on, field="begins_on")
    require_plausible(facts.ends_on, field="ends_on")
    if facts.every_months is not None and not 1 <= facts.every_months <= LONGEST_INTERVAL_MONTHS:
        raise ScheduleRefused(
            field="every_months", what=_("hai kỳ cách nhau 1 đến %(most)d tháng") % {"most": LONGEST_INTERVAL_MONTHS}
        )
    if facts.begins_on and facts.ends_on and facts.ends_on < facts.begins_on:
        raise ScheduleRefused(field="ends_on", what=_("ngày kết thúc trước ngày bắt đầu"))
    if len(facts.due_days) > MOST_DUE_DAYS:
        raise ScheduleRefused(field="due_days", what=_("nhiều nhất %(most)d hạn") % {"most": MOST_DUE_DAYS})
    for day in facts.due_days:
        _check_day(day, facts.every_months, obligation)


def _check_periods(facts: ScheduleFacts, on: date) -> None:
    """Refuse a schedule under which each agency would at once have more periods than anyone can make up for."""
    schedule = Schedule(facts.begins_on or on, facts.every_months, facts.ends_on, tuple(facts.due_days))
    opened = len(periods(schedule, on))
    if opened > MOST_PERIODS:
        values = {"count": opened, "most": MOST_PERIODS}
        raise ScheduleRefused(
            field="begins_on", what=_("lịch này mở ngay %(count)d kỳ cho mỗi cơ quan, nhiều nhất %(most)d") % values
        )


def _months_of(obligation: Obligation) -> int | None:
    said = DueSchedule.objects.filter(obligation=obligation).first()
    return said.every_months if said else MONTHS_OF.get(obligation.cadence)


def _check_later(later: Document | None, own: Document, by: Person) -> None:
    """Refuse a letter that cannot have moved this one's days."""
    if later is None:
        return
    if later.pk == own.pk or not Document.objects.all().visible_to(by).filter(pk=later.pk).exists():
        raise ScheduleRefused(field="later_document", what=_("văn bản sau phải là một văn bản khác trong hệ thống"))
    if later.signed_on and own.signed_on and later.signed_on < own.signed_on:
        raise ScheduleRefused(field="later_document", what=_("%(title)s ký trước văn bản này") % {"title": later.title})


def _needs_ground(facts: ScheduleFacts, obligation: Obligation) -> bool:
    """Tell whether days are said that are not the letter's own, and no later letter for them."""
    by_letter = schedule_by_letter(obligation, date.min)
    differs = (facts.every_months, tuple(facts.due_days)) != (by_letter.every_months, by_letter.due_days)
    return bool(by_letter.due_days) and differs and facts.later_document is None


def _check_day(day: DueDay, every_months: int | None, obligation: Obligation) -> None:
    if day.operator not in DATED:
        raise ScheduleRefused(field="due_days", what=_("mỗi hạn là “trước ngày” hoặc “chậm nhất ngày”"))
    if every_months is not None:
        if not (1 <= day.month <= every_months + 12 and 1 <= day.day <= 31):
            raise ScheduleRefused(field="due_days", what=_("hạn trong kỳ ghi bằng tháng thứ mấy của kỳ và ngày"))
        return
    if day.on is None:
        raise ScheduleRefused(field="due_days", what=_("việc làm một lần cần ngày đủ ngày, tháng, năm"))
    require_plausible(day.on, field="due_days")
    signed_on = obligation.document.signed_on
    if signed_on is not None and day.on < signed_on:
        raise ScheduleRefused(field="due_days", what=_("hạn trước ngày của văn bản"))


def _kept(day: DueDay) -> dict[str, Any]:
    if day.on is not None:
        return {"operator": day.operator, "on": day.on.isoformat()}
    return {"operator": day.operator, "month": day.month, "day": day.day}


def _in_json(schedule: DueSchedule) -> dict[str, Any]:
    return {
        "every_months": schedule.every_months,
        "begins_on": schedule.begins_on and schedule.begins_on.isoformat(),
        "ends_on": schedule.ends_on and schedule.ends_on.isoformat(),
        "due_days": schedule.due_days,
        "later_document": schedule.later_document and schedule.later_document.title,
        "ground": schedule.ground,
    }
