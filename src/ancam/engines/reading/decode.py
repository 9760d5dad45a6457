"""Bytes of a text file → characters, and the encoding they were in."""

import codecs
import re
import unicodedata

from ancam.engines.reading.errors import UnreadableText

# Letters that only Vietnamese uses; their absence marks a wrong guess of encoding.
_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.002


def decode(data: bytes, name: str) -> tuple[str, str, bool]:
    """Return the text, its encoding as the contract names it, and whether the encoding was a guess.

    Raises `UnreadableText` for bytes that are no text.
    """
    for encoding, label, guessed in _candidates(data):
        try:
            text = unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if _is_text(text) and (not guessed or _VIETNAMESE.search(text)):
            return text, label, guessed
    raise UnreadableText(name=name)


def _candidates(data: bytes) -> list[tuple[str, str, bool]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", "utf-16", False)]
    guesses = [("utf-8-sig", "utf-8", False)]
    # Latin letters in UTF-16 have one zero byte each: on the odd places when little-endian.
    zeros = data[:4000].count(0)
    if zeros * 5 > len(data[:4000]):
        odd = data[1:4000:2].count(0)
        return [("utf-16-le" if odd * 2 > zeros else "utf-16-be", "utf-16", True)]
    return [*guesses, ("cp1258", "cp1258", True)]


def _is_text(text: str) -> bool:
    return len(_CONTROL.findall(text)) <= len(text) * _MOST_CONTROLS
