"""What this room does by itself."""

from ancam.directives import services
from ancam.web import clock


def remind() -> None:
    """Tell people what is due or late; the mails follow with the next sending."""
    services.remind(at=clock.now())


def open_due_periods() -> None:
    """Open the periods that have begun."""
    services.open_due_periods(at=clock.now())
