"""What this room does by itself."""

from ancam.directives import services
from ancam.web import clock


def open_due_periods() -> None:
    """Open the periods that have begun."""
    services.open_due_periods(at=clock.now())
