"""Periods in the words of an office."""

from datetime import date

from django.utils.translation import gettext as _

from ancam.directives.due_rules import ONCE

_QUARTERS = ("I", "II", "III", "IV")


def period_in_words(code: str, begins_on: date, ends_on: date | None) -> str:
    """Return `tháng 02/2023`, `quý I/2023`, `đợt 2 năm 2023` in the reader's language; empty for the only period."""
    span, _dot, ordinal = code.partition(".")
    words = "" if span == ONCE or ends_on is None else _span_in_words(begins_on, ends_on)
    if not ordinal:
        return words
    if not words:
        return _("đợt %(ordinal)s") % {"ordinal": ordinal}
    return _("đợt %(ordinal)s, %(span)s") % {"ordinal": ordinal, "span": words}


def _span_in_words(first: date, last: date) -> str:
    year = {"year": first.year}
    match (last.year - first.year) * 12 + last.month - first.month + 1:
        case 1:
            return _("tháng %(month)s") % {"month": f"{first:%m/%Y}"}
        case 3:
            return _("quý %(quarter)s/%(year)s") % {"quarter": _QUARTERS[first.month // 3], **year}
        case 6 if first.month == 1:
            return _("6 tháng đầu năm %(year)s") % year
        case 6:
            return _("6 tháng cuối năm %(year)s") % year
        case 12:
            return _("năm %(year)s") % year
    return _("từ tháng %(first)s đến tháng %(last)s") % {"first": f"{first:%m/%Y}", "last": f"{last:%m/%Y}"}
