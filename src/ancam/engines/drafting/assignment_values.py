"""What a letter or a plan that gives out duties is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ancam.engines.drafting.paper_values import PaperValues


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedDuty:
    """One duty as it is given out.

    duty: in the directive's words, with its place there. leads, supports: the agencies, one text each.
    deadline: in words ("trước ngày 01/12/2026"); cadence: how often it returns ("hằng tháng"), empty for once.
    group: the heading above it; consecutive duties of one group stand under one heading.
    """

    duty: str
    leads: tuple[str, ...]
    supports: tuple[str, ...] = ()
    deadline: str = ""
    cadence: str = ""
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentLetter(PaperValues):
    """The values of a paper that gives the duties of one directive to agencies.

    as_of: the day on which the duties stood as listed.
    form: an official letter (công văn) to the agencies, or a plan (kế hoạch).
    report_to: where to report; contact: whom to ask, in one line, may be empty.
    addressees: empty for the agencies of the duties, to whom a letter is sent.
    """

    as_of: date
    report_to: str
    duties: tuple[AssignedDuty, ...]
    form: Literal["official_letter", "plan"] = "official_letter"
    contact: str = ""

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return who is given something, each once: those in the lead first, in the order of the duties."""
        leads = (agency for duty in self.duties for agency in duty.leads)
        supports = (agency for duty in self.duties for agency in duty.supports)
        return tuple(dict.fromkeys((*leads, *supports)))
