"""The days on which mails go out."""

from ancam.kit.working_days import WorkingCalendar
from ancam.reference import reference


def public_calendar() -> WorkingCalendar:
    """Return the calendar of public offices."""
    return WorkingCalendar.from_reference(reference("public-holidays"))
