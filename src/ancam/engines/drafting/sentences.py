"""Phrases that several papers share: periods, citations, lists. Vietnamese, as issued."""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from ancam.engines.drafting.text import cleaned, unstopped

_SHORT_CITATION = re.compile(r".*?\bsố\s+\S+")
_QUARTERS = {1: "I", 4: "II", 7: "III", 10: "IV"}


def period_in_words(period_from: date, period_to: date) -> str:
    """Return `tháng 10 năm 2026`, `quý III năm 2026`, `6 tháng đầu năm 2026`, `năm 2026`, or the two days."""
    year = period_from.year
    whole_months = period_from.day == 1 and period_to.day == calendar.monthrange(period_to.year, period_to.month)[1]
    if whole_months and period_to.year == year:
        first, last = period_from.month, period_to.month
        if first == last:
            return f"tháng {first:02d} năm {year}" if first < 3 else f"tháng {first} năm {year}"
        if last - first == 2 and first in _QUARTERS:
            return f"quý {_QUARTERS[first]} năm {year}"
        spans = {(1, 6): f"6 tháng đầu năm {year}", (7, 12): f"6 tháng cuối năm {year}", (1, 12): f"năm {year}"}
        if (first, last) in spans:
            return spans[first, last]
    return from_to(period_from, period_to)


def from_to(first: date, last: date) -> str:
    """Return `từ ngày 01/10/2026 đến ngày 31/10/2026`."""
    return f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"


def in_brackets(period: str) -> str:
    """Return the period as the second line of a title: `(Quý III năm 2026)`."""
    return f"({period[0].upper()}{period[1:]})"


def short_title(directive_title: str) -> str:
    """Return the citation up to its number, for every mention after the first; the whole when it has no number."""
    short = _SHORT_CITATION.match(cleaned(directive_title))
    return unstopped(short[0] if short else directive_title)


def within_sentence(text: str) -> str:
    """Return the words without their stop, as they stand inside a sentence."""
    words = unstopped(text)
    return words[:1].lower() + words[1:]


def numbered(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs that say something, with numbers when they are several."""
    said = [text for text in map(cleaned, paragraphs) if text]
    return said if len(said) < 2 else [f"{place}. {text}" for place, text in enumerate(said, start=1)]


def stopped(lines: Sequence[str]) -> list[str]:
    """Return the lines of a list: a semicolon after each, a full stop after the last."""
    return [f"{line};" for line in lines[:-1]] + [f"{line}." for line in lines[-1:]]


def difficulties_told(paragraphs: Sequence[str]) -> list[str]:
    """Return the difficulties, or that none was told."""
    return numbered(paragraphs) or ["Trong kỳ báo cáo, không có tồn tại, khó khăn nào được nêu."]


def proposals_told(paragraphs: Sequence[str]) -> list[str]:
    """Return the proposals, or that none was told."""
    return numbered(paragraphs) or ["Trong kỳ báo cáo, không có kiến nghị, đề xuất nào được nêu."]
