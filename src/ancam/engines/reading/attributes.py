"""Lines that say who leads, who helps and by when of the task above them, as plans are written."""

import re
from dataclasses import replace

from ancam.engines.reading.actors import list_end, members, starts_list
from ancam.engines.reading.cadence import find_cadence
from ancam.engines.reading.deadlines import find_dues
from ancam.engines.reading.drafts import Draft
from ancam.engines.reading.due import Due, Known
from ancam.engines.reading.model import Actor, Span
from ancam.engines.reading.script import Script

_LEAD = re.compile(
    r"\W*(?:(?:cơ quan|đơn vị|bộ phận)\s+)?(?:chủ trì|thực hiện|đầu mối)(?:\s+(?:thực hiện|tham mưu))?\s*:\s*"
)
_SUPPORT = re.compile(r"\W*(?:(?:cơ quan|đơn vị)\s+)?phối hợp(?:\s+thực hiện)?\s*:\s*")
_TIME = re.compile(
    r"\W*(?:thời (?:gian|hạn)|tiến độ|hạn)(?:\s+(?:thực hiện|hoàn thành|báo cáo))?\s*:\s*|\W*hoàn thành\s*:\s*"
)
_RESULT = re.compile(
    r"\W*(?:sản phẩm|kết quả|kinh phí|đầu ra|sản phẩm, kết quả|nguồn lực)(?:\s+(?:thực hiện|đầu ra|cần đạt))?\s*:\s*"
)
# `Hoàn thành trước ngày …`: a sentence that only says when.
_ABOUT_THIS = re.compile(r"\W*(?:việc|nội dung|nhiệm vụ) (?:này|trên|đó) (?:do|giao(?: cho)?)\s+")
_LED_BY = re.compile(r"([^:;.\n]{3,120})\s(?:chủ trì|làm|thực hiện|phụ trách|đảm nhiệm|đảm nhận|đảm trách|lo)\W*$")
_SAID_WHO = re.compile(r"(\s(?:chủ trì|làm|thực hiện|phụ trách|đảm nhiệm|phối hợp)),\s+")
_HELPED_BY = re.compile(r"([^:;.\n]{3,120})\s(?:cùng )?phối hợp\W*$")
_ONLY_WHEN = re.compile(
    r"\W*(?:(?:lần đầu|thực hiện|yêu cầu|các (?:nội dung|nhiệm vụ) (?:trên|này)|nội dung này"
    r"|việc này)\s+)*(?:phải\s+)?(?:hoàn thành|thời gian|thời hạn|xong|tiến độ|hạn|hoàn tất|kết thúc)(?!\w)"
)
# `chậm nhất ngày …`, `duy trì thường xuyên`: no verb of their own, so they belong to the duty before them.
_FILLERS = re.compile(
    r"(?:[\s,.:–-]|(?:chậm nhất|muộn nhất|không (?:quá|muộn hơn|chậm hơn)|trước|đến|hết|vào|trong|cuối|hạn|chót|là"
    r"|xong|và"
    r"|đợt(?: đầu| cuối| một| \d)?|lần đầu|bắt đầu|ngày|duy trì|thực hiện|tiến hành|hoàn thành|hoàn tất|kết thúc|phải"
    r"|việc này|\d+ (?:tin|bài|lần|buổi|lượt|đợt)|thường xuyên|liên tục|định kỳ|h[ằà]ng|mỗi|một lần|lần|tuần|tháng"
    r"|quý|năm|ít nhất|kể|từ|nay)(?!\w))*+"  # never tried again: `đợt cuối` could be one filler or two
)
# `Đợt cao điểm kéo dài đến …`, `việc này không được quá …`: a sentence about the time of the duty before it.
_RUNS = re.compile(
    r"\W*(?:đợt|cuộc|thời (?:gian|điểm|hạn)|việc (?:này|trên|đó)|các (?:việc|nội dung|công việc) (?:này|trên)"
    r"|công việc này"
    r"|nội dung này|toàn bộ|tất cả|lớp thứ \w+|lần (?:đầu|sau|thứ \w+)|buổi (?:đầu|cuối)|kế hoạch này|hồ sơ này"
    r"|(?:nội quy|quy chế|hồ sơ|kế hoạch|phương án|dự thảo|số liệu|danh sách)(?: mới| này| trên)? (?:chốt|ban hành"
    r"|hoàn thành|hoàn tất|xong)"
    r"|chậm nhất"
    r"|muộn nhất|(?:và )?(?:làm |phải )?(?:xong|hoàn thành|hoàn tất|kết thúc))(?!\w)"
)
_ASIDE = re.compile(r"\([^()\n]{5,400}\)")
_PART = re.compile(r"(?:[^;.]|\.(?=\d))+")
_MOST_BESIDE = 40
_LONGEST_RUN = 110


def is_attribute(script: Script, span: Span) -> bool:
    """Return whether a line only describes the task above it."""
    return any(pattern.match(script.low, *span) for pattern in (_LEAD, _SUPPORT, _TIME, _RESULT))


def describe_all(script: Script, span: Span, drafts: list[Draft], known: Known) -> None:
    """Apply a line that may hold several descriptions: `Chủ trì: …; phối hợp: …; thời gian: …`."""
    parts: list[Span] = []
    for part in _PART.finditer(script.low, *span):
        if parts and not is_attribute(script, part.span()):
            parts[-1] = (parts[-1][0], part.end())
        else:
            parts.append(part.span())
    for piece in parts:
        describe(script, script.trimmed(piece), drafts, known)


def describe(script: Script, span: Span, drafts: list[Draft], known: Known) -> bool:
    """Apply a describing line to the duties above it; return False when the line is not one."""
    if found := _LEAD.match(script.low, *span):
        leads = _bodies(script, (found.end(), span[1]))
        for one in drafts:
            one.leads, one.named = leads or one.leads, True
    elif found := _SUPPORT.match(script.low, *span):
        for one in drafts:
            one.supports = _bodies(script, (found.end(), span[1])) or one.supports
    elif bodies := _who(script, _LED_BY, span):
        for one in drafts:
            one.leads, one.named = bodies, True
    elif bodies := _who(script, _HELPED_BY, span):
        for one in drafts:
            one.supports = one.supports or bodies
    elif all_said := _who_does_what(script, span):
        for part in all_said:
            describe(script, part, drafts, known)
        return True
    elif not (_RESULT.match(script.low, *span) or _timed(script, span, drafts, known)):
        return False
    for one in drafts:
        one.extra.append(span)
    return True


def describe_asides(script: Script, drafts: list[Draft], known: Known) -> None:
    """Apply what stands in brackets in the duties themselves: `(Sở … chủ trì; hoàn thành: …)`."""
    for one in drafts:
        for span in one.spans:
            for aside in _ASIDE.finditer(script.low, *span):
                for part in _parts(script, (aside.start() + 1, aside.end() - 1)):
                    inside = script.trimmed(part)
                    if (
                        is_attribute(script, inside)
                        or _says_who(script, inside)
                        or _ONLY_WHEN.match(script.low, *inside)
                    ):
                        describe(script, inside, [one], known)
                    elif named := _whole_list(script, inside, one):
                        _name(script, drafts, named)


def _parts(script: Script, span: Span) -> list[Span]:
    """Cut brackets at semicolons, and at commas where each side says who does what."""
    parts: list[Span] = []
    for part in _PART.finditer(script.low, *span):
        start = part.start()
        for comma in _SAID_WHO.finditer(script.low, *part.span()):
            parts.append((start, comma.end(1)))
            start = comma.end()
        parts.append((start, part.end()))
    return parts


def _name(script: Script, drafts: list[Draft], bodies: tuple[Actor, ...]) -> None:
    """Give the bodies to those duties of a point that begin with no name of their own."""
    for one in drafts:
        if not starts_list(script, one.spans[0][0]):
            one.leads, one.named = bodies, True


def _who_does_what(script: Script, span: Span) -> list[Span]:
    """Return the parts of `việc này do Sở A chủ trì, Sở B phối hợp`, none when one of them says something else."""
    parts = _parts(script, span)
    return parts if len(parts) > 1 and all(_says_who(script, part) for part in parts) else []


def _says_who(script: Script, span: Span) -> bool:
    return any(_who(script, pattern, span) for pattern in (_LED_BY, _HELPED_BY))


def _who(script: Script, pattern: re.Pattern[str], span: Span) -> tuple[Actor, ...]:
    """Return the bodies that fill the words before the verb of a pattern: `Công an xã làm`, `việc này do … chủ trì`."""
    found = pattern.match(script.low, *span)
    if not found:
        return ()
    start = about.end() if (about := _ABOUT_THIS.match(script.low, *span)) else span[0]
    named = start, found.end(1)
    if not starts_list(script, start, ordered=True) or list_end(script, named)[1]:
        return ()
    return members(script, named)


def _whole_list(script: Script, span: Span, one: Draft) -> tuple[Actor, ...]:
    """Return the bodies that fill the brackets at the end of a duty that names none itself: `… (Công an xã)`."""
    if span[1] + 2 < one.spans[-1][1] or not starts_list(script, span[0]):
        return ()
    end, ended = list_end(script, span)
    return () if ended else members(script, (span[0], end))


def _bodies(script: Script, span: Span) -> tuple[Actor, ...]:
    if not starts_list(script, span[0], ordered=True):
        return ()
    end, _ = list_end(script, span)
    return members(script, (span[0], end))


def _timed(script: Script, span: Span, drafts: list[Draft], known: Known) -> bool:
    is_time = bool(_TIME.match(script.low, *span))
    only_when = is_time or bool(_ONLY_WHEN.match(script.low, *span))
    if not only_when:
        return _verbless(script, span, drafts[-1], known) or _runs(script, span, drafts[-1], known)
    cadence = find_cadence(script, span) if is_time else "none"
    dues = find_dues(script, span, cadence, known)
    for one in drafts:
        one.cadence = cadence if one.cadence == "none" else one.cadence
    if not dues:
        return is_time
    beside = (dues[0].span[0] - span[0]) + (span[1] - dues[-1].span[1])
    if beside > _MOST_BESIDE and not dues[0].by_reference and not is_time:
        return False
    for one in drafts:
        if one.due is None or (one.due.relative and not dues[0].relative):
            one.due = replace(dues[0])
    return True


def _runs(script: Script, span: Span, one: Draft, known: Known) -> bool:
    """Apply a short sentence about how long the duty right before it goes on, when that has no day yet."""
    if one.due is not None or span[1] - span[0] > _LONGEST_RUN or not _RUNS.match(script.low, *span):
        return False
    dues = [due for due in find_dues(script, span, "none", known) if due.deadline.date or _counts_days(due)]
    if len(dues) != 1:
        return False
    one.due = replace(dues[0])
    return True


def _counts_days(due: Due) -> bool:
    return due.relative is not None and due.relative.days is not None


def _verbless(script: Script, span: Span, one: Draft, known: Known) -> bool:
    """Apply a segment that holds nothing but a time or how often, to the duty right before it."""
    cadence = find_cadence(script, span)
    dues = [due for due in find_dues(script, span, cadence, known) if due.relative is None]
    if not (dues or cadence != "none") or (dues and one.due is not None):
        return False
    at = span[0]
    for end, after in (*(due.span for due in dues), (span[1], span[1])):
        if not _FILLERS.fullmatch(script.low, at, end):
            return False
        at = after
    one.cadence = cadence if one.cadence == "none" else one.cadence
    one.due = replace(dues[0]) if dues else one.due
    return True
