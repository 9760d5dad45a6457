"""What an agency declares of a duty beside what is measured of it, and how far the two lie apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from ancam.accounts.models import Agency, Person
from ancam.directives.models import Document, DuePeriod, DutyKind, Obligation, PeriodState
from ancam.web.clock import day_of
from ancam.web.measures import Measure, Measures, measures

SHOWN_ROWS = 20
"""So many of the things behind a measure are named beside it; all of them stand in the list of the room."""


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
    """One kind of a duty: what is declared, and what is measured by which room; None while no room measures it.

    rows: the first of the things behind the measure that the person may see. more: how many further ones there are.
    """

    kind: DutyKind
    declared: Declared
    room: str
    measured: Measure | None
    rows: Sequence[Any] = ()
    more: int = 0

    @property
    def difference(self) -> int | None:
        """Return by how many points the declared share lies above the measured one; None when either is missing."""
        declared, measured = self.declared.percentage, self.measured.percentage if self.measured else None
        return None if declared is None or measured is None else declared - measured

    @property
    def points(self) -> int:
        """Return how many points the two lie apart, whichever is the higher; 0 when either is missing."""
        return abs(self.difference or 0)


def measured_from(document: Document) -> date:
    """Return the day from which a letter's duties are measured: its own, or that of its receipt."""
    return document.signed_on or day_of(document.received_at)


def declared_of(found: QuerySet[DuePeriod], on: date) -> Declared:
    """Return how many of these periods had begun by a day and apply, and how many of them are accepted. One query."""
    begun = found.order_by().filter(begins_on__lte=on).exclude(state=PeriodState.NOT_APPLICABLE)
    counts = begun.aggregate(of=Count("pk"), accepted=Count("pk", filter=Q(state=PeriodState.ACCEPTED)))
    return Declared(**counts)


def compared(
    obligation: Obligation,
    agency: Agency,
    declared: Declared,
    *,
    person: Person,
    on: date,
    registry: Measures = measures,
) -> list[Compared]:
    """Return for each kind of a duty what was declared beside what is measured of an agency, with its first rows.

    Measured is from the letter's day to `on`. Costs what the rooms' measures cost, and two queries for their rows.
    Source: contracts/measures.md
    """
    since = measured_from(obligation.document)
    kinds = [DutyKind(kind) for kind in dict.fromkeys((obligation.kind, *obligation.also_kinds))]
    return [
        _beside(kind, declared, registry.measured_by(kind), measured, person)
        for kind in kinds
        for measured in [registry.measure(kind, agency, since=since, until=on, on=on)]
    ]


def _beside(kind: DutyKind, declared: Declared, room: str, measured: Measure | None, person: Person) -> Compared:
    if measured is None:
        return Compared(kind, declared, room, None)
    found = measured.rows(person)
    rows = list(found[:SHOWN_ROWS])
    more = found.count() - len(rows) if len(rows) == SHOWN_ROWS else 0
    return Compared(kind, declared, room, measured, rows, more)
