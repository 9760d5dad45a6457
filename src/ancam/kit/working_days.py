"""Working days of public offices, counted from the published holiday calendar, and how certain that calendar is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, Self

Certainty = Literal["official", "provisional", "unknown"]

_ONE_DAY = timedelta(days=1)
_DOUBTS = {
    "official": "",
    "provisional": "lịch nghỉ chưa đối chiếu được với thông báo chính thức",
    "unknown": "chưa có lịch nghỉ của năm này",
}


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days on which public offices work.

    weekly_off: ISO numbers of the days of rest in every week (Saturday 6, Sunday 7).
    days_off: holidays, days off in lieu and working days exchanged for rest.
    extra_working_days: days of rest on which offices work in exchange; they win over the two above.
    official_years: years whose calendar was announced; provisional_years: those known by law and lunar calendar only.
    uncertain_days: days of an official year of which an announcement was not seen.
    """

    weekly_off: frozenset[int]
    days_off: frozenset[date]
    extra_working_days: frozenset[date]
    official_years: frozenset[int]
    provisional_years: frozenset[int]
    uncertain_days: frozenset[date] = frozenset()

    @classmethod
    def from_reference(cls, content: Mapping[str, Any]) -> Self:
        """Return the calendar of `public-holidays.yaml`, passed in as it was parsed.

        A row whose confidence is not high, and each of a year's `uncertain_days`, is uncertain.
        """
        years = content["years"]
        off = [row for year in years for row in year["days_off"]]
        extra = [row for year in years for row in year["extra_working_days"]]
        doubtful = {row["date"] for row in (*off, *extra) if row["confidence"] != "high"}
        named = {day for year in years for day in year["uncertain_days"]}
        return cls(
            weekly_off=frozenset(content["weekly_off"]),
            days_off=frozenset(row["date"] for row in off),
            extra_working_days=frozenset(row["date"] for row in extra),
            official_years=frozenset(year["year"] for year in years if year["status"] == "official"),
            provisional_years=frozenset(year["year"] for year in years if year["status"] == "provisional"),
            uncertain_days=frozenset(doubtful | named),
        )

    @property
    def known_through(self) -> date:
        """The last day of the last year whose calendar was announced."""
        return date(max(self.official_years), 12, 31)

    def certainty(self, day: date) -> Certainty:
        """Say what `is_working_day` rests on for this day.

        `official`: an announced calendar. `provisional`: a year not announced yet, or a day whose announcement was
        not seen. `unknown`: a year that the reference data lacks, where only the weekly rest is known.
        """
        if day.year in self.official_years:
            return "provisional" if day in self.uncertain_days else "official"
        return "provisional" if day.year in self.provisional_years else "unknown"

    def doubt(self, day: date) -> str:
        """Return in Vietnamese why it is not sure whether offices work on this day; empty when it is."""
        return _DOUBTS[self.certainty(day)]

    def certainty_between(self, first: date, last: date) -> Certainty:
        """Return the weakest certainty of the days from `first` to `last`, both included, in either order.

        A count of working days is as certain as the weakest day it crosses.
        """
        start, end = sorted((first, last))
        seen = {self.certainty(start + _ONE_DAY * n) for n in range((end - start).days + 1)}
        if "unknown" in seen:
            return "unknown"
        return "provisional" if "provisional" in seen else "official"

    def is_working_day(self, day: date) -> bool:
        """Return whether offices work on this day, as far as the calendar goes; `certainty` says how far that is."""
        if day in self.extra_working_days:
            return True
        return day.isoweekday() not in self.weekly_off and day not in self.days_off

    def next_working_day(self, day: date) -> date:
        """Return the first working day after this day, never the day itself."""
        return self._step(day, _ONE_DAY)

    def previous_working_day(self, day: date) -> date:
        """Return the last working day before this day, never the day itself."""
        return self._step(day, -_ONE_DAY)

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after this day, which itself is not counted; before it when `n` is negative.

        With `n` 0 the day comes back unchanged, a working day or not.
        Source: public-holidays.yaml count_from
        """
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        for _ in range(abs(n)):
            day = self._step(day, step)
        return day

    def _step(self, day: date, step: timedelta) -> date:
        day += step
        while not self.is_working_day(day):
            day += step
        return day
