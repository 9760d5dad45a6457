"""What the ledger refuses, and how a break is told."""

from ancam.kit.errors import AnCamError


class AuditError(AnCamError):
    """The base of this room's errors."""


class LedgerBroken(AuditError):
    """A line is missing or altered. Values: `number`."""

    what = "Sổ nhật ký không còn nguyên vẹn từ dòng {number}"
    ground = "mã kiểm của dòng không khớp với nội dung hoặc với dòng trước"
    next_step = "Đề nghị giữ nguyên hiện trạng, đối chiếu với bản sao lưu gần nhất và báo kiểm tra viên"


class HeadMismatch(AuditError):
    """The ledger does not hold the head that was kept elsewhere. Values: `head`, `found`."""

    what = "Sổ nhật ký không khớp mốc {head}; đang có: {found}"
    ground = "một sổ chỉ ghi thêm phải còn giữ mọi mốc đã công bố"
    next_step = "Đề nghị đối chiếu với bản sao lưu có mốc này và báo kiểm tra viên"


class HeadRefused(AuditError):
    """The head given is not written as `N:DIGEST`. Values: `head`."""

    what = "Mốc “{head}” không đúng dạng SỐ:MÃ"
    ground = "mã gồm 64 chữ số thập lục phân, như dòng mà lệnh kiểm tra in ra"
    next_step = "Đề nghị chép lại nguyên dòng mốc"


class ReadingNotRecorded(AuditError):
    """A protected record stays closed because its reading could not be written down. Values: `act`."""

    what = "Chưa {act} được"
    ground = "việc đọc hồ sơ được bảo vệ phải có dòng nhật ký, mà dòng đó chưa ghi được"
    next_step = "Đề nghị thử lại sau ít phút; nếu vẫn vậy, báo người vận hành máy chủ"


class ExportRefused(AuditError):
    """A file is not a whole export of the ledger. Values: `name`, `row`, `why`."""

    what = "Tệp {name} không phải bản xuất sổ nhật ký trọn vẹn"
    ground = "dòng {row} của tệp: {why}"
    next_step = "Đề nghị xuất lại bản kiểm chứng (.jsonl) hoặc chép lại nguyên tệp"


class ExportBroken(AuditError):
    """A line of an export was altered, removed or put elsewhere. Values: `name`, `number`."""

    what = "Bản xuất {name} không còn nguyên vẹn ở dòng nhật ký {number}"
    ground = "mã kiểm của dòng không khớp với nội dung hoặc với dòng trước"
    next_step = "Đề nghị so với sổ trên máy chủ và với bản xuất khác"


class ExportLacksHead(AuditError):
    """An export does not hold the head that was kept. Values: `name`, `head`, `numbers`."""

    what = "Bản xuất {name} không chứa mốc {head}"
    ground = "tệp có các dòng {numbers}"
    next_step = "Đề nghị xuất phần sổ có dòng này rồi kiểm tra lại"
