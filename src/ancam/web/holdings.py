"""The registry of what rooms keep for agencies, so that whoever reorganises these sees what it touches."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from ancam.web.search import Hit

HITS_SHOWN = 10
_kinds: dict[str, "Holding"] = {}


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing that is kept for an agency.

    rows: the things of these agencies that the person may see, in the order in which they are told; sliced in SQL.
    hit: a thing as a line.
    """

    name: str
    label: Any
    place: int
    rows: Callable[[Any, Any], Any]
    hit: Callable[[Any], Hit]


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of one kind: how many, and the first of them."""

    label: Any
    count: int
    hits: list[Hit]

    @property
    def more(self) -> int:
        """Return how many are not among the first."""
        return self.count - len(self.hits)


def register(holding: Holding) -> None:
    """Tell of one more kind of thing; a room calls this when it starts. A name is registered once."""
    if holding.name in _kinds:
        raise ImproperlyConfigured(f"the holding {holding.name!r} is registered twice")
    _kinds[holding.name] = holding


def held_by(person: Any, agencies: Any) -> list[Held]:
    """Return what the rooms keep for these agencies, as far as the person may see it. Two queries for each kind."""
    kinds = sorted(_kinds.values(), key=lambda holding: holding.place)
    found = [(kind, kind.rows(person, agencies)) for kind in kinds]
    return [Held(kind.label, rows.count(), [kind.hit(row) for row in rows[:HITS_SHOWN]]) for kind, rows in found]
