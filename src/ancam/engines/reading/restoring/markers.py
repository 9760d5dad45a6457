"""Numbers and letters of points that were lost or misread, restored from their place among their neighbours."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ancam.engines.reading.restoring.model import Line, Piece, meaning
from ancam.engines.reading.script import bared

_NUMBER = re.compile(r"(?P<label>\d{1,2})(?P<end>[.),:]{0,2})|(?P<odd>[lI|!\]Ti1]|[SZBOo&£?])[.),]{1,2}")
_DECIMAL = re.compile(r"(?P<first>\d{1,2})[.,](?P<second>\d{1,2})[.,]{0,2}")
# Letters that are read for strokes only beside a stroke or before a full stop: `TL. GIÁM ĐỐC` signs for somebody.
_ROMAN = re.compile(
    r"(?P<sign>[IVXHlvy|!1]{1,4}(?![LNTU])|I[LNU]+|(?=[LNTU]*[IVX|!])[IVXLNHTUl|!1]{1,4}(?=[.,:])|[LNU](?=[.,:])|T[EI]?L(?!\.))"
    r"(?P<end>[.,:]?)"
)
# What is read for the strokes of a Roman number.
_STROKES = str.maketrans(
    {
        "H": "II",
        "N": "II",
        "U": "II",
        "1": "I",
        "l": "I",
        "|": "I",
        "!": "I",
        "T": "I",
        "L": "I",
        "E": "I",
        "v": "V",
        "y": "V",
    }
)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_COPIED = re.compile(r"\W*n[oe0]\W?i\W?nh[a-z]{1,3}\W*")
_LONGEST_TITLE = 90
_SHOUTED = 0.7
# How dear a stroke is beside a part that is missing.
_LOST, _ADDED = 0.6, 0.8
_LETTER = re.compile(r"\(?(?P<label>\S{1,2})\)[.,]?")
_BRACKETED = re.compile(r"\(\d{1,2}\)")
_LETTERS = "abcdđeghiklmn"
# What the letters of points are read as, each by its look.
_LOOKS = {
    "a": "a@4ä9", "b": "bo6h", "c": "ce¢ç€©C", "d": "d4đ", "đ": "đdé4@&£ď", "e": "eéècê€©", "g": "gqp9", "h": "hbn",
    "i": "il1!íj", "k": "kxK", "l": "l1I!", "m": "m", "n": "n",
}  # fmt: skip
_ONES = frozenset("lI|!]Ti1")
_DIGITS_READ = {"S": 5, "Z": 2, "B": 8, "O": 0, "o": 0, "&": 8}
_DASH = re.compile(r"[—–~_«»•*°=¬+]{1,2}|-[—–~_-]*")
_HEAD = re.compile(
    r"(?:Sở|Các|Công an|Ủy ban|UBND|Phòng|Ban|Văn phòng|Trung tâm|Đề nghị|Giao|Yêu cầu|Cục|Chi cục|Đài|Báo)\b"
)
_IS = frozenset({"là,", "là:"})
_SPELT = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
# Where the space was lost: `Bonla,`.
_GLUED_SPELT = {bared(f"{word}la{sign}"): place for place, word in enumerate(_SPELT) for sign in ",:"}
_ORDER = re.compile(r"(?:Yêu cầu|Đề nghị|Giao (?:Sở|Công|Ủy|UBND|Phòng|Văn|Trung|các))\b")
_PART = re.compile(r"(?:Mục đích|Nội dung|Tổ chức thực hiện|Nhiệm vụ|Kinh phí|Giải pháp|Căn cứ|Yêu cầu)\b")
_ENDED = re.compile(r"[.;:!?]$|\./\.$")


def marked(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the markers of their points as their neighbours say they were."""
    found = [_parted(_dashed(_copied(line))) for line in lines]
    _spelt(found)
    _dash(found)
    parts = _roman(found)
    _decimal(found)
    _number(found, parts)
    _letter(found)
    return found


def _copied(line: Line) -> Line:
    """Give the words that lead in those who receive a copy their meaning: `Noinhan;` is `Nơi nhận:`."""
    for length in (1, 2):
        if len(line) >= length and _COPIED.fullmatch(bared("".join(piece.shown for piece in line[:length]))):
            return (Piece(" ".join(piece.shown for piece in line[:length]), "Nơi nhận:"), *line[length:])
    return line


def _spelt(lines: list[Line]) -> None:
    """Give numbers in words, `Một là, …`, their order."""
    expected = 0
    for index, line in enumerate(lines):
        if len(line) > 1 and (place := _GLUED_SPELT.get(bared(line[0].meant))) is not None:
            lines[index] = _with_marker(line, f"{_SPELT[place].capitalize()} là,")
            expected = place + 1
            continue
        if len(line) < 3 or line[1].meant not in _IS or not line[0].meant[:1].isupper():
            continue
        word = line[0].meant.lower()
        place = _SPELT.index(word) if word in _SPELT else expected
        if 0 < place < len(_SPELT) and word not in _SPELT:
            lines[index] = _with_marker(line, _SPELT[place].capitalize())
        expected = place + 1 if word in _SPELT or expected else 0


def _dashed(line: Line) -> Line:
    if len(line) > 1 and _DASH.fullmatch(line[0].shown) and line[0].shown != "+":
        return (replace(line[0], meant="-", doubtful=False), *line[1:])
    return line


def _parted(line: Line) -> Line:
    """Give a sentence its full stop where an order in a capital follows upon a word that nothing ends."""
    made = list(line)
    for at, (before, first, second) in enumerate(zip(line[1:], line[2:], line[3:], strict=False), start=1):
        if before.meant.islower() and before.meant[-1].isalpha() and _ORDER.match(f"{first.meant} {second.meant}"):
            made[at] = replace(before, meant=f"{before.meant}.", doubtful=True)
    return tuple(made)


def _dash(lines: list[Line]) -> None:
    """A plus in a row of dashes is a dash, but under one that ends in a colon."""
    leads_in = seen = False
    for index, line in enumerate(lines):
        if len(line) < 2:
            continue
        if line[0].meant == "-":
            leads_in, seen = meaning(line).endswith(":"), True
        elif line[0].shown == "+" and not leads_in and (seen or _goes_on_with_dash(lines, index)):
            lines[index] = _with_marker(line, "-")


def _goes_on_with_dash(lines: Sequence[Line], index: int) -> bool:
    following = (line[0].meant for line in lines[index + 1 : index + 6] if len(line) > 1)
    return next((sign == "-" for sign in following if sign in "+-"), False)


def _roman(lines: list[Line]) -> frozenset[int]:
    """Give the parts, `I.` to `X.`, their order; return their places."""
    places = [index for index, line in enumerate(lines) if len(line) > 1 and _is_title(line)]
    signs = [lines[index][0].shown.rstrip(".,:").translate(_STROKES) for index in places]
    if not 2 <= len(places) <= len(_ROMANS) or not (any(len(sign) > 1 for sign in signs) or signs.count("I") > 1):
        return frozenset()
    meant = _rising(signs)
    for index, number in zip(places, meant, strict=True):
        lines[index] = _with_marker(lines[index], f"{_ROMANS[number]}.")
    return frozenset(places)


def _rising(signs: Sequence[str]) -> list[int]:
    """Return the places among `_ROMANS` that rise from sign to sign and come nearest to what was read."""
    paths: dict[int, tuple[float, list[int]]] = {-1: (0.0, [])}
    for sign in signs:
        further: dict[int, tuple[float, list[int]]] = {}
        for before, (cost, path) in paths.items():
            for number in range(before + 1, len(_ROMANS)):
                other = cost + (number - before - 1) + _misread(sign, _ROMANS[number])
                if number not in further or other < further[number][0]:
                    further[number] = (other, [*path, number])
        paths = further
    return min(paths.values())[1]


def _misread(read: str, meant: str) -> float:
    """Return how dear it is to read one number as the other: strokes are lost, or taken for others, more than added."""
    row = [_LOST * place for place in range(len(meant) + 1)]
    for at, sign in enumerate(read, start=1):
        before, row[0] = row[0], _ADDED * at
        for place, stroke in enumerate(meant, start=1):
            taken = before + _LOST * (sign != stroke)
            before, row[place] = row[place], min(row[place] + _ADDED, row[place - 1] + _LOST, taken)
    return row[-1]


def _is_title(line: Line) -> bool:
    found = _ROMAN.fullmatch(line[0].shown)
    words = meaning(line[1:])
    if not found or not words[0].isupper() or len(words) > _LONGEST_TITLE:
        return False
    # A one, and a sign without its full stop, are a part's only when what follows is all in capitals or names one.
    shouted = _is_shouted(words.split("(")[0])
    stands = (bool(found["end"]) and "1" not in found["sign"]) or bool(_PART.match(words))
    return shouted or (stands and not _ENDED.search(words))


def _is_shouted(words: str) -> bool:
    """Return whether all but a few letters are capitals."""
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) >= _SHOUTED * len(letters)


def _decimal(lines: list[Line]) -> None:
    """Give the numbers with a point inside, `1.2`, their full stops."""
    for index, line in enumerate(lines):
        found = _DECIMAL.fullmatch(line[0].shown) if len(line) > 1 else None
        if found and meaning(line[1:])[:1].isupper():
            lines[index] = _with_marker(line, f"{found['first']}.{found['second']}.")


def _number(lines: list[Line], parts: frozenset[int]) -> None:
    """Give misread numbers their value, and a lost one its place, where those around leave one only."""
    said = {i: label for i, line in enumerate(lines) if i not in parts and (label := _number_of(line)) is not None}
    sure = [(index, number) for index, number in said.items() if number]
    before = 0
    for index, number in said.items():
        line = lines[index]
        found = _NUMBER.fullmatch(line[0].shown)
        bare = found is not None and found["end"] == ""
        after = next((n for i, n in sure if i > index), None)
        follows = number == before + 1 or (number == 1 and after == 2)
        if number and (not bare or (follows and line[1].meant[:1].isupper())):
            before = number
            if line[0].shown[-1] not in ".)" or found is None or len(found["end"] or "") > 1:
                lines[index] = _with_marker(line, f"{number}.")
        elif not number and _may_be(line, before + 1) and after in (None, before + 2, 1):
            before += 1
            lines[index] = _with_marker(line, f"{before}.")
    kept = [(i, n) for i, line in enumerate(lines) if (n := _number_of(line)) and line[0].meant[-1] in ".)"]
    for (first, low), (last, high) in pairwise(kept):
        if high == low + 2 and (lost := _lost(lines, first, last)) is not None:
            piece = lines[lost][0]
            lines[lost] = (replace(piece, meant=f"{low + 1}. {piece.meant}", doubtful=True), *lines[lost][1:])


def _number_of(line: Line) -> int | None:
    """Return the number that opens a line, 0 for one that may be misread, None when none does."""
    found = _NUMBER.fullmatch(line[0].shown) if len(line) > 1 else None
    if not found:
        return None
    return int(found["label"]) if found["label"] else 0


def _may_be(line: Line, number: int) -> bool:
    sign = line[0].shown[0]
    return number == 1 if sign in _ONES else _DIGITS_READ.get(sign) == number


def _lost(lines: Sequence[Line], first: int, last: int) -> int | None:
    """Return the only line between two points that opens as a point does, None when there is none or more."""
    places = [
        index
        for index in range(first + 1, last)
        if lines[index]
        and _HEAD.match(meaning(lines[index]))
        and (not lines[index - 1] or _ENDED.search(meaning(lines[index - 1])))
    ]
    return places[0] if len(places) == 1 else None


def _letter(lines: list[Line]) -> None:
    """Give the letters of points, `a)` to `n)`, their order."""
    expected = 0
    for index, line in enumerate(lines):
        if _number_of(line) and line[0].shown[-1] in ".)":
            expected = 0
        found = _LETTER.fullmatch(line[0].shown) if len(line) > 1 and not _BRACKETED.fullmatch(line[0].shown) else None
        if not found or (len(found["label"]) > 1 and found["label"] not in ("dd", "đd", "dđ")):
            continue
        sign = found["label"][0]
        if expected < len(_LETTERS) and sign in _LOOKS[_LETTERS[expected]]:
            place = expected
        elif sign in _LETTERS:
            place = _LETTERS.index(sign)
        else:
            continue
        lines[index] = _with_marker(line, f"{_LETTERS[place]})")
        expected = place + 1


def _with_marker(line: Line, marker: str) -> Line:
    return (Piece(line[0].shown, marker, line[0].doubtful and line[0].shown != marker), *line[1:])
