"""What an agency declares of a duty beside what is measured of it, and how far the two lie apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ancam.accounts.models import Agency
from ancam.directives.models import Document, DuePeriod, DutyKind, Obligation, PeriodState
from ancam.web.clock import day_of
from ancam.web.measures import Measure, Measures, measures


@dataclass(frozen=True, slots=True)
class Declared:
    """How many periods of a duty there are to do by a day, and how many of them are accepted as done."""

    accepted: int
    of: int

    @property
    def percentage(self) -> int | None:
        """Return the share in whole percent, rounded down; None of nothing to do."""
        return self.accepted * 100 // self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of a duty: what is declared, and what is measured by which room; None while no room measures it."""

    kind: DutyKind
    declared: Declared
    room: str
    measured: Measure | None

    @property
    def difference(self) -> int | None:
        """Return by how many points the declared share lies above the measured one; None when either is missing."""
        declared, measured = self.declared.percentage, self.measured.percentage if self.measured else None
        return None if declared is None or measured is None else declared - measured


def measured_from(document: Document) -> date:
    """Return the day from which a letter's duties are measured: its own, or that of its receipt."""
    return document.signed_on or day_of(document.received_at)


def declared_of(periods: Iterable[DuePeriod], on: date) -> Declared:
    """Return how many of these periods had begun by a day and apply, and how many of them are accepted. No query."""
    begun = [one for one in periods if one.begins_on <= on and one.state != PeriodState.NOT_APPLICABLE]
    return Declared(sum(one.state == PeriodState.ACCEPTED for one in begun), len(begun))


def compared(
    obligation: Obligation, agency: Agency, periods: Iterable[DuePeriod], on: date, registry: Measures = measures
) -> list[Compared]:
    """Return for each kind of a duty what was declared on these periods beside what is measured of an agency.

    Measured is from the letter's day to `on`. Costs what the rooms' measures cost. Source: contracts/measures.md
    """
    since = measured_from(obligation.document)
    declared = declared_of(periods, on)
    kinds = [DutyKind(kind) for kind in dict.fromkeys((obligation.kind, *obligation.also_kinds))]
    return [
        Compared(
            kind,
            declared,
            registry.measured_by(kind),
            registry.measure(kind, agency, since=since, until=on, on=on),
        )
        for kind in kinds
    ]
