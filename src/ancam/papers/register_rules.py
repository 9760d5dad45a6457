"""Numbers of outgoing papers in one year, for one agency and symbol. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Line:
    """A number that is taken, and the day on its paper when that is known."""

    number: int
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Skips:
    """The number leaves others between it and the last one unused, `first` to `last`."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class GoesBack:
    """The number is lower than one that is taken."""

    highest: int


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """A lower number has a later day, or a higher number an earlier one."""

    number: int
    dated_on: date


Oddity = Skips | GoesBack | OutOfOrder


def full_number(number: int, symbol: str) -> str:
    """Return a number as it stands on a paper: `07/BC-UBND`."""
    return f"{number:02d}/{symbol}"


def next_number(lines: Collection[Line]) -> int:
    """Return the number that follows the highest one taken; 1 in a register without any."""
    return max((line.number for line in lines), default=0) + 1


def gaps(lines: Collection[Line]) -> Iterator[tuple[int, int]]:
    """Yield the runs of numbers between the lowest and the highest that nobody has taken, as first and last."""
    numbers = sorted(line.number for line in lines)
    for before, after in pairwise(numbers):
        if after - before > 1:
            yield before + 1, after - 1


def oddity(number: int, on: date, lines: Collection[Line]) -> Oddity | None:
    """Return why a person must give a reason for this number on this day; None when it simply follows.

    The first number of a register opens it wherever the paper register has got to. Days out of order count most,
    because a number once given on such a day misleads for good.
    """
    if not lines:
        return None
    if wrong := _neighbour_out_of_order(number, on, lines):
        return OutOfOrder(wrong.number, wrong.dated_on or on)
    following = next_number(lines)
    if number > following:
        return Skips(following, number - 1)
    return GoesBack(following - 1) if number < following else None


def _neighbour_out_of_order(number: int, on: date, lines: Collection[Line]) -> Line | None:
    dated = [line for line in lines if line.dated_on is not None]
    lower = [line for line in dated if line.number < number and line.dated_on is not None and line.dated_on > on]
    higher = [line for line in dated if line.number > number and line.dated_on is not None and line.dated_on < on]
    if lower:
        return max(lower, key=lambda line: line.number)
    return min(higher, key=lambda line: line.number, default=None)
