"""What this room refuses."""

from ancam.kit.errors import AnCamError


class PapersError(AnCamError):
    """The base of this room's errors."""


class NumberTaken(PapersError):
    """The number is used already. Values: `full_number`, `year`."""

    what = "Số {full_number} đã được dùng trong năm {year}"
    ground = "mỗi số chỉ cấp một lần trong năm cho một ký hiệu"
    next_step = "Đề nghị ghi số kế tiếp trong sổ văn bản đi"


class FileMissing(PapersError):
    """The store no longer holds the paper's file. Values: `full_number`."""

    what = "Không tìm thấy tệp của văn bản {full_number}"
    ground = "kho tệp thiếu hoặc khác với mã kiểm đã ghi"
    next_step = "Đề nghị quản trị khôi phục kho tệp từ bản sao lưu"
