"""What a summary of periods (tổng hợp theo kỳ) is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from ancam.engines.drafting.open_periods import OpenPeriod
from ancam.engines.drafting.paper_values import PaperValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """How many periods came out how. Each counts once.

    late: past their last day with something left to do, returned ones apart. not_yet_due: the same, before it.
    """

    accepted_on_time: int = 0
    accepted_late: int = 0
    awaiting: int = 0
    returned: int = 0
    late: int = 0
    not_applicable: int = 0
    not_yet_due: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """Return the counts in the order above."""
        return (
            self.accepted_on_time,
            self.accepted_late,
            self.awaiting,
            self.returned,
            self.late,
            self.not_applicable,
            self.not_yet_due,
        )

    @property
    def total(self) -> int:
        """Return how many periods there are."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How the periods of one duty came out at one agency."""

    agency: str
    duty: str
    outcomes: Outcomes


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSummary(PaperValues):
    """The values of a summary of the periods whose last day lies in a stretch of days.

    period_from, period_to: the stretch, both days included. as_of: the day at whose end the periods stood so.
    tallies: one for each agency and duty with a period in the stretch.
    unreported: the late periods of which nothing was ever reported: those that the summary names.
    """

    period_from: date
    period_to: date
    as_of: date
    tallies: tuple[Tally, ...] = ()
    unreported: tuple[OpenPeriod, ...] = ()

    @property
    def outcomes(self) -> Outcomes:
        """Return the counts of all tallies together."""
        return _together(tally.outcomes for tally in self.tallies)

    @property
    def by_agency(self) -> dict[str, Outcomes]:
        """Return the counts of each agency, in the order given."""
        return _added((tally.agency, tally.outcomes) for tally in self.tallies)

    @property
    def by_duty(self) -> dict[str, Outcomes]:
        """Return the counts of each duty, in the order given."""
        return _added((tally.duty, tally.outcomes) for tally in self.tallies)


def _added(pairs: Iterable[tuple[str, Outcomes]]) -> dict[str, Outcomes]:
    found: dict[str, list[Outcomes]] = {}
    for name, outcomes in pairs:
        found.setdefault(name, []).append(outcomes)
    return {name: _together(of) for name, of in found.items()}


def _together(outcomes: Iterable[Outcomes]) -> Outcomes:
    names = [outcome.name for outcome in fields(Outcomes)]
    sums = map(sum, zip(*(one.counts for one in outcomes), strict=True))
    return Outcomes(**dict(zip(names, sums, strict=False)))  # nothing to add leaves every count at nought
