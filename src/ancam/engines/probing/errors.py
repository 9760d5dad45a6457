"""Why nothing is sent, or why a run cannot go on; each refusal is one sentence for the person who started it."""

from ancam.kit.errors import AnCamError


class ProbingRefused(AnCamError):
    """The base of the assessor's refusals. Nothing was sent, or nothing more is."""


class RunDamaged(ProbingRefused):
    """A file of a run does not hold together. Values: `file`, `line`."""

    what = "Kết quả đợt kiểm tra không còn nguyên vẹn: {file}, dòng {line}"
    ground = "mỗi dòng được niêm phong vào dòng trước"
    next_step = "Đề nghị giữ nguyên thư mục để đối chiếu và kiểm tra lại vào một thư mục mới"


class RunFolderTaken(ProbingRefused):
    """The folder for the results holds something already. Values: `folder`."""

    what = "Thư mục {folder} đã có dữ liệu"
    next_step = "Đề nghị chọn thư mục mới, hoặc thêm --resume để làm tiếp đợt kiểm tra dở dang trong đó"


class NothingToResume(ProbingRefused):
    """There is no run in the folder. Values: `folder`."""

    what = "Thư mục {folder} không có đợt kiểm tra nào để làm tiếp"
    next_step = "Đề nghị bỏ --resume để bắt đầu đợt mới"


class OtherRun(ProbingRefused):
    """The run in the folder is of another authorisation or other targets. Values: `folder`, `difference`."""

    what = "Không làm tiếp được đợt kiểm tra trong {folder}: {difference} đã khác lúc bắt đầu"
    next_step = "Đề nghị dùng đúng văn bản cho phép và mục tiêu ban đầu, hoặc bắt đầu đợt mới ở thư mục khác"


class RunInUse(ProbingRefused):
    """Another process works in the folder. Values: `folder`."""

    what = "Một tiến trình khác đang làm việc trong {folder}"
    next_step = "Đề nghị đợi tiến trình đó kết thúc"


class ClockSetBack(ProbingRefused):
    """The clock shows a time before what was recorded. Values: `now`, `recorded`."""

    what = "Đồng hồ máy này đang chỉ {now}, trước thời điểm đã ghi nhận {recorded}"
    ground = "thời hạn của văn bản cho phép được tính theo giờ thật"
    next_step = "Đề nghị chỉnh lại đồng hồ rồi chạy lại"


class StateUnreadable(ProbingRefused):
    """What must survive runs cannot be read, so that a guess might be repeated. Values: `file`, `line`."""

    what = "Không đọc được sổ ghi lượt đăng nhập đã dùng: {file}, dòng {line}"
    ground = "mỗi thiết bị chỉ được thử một lần đăng nhập, qua mọi đợt kiểm tra"
    next_step = "Đề nghị khôi phục tệp từ bản sao lưu; không xóa"


class DiskFull(ProbingRefused):
    """The results could not be written. Values: `folder`, `error`."""

    what = "Không ghi được kết quả vào {folder}: {error}"
    next_step = "Đề nghị giải phóng dung lượng rồi chạy lại với --resume; những gì đã ghi vẫn còn"
