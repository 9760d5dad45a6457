"""When an authorisation is open: from its first instant to its last, and within them the hours of the day."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ancam.engines.probing.permission.authorisation import Authorisation, Window
from ancam.engines.probing.permission.ceilings import LONGEST

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_DAY = timedelta(days=1)


def is_open(authorisation: Authorisation, now: datetime) -> bool:
    """Tell whether it permits anything at an aware instant."""
    return closes_at(authorisation, now) > now


def closes_at(authorisation: Authorisation, now: datetime) -> datetime:
    """Return until when it goes on being open without a pause; `now` itself when it is not open.

    Hours that follow each other without a pause are followed for 31 days, the longest that anything signed is valid.
    """
    if not authorisation.valid_from <= now < authorisation.valid_to:
        return now
    if not authorisation.daily:
        return authorisation.valid_to
    last = min(authorisation.valid_to, now + LONGEST)
    until = now
    while until < last:
        end = _end_of_window(authorisation.daily, until)
        if end <= until:
            return until
        until = end
    return last


def _end_of_window(daily: tuple[Window, ...], at: datetime) -> datetime:
    """Return the latest end of the windows that hold an instant, the instant itself when none does."""
    local = at.astimezone(VIETNAM)
    today = local.date()
    ends = [at]
    for start, end in daily:
        # A window over midnight may have begun yesterday.
        for day in (today - _DAY, today):
            begins = datetime.combine(day, start, VIETNAM)
            ends_on = day if end > start else day + _DAY
            finishes = datetime.combine(ends_on, end, VIETNAM)
            if begins <= local < finishes:
                ends.append(finishes.astimezone(at.tzinfo))
    return max(ends)


def in_words(daily: tuple[Window, ...]) -> str:
    """Return the hours as people write them: `08:00-17:30, 22:00-05:00`; `cả ngày` when every hour is allowed."""
    return ", ".join(f"{start:%H:%M}-{_end(end)}" for start, end in daily) or "cả ngày"


def _end(at: time) -> str:
    return f"{at:%H:%M}" if at != time() else "24:00"


def instant_in_words(at: datetime) -> str:
    """Return an instant as an official of Việt Nam reads it: `08:00 ngày 20/11/2026`."""
    local = at.astimezone(VIETNAM)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"
