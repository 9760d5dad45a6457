"""Text of the fonts from before Unicode, TCVN3 (ABC) and VNI, back to what a reader saw.

Such a text holds Latin-1 letters; what they stood for was in the font. The tables are of TCVN 5712:1993, in the form
of its third set, and of VNI for Windows, where a mark follows its letter.
"""

import re
from collections.abc import Callable, Iterable
from typing import Literal

from ancam.engines.reading.syllables import WORD, rightness

Legacy = Literal["tcvn3", "vni"]

_FROM_TCVN3 = str.maketrans(
    dict(
        zip(
            "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae"
            "\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb"
            "\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde"
            "\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee"
            "\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe",
            "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
            strict=True,
        )
    )
)

# VNI: what stands alone, and what a mark makes of the letter before it.
_VNI_ALONE = dict(zip("ñÑöÖôÔìÌíÍæÆóÓòÒîÎ", "đĐưƯơƠìÌíÍỉỈĩĨịỊỵỴ", strict=True))
_VNI_TONES = "øùûõï"
_VNI_MARKED = {
    "a": "àáảãạ", "e": "èéẻẽẹ", "o": "òóỏõọ", "u": "ùúủũụ", "y": "ỳýỷỹ", "ô": "ờớởỡợ", "ö": "ừứửữự",
}  # fmt: skip
_VNI_ROOFS = dict(zip("âàáåãä", zip("âầấẩẫậ", "êềếểễệ", "ôồốổỗộ", strict=True), strict=True))
_VNI_BREVES = dict(zip("êèéúüë", "ăằắẳẵặ", strict=True))


def _vni_pairs() -> dict[str, str]:
    pairs = {
        letter + tone: made for letter, row in _VNI_MARKED.items() for tone, made in zip(_VNI_TONES, row, strict=False)
    }
    for mark, row in _VNI_ROOFS.items():
        pairs |= {letter + mark: made for letter, made in zip("aeo", row, strict=True)}
    pairs |= {f"a{mark}": made for mark, made in _VNI_BREVES.items()}
    upper = {pair.upper(): made.upper() for pair, made in pairs.items()}
    # Typed with the shift key held for the letter alone.
    mixed = {pair[0].upper() + pair[1]: made.upper() for pair, made in pairs.items()}
    return {**mixed, **upper, **pairs}


_FROM_VNI = {**_VNI_ALONE, **_vni_pairs()}
_VNI_SIGN = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))

_TCVN3_FONT = re.compile(r"\.vn\w[\w\s-]*", re.IGNORECASE)
_VNI_FONT = re.compile(r"vni[-\s]\w[\w\s-]*", re.IGNORECASE)


def from_tcvn3(text: str) -> str:
    """Return what a text of a TCVN3 font showed. Capitals that only the font draws are left to `shown_in`."""
    return text.translate(_FROM_TCVN3)


def from_vni(text: str) -> str:
    """Return what a text of a VNI font showed."""
    return _VNI_SIGN.sub(lambda found: _FROM_VNI[found[0]], text)


def legacy_of_font(font: str) -> Legacy | None:
    """Return the encoding of a font from before Unicode by its name (`.VnTime`, `VNI-Times`); None for one of today."""
    if _TCVN3_FONT.fullmatch(font):
        return "tcvn3"
    return "vni" if _VNI_FONT.fullmatch(font) else None


def shown_in(font: str, text: str) -> str:
    """Return what a run of a document showed in its font; unchanged in a font of today.

    The TCVN3 fonts whose names end in H draw capitals for small letters.
    """
    encoding = legacy_of_font(font)
    shown = _MADE[encoding](text) if encoding else text
    return shown.upper() if encoding == "tcvn3" and font.lower().endswith("h") else shown


def modern(lines: Iterable[str]) -> tuple[list[str], Legacy | None]:
    """Return the lines as they were meant, and the encoding that the old ones among them were in; None without any.

    A line is judged by itself, because old parts are pasted between new ones; one that could be either goes with the
    line before it. Words that recognition spoilt look old here and there: where most stay wrong, none is.
    """
    kept = list(lines)
    made: list[str] = []
    found: Legacy | None = None
    here: Legacy | None = None
    for line in kept:
        judged = _encoding_of(line)
        here = here if judged == "either" else judged
        found = found or here
        shown = _MADE[here](line) if here else line
        made.append(_raised(shown) if here == "tcvn3" else shown)
    return (made, found) if found and _is_right(kept, made) else (kept, None)


def _raised(line: str) -> str:
    """Return a TCVN3 line with the capitals that it has no codes for, by the capitals around them: `TØNH` is `TỈNH`."""
    if _is_shouted(line, _FEWEST_CAPITALS_IN_LINE):
        return line.upper()
    return WORD.sub(lambda word: word[0].upper() if _is_shouted(word[0], _FEWEST_CAPITALS_IN_WORD) else word[0], line)


def _is_shouted(text: str, fewest: int) -> bool:
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    return len(plain) >= fewest and all(map(str.isupper, plain))


_FEWEST_CAPITALS_IN_LINE, _FEWEST_CAPITALS_IN_WORD = 4, 2


def _is_right(lines: Iterable[str], made: Iterable[str]) -> bool:
    """Return whether the marked words of the lines that may be old are mostly Vietnamese as they were made."""
    text = "\n".join(new for line, new in zip(lines, made, strict=True) if not _BEYOND_LATIN_1.search(line))
    return rightness(text) > _RIGHT * sum(not word.isascii() for word in WORD.findall(text))


_RIGHT = 0.4
_MADE: dict[Legacy, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni}
_BEYOND_LATIN_1 = re.compile(r"[^\W\d_\x00-\xff]")
_MARKED = re.compile(r"[\xa1-\xff]")


def _encoding_of(line: str) -> Legacy | Literal["either"] | None:
    """Return the old encoding under which the marked words of a line are Vietnamese; None when they are so already."""
    if _BEYOND_LATIN_1.search(line):
        return None
    if not _MARKED.search(line):
        return "either"
    as_it_stands = rightness(line)
    best = max(_MADE, key=lambda encoding: rightness(_MADE[encoding](line)))
    gained = rightness(_MADE[best](line)) - as_it_stands
    if gained > 0 and as_it_stands + gained > 0:
        return best
    return "either" if gained == 0 else None
