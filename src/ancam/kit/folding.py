"""Vietnamese folded for matching and keyed for sorting; what a person sees is never changed by this."""

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(_ALPHABET)}
# Dictionary order of tones: level, grave, hook, tilde, acute, dot below.
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")


def squeeze(text: str) -> str:
    """Return the text in NFC with every run of white space as one space and none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Return the text without diacritics, in lower case: `Đắk Lắk` gives `dak lak`.

    White space is squeezed. Punctuation stays. A search for either spelling meets the other.
    """
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return squeeze("".join(c for c in decomposed if not unicodedata.combining(c))).lower()


def sort_key(text: str) -> str:
    """Return a string whose plain order is the Vietnamese dictionary order.

    Letters before tones (`ba < bà < bá < băng`), `đ` after `d`, numbers by value (`Phường 2 < Phường 10`).
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in squeeze(_DIGITS.sub(lambda number: number.group().zfill(8), text)).lower().split(" "):
        for letter, tone in _letters_of(word):
            letters.append(_LETTER_RANK.get(letter, "~" if letter > "z" else letter))
            tones.append(tone)
        letters.append(" ")
        tones.append(" ")
    return "".join(letters).rstrip() + "|" + "".join(tones).rstrip()


def _letters_of(word: str) -> list[tuple[str, str]]:
    """Split a word into (letter with its shape, rank of its tone)."""
    pairs: list[tuple[str, str]] = []
    for character in unicodedata.normalize("NFC", word):
        tone = "0"
        shape = ""
        for mark in unicodedata.normalize("NFD", character):
            if mark in _TONE_RANK:
                tone = _TONE_RANK[mark]
            else:
                shape += mark
        pairs.append((unicodedata.normalize("NFC", shape), tone))
    return pairs
