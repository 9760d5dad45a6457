"""What happens to a letter's text on its way, without a scanner: marks dropped, lines cut, old encodings, lost cells.

Each damage takes a letter and a seeded random, and returns the letter as the reader gets it with the clean label;
None when the letter has nothing that could be damaged so.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from functools import cache
from random import Random

from labelled import Letter, with_text, without_tables

from ancam.engines.reading.legacy import from_tcvn3, from_vni

LINES_A_PAGE = 38
SHARE_WITHOUT_MARKS = 0.3
SHARE_CONFUSED = 0.02
SHARE_OF_LOST_MARKERS = 0.1
TONES = "\u0300\u0301\u0303\u0309\u0323"
ZERO_WIDTH = "\u200b\u200c\u00ad\ufeff"

# What a recogniser takes a sign for. A digit becomes a letter, never another digit: what was meant can still be known.
LOOKS = {
    "l": "1I", "1": "lI", "I": "l1", "0": "Oo", "4": "AY", "5": "S", "đ": "d", "Đ": "PD", "ó": "6", "ố": "6é",
    "ô": "6é", "ồ": "dé", "ổ": "6", "ộ": "6d", "ê": "é", "ế": "é8", "ề": "éè", "ể": "é", "ệ": "é¢", "ơ": "o",
    "ở": "&@", "ờ": "ò", "ợ": "¢o", "ư": "uw", "ứ": "t", "ữ": "fi", "ự": "y", "ử": "ti", "ả": "aé", "ấ": "Aa",
    "ậ": "a", "ạ": "a", "ị": "j", "ủ": "i", "ụ": "y", "ý": "y", "g": "q", "h": "b", "m": "n", ".": ",", ",": ".",
}  # fmt: skip
_MARKER = re.compile(r"^(\d{1,2}|[a-zđ])([.)]) ", re.MULTILINE)
_SYMBOL = re.compile(r"^Số: *(.+)$", re.MULTILINE)
_PLACE_OF_A_TABLE = re.compile(r"\[\[([^\]]+)\]\]")


def clean(letter: Letter, _: Random) -> Letter:
    """The letter as it was written, its tables set aside."""
    return without_tables(letter)


def no_marks(letter: Letter, _: Random) -> Letter:
    """No diacritics at all."""
    letter = without_tables(letter)
    return with_text(letter, bare(letter.text))


def few_marks(letter: Letter, dice: Random) -> Letter:
    """Three words in ten without diacritics."""
    letter = without_tables(letter)
    words = re.split(r"(\s+)", letter.text)
    return with_text(letter, "".join(bare(w) if dice.random() < SHARE_WITHOUT_MARKS else w for w in words))


def broken(letter: Letter, dice: Random) -> Letter:
    """Lines cut at a column, and a page number with a running head wherever a page ends, in mid-sentence too."""
    letter = without_tables(letter)
    column = dice.randrange(58, 96)
    rows = [row for line in letter.text.splitlines() for row in (textwrap.wrap(line, column) or [""])]
    symbol = _SYMBOL.search(letter.text)
    running = dice.choice(("", symbol[1] if symbol else ""))
    made: list[str] = []
    for number, row in enumerate(rows):
        if number and number % LINES_A_PAGE == 0:
            page = number // LINES_A_PAGE
            foot = [str(page)] if dice.random() < 0.5 else [f"Trang {page}/{len(rows) // LINES_A_PAGE + 1}"]
            made += [*foot, "\f" + running] if running else [*foot, "\f"]
        made.append(row)
    return with_text(letter, "\n".join(made) + "\n")


def torn(letter: Letter, dice: Random) -> Letter | None:
    """Tables copied as text: each cell on lines of its own, row after row, empty cells gone."""
    if "tables" not in letter.label:
        return None
    column = dice.randrange(24, 60)

    def cells(found: re.Match[str]) -> str:
        rows = letter.label["tables"][found[1]]["rows"]
        lines = [line for row in rows for cell in row for line in cell.splitlines()]
        return "\n".join(part for line in lines for part in textwrap.wrap(line, column))

    return with_text(letter, _PLACE_OF_A_TABLE.sub(cells, letter.text))


def in_tcvn3(letter: Letter, _: Random) -> Letter:
    """Typed with a TCVN3 font, whose capitals with marks are small letters drawn large."""
    made = "".join(_tcvn3().get(c) or _tcvn3().get(c.lower(), c) for c in without_tables(letter).text)
    return _in_bytes(letter, made.encode("cp1252", errors="replace"))


def in_vni(letter: Letter, _: Random) -> Letter:
    """Typed with a VNI font."""
    made = "".join(_vni().get(c, c) for c in without_tables(letter).text)
    return _in_bytes(letter, made.encode("cp1252", errors="replace"))


def in_cp1258(letter: Letter, _: Random) -> Letter:
    """Saved in the code page of Windows, where a tone follows its letter."""
    made = "".join(_tone_apart(c) for c in unicodedata.normalize("NFC", without_tables(letter).text))
    return _in_bytes(letter, made.encode("cp1258", errors="replace"))


def in_utf16(letter: Letter, _: Random) -> Letter:
    """Saved as `Unicode` by an old editor."""
    return _in_bytes(letter, without_tables(letter).text.encode("utf-16"))


def decomposed(letter: Letter, _: Random) -> Letter:
    """Letters and marks apart, as some systems copy them."""
    return _in_bytes(letter, unicodedata.normalize("NFD", without_tables(letter).text).encode())


def invisible(letter: Letter, dice: Random) -> Letter:
    """Signs that nobody sees, and spaces that do not break, among the words."""

    def unseen(found: re.Match[str]) -> str:
        drawn = dice.random()
        if drawn < 0.05:
            return " " + dice.choice(ZERO_WIDTH)
        return "\u00a0" if drawn < 0.15 else " "

    letter = without_tables(letter)
    return with_text(letter, re.sub(" ", unseen, letter.text))


def confused(letter: Letter, dice: Random) -> Letter:
    """One sign in fifty taken for another, and one clause marker in ten lost or spoilt."""
    letter = without_tables(letter)

    def marker(found: re.Match[str]) -> str:
        return dice.choice(("", f"{found[1]} ", f"{found[1]}¢ ")) if dice.random() < SHARE_OF_LOST_MARKERS else found[0]

    def seen(sign: str) -> str:
        return dice.choice(LOOKS[sign]) if sign in LOOKS and dice.random() < SHARE_CONFUSED else sign

    return with_text(letter, "".join(map(seen, _MARKER.sub(marker, letter.text))))


DAMAGES: dict[str, Callable[[Letter, Random], Letter | None]] = {
    "clean": clean, "no-marks": no_marks, "few-marks": few_marks, "broken": broken, "torn": torn,
    "confused": confused, "tcvn3": in_tcvn3, "vni": in_vni, "cp1258": in_cp1258, "utf-16": in_utf16,
    "nfd": decomposed, "invisible": invisible,
}  # fmt: skip


def bare(text: str) -> str:
    """Return a text without diacritics, case kept."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def _in_bytes(letter: Letter, data: bytes) -> Letter:
    return Letter(letter.name, data, without_tables(letter).label)


def _tone_apart(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    tones = "".join(c for c in apart if c in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONES)) + tones


@cache
def _tcvn3() -> dict[str, str]:
    signs = [chr(code) for code in range(0xA1, 0xFF)]
    # A capital that stands for itself is in no TCVN3 font.
    return {from_tcvn3(sign): sign for sign in signs if from_tcvn3(sign) != sign or sign.islower()}


@cache
def _vni() -> dict[str, str]:
    high = [chr(code) for code in range(0xC0, 0x100)]
    pairs = [*high, *(letter + mark for letter in "aeouyAEOUYôÔöÖ" for mark in high)]
    return {from_vni(pair): pair for pair in pairs if from_vni(pair) != pair and len(from_vni(pair)) == 1}
