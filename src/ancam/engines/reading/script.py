"""The normalised text beside two copies of the same length, so that one pattern finds the same offsets in all."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ancam.engines.reading.model import Span
from ancam.engines.reading.tables import Table

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


def _offsets(spans: Sequence[Span], numbers: Span) -> Span:
    """Return the offsets of a run of paragraphs; of none, the empty span before the next."""
    first, last = numbers
    if first < last:
        return spans[first][0], spans[last - 1][1]
    at = spans[first][0] if first < len(spans) else spans[-1][1]
    return at, at


@dataclass(frozen=True, slots=True)
class Script:
    """A text made of paragraphs.

    text: the paragraphs joined by line feeds. low: lower case, one tone placement. bare: no diacritics.
    All three have the same length, so an offset found in one holds in the others.
    own_names: the bodies the letter is addressed to, folded; they are known like those of the reference.
    tables: their cells' spans are offsets; their words stand in the text, but in none of the `paragraphs`.
    """

    text: str
    low: str = field(repr=False)
    bare: str = field(repr=False)
    paragraphs: tuple[Span, ...] = field(repr=False)
    own_names: tuple[str, ...] = field(default=(), repr=False)
    tables: tuple[Table, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, paragraphs: list[str], tables: Sequence[Table] = ()) -> "Script":
        """Return the script of paragraphs that hold no line feed; the spans of the tables' cells count paragraphs."""
        text = "\n".join(paragraphs)
        spans: list[Span] = []
        start = 0
        for paragraph in paragraphs:
            spans.append((start, start + len(paragraph)))
            start += len(paragraph) + 1
        low = _BETWEEN_DIGITS.sub(RATIO, lowered(text))
        inside = {number for table in tables for number in range(*table.span)}
        prose = tuple(span for number, span in enumerate(spans) if number not in inside)
        placed = tuple(table.moved(lambda of: _offsets(spans, of)) for table in tables)
        return cls(text, low, bared(text), prose, tables=placed)

    def lines(self, span: Span) -> list[Span]:
        """Return the lines of a span, such as those of a cell, without empty ones."""
        found: list[Span] = []
        at = span[0]
        for line in self.text[slice(*span)].split("\n"):
            found.append((at, at + len(line)))
            at += len(line) + 1
        return [line for line in found if line[1] > line[0]]

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
