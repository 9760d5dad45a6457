"""Vietnamese folded for matching and keyed for sorting; what a person sees is never changed by this."""

import re
import string
import unicodedata

_SPACES = re.compile(r"\s+")
_NUMBER_OR_LETTER = re.compile(r"[0-9]+|[^0-9][\u0300-\u036f]*")
# Files that passed through Latin-1 carry the Icelandic eth where Đ was meant; it looks the same on paper.
_ETH = str.maketrans({"Ð": "Đ", "ð": "đ"})
_NO_STROKE = str.maketrans({"Đ": "D", "đ": "d"})

# A key is digits only, so that every collation of every database puts it in the same order. Each character is one
# code of two digits: space, punctuation, numbers, letters, the rest. No code begins with 0, which ends the codes.
_END = "0"
_CODES = {character: str(code) for code, character in enumerate(" " + string.punctuation, start=10)}
_OTHER_SIGN = "42"
_NUMBER_OF_ONE_DIGIT = 43
_NUMBER_OF_MANY_DIGITS = "52"
_CODES |= {letter: str(code) for code, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=53)}
_OTHER_LETTER = "99"
# Dictionary order of tones: level, grave, hook, tilde, acute, dot below.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def squeeze(text: str) -> str:
    """Return the text in NFC with every run of white space as one space and none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Return the text without diacritics, in lower case: `Đắk Lắk` gives `dak lak`.

    White space is squeezed. Punctuation stays. A search for either spelling meets the other.
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_ETH).translate(_NO_STROKE))
    return squeeze("".join(c for c in decomposed if not unicodedata.combining(c)).lower())


def sort_key(text: str) -> str:
    """Return a string whose plain order is the Vietnamese dictionary order.

    Word by word; digits before letters, letters before tones (`ba < bà < bá < băng`), `đ` after `d`, numbers by
    value (`Phường 2 < Phường 10`). Three times as long as the text at most, and one.
    """
    lowered = unicodedata.normalize("NFC", squeeze(text).translate(_ETH).lower())
    codes: list[str] = []
    tones: list[str] = []
    for token in _NUMBER_OR_LETTER.findall(lowered):
        if token.isdecimal() and token.isascii():
            codes.append(_number_code(token))
        else:
            code, tone = _letter_code(token)
            codes.append(code)
            tones.append(tone)
    return "".join(codes) + _END + "".join(tones).rstrip("0")


def _number_code(digits: str) -> str:
    """Return a code by which more digits sort after fewer, and as many by their value."""
    value = digits.lstrip("0") or "0"
    if len(value) < 10:
        return f"{_NUMBER_OF_ONE_DIGIT + len(value) - 1}{value}"
    return f"{_NUMBER_OF_MANY_DIGITS}{min(len(value), 99)}{value}"


def _letter_code(letter: str) -> tuple[str, str]:
    """Return (code of the letter with its shape, rank of its tone); a letter that is not ours stands by its base."""
    marks = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
    shape = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    code = _CODES.get(shape) or _CODES.get(marks[0])
    return code or (_OTHER_LETTER if letter[0].isalnum() else _OTHER_SIGN), tone
