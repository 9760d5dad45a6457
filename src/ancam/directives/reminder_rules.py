"""When who must do a work is reminded of its last day, and when their leader hears of it; without a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ancam.kit.working_days import WorkingCalendar

DAYS_BEFORE = (30, 7, 1)
WEEK = timedelta(days=7)
ESCALATED_AFTER = timedelta(days=14)
ESCALATED_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Stage:
    """A reminder, named as `before-7` or `late-2` among those of a last day, and the day on which it falls due."""

    name: str
    day: date


def stage_on(due_on: date, opened_on: date, on: date, calendar: WorkingCalendar) -> Stage | None:
    """Return the latest reminder that has fallen due by a day, None when there is none yet.

    30, 7 and 1 days before and on the day itself, brought back to a working day; once past, each week, put off to one.
    What would have fallen due before the work was there is left out. Who missed some hears the latest alone.
    Source: public-holidays.yaml before_date, uncertain_days
    """
    found = [stage for stage in _stages(due_on, on, calendar) if opened_on <= stage.day <= on]
    return found[-1] if found else None


def escalates(due_on: date, opened_on: date, on: date, calendar: WorkingCalendar) -> bool:
    """Tell whether a day is one on which the leader is to have heard that a work is late.

    Two weeks after its last day, or after it was there when that is later; put off to a working day. For two months
    from then on: a leader who heard is not told again after what was told is forgotten.
    """
    first = _not_before(max(due_on, opened_on) + ESCALATED_AFTER, calendar)
    return first <= on < first + ESCALATED_FOR


def _stages(due_on: date, on: date, calendar: WorkingCalendar) -> Iterator[Stage]:
    for days in DAYS_BEFORE:
        yield Stage(f"before-{days}", _not_after(due_on - timedelta(days=days), calendar))
    yield Stage("day", _not_after(due_on, calendar))
    for week in range(1, (on - due_on) // WEEK + 1):
        yield Stage(f"late-{week}", _not_before(due_on + week * WEEK, calendar))


def _not_after(day: date, calendar: WorkingCalendar) -> date:
    return day if calendar.is_working_day(day) else calendar.previous_working_day(day)


def _not_before(day: date, calendar: WorkingCalendar) -> date:
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)
