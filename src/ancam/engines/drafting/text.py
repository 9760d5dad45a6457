"""How words, dates and numbers are written in an official document."""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ancam.engines.drafting.measures import fixed_words, measure

NBSP = "\u00a0"
NB_HYPHEN = "\u2011"
_BLANK_NUMBER = NBSP * 8  # what a clerk fills in by hand must not close up or break
_BLANK_DAY = NBSP * 5

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")  # every white space but the two that hold words together
_SYMBOL = re.compile(r"\b\d+(?:/\d+)?/[^\W\d_]+(?:-[^\W_]+)+")
_HELD = re.compile(r"\b([Ss]ố|[Nn]gày|[Tt]háng|[Nn]ăm|[Qq]uý|Điều|[Kk]hoản|[Tt]rang) (?=\d(?!\d?/\d\d?/)|[IVX]+\b)")


_PLACE = re.compile(r"(?:XÃ|PHƯỜNG|ĐẶC KHU|TỈNH|THÀNH PHỐ) .{1,24}$")


def cleaned(text: str) -> str:
    """Return the text in NFC on one line, without the characters that XML forbids and without a closing mark.

    The mark `./.` is the layout's to give, once; a quoted one becomes a full stop.
    """
    visible = _INVISIBLE.sub("", text)
    line = _BREAKS.sub(" ", unicodedata.normalize("NFC", visible)).strip()
    return line.replace(fixed_words("closing.words"), ".")


def held(text: str) -> str:
    """Return the cleaned text with symbols (`23/CT-TTg`) and dates (`tháng 3`) kept from breaking over two lines."""
    symbols_held = _SYMBOL.sub(lambda symbol: symbol[0].replace("-", NB_HYPHEN), cleaned(text))
    return _HELD.sub(rf"\1{NBSP}", symbols_held)


def issuer_in_capitals(name: str) -> str:
    """Return an agency's name in capitals, its place kept on one line: `ỦY BAN NHÂN DÂN` over `XÃ AN BÌNH`."""
    capitals = cleaned(name).upper()
    place = _PLACE.search(capitals)
    if place is None:
        return tail_held(capitals)
    return capitals[: place.start()] + place[0].replace(" ", NBSP)


def tail_held(text: str) -> str:
    """Return the text with its last three words kept together, so that no centred line holds one word alone."""
    return NBSP.join(text.rsplit(" ", 2))


def unstopped(text: str) -> str:
    """Return the cleaned text without the stop at its end, for a line that gets its own."""
    return cleaned(text).rstrip(" .;,")


def number_in_words(number: str | None) -> str:
    """Return the paper's number with its leading zero, or the blank a clerk fills in."""
    given = cleaned(number or "")
    if not given:
        return _BLANK_NUMBER
    if given.isdecimal() and int(given) < measure("number.leading_zero_below"):
        return f"{int(given):02d}"
    return given


def day_in_words(day: date | None, *, draft: bool = False) -> str:
    """Return `ngày 05 tháng 02 năm 2026`; a draft's day is blank, an unknown date blank throughout.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 4: leading zero for days below 10 and for months 1 and 2.
    """
    if day is None:
        return f"ngày{_BLANK_DAY}tháng{_BLANK_DAY}năm{_BLANK_DAY}"
    month = f"{day.month:02d}" if day.month < measure("date.month_leading_zero_below") else str(day.month)
    if draft:
        return f"ngày{_BLANK_DAY}tháng {month} năm {day.year}"
    number = f"{day.day:02d}" if day.day < measure("date.day_leading_zero_below") else str(day.day)
    return f"ngày {number} tháng {month} năm {day.year}"


def counted(number: int) -> str:
    """Return a whole number as it is written in Vietnamese: `1.250`."""
    return f"{number:,}".replace(",", ".")


def share(part: int, whole: int) -> str:
    """Return a percentage with one decimal, `23,8%`, the decimal left out when it is nought."""
    tenths = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(tenths).removesuffix(".0").replace(".", ",") + "%"
