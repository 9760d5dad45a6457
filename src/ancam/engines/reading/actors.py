"""Names of bodies in a sentence: where a list of them begins, where it ends, and its members."""

import re

from ancam.engines.reading.agencies import actor, without_names
from ancam.engines.reading.model import Actor, Span
from ancam.engines.reading.script import Script

_GROUPED = (
    r"sở|cơ quan|đơn vị|doanh nghiệp|phòng|ban|ngành|địa phương|tổ chức|cá nhân|công ty|tổng công ty|tập đoàn|trường"
    r"|nhà trường|huyện"
    r"|xã|phường|quận|thị|thôn|ấp|bản|khu|tổ dân|thành viên|nhà mạng|hộ|chủ|khoa|trung tâm|chi nhánh|đồng chí|cấp|ông"
    r"|bộ|hội"
    r"|nhà thầu|cơ sở|báo|đài|đoàn thể|chi cục|cục|viện|ủy ban|ubnd|bệnh viện|ngân hàng|cán bộ|đội|văn phòng"
    r"|thủ trưởng|trưởng|công an|bên"
    r"|đại lý|nhà cung cấp|hợp tác xã|xí nghiệp|phân xưởng|nhà máy|tổ(?! chức)|lực lượng|chi bộ"
)
_GROUP = rf"(?i:(?:tất cả |toàn thể |toàn bộ )?(?:các|những|từng|mỗi)\s+(?:{_GROUPED}))"
_PROPER = (
    r"[ỦU][ỷy] ban|Uỷ ban|ỦY BAN|UBND|UBMT\w*|Sở(?! hữu)|SỞ|Ban(?! hành)|Phòng(?! ngừa|,? chống|,? tránh)|Công an"
    r"|CÔNG AN|Cục|Chi cục|Tổng cục|Chi nhánh"
    r"|Viện|Báo(?! cáo| động| gồm| hiệu)|Đài|Trung tâm|Văn phòng|Chánh|Giám đốc|Phó|Thủ trưởng|Trưởng|Chủ tịch"
    r"|Hiệu trưởng|Tổng [Gg]iám đốc"
    r"|Tổng công ty|Tổng Công ty|Tổng biên tập|Người đứng đầu|Bộ (?:Chỉ huy|Công an|Khoa|Thông tin|Quốc|Tài"
    r"|Công Thương|Văn|Nội|Tư|Y tế|Xây|Giáo|Nông)"
    r"|BCH|Bộ đội|Tòa án|Toà án|Kho bạc|Thuế|Hải quan|Ngân hàng|Bưu điện|Điện lực|Công ty|Tập đoàn|Viễn thông|VNPT"
    r"|Viettel|MobiFone|Mobifone|FPT|VNPost|CMC"
    r"|Liên đoàn|Liên minh|Hội (?:Nông|Liên|Cựu|Phụ|Người|Chữ)|Tỉnh đoàn|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Mặt trận"
    r"|Đoàn (?:TN|Thanh|Đại)|Trường(?! hợp)|Nhà trường|Bệnh viện|Trạm|Hạt"
    r"|Tổ (?:công|dân|giúp|ứng)|Đội|Thanh tra (?:tỉnh|huyện|thành|Sở|Chính|Bộ)|Viện kiểm|Khoa(?! học)|Cổng|Học viện"
    r"|Đại học|Bên [A-Z]"
    r"|Cơ quan|Đơn vị|Doanh nghiệp|Nhà mạng|Chủ (?:đầu tư|quản|sở hữu)|Đồng chí|Ông|Bà|Lãnh đạo|Nhà (?:thầu|cung)"
    r"|Hợp tác xã|Cán bộ|Công chức|Toàn thể|Bí thư|Bộ phận|Quản đốc|Xí nghiệp|Phân xưởng|Nhà máy"
    r"|PA\d\d|A05|Tổ chức(?=,? cá nhân|,? doanh|,? chính)|Lực lượng|Thành viên|Đảng bộ|Chi bộ|Chi đoàn|Công đoàn"
)
_SMALL = (
    r"cơ quan(?! có thẩm)|đơn vị|doanh nghiệp|nhà mạng|thủ trưởng|trưởng|giám đốc|chủ tịch|người đứng đầu|công an"
    r"|đồng chí|chủ đầu tư"
    r"|phòng (?=[A-ZĐÂÁỦỨ])|bộ phận|toàn thể|lãnh đạo|cán bộ"
)
_HEAD = re.compile(rf"(?:{_GROUP}|{_PROPER})(?!\w)")
_HEAD_AFTER_ORDER = re.compile(rf"(?:{_GROUP}|{_PROPER}|{_SMALL})(?!\w)")
_NEXT = re.compile(
    rf"\s*(?:;|,|\bvà\b|,\s*và\b)\s+(?=(?:{_GROUP}|{_PROPER}|công an|thủ trưởng|trưởng các|chủ tịch)(?!\w))"
)
_ONE_NAME = re.compile(r"(?:HĐND|Hội đồng nhân dân|^Báo|ĐBQH)$")

_VERBS = (
    "chủ trì|chủ động|phối hợp|có trách nhiệm|chịu trách nhiệm|tăng cường|bố trí|thực hiện|triển khai|tổ chức|tăng"
    "|rà soát|(?<!đầu tư )xây dựng"
    "|tham mưu|hướng dẫn|kiểm tra|theo dõi|đôn đốc|báo cáo|tổng hợp|tuyên truyền|phổ biến|quán triệt|đăng tải"
    "|khẩn trương|nghiên cứu"
    "|xác định|phê duyệt|thẩm định|lập (?=hồ|kế|danh|dự|báo|biên|tổ|đoàn)|(?<!công )(?<!chương )trình|cập nhật"
    "|(?<!viễn )thông báo|tiếp tục|đẩy mạnh|nghiêm túc|căn cứ|trên cơ sở|chỉ đạo|bảo đảm"
    "|đảm bảo|ban hành|công bố|công khai|gửi|cử|áp dụng|đánh giá|(?<!camera )giám sát|phòng ngừa|đấu tranh|xử lý"
    "|ngăn chặn|phát hiện|khắc phục"
    "|hoàn thành|hoàn thiện|phát động|mở|duy trì|thường xuyên|định kỳ|h[ằà]ng (?=ngày|tuần|tháng|quý|năm)|kịp thời"
    "|hỗ trợ|tiếp nhận|phản ánh|thống kê|kê khai"
    "|đăng ký|đề xuất|ưu tiên|lồng ghép|thiết lập|nâng cao|kiện toàn|phân công|giao|yêu cầu|tích cực|quan tâm"
    "|chấp hành|tuân thủ"
    "|không|chỉ|phải|cần|sớm|nhanh chóng|ngay|khi|trước (?=khi|ngày|tháng|[0-9])|chậm nhất|sau khi|nếu|để|là|rút"
    "|đáp ứng|cân đối|tham gia|chuẩn bị|thay thế|đổi mật"
    "|cài đặt|ngắt|tắt|xem xét|quy định|tạm dừng|dừng|thu hồi|tập huấn|đào tạo|mua sắm|bổ sung|sửa đổi|phân loại"
    "|cấu hình|nộp|cam kết"
    "|biên soạn|sản xuất tin|đưa tin|dành|phát sóng|viết|chuyển (?=giao|hồ|về)|thẩm tra|thanh tra|làm đầu mối|làm"
    "|thành lập|ký|trang bị|nhắc|hợp tác|tạo điều kiện|vận động|gỡ|rà quét|quét|bàn giao"
    "|kiểm soát|tập trung|khuyến khích|nắm|lựa chọn|liên hệ|trao đổi|đưa|tích hợp|kết nối|chia sẻ|nghiêm cấm|cấm|tự"
    "|phân tích|cảnh báo|tháo gỡ"
    "|chấn chỉnh|xác minh|niêm yết|sao gửi|khai báo|bảo vệ|bảo trì|lưu trữ|lưu giữ|ứng cứu|vá|tạm ngừng|ngừng|loại bỏ"
    "|tháo dỡ|khóa|đề nghị|kiến nghị"
    "|theo (?=chức|thẩm|nhiệm|quy|phạm|lĩnh|phân|sự)|tìm hiểu|dò quét|xem|sẵn sàng|huy động|quyết toán|thu thập"
    "|nhắn tin|gặp|đối chiếu|soát xét|thử nghiệm|kiểm định"
    "|truyền thông|tập hợp"
)
# Said of a group these describe it (`các đơn vị quản lý camera …`); said of one body they are its task.
_DESCRIBING = (
    "quản lý|sử dụng|vận hành|khai thác|cung cấp|kinh doanh|sản xuất|hoạt động|nhập khẩu|lắp đặt|đầu tư|có|được"
    "|đang|đã|giữ|tiến hành"
)
_VERB = re.compile(rf"(?<!\w)(?:{_VERBS}|{_DESCRIBING})(?:(?<= )|(?!\w))")
_DESCRIBES = re.compile(rf"(?:{_DESCRIBING})(?!\w)")
_IS_NOUN = re.compile(
    r"tổ chức(?=\s*[,;:]|\s+(?:chính trị|xã hội|theo|kinh tế|tôn giáo|đoàn thể|có liên|liên quan|và cá nhân|cá nhân"
    r"|nêu|trên|thuộc|trực thuộc))"
)
_NOUN_BEFORE = re.compile(r"(?:các|những|cơ quan,?|đơn vị,?|cơ quan và|đơn vị và)\s+$")
_MODIFIED = re.compile(r"(?:có (?:trách nhiệm))(?!\w)")
_GENERIC = re.compile(
    r"(?i:các|những|tất cả|toàn|mỗi|từng|doanh nghiệp|đơn vị|cơ quan|tổ chức|chủ|cá nhân|trưởng|thủ trưởng|lãnh đạo"
    r"|cán bộ)\b"
)
_ASIDE = re.compile(r"\([^()]*\)")
_LONGEST_LIST = 900


def starts_list(script: Script, at: int, *, ordered: bool = False) -> bool:
    """Return whether a body's name begins at an offset; after an order (`Giao …`) small letters will do."""
    return bool((_HEAD_AFTER_ORDER if ordered else _HEAD).match(script.text, at))


def list_end(script: Script, span: Span) -> tuple[int, bool]:
    """Return where the list that begins the span ends, and whether a verb or a colon ends it.

    A colon right after the list ends it; so does the first verb in small letters that does not describe the body.
    """
    start, end = span[0], min(span[1], span[0] + _LONGEST_LIST)
    low = without_names(_ASIDE.sub(lambda aside: " " * len(aside.group()), script.low[start:end]))
    colon = low.find(":")
    limit = colon if colon >= 0 else len(low)
    described: int | None = None
    for verb in _VERB.finditer(low, 1, limit):
        if not script.text[start + verb.start()].islower() or _is_noun(low, verb.start()):
            continue
        if _describes(script, start, low, verb.start()):
            described = verb.start() if described is None else described
            continue
        return start + verb.start(), True
    if colon >= 0:
        return start + colon, True
    return (start + described, True) if described is not None else (end, False)


def _is_noun(low: str, at: int) -> bool:
    if not low.startswith("tổ chức", at):
        return False
    return bool(_IS_NOUN.match(low, at) or _NOUN_BEFORE.search(low, max(0, at - 12), at))


def _describes(script: Script, start: int, low: str, at: int) -> bool:
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
    return tuple(actor(re.sub(r"\s+(?:và|cùng)$", "", name)) for name in names if name)
