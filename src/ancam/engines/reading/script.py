"""The normalised text beside two copies of the same length, so that one pattern finds the same offsets in all."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from ancam.engines.reading.model import Span

# `hoà` and `uỷ` are older spellings of `hòa` and `ủy`; both are two letters, so offsets stay.
_OLD_TONES = {
    old: new
    for bare, toned in (("oa", "òóỏõọ"), ("oe", "òóỏõọ"), ("uy", "ùúủũụ"))
    for old, new in zip(
        [bare[0] + t for t in {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}[bare[1]]],
        [t + bare[1] for t in toned],
        strict=True,
    )
}
# The colon of `QCVN 11:2026/BCA` or `16:00` ends nothing; in `low` this letter stands for it.
RATIO = "\u2236"
_BETWEEN_DIGITS = re.compile(r"(?<=\d):(?=\d)")
_OLD_TONE = re.compile("(?<!q)(?:" + "|".join(_OLD_TONES) + r")(?![^\W\d_])")


def lowered(text: str) -> str:
    """Return NFC text in lower case with tones placed the current way, letter for letter."""
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _OLD_TONE.sub(lambda found: _OLD_TONES[found.group()], low)


def bared(text: str) -> str:
    """Return text in lower case without diacritics, letter for letter."""
    return "".join(map(_bare_letter, text))


def _bare_letter(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


@dataclass(frozen=True, slots=True)
class Script:
    """A text made of paragraphs.

    text: the paragraphs joined by line feeds. low: lower case, one tone placement. bare: no diacritics.
    All three have the same length, so an offset found in one holds in the others.
    own_names: the bodies the letter is addressed to, folded; they are known like those of the reference.
    """

    text: str
    low: str = field(repr=False)
    bare: str = field(repr=False)
    paragraphs: tuple[Span, ...] = field(repr=False)
    own_names: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, paragraphs: list[str]) -> "Script":
        """Return the script of paragraphs that hold no line feed."""
        text = "\n".join(paragraphs)
        spans: list[Span] = []
        start = 0
        for paragraph in paragraphs:
            spans.append((start, start + len(paragraph)))
            start += len(paragraph) + 1
        low = _BETWEEN_DIGITS.sub(RATIO, lowered(text))
        return cls(text, low, bared(text), tuple(spans))

    def words(self, span: Span) -> str:
        """Return the wording of a span with line feeds as spaces."""
        return self.text[span[0] : span[1]].replace("\n", " ").strip()

    def trimmed(self, span: Span, junk: str = " \n\t") -> Span:
        """Return the span without the given characters at its ends."""
        start, end = span
        while start < end and self.text[start] in junk:
            start += 1
        while end > start and self.text[end - 1] in junk:
            end -= 1
        return start, end

    def matches(self, pattern: re.Pattern[str], span: Span) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern in the lower-case copy of a span."""
        return pattern.finditer(self.low, *span)
