"""What specks on the paper leave around recognised lines, swept away before the lines are read."""

import re
from collections.abc import Sequence

_SIGNS = r":;.,'`´‘’|~_=°„¬ˆ…<>«»\-–—"
_CAPITAL = "[A-ZĐÀ-Ỹ]"
# Signs; an opening quotation mark that nothing closes; a letter or two that stand for nothing: `l 2. Những`, `oe - Sở`.
_BEFORE = re.compile(
    rf"\s*(?:[{_SIGNS}]+\s*|[\"“”]\s*(?=[^\"“”]*$)|[lL|]\s+|[a-z]{{1,2}}\s?[{_SIGNS}]+\s+(?={_CAPITAL}|\d)"
    rf"|[^\W\d_]{{1,2}}\s+(?=[IVX]{{1,4}}[.,]\s?{_CAPITAL})|i(?=\s+(?:[{_SIGNS}]|\d{{1,2}}[.,)]|[IVX]+[.,]))\s+)+"
)
_AFTER = re.compile(rf"(?:\s+[{_SIGNS}+\"”]+|\s+[li]|(?<=[.;:])\s+[^\W\d_ởýy]|(?<=[^\W\d_])[_~'`„¬ˆ]+)+$")
# Inside a line: before a word, and a full stop behind which the sentence goes on.
_WITHIN = re.compile(r"(?<=\s)[.,;:_'`´~°]+(?=\w)|(?<=[a-zà-ỹ]{2})\.(?=\s[a-zà-ỹđ])")
_FULL_STOP = re.compile(r"[a-zà-ỹ]{2}\.$")
# A dash of a list, as recognition may read it.
_DASH = re.compile(r"[-–—~«]")
# What no dash of a list stands before: the number of a point or a part, the particulars of a letter.
_POINT = re.compile(
    rf"\d{{1,2}}(?:\.\d{{1,2}})*[.),]|[^\s\w]?[a-zđ©€@]\)|(?:[IVXH]{{1,4}}|1V)[.,:]?\s?{_CAPITAL}{{2}}"
    rf"|[IVXHlv]{{1,4}}[.,:]\s?{_CAPITAL}|(?:Số|Kính gửi|Nơi nhận|V/|Phụ lục|Điều \d)"
)
_ENDED = re.compile(r"[.;:!?…/]$")
# A lone mark of a sentence behind a space is how some type: it is a speck only behind another one.
_SPECK = re.compile(
    r"^\s*[:;.,'`´‘’|_=°„¬ˆ]+\s*\w|^[lLi]\s[-~\d]|^[-–~]\s+[-–~]\s|^[-–~][_=.]|\s[-+_~'`|°„¬ˆ]+$"
    r"|[.,;:]\s+[.,;:]+$|\s[.,:;]\s[.,:;]$|[a-zà-ỹ][_~'`„¬]$|\s[.,;:][a-zà-ỹ]{2}"
)
# Numbers of parts and letters of points as no typist writes them: `H. NỘI DUNG`, `1V.`, `©)`.
_MISREAD = re.compile(
    rf"[^\w\s]{{0,2}}\s?(?:[©€@£¢]\)\s|(?:H|HI|IH|1V|V1|l{{1,3}}|I?l+I?|11|111)[.,:]\s?(?={_CAPITAL}{{2}}))"
)
_PART = re.compile(r"[^\w\s]{0,2}\s?(?P<sign>1|[IVX]{1,4})[.,:]?\s?(?=[A-ZĐÀ-Ỹ]{2}[A-ZĐÀ-Ỹ\s,]*$)")
# What a misread number counts among specks: it never comes from anything else.
_MANY = 3
# So many strokes draw the cells of a row.
_DRAWN = 2
_LONGEST_END = 60
# A line of this share of the width goes on in the next.
_FULL = 0.8


def specks(lines: Sequence[str]) -> int:
    """Return how many lines begin or end with odd signs, or bear a number that only recognition writes so."""
    odd = sum(bool(_SPECK.search(line)) for line in lines if line.count("|") < _DRAWN)
    return odd + _MANY * (any(map(_MISREAD.match, lines)) or _is_out_of_order(lines))


def _is_out_of_order(lines: Sequence[str]) -> bool:
    """Return whether Roman parts stand as `1, II` or `I, II, II` do, where a stroke was lost."""
    parts = [found["sign"] for line in lines if (found := _PART.match(line))]
    return "II" in parts and (parts[0] == "1" or parts.count("II") > 1)


def swept(lines: Sequence[str]) -> list[str]:
    """Return the lines without the signs that specks left before, after and within them.

    A dash stays where a point of a list may begin, and a full stop where a sentence may end.
    """
    if not specks(lines):
        return list(lines)
    clean: list[str] = []
    before = ""
    full = _FULL * sorted(map(len, lines))[int(len(lines) * 0.9)]
    for line, following in zip(lines, _following(lines), strict=True):
        clean.append(_WITHIN.sub("", _without_front(_without_end(line, following), before, full)))
        before = clean[-1] or before
    return clean


def _following(lines: Sequence[str]) -> list[str]:
    """Return for each line the next one that is not empty; of the last, nothing."""
    found = [""]
    for line in reversed(lines[1:]):
        found.append(line or found[-1])
    return found[::-1]


def _without_end(line: str, following: str) -> str:
    found = _AFTER.search(line, max(0, len(line) - _LONGEST_END))
    if not found or not found.start():
        return line[:-1] if _FULL_STOP.search(line) and _opens_small(following) else line
    rest, signs = line[: found.start()], found.group().strip()
    if not _opens_small(following) and not _ENDED.search(rest):
        if signs in (".", ";", ":"):
            return rest + signs
        if signs == "-":
            return f"{rest} -"
    return rest


def _opens_small(line: str) -> bool:
    front = _BEFORE.match(line)
    return line[front.end() if front else 0 :][:1].islower()


def _without_front(line: str, before: str, full: float) -> str:
    found = _BEFORE.match(line)
    if not found:
        return line
    rest = line[found.end() :]
    if not any(map(str.isalnum, rest)):
        return ""
    goes_on = before and not _ENDED.search(before) and (not rest[0].isupper() or len(before) >= full)
    is_list = _DASH.search(found.group()) and not _POINT.match(rest) and not before.isupper() and not rest.isupper()
    return f"- {rest}" if is_list and not goes_on else rest
