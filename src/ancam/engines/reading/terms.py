"""Terms that run from an event, and terms that another document sets."""

import re

from ancam.engines.reading.due import Due, Known
from ancam.engines.reading.model import Deadline, Relative, Span
from ancam.engines.reading.script import Script

_KEEPING = re.compile(r"(?:lưu (?:trữ|giữ|dữ liệu|hình|video)|tối thiểu|ít nhất|bảo hành|hiệu lực)[^,;.]*$")
_COUNT = r"(?P<count>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười lăm|hai mươi|ba mươi)(?:\s*\([^()]{1,30}\))?"
_TERM = re.compile(
    rf"(?<!\w)(?P<lead>trong (?:vòng|thời hạn|thời gian|khoảng|tối đa)(?: tối đa)?|chậm nhất(?: là| trong| sau)*"
    rf"|không (?:(?:được |để )?(?:kéo dài )?|chậm |muộn )quá|tối đa|muộn nhất(?: là)?"
    rf"|thời hạn(?: là)?\s*:?|sau|trước|trong)\s+"
    rf"(?:không quá\s+)?{_COUNT}\s+(?P<unit>ngày|giờ|h|tháng|tuần|tiếng)(?P<working>\s+làm việc)?"
    r"(?:\s*,?\s*(?P<from>(?:kể từ|tính từ|từ|sau|kể)\s*(?:ngày|khi|thời điểm|lúc|có)?)\s+"
    r"(?P<event>(?:(?!\sphải\s)[^,;.\n]){2,140}))?"
)
_BARE_TERM = re.compile(
    rf"(?<!\w){_COUNT}\s+(?P<unit>ngày|giờ|tháng|tuần)(?P<working>\s+làm việc)?\s*,?\s*(?P<from>(?:kể từ|tính từ"
    rf"|sau khi|từ khi|sau)\s*(?:ngày|khi|thời điểm|lúc)?)\s+(?P<event>(?:(?!\sphải\s)[^,;.\n]){{2,140}})"
)
_BEFORE_EVENT = re.compile(
    r"(?<!\w)(?:trước khi|rồi mới(?: được)?)\s+(?P<event>[^;.\n]{3,90}?)"
    r"(?=,\s(?!sử dụng|khai thác|vận hành|bàn giao)|\s(?:phải|cần|thì)\s|;|\.|\n|$)"
)
_AFTER_EVENT = re.compile(
    r"(?<!\w)(?:ngay )?(?:sau|ngay) khi\s+(?P<event>(?:[^,;.\n]{3,160}?(?:ban hành|có hiệu lực|công bố)(?!\w)"
    r"|[^,;.\n]{3,160}))"
)
_BY_REFERENCE = re.compile(
    r"(?:theo|đúng|bảo đảm|đảm bảo)\s+(?:đúng\s+)?(?:tiến độ|thời hạn|thời gian|lộ trình|mốc(?: thời gian)?"
    r"|hạn)(?:[^;.\n]{0,70}?)(?=(?:chỉ thị|công văn|kế hoạch|quyết định|văn bản|thông báo|nghị|công điện)\s)"
)
# `thời gian nộp theo thông báo của Sở Tài chính`, `theo thời hạn ghi ở công văn đó`: no number tells which document.
_SET_BY_ANOTHER = re.compile(
    r"(?<!\w)(?:thời (?:gian|hạn)|hạn|tiến độ|lịch|mốc)(?:\s\w+){0,3}?\s(?P<of>theo (?:thông báo|kế hoạch|lịch"
    r"|hướng dẫn|yêu cầu|văn bản)(?:\s\w+){0,3}?\scủa\s[^,;.\n]{3,100})"
    r"|(?<!\w)(?P<at>(?:theo|đúng) (?:đúng )?(?:thời (?:gian|hạn)|hạn|tiến độ|lộ trình|mốc(?: thời gian)?)\s"
    r"[^,;.\n]{0,40}?(?:tại|ở|trong|của)\s(?:công văn|văn bản|kế hoạch|thông báo|quyết định|chỉ thị|công điện)\s"
    r"(?:(?:đó|ấy|trên|nêu trên|nói trên)(?!\w)|yêu cầu(?:\scủa\s[^,;.\n]{3,80})?))"
)
_WORD_COUNTS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười lăm": 15, "hai mươi": 20, "ba mươi": 30,
}  # fmt: skip
_HOURS_A_DAY = 24
_DAYS_IN = {"ngày": 1, "tuần": 7, "tháng": 30}


def find_term(script: Script, span: Span, known: Known) -> Due | None:
    """Return the first term of a span: a number of days, another document's term, or an event; None when none."""
    for pattern in (_TERM, _BARE_TERM):
        for found in pattern.finditer(script.low, *span):
            if not _KEEPING.search(script.low, max(span[0], found.start() - 60), found.start()):
                return _term(script, found)
    if reference := _by_reference(script, span, known):
        return reference
    for pattern in (_BEFORE_EVENT, _AFTER_EVENT):
        if event := pattern.search(script.low, *span):
            return _due(script, event.span(), None, script.words(event.span("event")), working=False)
    return None


def _term(script: Script, found: re.Match[str]) -> Due:
    event = script.words(found.span("event")) if found["event"] else None
    count = int(found["count"]) if found["count"].isdigit() else _WORD_COUNTS[found["count"]]
    days = count * _DAYS_IN[found["unit"]] if found["unit"] in _DAYS_IN else _whole_days(count)
    return _due(script, found.span(), days, event, working=bool(found["working"]))


def _whole_days(hours: int) -> int | None:
    """Return the days that a number of hours makes, None when it makes no whole day."""
    return None if hours % _HOURS_A_DAY else hours // _HOURS_A_DAY


def _by_reference(script: Script, span: Span, known: Known) -> Due | None:
    place = _place_of_reference(script, span, known)
    if not place:
        return None
    due = _due(script, place, None, None, working=False)
    return Due(due.span, due.deadline, due.relative, by_reference=True)


def _place_of_reference(script: Script, span: Span, known: Known) -> Span | None:
    """Return where a wording leaves its time to another document, be it named by its number or in words."""
    if found := _BY_REFERENCE.search(script.low, *span):
        named = known.mentions_in((found.start(), found.end() + 21))
        if named:
            return found.start(), min(named[0].span[1], span[1])
    if other := _SET_BY_ANOTHER.search(script.low, *span):
        return other.span("of") if other["of"] else other.span("at")
    return None


def _due(script: Script, span: Span, days: int | None, event: str | None, *, working: bool) -> Due:
    text = script.words(script.trimmed(span, " ,;.\n"))
    return Due(span, Deadline(text, "relative"), Relative(text, days, event or text, working))
