"""The name of the body that issues a letter, in ordinary letters."""

import re
from functools import cache

from ancam.engines.reading.layout import KIND_TITLES, Layout
from ancam.engines.reading.model import Span
from ancam.engines.reading.script import Script
from ancam.kit.folding import squeeze
from ancam.reference import reference

# What stands in capitals in a head without naming a body: the motto, and how urgent the letter is.
_MOTTO = re.compile(
    r"cộng h(?:òa|oà) xã hội|đảng cộng sản việt nam|độc lập\s*[-–—]|(?:thượng )?(?:hỏa tốc|hoả tốc|khẩn)(?!\w)",
    re.IGNORECASE,
)
# The same beside a name, when the halves of the head could not be told apart.
_BESIDE = re.compile(r"\s*(?:CỘNG H\S+(?:\sX\S+\sH\S+)?(?:\sCH\S+\sNGH\S+)?|ĐẢNG CỘNG SẢN)(?:\sVI\S+(?:\sNAM)?)?")
_PLACED = re.compile(
    r"(?P<kind>(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn"
    r"|đặc khu))\s+(?P<name>[A-ZĐÀ-Ỹ][^\s,.;]*(?:\s+[A-ZĐÀ-Ỹ][^\s,.;]*){0,3})"
)
_VOICE = re.compile(
    r"(?P<office>(?:chủ tịch |giám đốc |phó chủ tịch )?)(?P<body>(?:ủy ban nhân dân|ubnd)\s+(?P<tier>tỉnh|thành phố"
    r"|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu))"
    r"[^,;.\n]{0,60}?\s(?:có ý kiến|yêu cầu|đề nghị|chỉ đạo|giao|ban hành|thông báo)"
)
# `VĂN PHÒNG` and `CHI NHÁNH TỈNH …` are named with the house they belong to.
_OFFICE = re.compile(r"(?:văn phòng|cơ quan thường trực)", re.IGNORECASE)
_BRANCH = re.compile(r"chi nhánh(?!\w)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<=\s)(?:SỐ|KHU VỰC|QUẬN|PHƯỜNG)\s+\d{1,2}$")
_BODY = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HĐND|HỘI|SỞ|BỘ|BAN|CÔNG AN|CÔNG TY|CỤC|CHI|TỔNG|TẬP ĐOÀN|NGÂN HÀNG|VIỄN THÔNG|TRUNG TÂM"
    r"|PHÒNG|VĂN PHÒNG|TRƯỜNG (?=TIỂU|TRUNG|MẦM|ĐẠI|CAO|THPT|THCS|CHÍNH)|BỆNH VIỆN|TRẠM|ĐẢNG|TỈNH ỦY|HUYỆN ỦY|THÀNH ỦY"
    r"|ĐỘI|HẢI QUAN|VNPT|VIETTEL|MOBIFONE|FPT|KHO BẠC|THANH TRA|TÒA|VIỆN|ĐÀI|BÁO|QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG|MẶT TRẬN"
    r"|LIÊN|ĐOÀN|BCH|BQL|QUỸ)(?!\w)"
)
_SHORTEST = 5
_SYMBOL_TIERS = {"UBND": "Ủy ban nhân dân"}
# Words that begin with a capital inside a body's name written in capitals.
_SMALL_WORDS = frozenset(["và", "của", "các", "cho", "về"])
_COMMITTEES = ("tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy")
_PLACE_WORDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_BEFORE_PLACES = (*_PLACE_WORDS, *_COMMITTEES)


def issuer_of(script: Script, layout: Layout, place: str | None, symbol: str | None) -> tuple[str | None, bool]:
    """Return the issuer's name and whether the head states it; otherwise it is inferred from the letter's voice."""
    names = _whole([words for p in layout.head if (words := _body_name(script, layout, p))])
    if names:
        own = as_written(names[-1])
        above = as_written(names[-2]) if len(names) > 1 else ""
        named = _with_place(own, above)
        return (re.sub(re.escape(place), place, named, flags=re.IGNORECASE) if place else named), True
    return _inferred(script, layout, place, symbol), False


def _whole(lines: list[str]) -> list[str]:
    """Join the lines of one name: what begins as no body's name does, such as a place, belongs to the line above."""
    names: list[str] = []
    for line in lines:
        if names and (names[-1].endswith((",", " VÀ")) or not _BODY.match(line)):
            names[-1] += f" {line}"
        elif " " in line and len(line) > _SHORTEST:
            names.append(line)
    return [_BESIDE.sub("", name) for name in names]


def _body_name(script: Script, layout: Layout, paragraph: Span) -> str | None:
    words = squeeze(script.words(paragraph)).strip(" -–_*.,;:…")
    if paragraph in (layout.title, *layout.subject, *layout.addressees) or _MOTTO.match(words):
        return None
    named = re.sub(r"\(.*\)", "", words)
    if named.lower() in KIND_TITLES:
        return None
    bare = _NUMBERED.sub("", named)
    return named if bare.isupper() and 1 < len(bare) < 120 and not re.search(r"\d|:", bare) else None


def _with_place(own: str, above: str) -> str:
    """Return the name with the place of the body above it when it has none itself; an office with that body's name."""
    if above and _OFFICE.fullmatch(own):
        return f"{own} {above}"
    if above and _BRANCH.match(own):
        return f"{above} {own}"
    if _PLACED.search(own) or not (placed := _PLACED.search(above)):
        return own
    if own.endswith(f" {placed['kind']}"):
        return f"{own} {placed['name']}"
    return f"{own} {placed['kind']} {placed['name']}"


def _inferred(script: Script, layout: Layout, place: str | None, symbol: str | None) -> str | None:
    for paragraph in (*layout.preamble, *layout.body):
        if found := _VOICE.search(script.low, *paragraph):
            tier = found["tier"]
            name = place if place and tier not in ("xã", "phường") else None
            name = name or _named_place(script, layout, tier) or place
            return f"Ủy ban nhân dân {tier} {name}" if name else f"Ủy ban nhân dân {tier}"
    return _SYMBOL_TIERS.get((symbol or "").split("-")[0])


def _named_place(script: Script, layout: Layout, tier: str) -> str | None:
    for paragraph in (*layout.subject, *layout.preamble):
        for placed in _PLACED.finditer(script.text, *paragraph):
            if placed["kind"] == tier:
                return placed["name"]
    return None


def as_written(capitals: str) -> str:
    """Return a name in capitals as it is written in a sentence: known names by the reference, places capitalised."""
    low = squeeze(capitals).lower().replace("uỷ ban", "ủy ban").replace("ubnd", "ủy ban nhân dân")
    for known, proper in _proper_names():
        if low.startswith(known):
            rest = low[len(known) :]
            return (proper + (_capitalised(rest) if known.endswith(_BEFORE_PLACES) else _titled(rest))).strip()
    return _titled(low[:1].upper() + low[1:])


def _titled(low: str) -> str:
    """Capitalise what follows the first word of place; a body unknown to the reference keeps its sentence case."""
    for word in _PLACE_WORDS:
        if found := re.search(rf"(?:^|\s){word}\s+", low):
            head, tail = low[: found.end()], low[found.end() :]
            return head + _capitalised(tail).strip()
    return low


def _capitalised(words: str) -> str:
    return " " + " ".join(w if w in _SMALL_WORDS else w[:1].upper() + w[1:] for w in words.split())


@cache
def _proper_names() -> tuple[tuple[str, str], ...]:
    names = {"ủy ban nhân dân": "Ủy ban nhân dân", "công an": "Công an", "đảng ủy": "Đảng ủy"}
    names.update({name: name.capitalize() for name in _COMMITTEES})
    for agency in reference("agencies")["agencies"]:
        if not agency["group"]:
            names.setdefault(agency["name"].lower(), agency["name"])
    return tuple(sorted(names.items(), key=lambda item: -len(item[0])))
