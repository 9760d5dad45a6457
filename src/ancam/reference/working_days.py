"""The days on which public offices work."""

from functools import cache

from ancam.kit.working_days import WorkingCalendar
from ancam.reference import reference


@cache
def public_calendar() -> WorkingCalendar:
    """Return the calendar of public offices, made once in a process."""
    return WorkingCalendar.from_reference(reference("public-holidays"))
