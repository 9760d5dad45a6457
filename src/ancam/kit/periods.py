"""The last days of the periods in which deadlines are given."""

from calendar import monthrange
from datetime import date


def month_end(year: int, month: int) -> date:
    """Return the last day of a month; raise `ValueError` for a month that does not exist."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


def quarter_end(year: int, quarter: int) -> date:
    """Return the last day of a quarter (1 to 4); raise `ValueError` for one that does not exist."""
    return month_end(year, quarter * 3)


def month_after(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months after that of `day`; before it when negative.

    Raises `ValueError` past the calendar's ends.
    """
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def span_start(day: date, months: int) -> date:
    """Return the first day of the span of so many months in which `day` lies; spans that fill a year begin with it.

    A length that does not divide 12 is counted from the calendar's first year. Raises `ValueError` for less than 1.
    """
    if months < 1:
        raise ValueError(months)
    return month_after(day, -((day.year * 12 + day.month - 1) % months))
