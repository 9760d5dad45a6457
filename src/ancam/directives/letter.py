"""The letter's text cut at the edges of obligations and doubts, so that a page can mark the words of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple["Marked", int, int]
"""Whose words, from where, to where (excluded)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that belong to something: `key` is the obligation's id, None for a doubt about the letter itself.

    doubt: the name of the obligation's doubt that rests on the words, empty when they are the obligation's own.
    """

    key: int | None
    spans: Sequence[Sequence[int]]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the text under the same marks. `keys` are obligations, `begins` those whose first words these are.

    doubts: the names of the obligations' doubts that rest on these words; `doubts_begin` those whose first they are.
    doubtful: the words are doubted of the letter itself.
    """

    text: str
    keys: tuple[int, ...]
    begins: tuple[int, ...]
    doubtful: bool
    doubts: tuple[str, ...] = ()
    doubts_begin: tuple[str, ...] = ()

    @property
    def first(self) -> int | None:
        """Return the obligation to which the words lead, None when they belong to none."""
        return self.keys[0] if self.keys else None


def segments(text: str, marked: Iterable[Marked]) -> list[Segment]:
    """Return the whole text in order, cut wherever a mark begins or ends; spans may overlap.

    A span outside the text is cut to it. Joined, the segments are the text.
    """
    spans = sorted(_within(text, marked), key=lambda span: span[1])
    edges = sorted({0, len(text), *(edge for _, start, end in spans for edge in (start, end))})
    first_word: dict[tuple[int | None, str], int] = {}
    for one, start, _ in spans:
        first_word.setdefault((one.key, one.doubt), start)
    found: list[Segment] = []
    opened: list[Span] = []
    waiting = spans[::-1]
    for start, end in pairwise(edges):
        while waiting and waiting[-1][1] <= start:
            opened.append(waiting.pop())
        opened = [span for span in opened if span[2] > start]
        marks = dict.fromkeys((one.key, one.doubt) for one, _, _ in opened)
        begun = [mark for mark in marks if first_word[mark] == start]
        found.append(
            Segment(
                text[start:end],
                tuple(key for key, doubt in marks if key is not None and not doubt),
                tuple(key for key, doubt in begun if key is not None and not doubt),
                any(key is None for key, _ in marks),
                tuple(doubt for _, doubt in marks if doubt),
                tuple(doubt for _, doubt in begun if doubt),
            )
        )
    return found


def _within(text: str, marked: Iterable[Marked]) -> Iterator[Span]:
    """Yield every span with whose it is, cut to the text; an empty one is left out."""
    for one in marked:
        for span in one.spans:
            start, end = (max(0, min(edge, len(text))) for edge in span)
            if start < end:
                yield one, start, end
