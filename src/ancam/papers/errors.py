"""What this room refuses.

PapersError
├── WrongState             the act does not follow from the present state
├── OwnDraft               who drafted does not decide
├── ChangedMeanwhile       the draft is another than the one on the page
├── TemplateChanged        the platform writes the template otherwise than when it was approved
├── FieldRequired, TooLong
├── IssueDayRefused        a day before approval, before what the paper tells of, or to come
├── DayContradicted        the paper's own words do not go with the day
├── NumberTaken
├── NumberNeedsReason      NumberSkips, NumberGoesBack, NumberOutOfOrder
├── NumbersRefused         a run of numbers that cannot be held
├── DayOfAnotherYear       a day that is not of the register's year
├── NotHeldByHand          a line of the register that a paper has
├── NotASuccessor          the other paper cannot take this one's place
├── FileMissing            the store lost the file
├── PdfRefused             a PDF cannot be asked for now
├── CopyRefused            the file that came back is not taken
└── CheckFailed            this machine can check no file that comes back
"""

from ancam.kit.errors import AnCamError


class PapersError(AnCamError):
    """The base of this room's errors."""


class WrongState(PapersError):
    """The act does not follow from the present state. Values: `act`, `state`."""

    what = "Chưa {act} được: văn bản đang ở trạng thái “{state}”"
    next_step = "Đề nghị tải lại trang để xem tình hình mới nhất"


class OwnDraft(PapersError):
    """Who drafted, or stands in for who drafted, does not decide. Values: `act`."""

    what = "Chưa {act} được: anh/chị lập dự thảo này, hoặc đang thay người lập"
    ground = "người lập dự thảo không tự duyệt"
    next_step = "Đề nghị lãnh đạo khác của cơ quan xem; cơ quan chỉ có một lãnh đạo thì để chuyên viên lập dự thảo"


class ChangedMeanwhile(PapersError):
    """The draft on the page is not the one that stands. Values: none."""

    what = "Dự thảo vừa được lập lại"
    ground = "bản anh/chị đang xem không còn là bản trình, nên chưa ghi gì"
    next_step = "Đề nghị xem bản mới rồi quyết định"


class TemplateChanged(PapersError):
    """The frozen values no longer give the approved bytes. Values: none."""

    what = "Chưa phát hành được: mẫu văn bản đã thay đổi từ khi lập dự thảo"
    ground = "bản phát hành phải đúng là bản đã duyệt"
    next_step = "Đề nghị lập lại dự thảo và trình lại"


class FieldRequired(PapersError):
    """A text that must not be empty. Values: `field`, `label`."""

    what = "Chưa ghi {label}"
    next_step = "Đề nghị bổ sung rồi gửi lại"


class TooLong(PapersError):
    """A text past its bound. Values: `field`, `label`, `most`."""

    what = "{label} dài quá {most} ký tự"
    next_step = "Đề nghị rút gọn"


class IssueDayRefused(PapersError):
    """The day does not fit. Values: `field`, `earliest`, `latest`."""

    what = "Ngày ban hành phải từ {earliest} đến {latest}"
    ground = "văn bản ban hành sau khi được duyệt, sau điều nó báo cáo, và không ghi ngày chưa tới"
    next_step = "Đề nghị sửa ngày ban hành"


class DayContradicted(PapersError):
    """What the paper says does not go with the day. Values: `field`, `day`, `why`, what its writer refuses."""

    what = "Chưa phát hành được với ngày ban hành {day}"
    ground = "{why}"
    next_step = "Đề nghị ghi ngày ban hành sớm hơn, hoặc lập lại dự thảo và trình lại"


class NumberTaken(PapersError):
    """The number is used already. Values: `field`, `full_number`, `year`, `next_number`."""

    what = "Số {full_number} đã được dùng trong năm {year}"
    ground = "mỗi số chỉ cấp một lần trong năm cho một ký hiệu"
    next_step = "Đề nghị ghi số khác; số kế tiếp trong sổ là {next_number}"


class NumberNeedsReason(PapersError):
    """A number out of turn, without a reason. The base of three."""

    next_step = "Đề nghị kiểm tra sổ văn bản đi; đúng là số này thì ghi lý do rồi gửi lại"


class NumberSkips(NumberNeedsReason):
    """Numbers between would stay unused. Values: `field`, `number`, `first`, `last`."""

    what = "Số {number} bỏ cách các số từ {first} đến {last}"
    ground = "số văn bản đi cấp liên tục trong năm"


class NumberGoesBack(NumberNeedsReason):
    """A higher number is taken. Values: `field`, `number`, `highest`."""

    what = "Số {number} thấp hơn số đã cấp gần nhất là {highest}"
    ground = "số văn bản đi cấp liên tục trong năm"


class NumberOutOfOrder(NumberNeedsReason):
    """Number and day are not in one order. Values: `field`, `number`, `issued_on`, `other`, `other_on`."""

    what = "Số {number} ngày {issued_on} không theo thứ tự: số {other} ghi ngày {other_on}"
    ground = "số lớn hơn phải có ngày bằng hoặc sau"


class NumbersRefused(PapersError):
    """A run of numbers that cannot be held. Values: `field`, `most`."""

    what = "Chưa ghi được: số cuối phải từ số đầu trở lên, mỗi lần nhiều nhất {most} số"
    next_step = "Đề nghị sửa số đầu hoặc số cuối"


class DayOfAnotherYear(PapersError):
    """The day on the papers is not of the register's year. Values: `field`, `day`, `year`."""

    what = "Ngày {day} không thuộc năm {year} của sổ"
    ground = "số văn bản đi cấp theo từng năm"
    next_step = "Đề nghị sửa ngày hoặc năm; nhiều ngày khác nhau thì để trống ngày"


class NotHeldByHand(PapersError):
    """The number is a paper's. Values: `full_number`."""

    what = "Chưa bỏ được số {full_number}: đây là số của văn bản đã phát hành trong hệ thống"
    next_step = "Đề nghị chỉ bỏ các số ghi tay"


class NotASuccessor(PapersError):
    """The other paper is itself, not issued, or of another agency. Values: `field`."""

    what = "Chưa chọn được văn bản này để thay thế"
    ground = "văn bản thay thế phải là văn bản khác, cùng cơ quan, đã phát hành và còn hiệu lực"
    next_step = "Đề nghị chọn văn bản khác"


class FileMissing(PapersError):
    """The store no longer holds the paper's file. Values: `full_number`."""

    what = "Không tìm thấy tệp của văn bản {full_number}"
    ground = "kho tệp thiếu hoặc khác với mã kiểm đã ghi"
    next_step = "Đề nghị quản trị khôi phục kho tệp từ bản sao lưu"


class PdfRefused(PapersError):
    """No program makes a PDF on this machine. Values: none."""

    what = "Chưa tạo được bản PDF: máy chủ chưa cài LibreOffice"
    next_step = "Đề nghị tải tệp .docx và chuyển sang PDF trên máy mình, hoặc báo người vận hành cài thêm"


class CopyRefused(PapersError):
    """The file that came back is not taken. Values: `field`, `why`, a phrase of ours."""

    what = "Chưa nhận tệp này: {why}"
    ground = "bản đã ký phải giữ nguyên từ lúc ký và đọc được"
    next_step = "Đề nghị lấy lại tệp từ phần mềm ký số hoặc quét lại, rồi gửi lại"


class CheckFailed(PapersError):
    """This machine can check no file that comes back. Values: `field`."""

    what = "Chưa kiểm tra được chữ ký, nên chưa nhận tệp"
    ground = "máy chủ gặp lỗi, thường do một tệp hỏng trong thư mục chứng thư gốc; tệp gửi lên chưa bị coi là có lỗi"
    next_step = "Đề nghị báo người vận hành chạy “ancam check” và sửa thư mục đó; sửa xong thì gửi lại chính tệp này"
