"""What this room does by itself."""

from ancam.directives import services
from ancam.web import clock
from ancam.web.jobs import enqueue


def remind(after: int = 0) -> None:
    """Tell people what is due or late, of some periods after this one; the rest is the matter of another job."""
    last = services.remind_some(at=clock.now(), after=after)
    if last is not None:
        enqueue(remind, last)


def open_due_periods() -> None:
    """Open the periods that have begun."""
    services.open_due_periods(at=clock.now())
