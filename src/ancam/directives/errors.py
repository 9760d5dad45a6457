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
    ├── NothingLeft        nobody has anything left to do
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
    ├── PeriodNotBegun     a report on a period whose first day has not come
    ├── ReportedMeanwhile  another report came while this one was being written
    ├── FigureFormRefused  a figure that cannot be asked so
    ├── FiguresChanged     the figures asked are others than those that were answered
    ├── FigureRefused      an answer that is none to what was asked
    │   ├── FigureRequired, FigureNotNumber, FigureTooPrecise, FigureNotDay
    │   └── FigureTooSmall, FigureTooGreat, FigureTooEarly, FigureTooLate, FigureNotOffered, FigureTooLong
    ├── OfflineDayRefused  a workbook that would be taken back until a day that is past or too far
    ├── NothingToFillIn    an agency without an open period has no workbook
    ├── OfflineTokenRefused  a workbook of another agency, altered, revoked or too old
    ├── OfflineRowRefused  a row that is not as it was issued
    ├── OfflineCellRefused  an answer in a workbook that cannot be read
    ├── OfflineOutcomesMoved  a workbook would do something else by now than was seen
    ├── TooManyWorkbooks   more workbooks at once than the bound
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


class FileLost(DirectivesError):
    """The file that waited to be read is gone from the holding folder. Values: `name`."""

    what = "Tệp {name} chờ đọc không còn trên máy chủ"
    ground = "thư mục chờ đã bị dọn, hoặc hệ thống vừa được khôi phục từ bản sao lưu"
    next_step = "Đề nghị tải tệp lên lại"


class ReadTooOften(DirectivesError):
    """The reading broke off again and again. Values: `most`."""

    what = "Đọc tệp không xong sau {most} lần"
    ground = "tiến trình đọc bị dừng giữa chừng, thường do máy chủ thiếu bộ nhớ"
    next_step = (
        "Đề nghị tách tệp, quét lại đen trắng ở 300 dpi hoặc lưu .doc thành .docx rồi tải lên lại;"
        " nếu vẫn vậy, báo người vận hành"
    )


class ReadElsewhere(DirectivesError):
    """Another worker reads the same file at this moment."""

    what = "Tệp đang được một tiến trình khác đọc"


class NotInReview(DirectivesError):
    """The letter's review is finished. Values: `title`."""

    what = "{title} đã rà soát xong"
    ground = "tách, gộp, bỏ nhiệm vụ chỉ làm khi đang rà soát"
    next_step = "Đề nghị sửa từng nhiệm vụ hoặc bổ sung nhiệm vụ mới"


class TooManyExamples(DirectivesError):
    """More labelled examples than one file holds. Values: `most`."""

    what = "Chưa xuất được: nhiều hơn {most} ví dụ"
    ground = "mỗi tệp xuất có giới hạn để máy chủ không bị treo"
    next_step = "Đề nghị lọc bớt rồi xuất từng phần"


class NothingLeft(DirectivesError):
    """Nobody to urge."""

    what = "Không có cơ quan nào để đôn đốc"
    ground = "các việc đang lọc đã xong, đang chờ xác nhận, hoặc của chính nơi giữ văn bản"
    next_step = "Đề nghị đổi điều kiện lọc"


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


class PeriodNotBegun(DirectivesError):
    """A report on a period whose first day has not come. Values: `begins_on`."""

    what = "Chưa báo cáo được: kỳ này bắt đầu từ {begins_on:%d/%m/%Y}"
    ground = "báo cáo ghi việc đã làm trong kỳ"
    next_step = "Đề nghị báo cáo từ ngày đó"


class ReportedMeanwhile(DirectivesError):
    """Another report came while this one was being written. Values: `by` (a name), `at` (words)."""

    what = "Chưa gửi: {by} đã gửi một báo cáo khác lúc {at}"
    ground = "trang này mở trước lúc đó nên chưa lưu, để không ghi đè"
    next_step = "Đề nghị xem hai bản rồi chọn"


class FigureFormRefused(DirectivesError):
    """A figure that cannot be asked so. Values: `index` (from 0), `field`, `what`."""

    what = "Chưa đặt được biểu số liệu: {what}"
    next_step = "Đề nghị sửa lại"


class FiguresChanged(DirectivesError):
    """The figures asked are others than those that were answered."""

    what = "Chưa nhận báo cáo: biểu số liệu vừa được nơi giao việc đổi"
    ground = "trang hoặc tệp này có trước khi đổi"
    next_step = "Đề nghị xem lại các số liệu rồi gửi lại"


class FigureRefused(DirectivesError):
    """An answer that is none to what was asked. Values: `field`, `label`."""


class FigureRequired(FigureRefused):
    """No answer where one is needed."""

    what = "Chưa ghi “{label}”"
    ground = "nơi giao việc yêu cầu số liệu này trong mỗi báo cáo"
    next_step = "Đề nghị ghi; chưa có thì ghi số đang có"


class FigureNotNumber(FigureRefused):
    """Not a number, or one that may be read in two ways."""

    what = "Chưa hiểu số ở “{label}”"
    next_step = "Đề nghị chỉ ghi chữ số, ví dụ 1250 hoặc 1250,5; không ghi đơn vị"


class FigureTooPrecise(FigureRefused):
    """More decimal places than asked. Values: `most`."""

    what = "“{label}” có quá nhiều chữ số sau dấu phẩy"
    ground = "nơi giao việc yêu cầu tối đa {most} chữ số sau dấu phẩy"
    next_step = "Đề nghị làm tròn"


class FigureTooSmall(FigureRefused):
    """Below the bound. Values: `least` (words)."""

    what = "“{label}” không được nhỏ hơn {least}"
    ground = "theo giới hạn nơi giao việc đã đặt"
    next_step = "Đề nghị kiểm tra lại số liệu"


class FigureTooGreat(FigureRefused):
    """Above the bound. Values: `most` (words)."""

    what = "“{label}” không được lớn hơn {most}"
    ground = "theo giới hạn nơi giao việc đã đặt"
    next_step = "Đề nghị kiểm tra lại số liệu"


class FigureTooEarly(FigureRefused):
    """A day before the bound. Values: `least` (words)."""

    what = "“{label}” không được trước ngày {least}"
    ground = "theo giới hạn nơi giao việc đã đặt"
    next_step = "Đề nghị kiểm tra lại ngày"


class FigureTooLate(FigureRefused):
    """A day after the bound. Values: `most` (words)."""

    what = "“{label}” không được sau ngày {most}"
    ground = "theo giới hạn nơi giao việc đã đặt"
    next_step = "Đề nghị kiểm tra lại ngày"


class FigureNotDay(FigureRefused):
    """Not a day."""

    what = "Chưa hiểu ngày ở “{label}”"
    next_step = "Đề nghị ghi như 20/11/2026"


class FigureNotOffered(FigureRefused):
    """None of the options. Values: `text`."""

    what = "“{text}” không có trong các lựa chọn của “{label}”"
    next_step = "Đề nghị chọn trong danh sách"


class FigureTooLong(FigureRefused):
    """A text past its bound. Values: `most`."""

    what = "“{label}” dài quá {most} ký tự"
    next_step = "Đề nghị rút gọn, hoặc ghi phần còn lại ở ô Kết quả"


class OfflineDayRefused(DirectivesError):
    """A workbook that would be taken back until a day that is past or too far. Values: `field`."""

    what = "Chưa phát được: ngày nhận lại đã qua hoặc quá một năm"
    ground = "mỗi tệp chỉ nhận lại trong một thời gian"
    next_step = "Đề nghị ghi ngày từ hôm nay đến một năm tới"


class NothingToFillIn(DirectivesError):
    """An agency without an open period. Values: `agency`."""

    what = "Chưa phát tệp cho {agency}: không có kỳ nào đang mở"
    ground = "tệp chỉ gồm các kỳ cơ quan còn việc phải làm"
    next_step = "Đề nghị chọn cơ quan khác"


class TooManyWorkbooks(DirectivesError):
    """More workbooks at once than the bound. Values: `field`, `most`."""

    what = "Mỗi lần phát tối đa {most} tệp"
    next_step = "Đề nghị chọn ít cơ quan hơn rồi phát nhiều lần"


class OfflineTokenRefused(DirectivesError):
    """A workbook of another agency, altered, revoked or too old. Values: `field`, `what`."""

    what = "Chưa nhận tệp: {what}"
    ground = "mỗi tệp phát cho một cơ quan, có mã riêng và hạn nhận lại"
    next_step = "Đề nghị kiểm tra đúng tệp đã phát, hoặc phát tệp mới"


class OfflineRowRefused(DirectivesError):
    """A row that is not as it was issued: altered, doubled, or of another workbook. Values: `number`."""

    what = "Dòng {number} không còn như lúc phát"
    ground = "các ô đã khóa bị sửa, dòng bị chép thêm hoặc lấy từ tệp khác"
    next_step = "Đề nghị điền lại việc này trong tệp đã phát, hoặc báo cáo trên hệ thống"


class OfflineRowMoved(DirectivesError):
    """A row for which another agency answers by now than the workbook was issued for. Values: `agency`."""

    what = "Nay cơ quan khác trả lời việc này"
    ground = "tệp phát cho {agency}; việc đã chuyển hoặc cơ quan đã tổ chức lại từ sau khi phát"
    next_step = "Đề nghị phát tệp mới cho cơ quan nay trả lời"


class OfflineCellRefused(DirectivesError):
    """An answer in a workbook that cannot be read, or contradicts another. Values: `cell`, `text`."""

    what = "Chưa hiểu ô {cell}: {text}"
    ground = "tỷ lệ là số nguyên từ 0 đến 100; 100 khi và chỉ khi đã hoàn thành; ngày ghi như 20/11/2026"
    next_step = "Đề nghị sửa ô đó trong tệp rồi gửi lại"


class OfflineOutcomesMoved(DirectivesError):
    """A workbook would do something else by now than was seen."""

    what = "Chưa áp dụng: tình hình vừa thay đổi so với lúc xem"
    ground = "có báo cáo mới hoặc trạng thái mới của ít nhất một dòng"
    next_step = "Đề nghị xem lại từng dòng rồi áp dụng"


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


class TooManyColumns(DirectivesError):
    """A matrix of more duties than a sheet is good for. Values: `most`."""

    what = "Chưa xuất được bảng này"
    ground = "bảng có quá {most} cột nhiệm vụ"
    next_step = "Đề nghị lọc theo văn bản hoặc loại nhiệm vụ rồi xuất lại"
