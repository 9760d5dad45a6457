"""What the columns of a table of tasks hold, by the words of their heads."""

import re
from functools import lru_cache
from typing import Literal

Role = Literal["number", "task", "lead", "support", "due", "result"]

_LONGEST_HEAD = 45
_FURTHEST = 20  # where in a head the word stands that tells what it is
_NUMBER = re.compile(r"\W*(?:s?tt|số (?:tt|stt|thứ tự)|thứ tự|số)\W*")
_SUPPORT = re.compile(r"phối hợp|cùng làm|cùng thực hiện|(?<!\w)ph(?!\w)|hỗ trợ(?= *$)|tham gia(?= *$)")
_BOTH = re.compile(r"chủ trì.{0,20}phối hợp")
_BODY = r"(?:cơ quan|đơn vị|bộ phận|phòng,? ban|cá nhân|người(?! liên)|địa phương|ngành|tổ chức(?!\s+\w))"
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("due", re.compile(r"thời (?:hạn|gian|điểm)|(?<!\w)hạn(?!\w)|tiến độ|hoàn thành|lộ trình|ngày xong|mốc")),
    ("result", re.compile(r"sản phẩm|kết quả|đầu ra|ghi chú|kinh phí|nguồn lực|căn cứ|cơ sở pháp lý")),
    (
        "lead",
        re.compile(
            rf"chủ trì|đầu mối(?! liên)|phụ trách|trách nhiệm|giao cho|phân công|thực hiện|(?<!\w)ct(?!\w)|{_BODY}"
        ),
    ),
    ("task", re.compile(r"nhiệm vụ|nội dung|công việc|phần việc|đầu việc|hoạt động|giải pháp|(?<!\w)việc(?!\w)")),
)


@lru_cache(maxsize=4096)
def role_of(head: str) -> Role | None:
    """Return what a column holds by its head in small letters; None for a head that no table of tasks has."""
    words = " ".join(head.split())
    if not words or len(words) > _LONGEST_HEAD:
        return None
    if _NUMBER.fullmatch(words):
        return "number"
    if _SUPPORT.search(words) and not _BOTH.search(words):
        return "support"
    found: list[tuple[int, int, Role]] = [
        (match.start(), n, role)
        for n, (role, words_of) in enumerate(_WORDS)
        if (match := words_of.search(words)) and match.start() <= _FURTHEST
    ]
    return min(found)[2] if found else None
