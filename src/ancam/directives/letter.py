"""The letter's text cut at the edges of obligations and doubts, so that a page can mark the words of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int | None, int, int]
"""Whose words, from where, to where (excluded)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that belong to something: `key` is the obligation's id, None for a doubt about the letter itself."""

    key: int | None
    spans: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the text under the same marks. `keys` are obligations, `begins` those whose first words these are."""

    text: str
    keys: tuple[int, ...]
    begins: tuple[int, ...]
    doubtful: bool

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
    first_word: dict[int | None, int] = {}
    for key, start, _ in spans:
        first_word.setdefault(key, start)
    found: list[Segment] = []
    opened: list[Span] = []
    waiting = spans[::-1]
    for start, end in pairwise(edges):
        while waiting and waiting[-1][1] <= start:
            opened.append(waiting.pop())
        opened = [span for span in opened if span[2] > start]
        keys = tuple(dict.fromkeys(key for key, _, _ in opened if key is not None))
        begins = tuple(key for key in keys if first_word[key] == start)
        found.append(Segment(text[start:end], keys, begins, any(key is None for key, _, _ in opened)))
    return found


def _within(text: str, marked: Iterable[Marked]) -> Iterator[Span]:
    """Yield every span with its key, cut to the text; an empty one is left out."""
    for one in marked:
        for span in one.spans:
            start, end = (max(0, min(edge, len(text))) for edge in span)
            if start < end:
                yield one.key, start, end
