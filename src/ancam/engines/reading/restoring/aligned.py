"""Offsets of the restored text ↔ offsets of the text as it stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ancam.engines.reading.model import Span
from ancam.engines.reading.restoring.model import Line, Piece, meaning
from ancam.engines.reading.restoring.numbers import UNREAD
from ancam.engines.reading.restoring.words import parted
from ancam.engines.reading.tidy import tidy


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts of the same pieces. meant: what the reader reads. shown: what stands in the document.

    pieces with, in the same order, their spans in either text.
    """

    meant: str = field(repr=False)
    shown: str = field(repr=False)
    pieces: tuple[Piece, ...]
    in_meant: tuple[Span, ...]
    in_shown: tuple[Span, ...]

    @classmethod
    def of(cls, meant: str, lines: Sequence[Line]) -> "Aligned":
        """Return the alignment of a text that holds the lines' meanings in their order, whatever space parts them.

        Of the lines, page numbers and rules may be missing in the text.
        """
        pieces = [piece for line in _in_text(meant, lines) for piece in line]
        shown: list[str] = []
        length = at = 0
        in_meant: list[Span] = []
        in_shown: list[Span] = []
        for piece in pieces:
            start = _next_letter(meant, at)
            end = _after(meant, start, piece.meant)
            space = "" if piece.glued else meant[at:start]
            shown += (space, piece.shown)
            in_meant.append((start, end))
            in_shown.append((length + len(space), length + len(space) + len(piece.shown)))
            length = in_shown[-1][1]
            at = end
        return cls(meant, "".join(shown), tuple(pieces), tuple(in_meant), tuple(in_shown))

    def as_shown(self, span: Span) -> Span:
        """Return the span of the document's words for a span of the meant ones; a part of a word is the whole word."""
        if span[0] >= span[1]:
            start = self._start(span[0])
            return start, start
        return self._start(span[0]), self._end(span[1])

    def within(self, span: Span) -> Sequence[Piece]:
        """Return the pieces that a span of the document's words touches."""
        first = bisect_right(self.in_shown, span[0], key=lambda one: one[1])
        return self.pieces[first : bisect_left(self.in_shown, span[1], key=lambda one: one[0])]

    def _start(self, at: int) -> int:
        index = bisect_right(self.in_meant, at, key=lambda span: span[1])
        if index == len(self.pieces):
            return len(self.shown)
        start, end = self.in_meant[index]
        if at <= start:
            return self.in_shown[index][0]
        before, after = _margins(self.pieces[index])
        if at - start <= before:
            return self.in_shown[index][0] + at - start
        return (
            max(self.in_shown[index][0] + before, self.in_shown[index][1] - (end - at))
            if end - at <= after
            else (self.in_shown[index][0] + before)
        )

    def _end(self, at: int) -> int:
        index = max(0, bisect_left(self.in_meant, at, key=lambda span: span[0]) - 1)
        start, end = self.in_meant[index]
        if at >= end:
            return self.in_shown[index][1]
        before, after = _margins(self.pieces[index])
        if at - start <= before:
            return self.in_shown[index][0] + at - start
        return self.in_shown[index][1] - min(after, end - at)


def _in_text(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines whose meaning stands in the text; only page numbers and rules may not."""
    at = 0
    filled = [line for line in lines if line]
    for number, line in enumerate(filled):
        if not tidy([meaning(line)]) and not _stands(text, at, meaning(line), filled[number + 1 : number + 2]):
            continue
        yield line
        at = _after(text, at, meaning(line))


def _stands(text: str, at: int, words: str, following: Sequence[Line]) -> bool:
    """Return whether words stand at an offset and are not those with which the next line begins."""
    return _is_at(text, at, words) and not any(_is_at(text, at, meaning(line)) for line in following)


def _is_at(text: str, at: int, words: str) -> bool:
    return all(
        letter in (there, UNREAD) for letter, there in zip(_letters(text, at), "".join(words.split()), strict=False)
    )


def _letters(text: str, at: int) -> Iterator[str]:
    return (letter for letter in text[at:] if not letter.isspace())


def _after(text: str, at: int, words: str) -> int:
    """Return the offset after as many letters as the words have; a hyphen at a line's end may be gone."""
    end = at
    for letter in "".join(words.split()):
        here = _next_letter(text, end)
        if letter in "-\u00ad" and text[here : here + 1] != letter:
            continue
        end = here + 1
    return end


def _next_letter(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _margins(piece: Piece) -> tuple[int, int]:
    """Return how many marks before and after the word are the same in both texts."""
    shown, meant = parted(piece.shown), parted(piece.meant)
    if shown == meant:
        return len(piece.meant), 0
    return (len(shown[0]) if shown[0] == meant[0] else 0), (len(shown[2]) if shown[2] == meant[2] else 0)
