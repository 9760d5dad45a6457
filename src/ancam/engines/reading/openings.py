"""How a statement opens: an order, the bodies it speaks to, those that help, and where the action begins."""

import re
from dataclasses import dataclass, replace

from ancam.engines.reading.actors import list_end, members, starts_list, starts_with_verb
from ancam.engines.reading.agencies import actor
from ancam.engines.reading.model import Actor, Span
from ancam.engines.reading.script import Script
from ancam.engines.reading.vocabulary import NAMED_AGAIN

_ORDER = re.compile(
    r"\s*(?:đồng thời,?\s+)?(?:(?:kính |trân trọng )?đề nghị|yêu cầu|(?:thống nhất |tiếp tục )?giao(?: nhiệm vụ"
    r"| trách nhiệm| thêm)?(?: cho)?|phân công|khuyến khích"
    r"|(?:rất )?mong(?: muốn)?|đối với|về phía|(?:nhiệm vụ|trách nhiệm)(?: cụ thể)? của|ủy quyền(?: cho)?)\s+"
)
# `UBND tỉnh yêu cầu …`: the letter's own voice before its order.
_VOICE = re.compile(
    r"\s*(?:(?:chủ tịch|phó chủ tịch|thường trực)\s+)?(?:ubnd|ủy ban nhân dân|giám đốc|trưởng|sở|công an|đảng ủy"
    r"|công ty|ban|chi cục|cục|ngân hàng|bệnh viện|viễn thông|trung tâm)\s(?!các\b)[^,;:.\n]{0,80}?"
    r"\s(?<!bàn )(?<!được )(?<!về )(?<!các )(?<!theo )(?<!ứng )"
    r"(?=(?:đề nghị|yêu cầu|giao(?! thông| dịch| nhận| lưu| ban)|phân công)\s)"
)
_LEADING = re.compile(
    r"\s*(?:trước (?:ngày|tháng|\d{1,2}h)|chậm nhất|định kỳ|h[ằà]ng (?:tháng|quý|năm)|trong (?:thời hạn|vòng|tháng"
    r"|quý|năm|quá trình)|quá trình|khi|sau khi|căn cứ|trên cơ sở|để|nhằm|ngay sau|riêng|theo|nhận được|có|nếu"
    r"|trường hợp|từ nay|không quá|từ ngày)"
    r"(?!\w)[^;:.\n]{0,200}?,\s+"
)
_GROUNDED = re.compile(r"\s*(?:thực hiện|tiếp theo|triển khai|tiếp tục)(?!\w)[^;:\n]{0,400}?,\s+")
# `Đơn vị nào có vướng mắc …`: whoever it may be.
_WHOEVER = re.compile(
    r"\s*(?:nếu |trường hợp )?(?:có )?(?P<body>(?:người đứng đầu |thủ trưởng |trưởng |giám đốc |hiệu trưởng )?"
    r"(?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân|doanh nghiệp|phòng|ban"
    r"|trường|hộ"
    r"|thôn|xã|ngành|bộ phận|khu phố|tổ dân phố|cơ sở|cửa hàng|chi nhánh|nơi)(?:,? (?:và |hoặc )?(?:cơ quan"
    r"|đơn vị|địa phương|tổ chức|cá nhân|doanh nghiệp)){0,3})"
    r"\s+nào\s+(?=\w)"
)
# What may stand before the bodies without being a task: a time, a condition, a ground, the thing it is about.
_FRONTING = re.compile(
    r"\s*(?:trước|sau|trong|khi|nếu|để|căn cứ|trên cơ sở|theo|từ|định kỳ|chậm nhất|muộn nhất|h[ằà]ng|mỗi|cứ|kể từ|đến"
    r"|kết quả|riêng|đối với|với|ngoài|cùng với|bên cạnh|vướng mắc|khó khăn|có gì|về|việc|hồ sơ|danh sách|do|vì|nhằm"
    r"|thực hiện|tiếp tục thực hiện|nội dung|cũng|ngay|một|hai|ba|bốn|sáu|\d+|tại|qua|quá|tất cả những|hệ thống"
    r"|camera|thiết bị|ai|chỗ|phần|riêng phần|số|mọi|báo cáo (?:cả năm|năm|quý|tháng|tổng kết|định kỳ)|hễ"
    r"|đầu mối|gặp|dự toán)(?!\w)"
)
# A front that says no more than when, or on what ground.
_ONLY_WHEN = re.compile(
    r"\s*(?:trước(?! khi)|sau(?! khi)|trong(?! quá trình)|căn cứ|trên cơ sở|theo|từ|định kỳ|chậm nhất|muộn nhất"
    r"|h[ằà]ng|mỗi|cứ|kể từ|đến|ngoài|cùng với"
    r"|bên cạnh|cũng|ngay|thực hiện|tiếp tục|một|hai|ba|bốn|sáu|\d+)(?!\w)"
)
# These may open a sentence in small letters, as after a semicolon.
_LOWERED = re.compile(
    r"(?:người đứng đầu|thủ trưởng|giám đốc|chủ tịch|hiệu trưởng|trưởng (?=đơn vị|phòng|ban|thôn|công an)"
    r"|đơn vị (?=nhập|vận hành|thuê|quản lý|chủ trì|sử dụng)|chủ (?=đầu tư|cơ sở|hộ|cửa))"
)
_AFTER_FRONT = re.compile(r"(?:,\s+(?:thì\s+)?|(?<=\s)thì\s+)(?:cũng\s+)?")
_FRONTS_TRIED = 4
_LONGEST_FRONT = 260
# `do Công an tỉnh đảm nhiệm`, `được Phòng … thẩm định`, `là Phòng …`: who does it stands after what is done.
_BY = re.compile(
    r"(?<!\w)(?<!đã )(?<!chưa )(?<!không )(?<!vừa )(?<!từng )(?:do|được|giao(?: cho)?|thuộc trách nhiệm của|là)\s+"
)
_MODAL = re.compile(r"(?<!\w)(?:phải|cần|thì|không được|được)(?!\w)")
_LONGEST_SUBJECT = 200
# `các Đội nêu trên`, `phòng này`: those named before.
_SAME = re.compile(
    r"(?:cũng\s+)?(?P<body>(?:(?:cả\s+)?(?:các|những|hai|ba|bốn|năm|toàn bộ|tất cả các)\s+)?"
    rf"(?:{NAMED_AGAIN})(?:(?:,|\s+và|\s+hoặc)\s+(?:{NAMED_AGAIN})){{0,9}}"
    r"(?:\s+(?:thứ cấp|trực thuộc|chủ trì|được giao))?"
    r"\s+(?:này|trên(?! địa)|nêu trên|nói trên|kể trên|đó|ấy|vừa nêu|có tên trên|(?:nêu|nói|quy định|có tên) tại "
    r"(?:điểm|khoản|mục|điều) ?[\w.()]+)|(?:cả\s+)?(?:hai|ba|bốn)\s+(?:bên|đơn vị|doanh nghiệp|cơ quan|phòng|đội))"
    r"(?!\w)\s*(?![,;:]|\s*tại)"
)
_ASKS = re.compile(r"\s*(?:trân trọng |kính )?(?:đề nghị|yêu cầu|mong)(?!\w)")
_APART = re.compile(r"\s*(?:riêng(?: đối với)?|với|còn|phần)\s+")
_ORDER_INSIDE = re.compile(r"(?<=\s)(?:đề nghị|yêu cầu)\s+")
_TO_COMMA = re.compile(r"[^;:,\n]{0,200}?,\s+")
_JOINT = re.compile(
    r"\s*,?\s*(?:chủ trì|là đơn vị chủ trì|làm đầu mối|là đầu mối)?\s*(?:,|và|;)?\s*(?:thường xuyên |chủ động "
    r"|chặt chẽ |tích cực )?phối hợp(?: chặt chẽ)?(?:\s*,?\s*(?:với|cùng(?: với)?))?\s+"
)
# `Về công tác tuyên truyền: Giao Sở …`
_LABEL = re.compile(
    r"\s*(?:về|công tác|việc|nhiệm vụ|nội dung)\s[^:;.\n]{3,120}:\s+(?=giao|đề nghị|yêu cầu|sở|công an|ubnd|ủy ban"
    r"|các|phòng|ban|trung tâm|văn phòng|báo|đài|chi cục)"
)
_LEADS = re.compile(r"chủ trì|đầu mối")
_GLUE = re.compile(
    r"\s*,?\s*(?:chủ trì,?\s+(?!phối)|(?:có )?(?:trách nhiệm|nhiệm vụ)\s*(?::|,|(?=\w))|(?:trong|để)\s+việc\s+|để\s+"
    r"|:|,|(?:còn |cũng |đều )?được (?:giao|đề nghị|yêu cầu|phân công)(?: nhiệm vụ| trách nhiệm)?\s+(?!\w+ việc)"
    r"|cũng\s+)\s*"
)
_ON_CONDITION = re.compile(r"\s*(?:khi|nếu|theo)(?!\w)[^,;.]*\.?$")
_HELPERS_END = re.compile(r"\s(?:trong việc|trong công tác|để|trong quá trình)\s|\s(?:các nội dung|những nội dung)\s")


@dataclass(frozen=True, slots=True)
class Opening:
    """leads and supports are empty when the statement names none. `action`: where the wording of the duty begins.

    ordered: an order word stood there, so the statement is a duty even without a verb of ours.
    alone: the list fills the whole statement, as a heading does.
    """

    leads: tuple[Actor, ...]
    supports: tuple[Actor, ...]
    action: int
    ordered: bool = False
    alone: bool = False


def read_opening(script: Script, span: Span) -> Opening:
    """Return how the statement in a span opens; bodies after a time, a ground or the act itself count too."""
    if whoever := _WHOEVER.match(script.low, *span):
        return _of_whoever(script, whoever, span)
    opening = _read_opening(script, span)
    if opening.leads:
        return opening
    fronted, passive = _after_front(script, span), _done_by(script, span)
    if fronted and passive:
        return passive[1] if passive[0] < fronted[0] else fronted[1]
    return (fronted or passive or (0, opening))[1]


def _of_whoever(script: Script, whoever: re.Match[str], span: Span) -> Opening:
    """Return who a condition speaks to; of `nơi nào …, Chủ tịch UBND xã …` the body after it."""
    if whoever["body"].endswith("nơi"):
        named = _after_front(script, (whoever.end(), span[1]), fronting=True)
        return named[1] if named else Opening((), (), span[0])
    return Opening((actor(script.words(whoever.span("body"))),), (), whoever.end())


def _after_front(script: Script, span: Span, *, fronting: bool = False) -> tuple[int, Opening] | None:
    """Return the opening after what stands before the bodies (`Kết quả xử lý, các cơ quan … gửi …`), and where."""
    fronting = fronting or bool(_FRONTING.match(script.low, *span))
    if not fronting and starts_with_verb(script, span[0]):
        return None
    limit = min(span[1], span[0] + _LONGEST_FRONT)
    for found, _ in zip(_AFTER_FRONT.finditer(script.low, span[0], limit), range(_FRONTS_TRIED), strict=False):
        ordered = bool(_ORDER.match(script.low, found.end(), span[1]))
        if not (fronting or ordered or "thì" in found.group()) and not starts_list(script, found.end()):
            continue
        opening = _read_opening(script, (found.end(), span[1]), lowered=fronting)
        if opening.leads and not opening.alone:
            only_when = _ONLY_WHEN.match(script.low, span[0], found.start())
            return found.end(), opening if only_when else replace(opening, action=span[0])
    return None


def _done_by(script: Script, span: Span) -> tuple[int, Opening] | None:
    """Return the opening of a passive sentence, whose action is the whole of it, and where its body stands."""
    if starts_with_verb(script, span[0]) and not _FRONTING.match(script.low, *span):
        return None
    for by in _BY.finditer(script.low, span[0], min(span[1], span[0] + _LONGEST_SUBJECT)):
        if same := _SAME.match(script.low, by.end(), span[1]):
            return by.end(), Opening((actor(script.words(same.span("body"))),), (), span[0])
        if not starts_list(script, by.end(), ordered=True):
            continue
        end, ended = list_end(script, (by.end(), span[1]))
        named = by.group().startswith(("được", "là", "giao"))
        if not ended and not (named and _is_short(script, (by.end(), span[1]))):
            continue
        # `camera do đơn vị cung cấp phải …` says which camera.
        if by.group().startswith("do") and _MODAL.search(script.low, end, span[1]):
            continue
        return by.end(), Opening(members(script, (by.end(), end)), (), span[0])
    return None


def _read_opening(script: Script, span: Span, *, lowered: bool = False) -> Opening:
    at = _skip_leading(script, span)
    voice = _VOICE.match(script.low, at, span[1])
    order = _ORDER.match(script.low, voice.end() if voice else at, span[1])
    apart = _APART.match(script.low, at, span[1])
    if apart and starts_list(script, apart.end(), ordered=True):
        order = apart
    start = order.end() if order else at
    if same := _SAME.match(script.low, start, span[1]):
        action = _past_glue(script, (same.end(), span[1]))
        return Opening((actor(script.words(same.span("body"))),), (), action, ordered=order is not None)
    appoints = order is not None and order.group().strip().startswith("phân công")
    lowered = lowered or bool(_LOWERED.match(script.low, start, span[1]))
    if not starts_list(script, start, ordered=lowered or (order is not None and not appoints)):
        if appoints:
            return Opening((), (), span[0])
        if not order and (label := _LABEL.match(script.low, *span)):
            return read_opening(script, (label.end(), span[1]))
        return _without_leads(script, (start if order else span[0], span[1]), ordered=order is not None)
    end, ended = list_end(script, (start, span[1]))
    if not ended and not _is_short(script, (start, span[1])):
        return Opening((), (), span[0], ordered=order is not None)
    leads = members(script, (start, end))
    if not ended:
        return Opening(leads, (), span[1], ordered=order is not None, alone=True)
    if order is not None and len(leads) > 1 and (asks := _ASKS.match(script.low, end, span[1])):
        # `Với các sở, ngành, Công an tỉnh đề nghị: …`: the last of them is the one that asks.
        return Opening(leads[:-1], (), _past_glue(script, (asks.end(), span[1])), ordered=True)
    supports, action = _helpers(script, (end, span[1]))
    said_before = at > span[0] and not _ONLY_WHEN.match(script.low, *span)
    act = span[0] if said_before else _past_glue(script, (action, span[1]))
    return Opening(leads, supports, act, ordered=order is not None)


def _skip_leading(script: Script, span: Span) -> int:
    """Return where the sentence goes on after a time or a ground set before its bodies."""
    leading = _LEADING.match(script.low, *span)
    grounded = _GROUNDED.match(script.low, *span)
    found = leading or grounded
    while found:
        rest = found.end()
        if _ORDER.match(script.low, rest, span[1]) or _VOICE.match(script.low, rest, span[1]):
            return rest
        if leading and starts_list(script, rest, ordered=True):
            return rest
        found = _TO_COMMA.match(script.low, rest, span[1])
    if leading:
        for order in _ORDER_INSIDE.finditer(script.low, leading.end(), span[1]):
            if starts_list(script, order.end(), ordered=True):
                return order.start()
    return span[0]


def _without_leads(script: Script, span: Span, *, ordered: bool) -> Opening:
    supports, action = _helpers(script, span)
    if not supports:
        return Opening((), (), span[0], ordered=ordered)
    return Opening((), supports, _past_glue(script, (action, span[1])), ordered=ordered)


def _helpers(script: Script, span: Span) -> tuple[tuple[Actor, ...], int]:
    """Return the bodies after `phối hợp với`, and where they end."""
    joint = _JOINT.match(script.low, *span)
    if not joint:
        return (), span[0]
    start = joint.end()
    if not starts_list(script, start, ordered=True):
        return (), span[0]
    end, ended = list_end(script, (start, span[1]))
    if stop := _HELPERS_END.search(script.low, start, end if ended else span[1]):
        end, ended = stop.start(), True
    if not ended:
        return (), span[0]
    if _ON_CONDITION.match(script.low, end, span[1]):
        return members(script, (start, end)), span[0]
    # Who only helps does its helping as the task; who leads has a task of its own after the helpers.
    return members(script, (start, end)), end if _LEADS.search(joint.group()) else span[0]


def _past_glue(script: Script, span: Span) -> int:
    at = span[0]
    while glue := _GLUE.match(script.low, at, span[1]):
        at = glue.end()
    return at


def _is_short(script: Script, span: Span) -> bool:
    return span[1] - span[0] <= 200 and "." not in script.text[span[0] : span[1] - 1]
