"""Bodies named again in short: `các Đội nêu trên`, `phòng này`, `Đội` → the bodies that were meant."""

import re
from collections.abc import Sequence

from ancam.engines.reading.agencies import plain
from ancam.engines.reading.model import Actor, Span
from ancam.engines.reading.script import Script
from ancam.engines.reading.vocabulary import NAMED_AGAIN

_MANY = "các|những|hai|ba|bốn|năm|toàn bộ|tất cả các"
_POINTER = "này|trên(?! địa)|nêu trên|nói trên|kể trên|đó|ấy|vừa nêu|có tên trên"
_PLACE = r"(?:nêu|nói|quy định|có tên) tại"
_POINT = r"(?:điểm|khoản|mục|điều|phần) ?[\w.()]*[\w)]"
_COUNT, _COUNTED = "hai|ba|bốn", "bên|đơn vị|doanh nghiệp|cơ quan|phòng|đội"
_NAMED_AGAIN = re.compile(
    rf"(?:cũng\s+)?(?P<body>(?:(?:cả\s+)?(?:{_MANY})\s+)?"
    rf"(?:{NAMED_AGAIN})(?:(?:,|\s+và|\s+hoặc)\s+(?:{NAMED_AGAIN})){{0,9}}"
    r"(?:\s+(?:thứ cấp|trực thuộc|chủ trì|được giao))?"
    rf"\s+(?:{_POINTER}|{_PLACE} {_POINT}(?:(?:,|\s+và)\s+{_POINT}){{0,5}})|(?:cả\s+)?(?:{_COUNT})\s+(?:{_COUNTED}))"
    r"(?!\w)\s*(?![,;:]|\s*tại)"
)
_POINTS_BACK = re.compile(rf"^(?:(?:cả )?(?P<many>{_MANY})\s+)?(?P<nouns>.+?)\s+(?:{_POINTER}|{_PLACE} .+)$")
_SO_MANY = re.compile(rf"^(?:cả )?(?P<many>{_COUNT})\s+(?P<nouns>{_COUNTED})$")
_BARE = frozenset(("doanh nghiệp", "đơn vị", "cơ quan", "các đơn vị", "các cơ quan", "các doanh nghiệp", "nhà mạng"))
_ANY_BODY = frozenset(
    ("đơn vị", "cơ quan", "địa phương", "tổ chức", "ngành", "bên", "cơ sở", "bộ phận", "doanh nghiệp")
)
_NAMELESS = frozenset(plain(noun) for noun in _ANY_BODY)
_TOLD_WHERE = re.compile(rf"{_PLACE} {_POINT}")
_ONE_POINT = re.compile(_POINT)
# A word that points back is understood when what it means was named not long ago.
_FARTHEST = 300
_TO_COME = re.compile(r"(?:như sau|sau đây|dưới đây)$")
_SHORT = re.compile(rf"(?:{NAMED_AGAIN})", re.IGNORECASE)
# `Sở` and `UBND` alone mean the letter's own house, not a body named before.
_OWN_HOUSE = frozenset(("sở", "công ty", "chi cục", "cục", "xã", "phường", "huyện", "ban"))


def named_again(script: Script, span: Span) -> re.Match[str] | None:
    """Return the match of a word that points to bodies named before, at the start of a span; `body` is that word."""
    return _NAMED_AGAIN.match(script.low, *span)


def is_bare(one: Actor) -> bool:
    """Return whether a body is no more than a small word such as `doanh nghiệp`: those whom the point speaks to."""
    return one.text in _BARE


def points_back(one: Actor) -> bool:
    """Return whether a body is only named by a word that points to one named before."""
    words = one.text.lower()
    return bool(_SO_MANY.match(words) or _POINTS_BACK.match(words)) or (
        bool(_SHORT.fullmatch(words)) and words not in _OWN_HOUSE | _ANY_BODY
    )


def places_named(one: Actor) -> tuple[str, ...]:
    """Return the labels of the points at which a pointing word says its bodies are named: `nêu tại mục 1 và mục 2`."""
    words = one.text.lower()
    if not _TOLD_WHERE.search(words):
        return ()
    return tuple(found.group().split()[-1].strip("()") for found in _ONE_POINT.finditer(words))


def meant(one: Actor, before: Sequence[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    """Return the bodies a pointing word means, by those named before it, the nearest last; itself when none fits."""
    words = one.text.lower()
    found = _SO_MANY.match(words) or _POINTS_BACK.match(words)
    nouns = re.split(r",\s*|\s+(?:và|hoặc)\s+", found["nouns"] if found else words)
    many = bool(found and found["many"])
    nearest: tuple[Actor, ...] = ()
    for one_group in reversed(before[-_FARTHEST:]):
        group = tuple(other for other in one_group if _is_named(other))
        nearest = nearest or group
        if fitting := tuple(other for other in group if _is_called(other, nouns)):
            return fitting if many else fitting[-1:]
    placed = found is not None and _TOLD_WHERE.search(words)
    if nearest and not placed and any(noun in _ANY_BODY for noun in nouns):
        return nearest if many else nearest[-1:]
    return (one,)


def _is_named(other: Actor) -> bool:
    return not (points_back(other) or _TO_COME.search(other.text) or plain(other.text) in _NAMELESS)


def _is_called(other: Actor, nouns: Sequence[str]) -> bool:
    """Return whether a body's name begins with one of the nouns."""
    name = plain(other.text)
    return any(name.startswith(plain(noun)) for noun in nouns)
