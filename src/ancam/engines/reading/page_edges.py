"""What pages and stamps add to a letter is set apart from its words: repeated headers and footers, marks of signing."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from ancam.kit.folding import fold

_Pages = Sequence[Sequence[str]]

# Stands for a table among the lines of a page; no letter is written with it.
TABLE = "\U000f0000"
# How many lines of a page's top and bottom may be of its margin.
_EDGE = 3
_SHARE_OF_PAGES = 3
# On two pages alone a short line may be a cell of a table.
_SHORTEST_OF_TWO = 12
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?P<named>Trang|Page)?\s*:?\s*\d{1,3}(?:\s*(?:/|trên|of)\s*(?P<all>\d{1,3}))?[-–—\s]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"[^\w\s#]+")
# A letter begins with these; only what stands above them is of its page. So many lines are looked through.
_HEAD = re.compile(r"\W*(?:cong hoa xa hoi chu nghia|doc lap\b|so\s*:)")
_LINES_OF_HEAD = 8
_ENDED = re.compile(r"[.;:!?…/][\s\"”)]*$")
_SIGNED = re.compile(
    r"\W*(?:(?:(?:Được )?ký (?:số )?bởi|Người ký|Thời gian ký|Signature (?:Not Verified|valid)|Chữ ký số)\s*(?::|$)"
    r"|Digitally signed by\b)",
    re.IGNORECASE,
)
_OF_SIGNATURE = re.compile(
    r"\W*(?:E-?mail|Cơ quan|Tổ chức|Đơn vị|Chức vụ|Ngày ký|Date|Reason|Location|Lý do|Nơi ký)\s*:", re.IGNORECASE
)
_SIGNED_AT = re.compile(r"\W*(?:Thời gian ký|Ngày ký|Date)\s*:", re.IGNORECASE)
_MOST_OF_SIGNATURE = 7
_ARRIVED = re.compile(r"\W*(?:(?:CÔNG )?VĂN (?:BẢN )?)?(?:ĐẾN|DEN)\b(?P<rest>.*)")
_OF_ARRIVAL = re.compile(
    r"\W*(?:Số(?: đến)?\s*:?[\s.…]*\d*[\s.…]*|(?:Số:?\s*\S{1,8}\s+)?Ngày(?: đến)?\s*:?[\s.…]*[\d/.\-\s…]*"
    r"|Chuyển\s*:.{0,60}|Lưu hồ sơ(?: số)?\s*:.{0,40}|Số và ký hiệu HS\s*:.{0,40}|Giờ\s*:.{0,20})\W*",
    re.IGNORECASE,
)
_MOST_OF_ARRIVAL = 6
_LONGEST = 120


def set_aside(pages: _Pages) -> tuple[list[str], list[str]]:
    """Return the lines of the letter, and those that its pages and stamps add to them."""
    kept: list[str] = []
    aside: list[str] = []
    for page, margin in zip(pages, margin_lines(pages), strict=True):
        kept += [line for n, line in enumerate(page) if n not in margin]
        aside += [line for n, line in enumerate(page) if n in margin]
    return kept, aside


def margin_lines(pages: _Pages) -> list[frozenset[int]]:
    """Return the numbers of the lines of each page that it, or a stamp, adds to the letter."""
    running = _running(pages)
    return [
        frozenset((*_margin(page, running, len(pages), is_first=number == 0), *_stamped(page)))
        for number, page in enumerate(pages)
    ]


def _running(pages: _Pages) -> frozenset[str]:
    """Return the lines, numbers apart, that stand at the edge of several pages."""
    counts: Counter[str] = Counter()
    for number, page in enumerate(pages):
        tops, feet = _edges(page)
        # The first page begins with the letter's own head.
        counts.update({_shape(page[n]) for n in ((*feet,) if number == 0 else (*tops, *feet))})
    if len(pages) == 2:
        counts.update(_above_both(*pages))
    needed = max(2, len(pages) // _SHARE_OF_PAGES)
    return frozenset(
        shape for shape, count in counts.items() if count >= needed and (count > 2 or len(shape) >= _SHORTEST_OF_TWO)
    )


def _above_both(first: Sequence[str], second: Sequence[str]) -> Iterator[str]:
    """Yield the lines, numbers apart, at the top of a second page that stand at the top of the first too.

    None when the second page begins another document. One that may go on with the sentence before it is left out,
    unless it stands above the letter's own head or is in capitals, as no sentence is.
    """
    if any(_HEAD.match(fold(line)) for line in _filled(second)[:_LINES_OF_HEAD]):
        return
    above, (tops, feet) = _above_head(first), _edges(first)
    alike = {(_shape(first[n]), first[n].isupper()): n for n in tops}
    last = next((first[n] for n in feet if not _is_page_number(first[n], 2)), "")
    for number in _edges(second)[0]:
        line = second[number]
        at = alike.get((_shape(line), line.isupper()))
        if at is not None and (at in above or line.isupper() or _ENDED.search(last)):
            yield _shape(line)


def _above_head(first: Sequence[str]) -> range:
    """Return the numbers of the lines above the head of the letter: above its capitals, number or motto."""
    for number, line in enumerate(first[: 2 * _LINES_OF_HEAD]):
        if line.isupper() or _HEAD.match(fold(line)):
            return range(number)
    return range(0)


def _filled(page: Sequence[str]) -> list[str]:
    return [line for line in page if line.strip()]


def _edges(page: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the numbers of the outermost lines above and below, no further than to a table."""
    filled = [number for number, line in enumerate(page) if line.strip()]
    tops = takewhile(lambda number: page[number] != TABLE, filled)
    feet = takewhile(lambda number: page[number] != TABLE, reversed(filled))
    return list(tops)[:_EDGE], list(feet)[:_EDGE]


def _shape(line: str) -> str:
    # Marks and accents are what recognition loses first.
    return " ".join(_MARKS.sub(" ", _DIGITS.sub("#", fold(line))).split())


def _margin(page: Sequence[str], running: frozenset[str], count: int, *, is_first: bool) -> Iterator[int]:
    """Yield the numbers of the lines from an edge inward, as long as they are of the margin."""
    tops, feet = _edges(page)
    if is_first:
        # The first page begins with the letter's own head.
        tops = [number for number in tops if number in _above_head(page)]
    for edge in (tops, feet):
        for number in edge:
            if not (_shape(page[number]) in running or _is_page_number(page[number], count)):
                break
            yield number


def _is_page_number(line: str, count: int) -> bool:
    """Return whether a line numbers its page; `01/7` alone is the rest of a date but on the first of seven pages."""
    found = _PAGE_NUMBER.fullmatch(line) if len(line) <= _LONGEST else None
    return found is not None and bool(found["named"] or not found["all"] or int(found["all"]) == count)


def _is(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= _LONGEST and bool(pattern.fullmatch(line))


def _stamped(page: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the lines that a digital signature, or the stamp of an incoming letter, printed."""
    for number, line in enumerate(page):
        if _SIGNED.match(line):
            yield from _signature(page, number)
        arrived = _ARRIVED.fullmatch(line)
        if arrived:
            yield from _arrival(page, number, arrived["rest"])


def _signature(page: Sequence[str], start: int) -> Iterable[int]:
    """Return the lines of a signature's box: up to its time when that follows, else those that name their field."""
    until = min(len(page), start + _MOST_OF_SIGNATURE)
    at = next((n for n in range(start + 1, until) if _SIGNED_AT.match(page[n])), None)
    if at is not None:
        return range(start, at + 1)
    fields = takewhile(lambda n: _OF_SIGNATURE.match(page[n]) or _SIGNED.match(page[n]), range(start + 1, until))
    return (start, *fields)


def _arrival(page: Sequence[str], start: int, rest: str) -> Iterable[int]:
    """Return the lines of an incoming stamp; none when what follows the word is no number or day."""
    if rest.strip(" :."):
        return (start,) if _is(_OF_ARRIVAL, rest) else ()
    until = min(len(page), start + _MOST_OF_ARRIVAL)
    found = tuple(takewhile(lambda n: _is(_OF_ARRIVAL, page[n]), range(start + 1, until)))
    return (start, *found) if found else ()
