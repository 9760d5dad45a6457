"""Words as the restoring counts and compares them."""

import re
import unicodedata

NUMBER = "#"
"""Stands for a number, a date or a document's number among the words that are counted."""
_EDGES = re.compile(r"(?P<before>[\s(\[\"“”'‘’*–—-]*)(?P<core>.*?)(?P<after>[\s.,;:)\"“”'’…/?–—-]*)", re.DOTALL)
# Two letters' worth of one sign, and marks that recognition puts for others.
_ALIKE = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "‘": "'", "’": "'", "`": "'", "´": "'"})


def parted(token: str) -> tuple[str, str, str]:
    """Return what stands before a word, the word, and what stands after it; together they are the token."""
    found = _EDGES.fullmatch(token)
    return (found["before"], found["core"], found["after"]) if found else ("", token, "")


def seen(word: str) -> str:
    """Return a word as the channel compares it: in small letters when it is all capitals, else all but its first.

    A capital inside a word (`cAp`) tells of a letter with two marks, so it stays.
    """
    word = unicodedata.normalize("NFC", word).translate(_ALIKE)
    letters = [c for c in word if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.lower()
    return word[:1].lower() + word[1:]
