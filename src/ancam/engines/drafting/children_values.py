"""What a report that collects the reports of the agencies below (báo cáo tổng hợp) is made of."""

from dataclasses import dataclass
from datetime import date

from ancam.engines.drafting.open_periods import OpenPeriod
from ancam.engines.drafting.paper_values import PaperValues


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedReport:
    """What one agency reported on one period of a duty, and the agency above accepted.

    done_on: the day that counts; late: it lies past the last day. not_applicable: accepted as not applying to the
    agency, for the reason in `result`; then nothing is late.
    """

    agency: str
    duty: str
    period: str = ""
    done_on: date | None = None
    late: bool = False
    not_applicable: bool = False
    result: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it was done, and past its last day."""
        return self.late and not self.not_applicable


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenReport(PaperValues):
    """The values of a report on what the agencies below reported for a stretch of days.

    period_from, period_to: the stretch, both days included. as_of: the day at whose end the reports stood so.
    accepted: the reports that count. missing: the periods without an accepted report, each with its state as declared.
    difficulties, recommendations: one paragraph each; empty means none was told.
    """

    period_from: date
    period_to: date
    as_of: date
    accepted: tuple[AcceptedReport, ...] = ()
    missing: tuple[OpenPeriod, ...] = ()
    difficulties: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Return how many periods the report is about."""
        return len(self.accepted) + len(self.missing)
