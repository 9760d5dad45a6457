"""Names of bodies in a sentence: where a list of them begins, where it ends, and its members."""

import re

from ancam.engines.reading.agencies import actor, without_names
from ancam.engines.reading.bodies import known_end, opens_with_own
from ancam.engines.reading.model import Actor, Span
from ancam.engines.reading.script import Script
from ancam.engines.reading.vocabulary import ACTS, CAPITALS, DESCRIBING, GOES_ON, GROUPED, HEADS, SMALL_HEADS, VERBS

_GROUP = (
    rf"(?i:(?:tất cả |toàn thể |toàn bộ )?(?:các|những|từng|mỗi|mọi|\d{{1,3}}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+"
    rf"(?:{GROUPED}))"
)
_HEAD = re.compile(rf"(?:{_GROUP}|{HEADS})(?!\w)")
_HEAD_AFTER_ORDER = re.compile(rf"(?:{_GROUP}|{HEADS}|{SMALL_HEADS})(?!\w)")
_NEXT = re.compile(
    rf"\s*(?:;|,|\bvà\b|,\s*và\b)\s+(?=(?:{_GROUP}|{HEADS}|công an|đảng ủy|ubnd|thủ trưởng|chủ tịch"
    r"|trưởng (?:các|khoa|phòng|ban|thôn|trạm)|người đứng đầu"
    rf"|giám đốc"
    r"|hiệu trưởng|cán bộ phụ trách)(?!\w))"
    r"|(?<!tổ chức)(?<!đơn vị)(?<!cơ quan)\s+và\s+(?=cá nhân (?:có )?liên quan(?!\w))"
)
# A section of the police is named with the house it belongs to: `Phòng PA05, Công an tỉnh`.
_ONE_NAME = re.compile(r"(?:HĐND|Hội đồng nhân dân|^Báo|ĐBQH|^Phòng P[A-Z]\d\d)$")

_VERB = re.compile(rf"(?<!\w)(?:{VERBS}|{ACTS}|{DESCRIBING})(?:(?<= )|(?!\w))")
_DESCRIBES = re.compile(rf"(?:{DESCRIBING})(?!\w)")
_IS_NOUN = re.compile(
    r"tổ chức(?=\s*[,;:]|\s+(?:chính trị|xã hội|theo|kinh tế|tôn giáo|đoàn thể|có liên|liên quan|và cá nhân|cá nhân"
    r"|nêu|trên|thuộc|trực thuộc))"
)
_NOUN_BEFORE = re.compile(r"(?:các|những|cơ quan,?|đơn vị,?|cơ quan và|đơn vị và)\s+$")
_MODIFIED = re.compile(r"(?:có (?:trách nhiệm))(?!\w)")
_GENERIC = re.compile(
    r"(?i:các|những|tất cả|toàn|mỗi|từng|mọi|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d+|doanh nghiệp|đơn vị"
    r"|cơ quan|tổ chức"
    r"|chủ|cá nhân|trưởng|thủ trưởng|lãnh đạo|cán bộ|cơ sở|cửa hàng|người đứng đầu)\b"
)
_SMALL_WORD = re.compile(rf"\s+(?![{CAPITALS}])(?!(?:{GOES_ON})(?!\w))([^\W\d_]+)(?!\w)")
_ACT_IN_NAME = re.compile(
    r"(?:(?:Quản lý|Kiểm tra|Giám sát|Điều hành|Hỗ trợ|Kiểm soát)(?: và)?|Thanh tra,|(?<!\w)(?:Ban|Bộ phận|Tổ|Đoàn)"
    r"(?=\s+(?:quản lý|chỉ đạo|kiểm tra|giám sát|điều hành|biên tập|thanh tra|vận động|tổ chức|ứng cứu|hỗ trợ)))\s+"
)
# What stands beside a name without being part of it: brackets, and `…, do đang quản lý nhiều camera, …`.
_ASIDE = re.compile(r"\([^()]*\)|,\s+(?:do|vì|ngoài|với (?:vai trò|tư cách))\s(?:[^,;.]|\.(?=\d)){3,120},(?=\s)")
_LONGEST_LIST = 900
_LONGEST_HEADING = 120
_ENDS = re.compile(r"[.;!?]\s*$")
_LEFT_OVER = re.compile(r"\s+(?:và|cùng|được|còn|cũng|như sau|sau đây|dưới đây)$")
# `các đơn vị đã bị lập biên bản …`: the verb after such a word still says which of them.
_AFTER_DESCRIBING = re.compile(r"(?<!\w)(?:đã|đang|bị|chưa|có|đã được|chưa được)\s+$")
_ASSIGNED = re.compile(
    r"(?:giao (?:nhiệm vụ )?(?:tại|theo|ở)|cấp|thuê|lắp|trang bị|đầu tư|phê duyệt|cảnh báo|thanh tra|kiểm tra"
    r"|đánh giá|chọn|phân công tại)(?!\w)"
)


def starts_list(script: Script, at: int, *, ordered: bool = False) -> bool:
    """Return whether a body's name begins at an offset; after an order (`Giao …`) small letters will do."""
    return bool((_HEAD_AFTER_ORDER if ordered else _HEAD).match(script.text, at)) or opens_with_own(script, at)


def list_end(script: Script, span: Span) -> tuple[int, bool]:
    """Return where the list that begins the span ends, and whether the action or a colon ends it.

    Known names end where the vocabulary says, whatever small word follows them. A name it does not hold ends at a
    colon right after the list or at the first verb in small letters that does not describe the body.
    """
    start, end = span[0], min(span[1], span[0] + _LONGEST_LIST)
    known, cut = _known_part(script, (start, end))
    return (known, True) if cut else _verb_end(script, (start, end), known)


def _known_part(script: Script, span: Span) -> tuple[int, bool]:
    """Return where the known names that open a list end, and whether the action begins right there."""
    at = span[0]
    while (known := known_end(script, at, span[1])) is not None:
        if joined := _NEXT.match(script.text, known, span[1]):
            at = joined.end()
            continue
        after = _SMALL_WORD.match(script.text, known, span[1])
        begins = after is not None and not _describes(script, at, after)
        return known, begins
    return at, False


def _describes(script: Script, name: int, after: re.Match[str]) -> bool:
    """Return whether a word after a name that means many says which of them are meant."""
    return bool(_GENERIC.match(script.text, name) and _DESCRIBES.match(script.low, after.start(1)))


def _verb_end(script: Script, span: Span, known: int) -> tuple[int, bool]:
    start, end = span
    low = without_names(_ASIDE.sub(lambda aside: " " * len(aside.group()), script.low[start:end]))
    colon = low.find(":")
    limit = colon if colon >= 0 else len(low)
    described: int | None = None
    for verb in _VERB.finditer(low, max(1, known - start), limit):
        if not script.text[start + verb.start()].islower() or _is_noun(script, start, low, verb.start()):
            continue
        if described is not None and _still_describes(low, verb.start()):
            continue
        if _may_describe(script, start, low, verb.start()):
            described = verb.start() if described is None else described
            continue
        return start + verb.start(), True
    if colon >= 0:
        return start + colon, True
    if described is None or (end - start <= _LONGEST_HEADING and not _ENDS.search(low)):
        return end, False
    return start + described, True


def _still_describes(low: str, at: int) -> bool:
    """Return whether a verb right after `đã`, `bị`, `được` is part of what tells which bodies are meant."""
    if _AFTER_DESCRIBING.search(low, max(0, at - 12), at):
        return True
    return low.endswith("được ", 0, at) and bool(_ASSIGNED.match(low, at))


def _is_noun(script: Script, start: int, low: str, at: int) -> bool:
    """Return whether a verb is part of a name: `Ban Quản lý bảo trì đường bộ`, `các cơ quan, tổ chức`."""
    near = max(start, start + at - 12), start + at + 14
    if any(found.end() == start + at for found in _ACT_IN_NAME.finditer(script.text, *near)):
        return True
    if not low.startswith("tổ chức", at):
        return False
    return bool(_IS_NOUN.match(low, at) or _NOUN_BEFORE.search(low, max(0, at - 12), at))


def _may_describe(script: Script, start: int, low: str, at: int) -> bool:
    if not _DESCRIBES.match(low, at) or _MODIFIED.match(low, at):
        return False
    last = max((m.end() for m in _NEXT.finditer(script.text, start, start + at)), default=start)
    return bool(_GENERIC.match(script.text, last))


def starts_with_verb(script: Script, at: int) -> bool:
    """Return whether the wording at an offset begins with something to do."""
    return bool(_VERB.match(script.low, at))


def members(script: Script, span: Span) -> tuple[Actor, ...]:
    """Return the bodies of a list, each as the letter names it."""
    text = script.text[span[0] : span[1]]
    text = _ASIDE.sub(" ", text).replace("\n", " ")
    parts: list[str] = []
    start = 0
    whole = without_names(text.lower())
    for cut in _NEXT.finditer(text):
        if whole[cut.start()] == "x" or _ONE_NAME.search(text[start : cut.start()].strip()):
            continue
        parts.append(text[start : cut.start()])
        start = cut.end()
    parts.append(text[start:])
    names = (" ".join(part.split()).strip(" ,;:.-–") for part in parts)
    return tuple(actor(_LEFT_OVER.sub("", name)) for name in names if name)
