"""Numbers that cannot be read for sure are taken out of what is meant, so that no date comes of them."""

import re

UNREAD = "¤"
"""Stands in the restored text for a digit that is not sure."""

# Signs that recognition takes for digits and the other way round, among digits.
_NUMBER = re.compile(r"(?<![\w/])[\dlIOoSsBZzQ|!\]\[é?&$/.\-]*\d[\dlIOoSsBZzQ|!\]\[é?&$/.\-]*(?![\w/])")
_LETTERS = re.compile(r"[lIOoSsBZzQ|!\]\[é?&$](?!$)|[lIOoSsBZzQ|]")
_TORN = re.compile(
    r"(?<![\w/])\d{1,4}(?:[/.\-]\d{0,4}){0,2}\s+\d{0,4}(?:[/.\-]\d{1,4}){1,2}(?![\w/])"
    r"|(?<=tháng )\d{1,2} \d{1,4}\b|(?<=năm )\d{1,3} \d{1,3}\b"
)
_DATE = re.compile(
    r"(?:ngày\s+(?P<day>\S{1,12})\s+)?tháng\s+(?P<month>\S{1,12})(?:\s+năm\s+(?P<year>\S{1,12}))?", re.IGNORECASE
)
_SLASHED = re.compile(r"[\d¤]{1,2}[/.\-][\d¤]{1,2}[/.\-][\d¤]{1,4}|[\d¤]{1,2}/[\d¤]{1,4}")
# A quarter is I to IV, or 2 to 4; `1` may be what is left of `II`, and other signs are spoilt ones.
_QUARTER = re.compile(r"(?<=[Qq]uý )(?!(?:IV|I{1,3}|[2-4])(?![^\s/,.;:)\-]))(?=\S*[IVX1-9|!]|l)\S+")
# On a stained page strokes are lost: `II` may be what is left of `III`.
_STAINED_QUARTER = re.compile(r"(?<=[Qq]uý )I{1,2}(?![^\s/,.;:)\-])\S*")
_OF_YEAR = re.compile(r"I{1,3}[/\-](?:19|20)\d\d[.!?]*")
_SIGN = re.compile(r"[\dIVXl|!]")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_YEAR_SAID = re.compile(r"(?:nay|sau|trước|tới|học|một|hai|ba|bốn|liền|kế|đầu|cuối)\b", re.IGNORECASE)


def guarded(text: str, *, stained: bool = False) -> str:
    """Return a text of the same length in which every digit of a number, or date, that is not sure is `¤`.

    stained: it was recognised on a page with specks, where the strokes of Roman numbers are not sure either.
    """
    text = _NUMBER.sub(lambda found: _unread(found.group()) if _is_odd(found.group()) else found.group(), text)
    text = _TORN.sub(lambda found: _unread(found.group()), text)
    for quarter in (_QUARTER, _STAINED_QUARTER) if stained else (_QUARTER,):
        text = quarter.sub(lambda found: _SIGN.sub(UNREAD, found.group()), text)
    text = _SLASHED.sub(lambda found: _unread(found.group()) if UNREAD in found.group() else found.group(), text)
    return _DATE.sub(lambda found: found.group() if _is_sure(found) else _unread(found.group()), text)


def _is_odd(number: str) -> bool:
    """Return whether letters or marks stand among the digits of a number that is no quarter of a year."""
    return bool(_LETTERS.search(number)) and not _OF_YEAR.fullmatch(number)


def _is_sure(found: re.Match[str]) -> bool:
    """Return whether each part of a date in words is a whole number, so that none was lost between them."""
    if UNREAD in found.group():
        return False
    year = found["year"]
    return year is None or bool(_YEAR.match(year) or _YEAR_SAID.match(year))


def _unread(text: str) -> str:
    return _DIGIT.sub(UNREAD, text)
