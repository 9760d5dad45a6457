"""The numbered points of the body as a tree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ancam.engines.reading.model import Span
from ancam.engines.reading.script import Script

CLOSING = "kết"

_DECIMAL_RANK = 4
_UNITS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SPELT = {
    **{f"{word} là": str(number) for number, word in enumerate(_UNITS, start=1)},
    **{f"thứ {word}": str(number) for number, word in enumerate(_ORDINALS, start=1)},
}
"""Numbers written as words: `Một là`, `Thứ hai`."""
_MARKERS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("part", 0, re.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+(?P<label>[IVX]{1,5}|\d{1,2})\b\s*[.:)\-–]?\s*")),
    ("upper", 0, re.compile(r"(?P<label>[A-EGH])\s?[.)/]\s+(?=\S{2})")),
    ("roman", 1, re.compile(r"(?P<label>[IVX]{1,5})(?:\s?[.)]\s*|\s?/\s+|\s+[-–]\s+)(?=\S)")),
    ("article", 2, re.compile(r"(?:Điều|ĐIỀU)\s+(?P<label>\d{1,3})\s*[.:]?\s*")),
    ("decimal", _DECIMAL_RANK, re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,3})\s?[.)/:]?\s+(?=\D)")),
    ("number", 3, re.compile(r"(?P<label>\d{1,2})(?:\s?[.)/]\s*|\s?,\s+)(?=[^\d\s])")),
    ("number", 3, re.compile(r"(?P<label>\d{1,2})\s?[-–]\s+(?=[A-ZĐÀ-Ỹ])")),
    ("number", 3, re.compile(r"(?:Việc|Nhiệm vụ|Nội dung|Khoản)\s+(?P<label>\d{1,2})\s*[-–:.]\s*(?=\S)")),
    ("spelt", 5, re.compile(rf"(?P<label>{'|'.join(_SPELT)})(?:\s+là)?\s*[,:]\s*(?!ngày\b)(?=\S)", re.IGNORECASE)),
    ("bracketed", 7, re.compile(r"\((?P<label>\d{1,2})\)\s*(?=[^\d\s])")),
    ("letter", 8, re.compile(r"(?P<label>[a-zđ])(?:\s?[.)]\s*|\s?/\s+)(?=\S)")),
    ("letter", 8, re.compile(r"\((?P<label>[a-zđ]|i{2,3}|iv|vi{1,3}|ix)\)\s*(?=\S)")),
    ("dash", 9, re.compile(r"(?P<label>[-–—])\s*(?=[^\s\-])")),
    ("plus", 10, re.compile(r"(?P<label>\+)\s*(?=\S)")),
)
_SIGNS = {"dash": "-", "plus": "+"}
_GROUND = re.compile(r"[-–+]\s*(?:căn cứ|theo đề nghị|xét)\b")
_TERMINAL = re.compile(r"[.;:!?…][\"”’)]*$")


@dataclass(slots=True)
class Point:
    """A point with its own wording (without its children's).

    label: the numbering joined by dots. marker: the span of the number itself. pieces: its paragraphs.
    order: its place among its siblings of the same kind, from 1.
    """

    label: str
    kind: str
    rank: int
    marker: Span
    pieces: list[Span]
    parent: "Point | None" = None
    order: int = 1
    children: list["Point"] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """From the first to the last character of the point's own wording."""
        return self.pieces[0][0], self.pieces[-1][1]

    def walk(self) -> Iterator["Point"]:
        """Yield the point and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def first_marked(script: Script, paragraphs: Sequence[Span]) -> int:
    """Return the index of the first paragraph that a number or a dash opens; their count when none does."""
    for index, paragraph in enumerate(paragraphs):
        if _marker(script, paragraph):
            return index
    return len(paragraphs)


def read_points(script: Script, paragraphs: Sequence[Span]) -> list[Point]:
    """Return the top points of the body, closing paragraphs last."""
    roots: list[Point] = []
    stack: list[Point] = []
    plain: list[Span] = []
    for paragraph in paragraphs:
        found = _marker(script, paragraph)
        if not found:
            plain.append(paragraph)
            continue
        if stack:
            stack[-1].pieces.extend(plain)
        else:
            roots.extend(_closing(p) for p in plain)
        plain = []
        _place(script, paragraph, found, stack, roots)
    if stack and _is_heading(script, stack[-1]):
        stack[-1].pieces.extend(plain)
    else:
        roots.extend(_closing(p) for p in plain)
    return roots


def _marker(script: Script, paragraph: Span) -> tuple[str, int, re.Match[str]] | None:
    if _GROUND.match(script.low, *paragraph):
        return None
    for kind, rank, pattern in _MARKERS:
        if found := pattern.match(script.text, *paragraph):
            return kind, rank + (found["label"].count(".") if kind == "decimal" else 0), found
    return None


def _place(
    script: Script, paragraph: Span, found: tuple[str, int, re.Match[str]], stack: list[Point], roots: list[Point]
) -> None:
    kind, rank, match = found
    while stack and stack[-1].rank >= rank:
        stack.pop()
    parent = stack[-1] if stack else None
    siblings = parent.children if parent else roots
    order = siblings[-1].order + 1 if siblings and siblings[-1].kind == kind else 1
    own = f"{_SIGNS[kind]}{order}" if kind in _SIGNS else _SPELT.get(match["label"].lower(), match["label"])
    prefix = _prefix(parent, kind)
    marker = script.trimmed((match.start(), match.end()))
    label = f"{prefix}.{own}" if prefix else own
    point = Point(label, kind, rank, marker, [(match.end(), paragraph[1])], parent, order)
    siblings.append(point)
    stack.append(point)


def _prefix(parent: Point | None, kind: str) -> str:
    """Return the label before a point's own: a decimal carries the numbers above it in itself."""
    while parent and kind == "decimal" and parent.kind in ("number", "decimal"):
        parent = parent.parent
    return parent.label if parent else ""


def _closing(paragraph: Span) -> Point:
    return Point(CLOSING, "closing", 0, (paragraph[0], paragraph[0]), [paragraph])


def _is_heading(script: Script, point: Point) -> bool:
    words = script.words(point.span)
    return len(words) <= 120 and not _TERMINAL.search(words)
