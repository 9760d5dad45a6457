"""How often a duty returns."""

import re
from collections.abc import Iterator

from ancam.engines.reading.model import Cadence, Span
from ancam.engines.reading.script import Script

_EVERY = r"(?:h[ằà]ng|mỗi|từng)"
_TURN = "lần|lượt|đợt|kỳ"
# A report of one year with a full date comes once.
_FULL_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d"
_COUNT = r"\d{1,3}|hai|ba|bốn|năm|sáu|mười"
_PATTERNS: tuple[tuple[Cadence, re.Pattern[str]], ...] = (
    (
        "periodic",
        re.compile(
            rf"(?<!\w)(?:{_EVERY}|một|trong) năm (?:hai|02|2|ba|03|3|bốn|04) (?:{_TURN})|(?:hai|02|2|ba|03"
            rf"|3) (?:{_TURN})"
            rf"(?:\s*/\s*| (?:một|mỗi|trong) )năm|(?:{_COUNT}) (?:ngày|tuần) (?:một|01|1) lần"
            rf"|h[ằà]ng năm hai lần|ngày \d+/\d+ và (?:trước )?(?:ngày )?\d+/\d+ h[ằà]ng năm"
            rf"|(?:{_COUNT}) tháng (?:một|01|1) lần(?<!ba tháng một lần)(?<!3 tháng một lần)"
        ),
    ),
    (
        "monthly",
        re.compile(
            rf"(?<!\w)(?:{_EVERY} tháng|định kỳ tháng|(?:tin|bài|lần|buổi|kỳ)\s*/\s*tháng"
            rf"|ngày cuối (?:cùng )?của tháng|ngày \d+ (?:của )?tháng (?:kế tiếp|tiếp theo|sau|liền kề)"
            rf"|(?:số liệu|kết quả) của tháng(?! \d)|\d+ lần\s*/\s*tháng|lần (?:một|mỗi) tháng)(?!\w)"
        ),
    ),
    (
        "quarterly",
        re.compile(
            rf"(?<!\w)(?:{_EVERY} quý|định kỳ quý|(?:3|03|ba) tháng(?: một |\s*/\s*)lần|lần\s*/\s*quý"
            rf"|các tháng (?:3, 6, 9,? (?:và )?12|cuối quý)|tháng cuối (?:mỗi "
            rf"|của )?quý|cuối (?:mỗi )?quý|lần (?:một|mỗi) quý)(?!\w)"
        ),
    ),
    (
        "periodic",
        re.compile(
            r"(?<!\w)(?:báo cáo|kết quả)(?: kết quả)? (?:6|06|sáu) tháng(?! (?:đầu|cuối|kể|sau|từ|kế))(?!\w)"
            r"|(?<!\w)(?:(?:6|06|sáu) tháng(?: và|,) ?(?:một |1 |01 |h[ằà]ng )?năm|định kỳ (?:6|06|sáu) tháng|(?:6|06"
            r"|sáu) tháng (?:một|1|01) lần|(?:6|06|sáu) tháng\s?/\s?(?:(?:một|1|01) )?lần"
            r"|(?:mỗi|h[ằà]ng|cứ) (?:6|06|sáu) tháng)(?!\w)"
        ),
    ),
    (
        "yearly",
        re.compile(
            rf"(?<!\w)(?:{_EVERY} năm|thường niên|định kỳ năm|báo cáo năm(?! \d)(?![^.;]{{0,80}}{_FULL_DATE})"
            rf"|lần\s*/\s*năm|năm\s*/\s*(?:một |01 "
            rf"|1 )?lần|một năm (?:một|01|1) lần"
            rf"|lần (?:một|mỗi|trong) năm)(?!\w)"
        ),
    ),
    ("periodic", re.compile(rf"(?<!\w)(?:định kỳ|{_EVERY} (?:tuần|ngày|học kỳ|kỳ|ca|đợt)|đột xuất và định kỳ)(?!\w)")),
    ("continuous", re.compile(r"(?<!\w)(?:thường xuyên|liên tục|24/7|24/24)(?!\w)")),
)
# A staff or a plan may be regular without the duty being so.
_NOT_THE_DUTY = re.compile(
    r"(?:cơ quan|bộ phận|nhiệm vụ|chi|trực ban|kinh phí|giáo dục)\s+thường xuyên"
    r"|báo cáo định kỳ của|kết thúc mỗi (?:đợt|kỳ|ca)|trực (?:ban |sự cố |xử lý [^,;.]{0,20})?24/(?:7|24)"
)


def find_cadence(script: Script, span: Span) -> Cadence:
    """Return how often the wording says the duty returns; `none` when it does not say."""
    said: list[Cadence] = [*(cadence for cadence, _ in cadences_said(script, span)), "none"]
    return said[0]


def cadences_said(script: Script, span: Span) -> Iterator[tuple[Cadence, Span]]:
    """Yield every way of returning that the wording names, with its first place; the one that counts comes first."""
    low = _NOT_THE_DUTY.sub(lambda found: " " * len(found.group()), script.low[span[0] : span[1]])
    for cadence, pattern in _PATTERNS:
        if found := pattern.search(low):
            yield cadence, (span[0] + found.start(), span[0] + found.end())
