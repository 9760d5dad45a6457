"""To whom a duty is reported, and on what condition it arises."""

import re

from ancam.engines.reading.actors import list_end, members, starts_list
from ancam.engines.reading.agencies import without_names
from ancam.engines.reading.model import Actor, Span
from ancam.engines.reading.script import Script
from ancam.engines.reading.vocabulary import CAPITALS

_TELLING = (
    r"(?:báo cáo|báo(?= ngay| sớm| về| cho| lên| với| công| ủy| ubnd| phòng| sở| văn| ban| chủ| giám)"
    r"|(?<!sao )(?<!tin )gửi"
    r"|phản ánh|nộp|kiến nghị|trao đổi|liên hệ|phản hồi|đề xuất|cung cấp"
    r"|chuyển(?= (?:cho|đến|về)(?! các)| công an| sở| phòng| ubnd| ủy ban| văn phòng| trung tâm| ban)"
    r"|thông báo bằng văn bản)"
)
# `trao đổi với bà Lê Thị An, Văn phòng Sở`: the person stands before the body.
_PERSON = r"(?:(?:ông|bà|đồng chí|đ/c)\s[^,;.()\n]{2,40},\s+(?!phó|trưởng|chuyên))?"
_DIRECT = re.compile(
    rf"(?<!\w)(?:{_TELLING}(?:\s+(?:bằng văn bản|trực tiếp|ngay|sớm|kịp thời))?(?:\s+(?:với|về|cho|đến|tới|lên|qua))?"
    r"|chịu (?:hoàn toàn )?trách nhiệm (?:toàn diện )?trước|thông qua)\s+"
    rf"{_PERSON}|\((?:thông )?qua\s+"
)
_TOWARDS = re.compile(rf"(?<!\w)(?:về|cho|đến|tới|lên|với)\s+{_PERSON}")
_TOLD_BEFORE = re.compile(rf"(?<!\w){_TELLING}(?!\w)(?:[^;.\n()]|\([^()\n]{{0,80}}\)\s){{0,160}}$")
_NAME_END = re.compile(
    r"\s+(?:về|kết quả|theo|trong|vào|không|tình hình|qua|tại|trực tiếp|bằng|và (?=[a-zà-ỹđ])|cho|biết|những|các nội"
    r"|nội dung|(?:sáu|6|06) tháng|(?<!ngân )(?<!Ngân )h[ằà]ng|mỗi|định kỳ|(?<!đổi )số (?!\d)|danh sách|số liệu|tiến độ"
    r"|bản|đợt|lần)(?!\w)"
    rf"|[.:;\n()/]|,(?!\s+[{CAPITALS}]|(?:\s[^\W\d_]+){{1,3}}\svà\s[{CAPITALS}])"
)
_PURPOSE = re.compile(r"(?<!\w)(?:để(?! xảy| lộ| lọt| mất)|nhằm)\s(?:(?!hoặc|, gửi)[^;.\n]){0,120}$")
_CONDITION = re.compile(
    r"(?<!\w)(?<!trước )(?<!sau )(?<!trừ )(?<!ngay )(?:trong trường hợp|trường hợp|khi|nếu)\s[^;.\n]{3,200}?"
    r"(?=,\s(?!mua|thuê|lắp|nâng|triển khai|trang bị|vướng|cá nhân|nghiệm|vận hành)|;|\.|\n|\)|\s(?:thực hiện|thì"
    r"|phải|đề nghị|cơ quan, đơn vị|kịp thời|phản ánh|báo cáo)\s|$)"
)
# Those a text is handed out to, not bodies that are reported to.
_PEOPLE = re.compile(
    r"(?:toàn thể|toàn bộ|tất cả|từng|mọi|các|những)?\s*(?:cán bộ|công chức|viên chức|người (?!đứng)|nhân dân"
    r"|hộ (?:gia|kinh)"
    r"|đảng viên|đoàn viên|hội viên|thành viên|học sinh|khách hàng|thuê bao|toàn thể)(?!\w)"
)
_HANDING_OUT = re.compile(
    r"(?<!\w)(?:sao gửi|sao lục|chuyển tiếp|phổ biến|quán triệt|tuyên truyền|phát|nhắn tin)\s[^;.\n]{0,160}$"
)
_LONGEST_NAME = 200


def find_report_to(script: Script, span: Span) -> tuple[str, ...]:
    """Return the bodies that a duty is reported or answerable to, as the letter names them."""
    starts = {found.end() for found in script.matches(_DIRECT, span)}
    for found in script.matches(_TOWARDS, span):
        if _told(script, max(span[0], found.start() - 180), found.start()):
            starts.add(found.end())
    names: list[str] = []
    for start in sorted(starts):
        if start >= span[1] or not starts_list(script, start, ordered=True) or _PEOPLE.match(script.low, start):
            continue
        if not _PURPOSE.search(script.low, max(span[0], start - 140), start):
            names.extend(one.text for one in _bodies(script, (start, span[1])))
    return tuple(dict.fromkeys(names))


def _told(script: Script, start: int, at: int) -> bool:
    """Return whether words before a name tell something upwards; handing a text out to many does not."""
    told = _TOLD_BEFORE.search(script.low, start, at)
    handed = _HANDING_OUT.search(script.low, start, at)
    return told is not None and (handed is None or handed.start() < told.start())


def _bodies(script: Script, span: Span) -> tuple[Actor, ...]:
    end, _ = list_end(script, span)
    end = min(end, span[0] + _LONGEST_NAME)
    text = script.text[span[0] : end]
    hidden = without_names(text.lower())
    # Capitals tell a name from what follows it, so only the inside of known names is blanked.
    text = "".join(x if x == "x" else c for c, x in zip(text, hidden, strict=True)) if "xxx" in hidden else text
    stop = _NAME_END.search(text)
    return members(script, (span[0], span[0] + stop.start() if stop else end))


def find_condition(script: Script, span: Span) -> str | None:
    """Return the words that say when a duty arises (`khi phát hiện …`, `nếu có …`), None when it always holds."""
    found = _CONDITION.search(script.low, *span)
    return script.words(found.span()).rstrip(" ,") if found else None
