"""When who must do a work is reminded of its last day, and when their leader hears of it; without a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ancam.kit.working_days import WorkingCalendar

DAYS_BEFORE = (30, 7, 1)
WEEK = timedelta(days=7)
ESCALATED_AFTER = timedelta(days=14)
ESCALATED_FOR = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Stage:
    """A reminder, named as `before-7` or `late-2` among those of a last day, and the day on which it falls due."""

    name: str
    day: date


def stage_on(due_on: date, opened_on: date, on: date, calendar: WorkingCalendar) -> Stage | None:
    """Return the latest reminder that has fallen due by a day, None when there is none yet.

    30, 7 and 1 days before and on the day itself, brought back to a working day, or put off to one where the work was
    not there yet; once past, each week, put off to one. What would have fallen due before the work was there is left
    out. Who missed some hears the latest alone. Source: public-holidays.yaml before_date, uncertain_days
    """
    found = [stage for stage in _stages(due_on, opened_on, on, calendar) if stage.day <= on]
    return found[-1] if found else None


def escalates(due_on: date, opened_on: date, on: date, calendar: WorkingCalendar) -> bool:
    """Tell whether a day is one on which the leader is to have heard that a work is late.

    Two weeks after its last day, or after it was there when that is later; put off to a working day. For 300 days from
    then on, so that a report returned long after is heard of too: shorter than what was told is kept, for nobody is
    told again of what was forgotten.
    """
    first = _not_before(max(due_on, opened_on) + ESCALATED_AFTER, calendar)
    return first <= on < first + ESCALATED_FOR


def _stages(due_on: date, opened_on: date, on: date, calendar: WorkingCalendar) -> Iterator[Stage]:
    for name, days in (*((f"before-{days}", days) for days in DAYS_BEFORE), ("day", 0)):
        day = due_on - timedelta(days=days)
        if day >= opened_on:
            yield Stage(name, _told_by(day, opened_on, calendar))
    for week in range(1, (on - due_on) // WEEK + 1):
        day = _not_before(due_on + week * WEEK, calendar)
        if day >= opened_on:
            yield Stage(f"late-{week}", day)


def _told_by(day: date, opened_on: date, calendar: WorkingCalendar) -> date:
    brought_back = day if calendar.is_working_day(day) else calendar.previous_working_day(day)
    return brought_back if brought_back >= opened_on else _not_before(day, calendar)


def _not_before(day: date, calendar: WorkingCalendar) -> date:
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)
