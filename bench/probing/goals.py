"""What a part of the bench is held to, and what was seen of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A stated goal with what was seen, both in words, and whether it was met."""

    name: str
    seen: str
    is_met: bool


def at_least(name: str, seen: float, wanted: float, shown: str = ".3f") -> Goal:
    """Return the goal that a figure reaches a value."""
    return Goal(f"{name} ≥ {wanted:g}", format(seen, shown), seen >= wanted)


def at_most(name: str, seen: float, wanted: float, shown: str = ".3f") -> Goal:
    """Return the goal that a figure does not pass a value."""
    return Goal(f"{name} ≤ {wanted:g}", format(seen, shown), seen <= wanted)
