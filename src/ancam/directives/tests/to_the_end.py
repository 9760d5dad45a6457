"""The night's work done to its end in one call; the product does it job by job."""

from collections.abc import Callable
from datetime import datetime

from ancam.directives import services


def remind(*, at: datetime) -> None:
    """Tell everybody whom the jobs of a day tell."""
    _to_the_end(services.remind_some, at)


def open_due_periods(*, at: datetime) -> None:
    """Open every period that the jobs of a day open."""
    _to_the_end(services.open_some_due_periods, at)


def _to_the_end(some: Callable[..., int | None], at: datetime) -> None:
    after: int | None = 0
    while after is not None:
        after = some(at=at, after=after)
