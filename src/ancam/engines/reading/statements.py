"""The wording of a point → statements, each about one thing to be done."""

import re

from ancam.engines.reading.actors import starts_list
from ancam.engines.reading.kinds import kind_of_duty
from ancam.engines.reading.model import Span
from ancam.engines.reading.script import Script

_SENTENCE_END = re.compile(r"[.!?…]\s+(?=[\"“(]?[A-ZĐÀ-ỸĂÂÊÔƠƯ])|\n")
_PART_END = re.compile(r";\s*")
_LIST_GOES_ON = re.compile(
    r"(?![^;]{0,90}\s(?:thì|phải|gửi)\s)(?:và\s+)?(?:(?:chỉ thị|công văn|kế hoạch|quyết định|thông báo|nghị định"
    r"|nghị quyết|thông tư|luật"
    r"|văn bản)\s(?:số|này|của|ngày)|danh (?:sách|mục)(?! gửi)|số lượng|hệ thống"
    r"|thông tin|việc(?! này| trên| đó)|về|nội dung|tiêu chuẩn|quy chuẩn|mạng|thiết bị|trang|cổng"
    r"|mỗi (?:chiếc|cái|camera|thiết bị|đầu ghi|tài khoản|hệ thống)"
    r"|các (?:nội dung|quy|văn bản|hệ thống"
    r"|thiết bị|camera|tiêu)|những)(?!\w)"
)
_ABBREVIATED = re.compile(r"(?:\b(?:TP|Tp|TS|ThS|TX|TT|Q|P|KT|TM|Đ/c|đ/c|v\.v)|\b[A-ZĐ])$")
_ASIDE = re.compile(r"\([^()]{0,600}\)")
_BODY_CHANGES = re.compile(r",\s+còn\s+")
# A new duty may begin in the middle of a sentence, with one of these after a comma or `và`.
_BREAK = re.compile(
    r"\s*,?\s+đồng thời\s*,?\s+(?=phát hiện|ngăn chặn|phòng ngừa|xử lý|bố trí|cử|phân công|chỉ|lập|rà|nhắn|báo)"
    r"|(?:\s*,?\s+(?:đồng thời|và|cũng như)\s*,?\s+|\s*,\s+)(?=(?:đồng thời\s+|định kỳ [^,;.]{0,40}|h[ằà]ng (?:tháng"
    r"|quý|năm),?\s+|trước ngày [^,;.]{0,25},?\s*|trong (?:vòng|thời hạn) [^,;.]{0,50}?\s(?=được\s))?(?:được\s+)?(?:"
    r"triển khai (?:đầy đủ |đồng bộ |ngay |có hiệu quả )?(?:các )?(?:phương án|biện pháp|giải pháp)"
    r"|(?:gửi )?báo cáo(?! của| về việc| theo| viên)"
    r"|gửi (?:kết quả|danh sách|hồ sơ|báo cáo|số liệu|về|công an|sở|ubnd|ủy ban|phòng|văn phòng)"
    r"|chịu trách nhiệm (?:trước|toàn diện)"
    r"|(?:thực hiện |tổ chức )?kiểm tra, đánh giá"
    r"|xây dựng [^,;.]{0,40}quy chế|ban hành quy chế"
    r"|bố trí (?:đủ |đầy đủ )?(?:kinh phí|nguồn lực)"
    r"|gửi (?:cảnh báo|tin nhắn|thông báo) (?:cho|tới|đến)\s|thông báo (?:ngay |kịp thời )?(?:cho|đến"
    r"|tới) (?:người|khách|chủ|thuê bao)"
    r"|(?:cảnh báo|khuyến cáo|nhắn tin)(?: báo)? (?:cho |đến |tới )?(?:người|khách|chủ|thuê bao)"
    r"|tổng hợp(?:,| kết quả| báo cáo| gửi| tình hình)"
    r"|(?:đăng tải|đăng|công khai|công bố)\s"
    r"|phê duyệt\s|thẩm định\s|hoàn thành (?:việc )?(?:triển khai|phê duyệt|xác định)"
    r"|(?:không|dừng|ngừng) sử dụng|thay thế (?:các )?(?:camera|thiết bị)"
    r"|(?:tổ chức )?(?:tập huấn|hướng dẫn(?! của))\s|(?:tổ chức )?(?:tuyên truyền|phổ biến|quán triệt)\s"
    r"))"
)
# `tuyên truyền, hướng dẫn …`: two verbs that share what follows.
_CHAIN_TAIL = re.compile(
    r"(?<!\w)(?:tuyên truyền|phổ biến|quán triệt|hướng dẫn|theo dõi|kiểm tra|đôn đốc|(?<!camera )giám sát|tổng hợp"
    r"|đánh giá|thẩm định|rà soát|xác định|tổ chức|triển khai|đăng tải|công khai)$"
)
# `Trong thời hạn 10 ngày …, ban hành …`: what stands before the comma only says when or on what ground.
_WHEN_ONLY = re.compile(
    r"\s*(?:trong (?:thời hạn|vòng|tháng|quý|năm|quá trình)|khi|sau khi|ngay sau|trước|định kỳ|h[ằà]ng|căn cứ"
    r"|trên cơ sở|theo|nếu"
    r"|từ|chậm nhất|để|nhằm|nhận được|trường hợp|mỗi|cứ)(?!\w)[^,;]*(?:,\s*(?:trước|vào|và trước|chậm nhất)\s[^,;]*)*"
)
# What follows a day is governed no more by the verb before it: `báo cáo … trước ngày 15/12/2023 và công khai …`.
_DATED = re.compile(r"\d[/.-](?:19|20)\d\d$")
_REPORTING = re.compile(r"(?:đồng thời\s+)?(?:(?:gửi )?báo cáo|gửi|tổng hợp)")
# Inside a purpose (`để … tổng hợp, báo cáo`) or behind a governing verb nothing new begins.
_SO_THAT_IT = r"(?<!\w)để (?:tổng hợp|tập hợp|nghiên cứu)[^;.]{0,80}$"
_PURPOSE = re.compile(
    r"(?<!\w)(?:để|nhằm|trước khi|sau khi|khi|trong việc|việc|về)\s(?:(?!\sthì\s)[^;.,]){0,110}$"
    rf"|{_SO_THAT_IT}"
)

# After a comma, what is to be sent is a new act even when words such as `về` stand before it.
_STRICT_PURPOSE = re.compile(rf"(?<!\w)(?:để|nhằm|trước khi|sau khi|khi)\s[^;.,]{{0,110}}$|{_SO_THAT_IT}")
_SENDS = re.compile(r"gửi (?:kết quả|danh sách|báo cáo|số liệu)|đăng(?: tải)?\s")
_SENDS_DOSSIER = re.compile(r"gửi (?:hồ sơ|[^,;.]{0,60}thẩm định)")


def sentences(script: Script, span: Span) -> list[Span]:
    """Return the sentences of a span, without the full stops."""
    return _cut(script, span, _SENTENCE_END)


def statements(script: Script, span: Span, leads: frozenset[str | None]) -> list[Span]:
    """Return the spans of the statements, in order: at full stops, semicolons, and where the kind of duty changes."""
    parts = [part for sentence in sentences(script, span) for part in _parts(script, sentence)]
    return [piece for part in parts for piece in _by_kind(script, part, leads)]


def _parts(script: Script, sentence: Span) -> list[Span]:
    """Cut a sentence at its semicolons, except where the next part only goes on with a list of things."""
    parts: list[Span] = []
    for part in _cut(script, sentence, _PART_END):
        if parts and _LIST_GOES_ON.match(script.low, *part):
            parts[-1] = (parts[-1][0], part[1])
        else:
            parts.append(part)
    return [piece for part in parts for piece in _by_body(script, part)]


def _by_body(script: Script, part: Span) -> list[Span]:
    """Cut where the sentence turns to another body: `Sở A kiểm tra …, còn Sở B …`."""
    pieces: list[Span] = []
    start = part[0]
    for found in script.matches(_BODY_CHANGES, part):
        if starts_list(script, found.end()):
            pieces.append((start, found.start()))
            start = found.end()
    return [*pieces, (start, part[1])]


def _cut(script: Script, span: Span, pattern: re.Pattern[str]) -> list[Span]:
    masked = _ASIDE.sub(lambda aside: "(" + "x" * (len(aside.group()) - 2) + ")", script.text[span[0] : span[1]])
    cuts: list[Span] = []
    start = 0
    for found in pattern.finditer(masked):
        if _ABBREVIATED.search(masked, max(0, found.start() - 4), found.start()) and masked[found.start()] == ".":
            continue
        cuts.append((span[0] + start, span[0] + found.start() + (masked[found.start()] != "\n")))
        start = found.end()
    cuts.append((span[0] + start, span[1]))
    trimmed = (script.trimmed(cut, " \n\t,;") for cut in cuts)
    return [cut for cut in trimmed if any(c.isalnum() for c in script.text[cut[0] : cut[1]])]


def _by_kind(script: Script, span: Span, leads: frozenset[str | None]) -> list[Span]:
    """Cut one part where a duty of another kind begins inside it."""
    pieces: list[Span] = []
    start = span[0]
    for found in _BREAK.finditer(script.low, *span):
        before, after = (start, found.start()), (found.end(), span[1])
        if found.start() - start < 12 or _in_aside(script, span, found.start()):
            continue
        sends = "," in found.group() and _SENDS.match(script.low, *after)
        purpose = _STRICT_PURPOSE if sends else _PURPOSE
        if purpose.search(script.low, max(start, found.start() - 130), found.start()):
            continue
        if _WHEN_ONLY.fullmatch(script.low, *before):
            continue
        if _CHAIN_TAIL.search(script.low, start, found.start()):
            continue
        if not _changes(script, before, after, leads):
            continue
        pieces.append(before)
        start = found.end()
    return [*pieces, (start, span[1])]


def _in_aside(script: Script, span: Span, at: int) -> bool:
    return script.text.count("(", span[0], at) > script.text.count(")", span[0], at)


def _changes(script: Script, before: Span, after: Span, leads: frozenset[str | None]) -> bool:
    first = kind_of_duty(script, before, leads)
    second = kind_of_duty(script, after, leads)
    if second.kind in (first.kind, "other") or first.kind == "other":
        return False
    is_free = _REPORTING.match(script.low, *after) or _DATED.search(script.low, *before)
    if first.governs and not (is_free or second.kind == "accountability"):
        return False
    if first.kind in ("classify", "approve") and _SENDS_DOSSIER.match(script.low, *after):
        return False
    return not {first.kind, second.kind} <= {"classify", "approve"}
