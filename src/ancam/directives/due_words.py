"""Due days as officers write them, one on each line: `trước 22/3`, `chậm nhất 25`, `trước 20 tháng thứ 3`."""

import re
from datetime import date

from ancam.directives.due_rules import DueDay

_LINE = re.compile(
    r"(?:(?P<before>trước)|chậm nhất|đến hết|đến)?\s*(?:ngày\s+)?(?P<day>\d{1,2})"
    r"(?:\s*/\s*(?P<month>\d{1,2})(?:\s*/\s*(?P<year>\d{4}))?|\s+tháng thứ\s+(?P<nth>\d{1,2}))?",
    re.IGNORECASE,
)
_WORDS = {"before": "trước", "by": "chậm nhất"}


def read_due_day(line: str, every_months: int | None) -> DueDay | None:
    """Return the due day that a line means for a duty of this interval; None when it means none.

    Once: a day with month and year. Each month: a day. Each year: a day and a month. Any interval: a day of the
    period's n-th month, past its length for one that lies after it. Without a word before it the day itself complies.
    """
    found = _LINE.fullmatch(" ".join(line.split()))
    if found is None:
        return None
    operator = "before" if found["before"] else "by"
    day, month, year, nth = (int(found[name]) if found[name] else 0 for name in ("day", "month", "year", "nth"))
    if every_months is None:
        return _on_a_date(operator, day, month, year)
    if year:
        return None
    if not month and not nth and every_months == 1:
        nth = 1
    if month and every_months == 12:
        nth = month if month <= 12 else 0
    return DueDay(operator, month=nth, day=day) if nth and 1 <= day <= 31 else None


def _on_a_date(operator: str, day: int, month: int, year: int) -> DueDay | None:
    try:
        return DueDay(operator, date(year, month, day))
    except ValueError:
        return None


def write_due_day(due: DueDay, every_months: int | None) -> str:
    """Return the line that `read_due_day` reads as this due day."""
    words = _WORDS.get(due.operator, "chậm nhất")
    if due.on is not None:
        return f"{words} {due.on:%d/%m/%Y}"
    if every_months == 1 and due.month == 1:
        return f"{words} {due.day}"
    if every_months == 12 and due.month <= 12:
        return f"{words} {due.day}/{due.month}"
    return f"{words} {due.day} tháng thứ {due.month}"
