"""The periods of a duty and the last day of each: from what a letter or a person gave, without a clock."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ancam.directives.rules import last_day
from ancam.kit.folding import fold
from ancam.kit.periods import month_after, month_end, span_start
from ancam.kit.working_days import WorkingCalendar

MONTHS_OF = {"monthly": 1, "quarterly": 3, "yearly": 12}
"""How many months lie between two periods of a cadence; `periodic` asks for its own number."""

_DAY = re.compile(
    r"\bngay (\d{1,2})(?:(?: ?[/.-] ?| thang )(\d{1,2}))?\b(?! ?[/.-]? ?\d)( (?:cua )?thang (?:sau|ke|tiep))?"
)
_NAMES_A_DAY = frozenset({"before", "by"})
_MOST_DAYS = 31

ONCE = "1"
"""The code of the only period of a duty that is due once; its several deadlines are 1.1, 1.2 and so on."""


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day by which something is due: a date, or a day counted within each period of a duty that returns.

    month: 1 is the period's first month; a number past its length lies after its end. day: 31 is the month's last.
    """

    operator: str
    on: date | None = None
    month: int = 0
    day: int = 0


def due_day(values: Mapping[str, Any]) -> DueDay:
    """Return a due day as it was kept: days as ISO text."""
    on = values.get("on")
    return DueDay(values["operator"], on and date.fromisoformat(on), values.get("month", 0), values.get("day", 0))


def day_in_words(words: str, operator: str, months: int) -> DueDay | None:
    """Return the day that the words of a deadline name within each month or year.

    `trước ngày 25`, `ngày 05 tháng sau`; `ngày 15/12`. None when they name no day or several, and for a day without its
    month in any longer period than a month.
    """
    named = _DAY.findall(fold(words))
    if operator not in _NAMES_A_DAY or len(named) != 1:
        return None
    day, month, is_next = int(named[0][0]), int(named[0][1] or 0), bool(named[0][2])
    if not 1 <= day <= _MOST_DAYS:
        return None
    if months == MONTHS_OF["monthly"] and not month:
        return DueDay(operator, month=2 if is_next else 1, day=day)
    if months == MONTHS_OF["yearly"] and 1 <= month <= MONTHS_OF["yearly"]:
        return DueDay(operator, month=month, day=day)
    return None


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a duty is due: once, or every so many months from a day on, until a day when one is known."""

    begins_on: date
    every_months: int | None = None
    ends_on: date | None = None
    due_days: tuple[DueDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """One time that a duty is due. `code` names it among those of the same duty; without `due_on` no day is known."""

    code: str
    begins_on: date
    ends_on: date | None
    due_on: date | None


def periods(schedule: Schedule, through: date) -> list[Period]:
    """Return the periods that begin by a day, in their order, and the first one whatever the day.

    Each period of a duty that returns holds one for each due day. What was due before the schedule begins is left out;
    a period for which no due day is given is due on its own last day. Months without the day named use their last.
    """
    if schedule.every_months is None:
        return _once(schedule)
    found: list[Period] = []
    for start in _starts(schedule):
        if found and start > through:
            break
        in_span = _in_span(schedule, start)
        found += [period for period in in_span if period.due_on is None or period.due_on >= schedule.begins_on]
    return found


def opens_after(schedule: Schedule, on: date) -> bool:
    """Tell whether another period than those that `periods` returns for a day will begin later."""
    if schedule.every_months is None:
        return False
    latest = span_start(max(on, schedule.begins_on), schedule.every_months)
    return schedule.ends_on is None or month_after(latest, schedule.every_months) <= schedule.ends_on


def _once(schedule: Schedule) -> list[Period]:
    last_days = [last_day(due.operator, due.on) for due in schedule.due_days] or [None]
    return [
        Period(_numbered(ONCE, len(last_days), ordinal), schedule.begins_on, None, day)
        for ordinal, day in enumerate(last_days, start=1)
    ]


def _numbered(code: str, of: int, ordinal: int) -> str:
    return f"{code}.{ordinal}" if of > 1 else code


def _starts(schedule: Schedule) -> Iterator[date]:
    months = schedule.every_months or 1
    start = span_start(schedule.begins_on, months)
    while schedule.ends_on is None or start <= schedule.ends_on:
        yield start
        start = month_after(start, months)


def _in_span(schedule: Schedule, start: date) -> Iterator[Period]:
    months = schedule.every_months or 1
    end = month_after(start, months) - timedelta(days=1)
    code = _code(start, months)
    if not schedule.due_days:
        yield Period(code, start, end, end)
    for ordinal, due in enumerate(schedule.due_days, start=1):
        yield Period(_numbered(code, len(schedule.due_days), ordinal), start, end, _due_in(start, due))


def _due_in(start: date, due: DueDay) -> date | None:
    month = month_after(start, due.month - 1)
    last = last_day(due.operator, month + timedelta(days=due.day - 1))
    return last and min(last, month_end(month.year, month.month))


def _code(start: date, months: int) -> str:
    match months:
        case 1:
            return f"{start:%Y-%m}"
        case 3:
            return f"{start.year}-Q{start.month // 3 + 1}"
        case 6:
            return f"{start.year}-H{start.month // 6 + 1}"
        case 12:
            return str(start.year)
    return f"{start:%Y-%m}x{months}"


def due_after_event(event_on: date, days: int, *, working_days: bool, calendar: WorkingCalendar) -> date:
    """Return the last day of a deadline that runs from an event, whose own day is not counted.

    Source: public-holidays.yaml count_from
    """
    return calendar.add_working_days(event_on, days) if working_days else event_on + timedelta(days=days)
