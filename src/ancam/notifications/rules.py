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

MAILED_FROM = time(7, 0)
"""Mails go out from this hour on, Vietnamese time: what the night brings waits for the morning. A rule of our own."""


def may_mail(now: datetime, calendar: WorkingCalendar) -> bool:
    """Tell whether mails go out at an instant, given in Vietnamese time: on working days from seven o'clock."""
    return now.time() >= MAILED_FROM and calendar.is_working_day(now.date())


def is_time_to_mail(channel: str, now: datetime, calendar: WorkingCalendar) -> bool:
    """Tell whether mails of a channel are made at an instant, given in Vietnamese time.

    As above; those of the weekly digest on the first working day of a week alone.
    """
    today = now.date()
    return may_mail(now, calendar) and (channel != "weekly" or first_of_week(today, calendar) == today)


def first_of_week(day: date, calendar: WorkingCalendar) -> date | None:
    """Return the first working day of the week of a day, none when the whole week is off."""
    monday = day.toordinal() - day.weekday()
    days = (date.fromordinal(monday + n) for n in range(7))
    return next((one for one in days if calendar.is_working_day(one)), None)
