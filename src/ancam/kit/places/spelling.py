"""How a name of a place is compared: with its diacritics when they were written, without them otherwise."""

import re
import unicodedata
from functools import lru_cache

from ancam.kit.folding import fold, squeeze

_SEPARATORS = re.compile(r"[.\-–—/()\"“”]+")
_APOSTROPHES = re.compile(r"['’ʼ`]")
_ABBREVIATED_NUMBER = re.compile(r"^(p|q|x|tt|f)(\d+)$")
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def words_of(text: str) -> list[str]:
    """Return the words of a piece of text in small letters: `Q.1` gives `q`, `1`; `P05` gives `p`, `5`."""
    plain = _APOSTROPHES.sub("", _SEPARATORS.sub(" ", squeeze(text).lower()))
    words: list[str] = []
    for word in plain.split():
        glued = _ABBREVIATED_NUMBER.match(word)
        words += glued.groups() if glued else [word]
    return [word.lstrip("0") or "0" if word.isdecimal() and word.isascii() else word for word in words]


def blind(words: list[str]) -> str:
    """Return the words joined, without diacritics."""
    return " ".join(map(_folded, words))


def blind_key(text: str) -> str:
    """Return the text as names are compared when diacritics do not count."""
    return blind(words_of(text))


def exact(words: list[str]) -> str:
    """Return the words joined, each with its tone at its end, so that `thủy` and `thuỷ` are one spelling."""
    return " ".join(_tone_last(word) for word in words)


def has_diacritics(words: list[str]) -> bool:
    """Tell whether the words were written with any diacritic."""
    return exact(words) != blind(words)


# Names are made of a few thousand syllables; words typed by people pass through the same small memory.
@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=8192)
def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in letters if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in _TONES)) + tones
