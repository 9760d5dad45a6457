"""What this room refuses.

AnCamError
└── DirectivesError
    ├── AlreadyReceived    the same letter is here, and the person may see it
    ├── NotInReview        the letter is tracked already
    ├── NotTracked         the letter is still under review
    ├── PeriodNotOver      a report for a period that has not ended
    ├── StillProposed      obligations wait for a person
    ├── DateWaits          the letter names a day that does not exist
    ├── DateMissing        a dated deadline without its day
    ├── ScheduleRefused    an interval or a due day that cannot be followed
    ├── EventRefused       an event that has not come, or a number of days past the bound
    ├── DayImplausible     a day outside the years this system is about
    ├── ChangedMeanwhile   somebody else corrected it first
    ├── WrongState         the act does not follow from the present state
    ├── PartsRefused       a split without two parts, or with too many
    ├── MergeRefused       obligations that are not one
    ├── TooLong            a text past its bound
    ├── FieldRequired      a text that must not be empty
    ├── NotAssignable      an agency outside the holder's reach
    ├── TooManyPairs       more assignments at once than the bound
    ├── ChildrenUndecided  parts were given on, and nothing is said of them
    ├── GiveBelowRefused   a part that cannot be given on so
    ├── TransferRefused    an assignment that cannot go to that agency so
    ├── QuestionRefused    a question too many, or with nobody to ask
    ├── GivingChanged      what would be given is no longer what the person saw
    ├── OwnReport          four eyes: the reporter does not answer the report
    ├── OwnRequest         four eyes: who asks for more time does not grant it
    ├── ExtensionRefused   more time that is none, or asked twice
    ├── ParentRefused      a letter that would carry out itself
    ├── PercentageRefused  outside 0 to 100
    ├── DoneDayRefused     an earlier day of completion that cannot be
    ├── FileRefused        an attachment of a kind not taken
    │   └── FileDisguised  its bytes are not what its suffix says
    ├── TooManyFiles       more attachments than the bound
    └── FileMissing        the store no longer holds it
"""

from ancam.kit.errors import AnCamError


class DirectivesError(AnCamError):
    """The base of this room's errors."""


class AlreadyReceived(DirectivesError):
    """The letter is here. Values: `document`, `title`, `holder`, `same_holder`."""

    what = "Văn bản này đã có: {title}, do {holder} tiếp nhận"
    ground = "cùng tệp, hoặc cùng số, ký hiệu và ngày ban hành"
    next_step = "Đề nghị mở văn bản đã có"


class NotInReview(DirectivesError):
    """The letter's review is finished. Values: `title`."""

    what = "{title} đã rà soát xong"
    ground = "tách, gộp, bỏ nhiệm vụ chỉ làm khi đang rà soát"
    next_step = "Đề nghị sửa từng nhiệm vụ hoặc bổ sung nhiệm vụ mới"


class PeriodNotOver(DirectivesError):
    """A report is laid before the leader only for a period that has ended. Values: `field`, `period_to`."""

    what = "Chưa lập được dự thảo: kỳ báo cáo đến ngày {period_to} chưa hết"
    ground = "số liệu của kỳ chỉ đủ khi kỳ đã hết"
    next_step = "Đề nghị sửa ngày cuối kỳ, hoặc chỉ tải bản xem trước"


class NotTracked(DirectivesError):
    """The letter is under review. Values: `title`."""

    what = "{title} chưa rà soát xong"
    ground = "chỉ giao nhiệm vụ đã được xác nhận"
    next_step = "Đề nghị hoàn tất rà soát trước"


class StillProposed(DirectivesError):
    """Obligations wait for a person. Values: `count`."""

    what = "Chưa hoàn tất được: còn {count} nhiệm vụ chờ xác nhận"
    ground = "mỗi nhiệm vụ phải có người xác nhận hoặc bỏ"
    next_step = "Đề nghị xử lý hết các nhiệm vụ còn lại"


class DateWaits(DirectivesError):
    """The letter names a day that does not exist. Values: `raw`."""

    what = "Chưa xác nhận được: ngày “{raw}” trong văn bản không tồn tại"
    ground = "hệ thống không tự sửa ngày ghi sai"
    next_step = "Đề nghị chọn Sửa rồi ghi ngày đúng, hoặc chọn không có thời hạn"


class DateMissing(DirectivesError):
    """A dated deadline without its day. Values: `field`."""

    what = "Thời hạn chưa có ngày"
    ground = "“trước ngày”, “chậm nhất ngày” và “trong kỳ” cần một ngày cụ thể"
    next_step = "Đề nghị ghi ngày, hoặc chọn không có thời hạn"


class ScheduleRefused(DirectivesError):
    """An interval or a due day that cannot be followed. Values: `field`, `what`."""

    what = "Chưa đặt được lịch hạn: {what}"
    ground = "mỗi kỳ phải tính ra được ngày đến hạn"
    next_step = "Đề nghị sửa lại"


class EventRefused(DirectivesError):
    """An event that has not come, or a number of days past the bound. Values: `field`, `what`."""

    what = "Chưa ghi được: {what}"
    ground = "thời hạn chỉ chạy từ một ngày đã qua"
    next_step = "Đề nghị sửa lại"


class DayImplausible(DirectivesError):
    """A day outside the years this system is about. Values: `field`, `first`, `last` (years)."""

    what = "Năm của ngày đã ghi nằm ngoài khoảng {first} đến {last}"
    next_step = "Đề nghị kiểm tra lại năm"


class ChangedMeanwhile(DirectivesError):
    """Somebody else corrected it first. Values: `label`."""

    what = "{label} vừa được người khác sửa"
    ground = "bản đang mở đã cũ nên chưa lưu, để không ghi đè"
    next_step = "Đề nghị xem lại nội dung mới rồi sửa tiếp"


class WrongState(DirectivesError):
    """The act does not follow from the present state. Values: `act`, `state`."""

    what = "Chưa {act} được: trạng thái hiện nay là “{state}”"
    next_step = "Đề nghị tải lại trang để xem tình hình mới nhất"


class PartsRefused(DirectivesError):
    """A split without two parts, or with too many. Values: `most`."""

    what = "Tách nhiệm vụ cần từ 2 đến {most} phần"
    next_step = "Đề nghị ghi mỗi phần thành một đoạn, cách nhau một dòng trống"


class MergeRefused(DirectivesError):
    """Obligations that are not one. Values: `why`."""

    what = "Chưa gộp được: {why}"
    next_step = "Đề nghị chọn lại, hoặc sửa cho khớp rồi gộp"


class TooLong(DirectivesError):
    """A text past its bound. Values: `field`, `label`, `most`."""

    what = "{label} dài quá {most} ký tự"
    next_step = "Đề nghị rút gọn"


class FieldRequired(DirectivesError):
    """A text that must not be empty. Values: `field`, `label`."""

    what = "Chưa ghi {label}"
    next_step = "Đề nghị bổ sung rồi gửi lại"


class NotAssignable(DirectivesError):
    """An agency outside the holder's reach. Values: `agency`, `holder`."""

    what = "Chưa giao được cho {agency}"
    ground = "{holder} chỉ giao cho mình và các cơ quan trực thuộc"
    next_step = "Đề nghị chọn cơ quan khác"


class TooManyPairs(DirectivesError):
    """More assignments at once than the bound. Values: `most`."""

    what = "Một lần giao không quá {most} phân công"
    next_step = "Đề nghị chọn ít nhiệm vụ hoặc ít cơ quan hơn"


class ChildrenUndecided(DirectivesError):
    """Parts were given on, and nothing is said of them. Values: `count`."""

    what = "Chưa thực hiện được: cơ quan này đã giao tiếp {count} phần việc chưa xong cho đơn vị trực thuộc"
    ground = "việc đã giao tiếp phải có người quyết định"
    next_step = "Đề nghị chọn thu hồi luôn các phần đó hoặc giữ lại để báo cáo thẳng nơi giao"


class GiveBelowRefused(DirectivesError):
    """A part that cannot be given on so. Values: `field`, `what`."""

    what = "Chưa giao tiếp được: {what}"
    ground = "cơ quan được giao chỉ giao tiếp cho đơn vị trực thuộc, với hạn không muộn hơn hạn của mình"
    next_step = "Đề nghị sửa lại"


class TransferRefused(DirectivesError):
    """An assignment that cannot go to that agency so. Values: `field`, `what`."""

    what = "Chưa chuyển giao được: {what}"
    ground = "phần việc còn lại chuyển sang một cơ quan chưa được giao nhiệm vụ đó, từ một ngày không muộn hơn hôm nay"
    next_step = "Đề nghị sửa lại"


class QuestionRefused(DirectivesError):
    """A question too many. Values: `field`, `what`."""

    what = "Chưa gửi được câu hỏi: {what}"
    next_step = "Đề nghị chờ trả lời, hoặc trao đổi trực tiếp với nơi giao việc"


class GivingChanged(DirectivesError):
    """What would be given is no longer what the person saw."""

    what = "Chưa giao: từ lúc xem trước đến nay, cơ quan hoặc nhiệm vụ đã có thay đổi"
    ground = "chỉ giao đúng những gì người giao đã xem"
    next_step = "Đề nghị xem lại bảng dưới đây rồi giao"


class OwnReport(DirectivesError):
    """The reporter does not answer the report."""

    what = "Chưa trả lời được báo cáo này: anh/chị đã gửi báo cáo, hoặc đang thay người gửi"
    ground = "người báo cáo không tự xác nhận kết quả của mình"
    next_step = "Đề nghị lãnh đạo hoặc chuyên viên khác của cơ quan giao việc xác nhận"


class OwnRequest(DirectivesError):
    """Who asks for more time does not grant it."""

    what = "Chưa trả lời được đề nghị này: anh/chị đã gửi đề nghị, hoặc đang thay người gửi"
    ground = "người đề nghị không tự gia hạn cho mình"
    next_step = "Đề nghị lãnh đạo hoặc chuyên viên khác của cơ quan giao việc trả lời"


class ExtensionRefused(DirectivesError):
    """More time that is none, or asked twice. Values: `field`, `what`."""

    what = "Chưa gia hạn được: {what}"
    ground = "gia hạn là dời ngày đến hạn sang một ngày muộn hơn, còn chưa tới"
    next_step = "Đề nghị xem lại ngày"


class ParentRefused(DirectivesError):
    """A letter that would carry out itself."""

    what = "Chưa chọn được văn bản này làm văn bản cấp trên"
    ground = "một văn bản không thể thực hiện chính nó hoặc văn bản cấp dưới của nó"
    next_step = "Đề nghị chọn văn bản khác"


class PercentageRefused(DirectivesError):
    """Outside 0 to 100."""

    what = "Tỷ lệ hoàn thành phải từ 0 đến 100"
    next_step = "Đề nghị sửa lại tỷ lệ"


class DoneDayRefused(DirectivesError):
    """An earlier day of completion that cannot be. Values: `field`, `what`."""

    what = "Chưa ghi được ngày hoàn thành: {what}"
    ground = "ngày hoàn thành nằm giữa ngày của văn bản và hôm nay"
    next_step = "Đề nghị sửa ngày hoặc để trống"


class FileRefused(DirectivesError):
    """An attachment of a kind not taken. Values: `name`, `accepted`."""

    what = "Tệp {name} thuộc loại không nhận"
    ground = "tệp kèm theo báo cáo: {accepted}"
    next_step = "Đề nghị chuyển sang .pdf hoặc .docx rồi gửi lại"


class FileDisguised(FileRefused):
    """An attachment whose bytes are not what its suffix says. Values: `promised`, `found` (Vietnamese)."""

    what = "Tệp {name} mang đuôi {promised} nhưng nội dung là {found}"
    ground = "tệp kèm theo được nhận theo nội dung, không theo đuôi"
    next_step = "Đề nghị gửi đúng tệp với đuôi của nó"


class TooManyFiles(DirectivesError):
    """More attachments than the bound. Values: `most`."""

    what = "Mỗi báo cáo kèm không quá {most} tệp"
    next_step = "Đề nghị gộp các tệp, hoặc gửi làm nhiều lần báo cáo"


class FileMissing(DirectivesError):
    """The store no longer holds the file as it was. Values: `name`."""

    what = "Không tìm thấy tệp {name} như đã nhận"
    ground = "kho tệp thiếu hoặc khác với mã kiểm đã ghi"
    next_step = "Đề nghị quản trị khôi phục kho tệp từ bản sao lưu"


class NotAnswering(DirectivesError):
    """An agency that does not answer for an assignment today by what was reorganised. Values: `agency`, `named`."""

    what = "Chưa xác nhận {agency} trả lời thay {named} được"
    ground = "theo các việc tổ chức lại đã thực hiện, cơ quan này không kế thừa nhiệm vụ đó"
    next_step = "Đề nghị chọn trong các cơ quan được nêu, hoặc nhờ quản trị xem lại việc tổ chức lại"
