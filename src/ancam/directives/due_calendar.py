"""A month as offices see it: weeks from Monday, days of rest, what is due on each day."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from ancam.kit.working_days import WorkingCalendar
from ancam.reference import reference

SHOWN_DUTIES = 3
FIRST_YEAR, LAST_YEAR = 2000, 2100
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the month that is shown, or of the weeks at its ends.

    rest: the holiday's name, empty on a usual day. worked_for: the day of rest for which offices work on this one.
    duties: the rows of the first duties due; more: how many further duties there are. total, overdue and left count the
    periods: all, those past their last day, those with work left.
    """

    on: date
    in_month: bool
    works: bool
    rest: str
    worked_for: date | None
    duties: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    more: int = 0
    total: int = 0
    overdue: int = 0
    left: int = 0


def month_of(text: str, today: date) -> date:
    """Return the first day of the month that the text names as `2026-11`; of this month for anything else."""
    found = _MONTH.fullmatch(text)
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)


def weeks_of(first: date, rows: Iterable[Mapping[str, Any]], calendar: WorkingCalendar) -> list[list[CalendarDay]]:
    """Return the weeks of the month that begins on `first`, from Monday, with what is due on each of its days."""
    by_day: dict[date, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_day.setdefault(row["due_on"], []).append(row)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday.month == first.month or monday <= first:
        days = [monday + timedelta(days=n) for n in range(7)]
        weeks.append([_day(day, first, by_day.get(day, []), calendar) for day in days])
        monday += timedelta(days=7)
    return weeks


def _day(day: date, first: date, rows: list[Mapping[str, Any]], calendar: WorkingCalendar) -> CalendarDay:
    return CalendarDay(
        on=day,
        in_month=day.month == first.month,
        works=calendar.is_working_day(day),
        rest=_holidays().get(day, ""),
        worked_for=_exchanged().get(day),
        duties=rows[:SHOWN_DUTIES],
        more=max(0, len(rows) - SHOWN_DUTIES),
        total=sum(row["n"] for row in rows),
        overdue=sum(row["overdue"] for row in rows),
        left=sum(row["left"] for row in rows),
    )


@cache
def _holidays() -> dict[date, str]:
    """Return the days off by name. Source: public-holidays.yaml"""
    return {row["date"]: row["name"] for year in reference("public-holidays")["years"] for row in year["days_off"]}


@cache
def _exchanged() -> dict[date, date]:
    """Return the days of rest on which offices work, each with the day for which. Source: public-holidays.yaml"""
    years = reference("public-holidays")["years"]
    return {row["date"]: row["swapped_for"] for year in years for row in year["extra_working_days"]}
