"""Bytes of a text file → characters, and the encoding they were in."""

import codecs
import re
import unicodedata
from contextlib import suppress

from ancam.engines.reading.errors import UnreadableText
from ancam.engines.reading.legacy import modern
from ancam.engines.reading.syllables import rightness

# Letters that only Vietnamese uses; their absence marks a wrong guess of encoding.
_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.002


def decode(data: bytes, name: str) -> tuple[str, str, bool]:
    """Return the text, its encoding as the contract names it, and whether the encoding was a guess.

    Lines in the tables of fonts from before Unicode are given as they were meant. Raises `UnreadableText` for bytes
    that are no text.
    """
    for encoding, label, guessed in _unicode_forms(data):
        try:
            text = unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if _is_text(text) and (not guessed or _VIETNAMESE.search(text)):
            lines, legacy = modern(text.splitlines(keepends=True))
            return "".join(lines), legacy or label, guessed or bool(legacy)
    return _guessed(data, name)


def _unicode_forms(data: bytes) -> list[tuple[str, str, bool]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", "utf-16", False)]
    # Latin letters in UTF-16 have one zero byte each: on the odd places when little-endian.
    zeros = data[:4000].count(0)
    if zeros * 5 > len(data[:4000]):
        odd = data[1:4000:2].count(0)
        return [("utf-16-le" if odd * 2 > zeros else "utf-16-be", "utf-16", True)]
    return [("utf-8-sig", "utf-8", False)]


def _guessed(data: bytes, name: str) -> tuple[str, str, bool]:
    """Return the text of one byte a letter in the table that makes most of its words Vietnamese."""
    made: list[tuple[str, str]] = []
    with suppress(UnicodeDecodeError):
        made.append((unicodedata.normalize("NFC", data.decode("cp1258")), "cp1258"))
    lines, legacy = modern(data.decode("cp1252", errors="replace").splitlines(keepends=True))
    if legacy:
        made.append(("".join(lines), legacy))
    made = [(text, label) for text, label in made if _is_text(text) and _VIETNAMESE.search(text)]
    if not made:
        raise UnreadableText(name=name)
    text, label = max(made, key=lambda one: rightness(one[0]))
    return text, label, True


def _is_text(text: str) -> bool:
    return len(_CONTROL.findall(text)) <= len(text) * _MOST_CONTROLS
