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
