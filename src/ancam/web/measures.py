"""The registry of measures: what a kind of obligation is measured by, from evidence instead of declarations."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Measure:
    """How far an agency is with a kind of obligation, counted from evidence.

    unit: what is counted, in words. rows: the things behind both figures that a person may see, when asked with the
    person. unmeasured: what could not be counted, and why, one sentence each. address: of the room's own list of these
    rows, narrowed to them; empty while it has none.
    """

    numerator: int
    denominator: int
    unit: str
    rows: Callable[[Any], QuerySet[Any]]
    unmeasured: tuple[str, ...] = ()
    address: str = ""

    @property
    def percentage(self) -> int | None:
        """Return the share in whole percent, rounded down so that 100 means all; None of nothing to measure."""
        return self.numerator * 100 // self.denominator if self.denominator else None


Measuring = Callable[[Any, date, date, date], Measure]
"""Measures an agency from a day to a day, as known on a day."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A kind's measure and the room that answers for it."""

    room: str
    measuring: Measuring


class Measures:
    """What each kind of obligation is measured by. A room that registers owns its kind."""

    def __init__(self) -> None:
        self._kinds: dict[str, Registered] = {}

    def register(self, kind: str, room: str, measuring: Measuring) -> None:
        """Say by what a kind of obligation is measured; a second registration of a kind stops the start."""
        if held := self._kinds.get(kind):
            raise ImproperlyConfigured(f"{kind} is measured by {held.room} and cannot be measured by {room} too")
        self._kinds[kind] = Registered(room, measuring)

    def measured_by(self, kind: str) -> str:
        """Return the room that measures a kind; empty while none does, and what is known of it is declared only."""
        registered = self._kinds.get(kind)
        return registered.room if registered else ""

    def measure(self, kind: str, agency: Any, *, since: date, until: date, on: date) -> Measure | None:
        """Return the measure of an agency for a kind, None while no room measures it. Costs what that room's does."""
        registered = self._kinds.get(kind)
        return registered.measuring(agency, since, until, on) if registered else None


# The instance's own, which the rooms fill when they start.
measures = Measures()
