"""When mails go out. Pure."""

from datetime import date, datetime, time

from ancam.kit.working_days import WorkingCalendar

USUAL = {
    "reminder": "daily",
    "late": "daily",
    "escalation": "at_once",
    "assigned": "daily",
    "waiting": "daily",
    "answered": "at_once",
}
"""How people hear of each kind unless they say otherwise."""

DIGEST_FROM = time(7, 0)
"""Digests are made from this hour on, Vietnamese time."""


def is_time_to_mail(channel: str, now: datetime, calendar: WorkingCalendar) -> bool:
    """Tell whether mail of a channel goes out at this instant, given in Vietnamese time: only on working days.

    Daily digests from seven o'clock; weekly ones on the first working day of the week.
    """
    today = now.date()
    if not calendar.is_working_day(today):
        return False
    if channel == "at_once":
        return True
    return now.time() >= DIGEST_FROM and (channel == "daily" or first_of_week(today, calendar) == today)


def first_of_week(day: date, calendar: WorkingCalendar) -> date | None:
    """Return the first working day of the week of a day, none when the whole week is off."""
    monday = day.toordinal() - day.weekday()
    days = (date.fromordinal(monday + n) for n in range(7))
    return next((one for one in days if calendar.is_working_day(one)), None)
