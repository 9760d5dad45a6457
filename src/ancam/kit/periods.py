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
