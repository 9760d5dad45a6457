"""What this room does by itself."""

from ancam.directives import services
from ancam.web import clock
from ancam.web.jobs import enqueue


def remind(after: int = 0) -> None:
    """Tell people what is due or late, of some periods after this one; the rest is the matter of another job."""
    last = services.remind_some(at=clock.now(), after=after)
    if last is not None:
        enqueue(remind, last)


def open_due_periods(after: int = 0) -> None:
    """Open the periods that have begun, of some assignments after this one; the rest is the matter of another job."""
    last = services.open_some_due_periods(at=clock.now(), after=after)
    if last is not None:
        enqueue(open_due_periods, last)


def resume_reading_runs() -> None:
    """Bring back letters that a dead worker left unread."""
    services.resume_reading_runs(at=clock.now())
