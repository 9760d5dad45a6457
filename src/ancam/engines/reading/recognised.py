"""What the recognition program saw on a page → its lines in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from statistics import median

from ancam.engines.reading.layout import KIND_TITLES
from ancam.engines.reading.script import bared
from ancam.engines.reading.syllables import is_syllable, rightness

_COLUMNS = 12
_WORD_LEVEL = "5"
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# Gaps between words, in heights of the line: between the halves of a head, and between cells.
_GAP, _WIDE_GAP = 1.0, 2.0
# Where the middle of a half lies, as a share of the width that the page's words take.
_LEFT_UNTIL, _RIGHT_FROM = 0.42, 0.56
_HEAD_ENDS = re.compile(r"\W*kinh gui\b|\W*phu luc\b")
_TITLES = frozenset(map(bared, KIND_TITLES))
_MOTTO = re.compile(r"cong h.a xa hoi|doc lap\W+tu do")
_FOOT_BEGINS = re.compile(r"\W*noi nhan\b")
_FAINT = 35
_SURE = 90
# Right numbers mostly come with 95 and more; a numeral that lost a stroke came with 85.
_SURE_NUMBER = 90
# Not the symbols of documents, which are no days; what numerals are taken for counts as one.
_NUMERAL = re.compile(r"(?!.*[^\W\d_IVXLUHJTilh])(?=.*\d|[IVX]+$)")
_MARKS = ".,;:()“”\"'"
_FEWEST_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    line: tuple[str, ...]


# Words of one line, or of a piece of one, from left to right.
_Line = tuple[_Word, ...]


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page as recognised. lines: in reading order, cells of one line parted by a tab. aside: specks and stamps.

    right: how many of its marked words are Vietnamese, less those that are not. words: how many words it has.
    sure: the program's own mean confidence in them, 0-100. unsure: the numbers that it has little confidence in.
    """

    lines: tuple[str, ...]
    aside: tuple[str, ...]
    right: int
    words: int
    sure: float
    unsure: frozenset[str]

    @property
    def is_upright(self) -> bool:
        """Whether the words are words: upside down, or in another language, most are not."""
        return self.words >= _FEWEST_WORDS and self.right > 0.3 * self.words

    @property
    def is_clear(self) -> bool:
        """Whether nothing says that the words may be wrong."""
        return self.words == 0 or (self.sure >= _SURE and self.right > 0.5 * self.words)


def read_tsv(printed: str) -> RecognisedPage:
    """Return the page from the program's table of words."""
    words = list(_words(printed))
    lines: list[_Line] = []
    faint: list[_Line] = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = tuple(group)
        (faint if _is_faint(line) else lines).append(line)
    text = " ".join(word.text for line in lines for word in line)
    found = _LETTERS.findall(text)
    kept = [word.sure for line in lines for word in line]
    return RecognisedPage(
        lines=tuple(_in_order(lines)),
        aside=tuple(map(_said, faint)),
        right=rightness(text),
        words=len(found),
        sure=sum(kept) / len(kept) if kept else 0.0,
        unsure=frozenset(filter(None, (_unsure_number(word) for line in lines for word in line))),
    )


def share_of_syllables(text: str) -> tuple[int, float]:
    """Return how many words a text has, and the share of them that are spelt as Vietnamese syllables are."""
    words = _LETTERS.findall(text)
    return len(words), sum(map(is_syllable, words)) / max(1, len(words))


def _words(printed: str) -> Iterator[_Word]:
    for row in printed.splitlines():
        cells = row.split("\t")
        if len(cells) == _COLUMNS and cells[0] == _WORD_LEVEL and cells[11].strip():
            left, top, wide, high = map(int, cells[6:10])
            yield _Word(
                cells[11].strip(), left, top, left + wide, top + high, float(cells[10]), (cells[2], cells[3], cells[4])
            )


def _unsure_number(word: _Word) -> str | None:
    """Return a number or a numeral that the program has little confidence in, without the marks around it."""
    bare = word.text.strip(_MARKS)
    return bare if word.sure < _SURE_NUMBER and _NUMERAL.match(bare) else None


def _is_faint(line: _Line) -> bool:
    """Return whether a line is specks of the paper or a stamp over nothing; a date or a word is none."""
    text = _said(line)
    if any(c.isdigit() for c in text) or any(map(is_syllable, _LETTERS.findall(text))):
        return False
    return not any(c.isalnum() for c in text) or sum(word.sure for word in line) / len(line) < _FAINT


def _in_order(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the lines; of a head and a foot in two halves first the left one, then the right one."""
    if not lines:
        return
    edges = min(line[0].left for line in lines), max(line[-1].right for line in lines)
    head = _zone(lines, edges)
    if not any(_MOTTO.search(bared(_said(line))) for line in head):
        head = []
    yield from _halves(head, edges)
    rest = _without(lines, head)
    begins = next((n for n, line in enumerate(rest) if _begins_foot(line)), len(rest))
    yield from map(_with_tabs, rest[:begins])
    foot = _zone(rest[begins:], edges)
    yield from _halves(foot, edges)
    yield from map(_with_tabs, _without(rest[begins:], foot))


def _without(lines: Sequence[_Line], taken: Sequence[_Line]) -> list[_Line]:
    keys = {line[0].line for line in taken}
    return [line for line in lines if line[0].line not in keys]


def _zone(lines: Sequence[_Line], edges: tuple[int, int]) -> list[_Line]:
    """Return the lines from the highest down to the first that keeps to neither half."""
    by_height = sorted(lines, key=_top)
    return list(takewhile(lambda line: all(_side(piece, edges) for piece in _parted(line, _GAP)), by_height))


def _halves(lines: Sequence[_Line], edges: tuple[int, int]) -> Iterator[str]:
    by_height = sorted(lines, key=_top)
    for side in ("left", "right"):
        # A number or a day left blank parts a line too; its pieces are of one half.
        halves = [[piece for piece in _parted(line, _GAP) if _side(piece, edges) == side] for line in by_height]
        said = [" ".join(map(_said, half)) for half in halves if half]
        yield from said
        if said:
            yield ""


def _top(line: _Line) -> int:
    return min(word.top for word in line)


def _side(piece: _Line, edges: tuple[int, int]) -> str | None:
    """Return the half that a piece of a line keeps to; None for the middle, and for what begins another part."""
    said = bared(_said(piece)).strip(" .:")
    if said in _TITLES or _HEAD_ENDS.match(said):
        return None
    middle = ((piece[0].left + piece[-1].right) / 2 - edges[0]) / max(1, edges[1] - edges[0])
    if middle <= _LEFT_UNTIL:
        return "left"
    return "right" if middle >= _RIGHT_FROM else None


def _begins_foot(line: _Line) -> bool:
    return any(_FOOT_BEGINS.match(bared(_said(piece))) for piece in _parted(line, _GAP))


def _parted(line: _Line, gap: float) -> list[_Line]:
    """Return the pieces of a line that wide gaps part; the motto of the state is a piece of its own."""
    high = max(1.0, median(word.bottom - word.top for word in line))
    pieces: list[list[_Word]] = [[line[0]]]
    for number, (before, word) in enumerate(pairwise(line), start=1):
        if word.left - before.right > gap * high or _MOTTO.match(bared(_said(line[number:]))):
            pieces.append([])
        pieces[-1].append(word)
    return [tuple(piece) for piece in pieces]


def _with_tabs(line: _Line) -> str:
    return "\t".join(map(_said, _parted(line, _WIDE_GAP)))


def _said(words: _Line) -> str:
    return " ".join(word.text for word in words)
