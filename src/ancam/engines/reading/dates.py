"""Dates and periods as official Vietnamese writes them."""

import datetime as dt
import re
from dataclasses import dataclass

from ancam.engines.reading.model import Span
from ancam.kit.periods import month_end, quarter_end

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

# A day: 20/3/2023, 20-3-2023, ngày 05 tháng 7 năm 2024, ngày 15/12, ngày 20.
DAY = (
    r"(?:(?P<d1>\d{1,2})\s?[/.\-]\s?(?P<m1>\d{1,2})\s?[/.\-]\s?(?P<y1>(?:19|20)\d\d)(?!\d)"
    r"|(?:ngày\s+)?(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})(?:\s*(?:năm|[/.\-])\s*(?P<y2>(?:19|20)\d\d)(?!\d))?"
    r"|(?P<d3>\d{1,2})\s?/\s?(?P<m3>\d{1,2})(?:\s+năm\s+(?P<y3>(?:19|20)\d\d))?(?![\w/])"
    r"|(?<=ngày )(?P<d5>\d{1,2})(?!\s?[/.\-]?\s?\d)(?!\s+(?:tháng \d|ngày|tháng làm|làm việc))"
    r"|(?<=ngày )(?P<d6>cuối(?: cùng)?(?: của)?(?: mỗi| h[ằà]ng)? (?:tháng|quý|năm|tuần))(?!\s*\d)"
    r"|(?P<d4>\d{1,2})(?=\s+(?:hằng|hàng|mỗi|của)\s+(?:tháng|quý|năm)|\s+tháng\s+(?:cuối|đầu|kế|sau|liền)))"
)
PERIOD = (
    r"(?:(?P<six>(?:6|06|sáu) tháng (?:đầu|cuối))(?:\s+năm)?(?:\s+(?P<ys>(?:19|20)\d\d))?"
    r"|(?:quý\s+(?:iv|i{1,3}|[1-4])\s*(?:,|và|đến|[-–])\s*(?=quý))*quý\s+(?P<q>iv|i{1,3}|[1-4])\b(?:\s*(?:/|-|,?\s*năm)\s*(?P<yq>(?:19|20)\d\d))?"
    r"|(?:tháng\s+\d{1,2}\s*(?:,|và|đến|[-–])\s*(?=tháng))*tháng\s+(?P<m>\d{1,2})(?!\d)(?:\s*(?:/|-|,?\s*năm)\s*(?P<ym>(?:19|20)\d\d))?(?![/\d])"
    r"|năm\s+(?P<y>(?:19|20)\d\d)(?!\s*[-–]\s*\d))"
)
HOUR = r"(?:(?:lúc\s+)?\d{1,2}\s?(?:h|giờ|:|\u2236)\s?(?:\d{2})?(?:\s*phút)?\s*(?:,\s*)?)"


@dataclass(frozen=True, slots=True)
class When:
    """A day or a period found in the text.

    date: the day, or the period's last day; None when impossible. first: a period's first day, for `before`.
    raw: the wording of an impossible date. open: no year stands in the text and none could be taken from the letter.
    """

    span: Span
    date: dt.date | None
    first: dt.date | None = None
    raw: str | None = None
    is_period: bool = False
    open: bool = False


def read_when(found: re.Match[str], text: str, year: int | None) -> When:
    """Return the day or period of a match of `DAY` or `PERIOD`; `year` stands in where the text gives none."""
    groups = found.groupdict()
    for n in "123":
        if groups.get(f"d{n}"):
            own = groups[f"y{n}"]
            return _day(_span(found), text, int(groups[f"d{n}"]), int(groups[f"m{n}"]), _chosen(own, year))
    if groups.get("d4") or groups.get("d5") or groups.get("d6"):
        return When(_span(found), None, open=True)
    return _period(found, groups, year)


def _span(found: re.Match[str]) -> Span:
    return found.start("when"), found.end("when")


def _chosen(own: str | None, year: int | None) -> int | None:
    return int(own) if own else year


def _day(span: Span, text: str, day: int, month: int, year: int | None) -> When:
    if year is None:
        return When(span, None, open=True)
    try:
        return When(span, dt.date(year, month, day))
    except ValueError:
        return When(span, None, raw=text[span[0] : span[1]])


def _period(found: re.Match[str], groups: dict[str, str | None], year: int | None) -> When:
    span = _span(found)
    own = next((groups[key] for key in ("ys", "yq", "ym", "y") if groups.get(key)), None)
    chosen = _chosen(own, year)
    if chosen is None:
        return When(span, None, is_period=True, open=True)
    try:
        first, last = _bounds(groups, chosen)
    except ValueError:
        return When(span, None, raw=found["when"], is_period=True)
    return When(span, last, first, is_period=True)


def _bounds(groups: dict[str, str | None], year: int) -> tuple[dt.date, dt.date]:
    if six := groups["six"]:
        return (
            (dt.date(year, 1, 1), dt.date(year, 6, 30))
            if six.endswith("đầu")
            else (dt.date(year, 7, 1), dt.date(year, 12, 31))
        )
    if quarter := groups["q"]:
        number = _ROMAN.get(quarter) or int(quarter)
        return dt.date(year, number * 3 - 2, 1), quarter_end(year, number)
    if month := groups["m"]:
        return dt.date(year, int(month), 1), month_end(year, int(month))
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
