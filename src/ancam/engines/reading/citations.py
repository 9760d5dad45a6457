"""Documents that a letter names: their numbers, dates and issuers. Their dates are never deadlines."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from ancam.engines.reading.model import Citation, Span
from ancam.engines.reading.script import Script

_KINDS = (
    r"chỉ thị|công văn|công điện|kế hoạch|quyết định|nghị quyết|nghị định|thông tư|luật|văn bản|thông báo|báo cáo"
    r"|tờ trình|hướng dẫn|đề án|chương trình|bộ luật|quy chế|giấy mời|kết luận|pháp lệnh"
)
# `23/CT-TTg` of a government office, `57-CT/TW` of a party committee.
_NUMBER = (
    r"(?<![\w:/.])\d{1,5}(?:\s?-\s?[a-zđ]{1,6}\s?/\s?[a-zà-ỹđ]{1,10}|(?:/(?:19"
    r"|20)\d\d)?\s?[/\-]\s?(?:[a-zà-ỹđ&]{1,14}\d{0,2})(?:\s?-\s?[a-zà-ỹđ&0-9]{1,14}){0,3})"
)
_DATE = (
    r",?\s*(?:được\s+\w+(?:\s\w+){0,4}\s+)?(?:ban hành\s+)?ngày\s+"
    r"(?:(?P<d>\d{1,2})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4}))"
)
_ISSUER = (
    r"\s*(?:của|do)\s+(?P<issuer>[^;.\n]{2,120}?)(?=\s+(?:về|v/v|ban hành|quy định|phê duyệt|triển khai|thực hiện"
    r"|đến|tới|trên|trước|chậm"
    r"|không|hoàn thành|trong|để|báo cáo|gửi|cho|tại"
    r"|và(?=\s+(?:chỉ|công|kế|quyết|nghị|thông|văn)))\b|[;,.:)(\n]|$)"
)
_NUMBERED = re.compile(
    rf"(?:(?P<kind>{_KINDS})\s+)?(?:liên tịch\s+)?(?:số\s*:?\s*)?(?P<number>{_NUMBER})(?![\w/])(?:{_DATE})?"
    rf"(?:{_ISSUER})?"
)
# `báo cáo` and `thông báo` before a date are mostly verbs, and the date then a deadline.
_DATED = re.compile(
    rf"(?P<kind>chỉ thị|công văn|công điện|kế hoạch|quyết định|nghị quyết|kết luận)(?:{_DATE})(?:{_ISSUER})?"
)
# `của Thủ tướng Chính phủ và các nội dung …`: the issuer ends where small letters follow `và`.
_NEXT_THING = re.compile(r"\s+và\s+(?=[a-zà-ỹđ])")
_ABOUT = re.compile(
    r"\s*(?:về|v/v|ban hành|quy định|phê duyệt)\s[^;:\n]{0,600}?(?=[;:\n]|,\s*(?=[a-zđ]*\s*(?:chỉ thị|công văn|kế hoạch"
    r"|quyết định)\s+số)|\.\s|\.?$|\.\n)"
)
_LETTER_CASE = re.compile(r"[A-ZĐ]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named at a place of the text. `span` ends after its issuer, `whole` after what it is about."""

    span: Span
    whole: Span
    citation: Citation


def find_mentions(script: Script, span: Span) -> list[Mention]:
    """Return the documents named in a span, in order."""
    mentions = [
        _mention(script, found, span[1])
        for found in script.matches(_NUMBERED, span)
        if _LETTER_CASE.search(script.text, *found.span("number"))
    ]
    ends = [mention.span for mention in mentions]
    for found in script.matches(_DATED, span):
        before = bisect_left(ends, found.span())
        touched = ends[max(0, before - 1) : before + 1]
        if not any(found.start() < end and start < found.end() for start, end in touched):
            mentions.append(_mention(script, found, span[1]))
    return sorted(mentions, key=lambda m: m.span)


def _mention(script: Script, found: re.Match[str], end: int) -> Mention:
    groups = found.groupdict()
    tail = found.end()
    issuer: str | None = None
    if groups.get("issuer"):
        cut = _NEXT_THING.search(script.text, *found.span("issuer"))
        tail = cut.start() if cut else tail
        issuer = script.words((found.start("issuer"), tail))
    about = _ABOUT.match(script.low, tail, end)
    whole = script.trimmed((found.start(), about.end() if about else tail), " ,;.\n")
    number = groups.get("number")
    exact = re.sub(r"\s", "", script.text[found.start("number") : found.end("number")]) if number else None
    return Mention((found.start(), tail), whole, Citation(script.words(whole), exact, _date(groups), issuer))


def _date(groups: dict[str, str | None]) -> date | None:
    for suffix in ("", "2"):
        if (day := groups.get(f"d{suffix}")) and (month := groups[f"m{suffix}"]) and (year := groups[f"y{suffix}"]):
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                return None
    return None
