"""The days and periods by which a duty must be done, told from all other dates of a letter."""

import datetime as dt
import re

from ancam.engines.reading.dates import DAY, HOUR, PERIOD, When, read_when
from ancam.engines.reading.due import Due, Known
from ancam.engines.reading.model import Cadence, Deadline, Operator, Span
from ancam.engines.reading.script import Script
from ancam.engines.reading.terms import find_term

_LATEST = (
    r"(?:chậm nhất|muộn nhất|không (?:chậm|muộn|trễ)(?: hơn| quá)|không (?:(?:được|để)(?: kéo dài)? )?quá"
    r"|hạn (?:cuối(?: cùng)?|chót)|chậm hơn)"
)
_DONE = (
    r"(?:hoàn thành|hoàn tất|xong|thời hạn(?: (?:hoàn thành|thực hiện|báo cáo|gửi|nộp"
    r"|làm (?:các )?việc (?:này|trên|đó)))?|thời gian(?: (?:hoàn thành"
    r"|thực hiện|báo cáo|gửi))?|tiến độ(?: (?:hoàn thành|thực hiện))?|(?<!giới )(?<!quá )hạn(?: (?:hoàn thành"
    r"|thực hiện|báo cáo|gửi|nộp))?)"
)
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s*,?\s*(?:ngày\s+)?"
_FEAST = r"(?:lễ |dịp )?(?:quốc khánh|tết [^\d,;.]{2,20}|khai giảng[^\d,;.]{0,20})\s*,?\s*(?:ngày\s+)?"
_STRONG = rf"(?:trước(?: thời điểm)?|(?:cho )?đến hết|hết|{_LATEST}|{_DONE})"
_CUE = re.compile(
    rf"(?<!\w)(?P<cue>(?:{_STRONG}|trong|vào|đến|từ nay đến|(?<!tháng )(?<!quý )cuối(?=\s+(?:tháng|quý|năm)))"
    rf"(?:\s*(?:là|vào|đến|trong|trước|xong|hết|chậm nhất|:|khoảng)){{0,6}})\s*"
    rf"(?:(?:kỳ|buổi|phiên|cuộc) (?:sinh hoạt|họp|giao ban)\s+(?:thường kỳ\s+)?)?"
    rf"(?P<edge>(?:cuối|giữa|đầu)\s+)?(?P<hour>{HOUR})?(?:{_WEEKDAY})?(?:ngày\s+)?(?:{_WEEKDAY}|{_FEAST})?"
    rf"(?P<when>{PERIOD}|{DAY})"
)
# `hoàn thành` before the words of time is the task, not the time.
_OPENER = re.compile(rf"{_DONE}\s*:?\s*(?=trước|chậm|muộn|không|trong|đến|vào|hết|xong)")
_IS_STRONG = re.compile(_STRONG)
# A weak word such as `trong` makes a deadline only beside something to be finished.
_TO_FINISH = re.compile(
    r"(?:hoàn thành|xong|báo cáo|gửi|thực hiện|triển khai|tổ chức|nộp|ban hành|phê duyệt|trình|thời gian"
    r"|thời hạn)(?!\w)"
)
_PAST_FACT = re.compile(r"(?:đã|dự kiến (?!hoàn|xong|kết thúc)|xảy ra|phát sinh|diễn ra|giai đoạn|từ năm)[^,;.]{0,60}$")
# `kế hoạch năm 2024` is a name, not a time.
_NAMED_YEAR = re.compile(r"(?:kế hoạch|chương trình|dự toán|ngân sách|nhiệm vụ|kết quả|kinh phí)(?:\s\w+){0,3}\s*$")
# `hệ thống đã đưa vào vận hành trước ngày …` says which systems, not by when.
_USED = (
    r"(?:vận hành|sử dụng|khai thác|lắp đặt|đầu tư|mua sắm|mua|hoạt động|ký|ký kết|cấp phép|cấp|nghiệm thu|sản xuất"
    r"|nhập khẩu|trang bị|nhập|bán ra"
    r"|lưu hành|kết nối|thuê|cài đặt|phát hành|hiệu lực)"
)
_WHICH_ONES = re.compile(
    rf"(?:(?:đã|đang)\s(?:[^,;.]{{0,60}}\s)?(?:{_USED}|ban hành|phê duyệt|triển khai)|(?:được|có"
    rf"|cũ)\s(?:đưa vào\s)?{_USED}(?:,?\s\w+\s\w+){{0,2}})\s+(?:từ\s+)?$"
)
_SINCE = re.compile(r"(?<!\w)(?:t[ừự]|tính)\s+(?:ngày\s+)?$")
# `kéo dài từ ngày 10/6 đến ngày 20/6`: the days in which it is done; `giai đoạn đến hết năm …` names a phase.
_FROM = re.compile(
    r"(?<!\w)(?:tuần|đợt|kéo dài|khoảng)\s(?:[^,;.]{0,30}\s)?từ\s+(?:ngày\s+)?(?:\d[\d/.\-]*"
    r"|\d+ tháng \d+(?: năm \d+)?)\s+$"
)
# `số liệu chốt đến hết ngày …`: until when a thing is counted; `số liệu chốt chậm nhất ngày …` is a deadline.
_COUNTED = re.compile(r"(?<!\w)(?:chốt|lũy kế|thống kê|cộng dồn|số liệu(?:\s\w+)?)\s+$")
# `thuê bảo trì từ nay đến hết năm …`: how long a thing is hired.
_HIRED = re.compile(r"(?<!\w)thuê(?:\s\w+){0,4}\s+$")
_NOT_AWAITED = re.compile(r"(?:đợi|chờ)\s+$")
# `đến ngày 01/01/2026 là mốc bắt buộc`: the day is spoken about, not set.
_SPOKEN_ABOUT = re.compile(r"\s+là (?:mốc|ngày|thời điểm)(?!\w)")
_ALREADY = re.compile(r"(?<!\w)đã\s[^,;.]{0,80}$")
_PHASE = re.compile(r"giai đoạn\s+$")
_OWN_YEAR = re.compile(r"(?:19|20)\d\d")


def find_dues(script: Script, span: Span, cadence: Cadence, known: Known) -> list[Due]:
    """Return the absolute deadlines of a span in order; when there is none, at most one relative deadline.

    Dates of cited documents, of programmes and of past facts are none.
    """
    dues = _absolutes(script, span, cadence, known)
    if dues:
        return dues
    term = find_term(script, span, known)
    return [term] if term else []


def _absolutes(script: Script, span: Span, cadence: Cadence, known: Known) -> list[Due]:
    dues = [
        due for found in _CUE.finditer(script.low, *span) if (due := _absolute(script, span, found, cadence, known))
    ]
    if len(dues) > 1 and cadence != "none" and not any(_OWN_YEAR.search(d.deadline.text or "") for d in dues):
        # `6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12)`: the days of one returning duty.
        whole = (dues[0].span[0], dues[-1].span[1])
        return [Due(whole, Deadline(script.words(whole), dues[0].deadline.operator))]
    return dues


def _absolute(script: Script, span: Span, found: re.Match[str], cadence: Cadence, known: Known) -> Due | None:
    before = script.low[max(span[0], found.start() - 160) : found.start()]
    if _WHICH_ONES.search(before) or _NOT_AWAITED.search(before) or _SINCE.search(before) or _PHASE.search(before):
        return None
    if _COUNTED.search(before) and found["cue"].startswith(("đến", "hết", "cho đến")):
        return None
    if found["cue"].startswith("từ nay") and _HIRED.search(before):
        return None
    if found["cue"].startswith("đến") and _SPOKEN_ABOUT.match(script.low, found.end(), span[1]):
        return None
    when, guessed = _when(script, found, cadence, known)
    if not _is_deadline(found, before, when, known, returns=cadence != "none"):
        return None
    opener = _OPENER.match(script.low, found.start(), found.end())
    text = script.words((opener.end() if opener else found.start(), found.end()))
    return Due(found.span(), _deadline(text, found, when, ranged=bool(_FROM.search(before))), guessed=guessed)


def _when(script: Script, found: re.Match[str], cadence: Cadence, known: Known) -> tuple[When, bool]:
    """Return the day or period; without a year of its own the next one after the letter, and then True."""
    written_on = known.written_on
    year = written_on.year if written_on and cadence != "yearly" else None
    when = read_when(found, script.text, year)
    if _OWN_YEAR.search(found["when"]) or not written_on or not when.date:
        return when, False
    if when.date < written_on:
        when = read_when(found, script.text, written_on.year + 1)
    return when, True


def _is_deadline(found: re.Match[str], before: str, when: When, known: Known, *, returns: bool) -> bool:
    """Judge a date by its cue: a weak one, such as `trong`, needs a day to come or something to be finished."""
    ahead = bool(when.date and known.written_on and when.date >= known.written_on)
    if when.date and known.written_on and not ahead and _ALREADY.search(before):
        return False
    if found["when"].startswith("năm ") and not ahead and found["cue"].endswith("trước"):
        return False
    if _IS_STRONG.match(found["cue"]):
        return True
    if when.raw:
        return True
    if when.is_period and found["cue"] == "vào" and (when.open or (returns and not _OWN_YEAR.search(found["when"]))):
        return False
    if _PAST_FACT.search(before) or (found["when"].startswith("năm ") and _NAMED_YEAR.search(before)):
        return False
    if known.written_on and when.date:
        return ahead
    return bool(_TO_FINISH.search(before)) or not before.strip()


def _deadline(text: str, found: re.Match[str], when: When, *, ranged: bool) -> Deadline:
    operator: Operator = "within" if when.is_period or ranged else "by"
    if re.search(r"(?<!\w)trước(?!.*trong)", found["cue"]) and not (when.is_period and found["edge"]):
        operator = "before"
    if when.date is None:
        return Deadline(text, operator, None, when.raw, None)
    if operator != "before":
        return Deadline(text, operator, when.date, None, when.date)
    if when.is_period and when.first:
        return Deadline(text, operator, when.first, None, when.first - dt.timedelta(days=1))
    last = when.date if found["hour"] else when.date - dt.timedelta(days=1)
    return Deadline(text, operator, when.date, None, last)
