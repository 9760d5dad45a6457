"""The time in a cell of a table's column of deadlines, where it stands bare: `Quý IV/2026`, `15/8/2026`, `25/12`."""

import datetime as dt
import re

from ancam.engines.reading.cadence import find_cadence
from ancam.engines.reading.dates import DAY, HOUR, PERIOD, When, read_when
from ancam.engines.reading.deadlines import find_dues
from ancam.engines.reading.due import Due, Known
from ancam.engines.reading.model import Cadence, Deadline, Operator, Span
from ancam.engines.reading.script import Script
from ancam.kit.periods import month_end

_TIME = re.compile(rf"(?<![\w/.])(?:{HOUR})?(?:ngày\s+)?(?P<when>{PERIOD}|{DAY})")
# `Tháng 10 - 11/2024`, `Quý II - IV/2026`: the first of the two has no year, the last one ends the time.
_MONTHS = re.compile(r"tháng\s+\d{1,2}\s*(?:[-–,]|đến|và)\s*(?:tháng\s+)?(?P<month>\d{1,2})\s*[/-]\s*(?P<year>20\d\d)")
_MONTHS_SHORT = re.compile(r"(?<![\d/])(?P<month>\d{1,2})\s?/\s?(?P<year>20\d\d)(?!\d)")
_OWN_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY_OF_EACH = re.compile(r"(?<!\w)(?P<cue>trước|chậm nhất)?\s*(?:vào )?(?:ngày\s+)?\d{1,2}(?!\d)(?!\s*[/.])")
_RETURNING = frozenset({"monthly", "quarterly", "yearly", "periodic"})
_OWN_TURN = re.compile(r"(?<!\w)(?:đợt|lần|giai đoạn)\s+(?:\d{1,2}|[ivx]{1,4}|một|hai|đầu|thứ \w+)\s*[:,(–-]")
# What may stand beside a bare time without changing it.
_BESIDE = re.compile(
    r"(?:[\s,.;:()+–-]|(?:trong|hoàn thành|xong|thời gian|thời hạn|hạn|đến|hết|từ|và|vào|dự kiến|cả|năm|tháng|quý|ngày"
    r"|thường xuyên|liên tục|định kỳ|h[ằà]ng|mỗi|(?:đợt|lần|giai đoạn)(?:\s+(?:\d|[iv]+))?)(?!\w))*"
)


def dues_of_cell(script: Script, span: Span, known: Known) -> tuple[list[Due], Cadence]:
    """Return the deadlines that a cell sets, one for each of its turns, and how often the duty returns.

    Neither is guessed: a cell that says something else gives no deadline and `none`.
    """
    cadence = find_cadence(script, span)
    turns = [turn.start() for turn in _OWN_TURN.finditer(script.low, *span)]
    parts = list(zip(turns, [*turns[1:], span[1]], strict=True)) if len(turns) > 1 else [span]
    found = [due for part in parts for due in _dues(script, part, cadence, known)]
    return found, cadence


def _dues(script: Script, span: Span, cadence: Cadence, known: Known) -> list[Due]:
    if cadence in _RETURNING and (each := _each(script, span)):
        return [each]
    found = find_dues(script, span, cadence, known)
    # Of a range of periods only the last one, `Trong tháng 10 - 11/2024`, says by when.
    bare = _bare(script, span, cadence, known) if not found or found[0].deadline.operator == "within" else None
    return [bare] if bare else found[:1]


def _each(script: Script, span: Span) -> Due | None:
    """Return the day of each month or quarter: it has no date of its own."""
    found = _DAY_OF_EACH.search(script.low, *span)
    if not found or _OWN_YEAR.search(script.low, *span) or "lần" in script.low[slice(*span)]:
        return None
    operator: Operator = "before" if found["cue"] == "trước" else "by"
    return Due(span, Deadline(script.words(script.trimmed(span)), operator))


def _bare(script: Script, span: Span, cadence: Cadence, known: Known) -> Due | None:
    """Return the last time that stands in a cell with nothing around it that could mean something else."""
    text = script.words(script.trimmed(span, " \n.;,"))
    if months := _last(_MONTHS, script, span) or _last(_MONTHS_SHORT, script, span):
        alone = _BESIDE.fullmatch(script.low, span[0], months.start())
        return Due(span, _of_month(text, int(months["month"]), int(months["year"]))) if alone else None
    times = list(_TIME.finditer(script.low, *span))
    at = span[0]
    for time in times:
        if not _BESIDE.fullmatch(script.low, at, time.start()):
            return None
        at = time.end()
    if not times or not _BESIDE.fullmatch(script.low, at, span[1]):
        return None
    when, guessed = _when(times[-1], script, None if cadence in _RETURNING else known.written_on)
    operator: Operator = "within" if when.is_period else "by"
    return Due(span, Deadline(text, operator, when.date, when.raw, when.date), guessed=guessed)


def _last(pattern: re.Pattern[str], script: Script, span: Span) -> re.Match[str] | None:
    found = pattern.search(script.low, *span)
    return found if found and _BESIDE.fullmatch(script.low, found.end(), span[1]) else None


def _of_month(text: str, month: int, year: int) -> Deadline:
    if not 1 <= month <= 12:
        return Deadline(text, "within", raw=text)
    last = month_end(year, month)
    return Deadline(text, "within", last, None, last)


def _when(found: re.Match[str], script: Script, written_on: dt.date | None) -> tuple[When, bool]:
    """Return the day or period, and whether its year is only the next one after the letter."""
    when = read_when(found, script.text, written_on.year if written_on else None)
    if _OWN_YEAR.search(found["when"]) or not written_on or not when.date:
        return when, False
    if when.date < written_on:
        when = read_when(found, script.text, written_on.year + 1)
    return when, True
