"""Why nothing is sent: each refusal names its ground, the field of the file or the rule of the contract.

ProbingRefused
  DocumentRefused        a file of ours cannot be read: DocumentUnreadable, FieldRefused, FieldUnknown, FieldMissing
  AuthorisationRefused   it reads and does not permit: limits, time, ranges, signatures
  TrustRefused           the enrolled keys are missing, open to others, or the change asked for is wrong
  UnsignedRefused        unsigned work is asked for where real devices could be reached
  OutOfScope             a target is not permitted
  RunRefused             the folder of the run, the state or the clock does not allow to begin or to go on
"""

from ancam.kit.errors import AnCamError


class ProbingRefused(AnCamError):
    """The base of what the network assessor refuses."""


class DocumentRefused(ProbingRefused):
    """A file could not be read as what it should be. Values: `name`, what the file is, in words."""


class DocumentUnreadable(DocumentRefused):
    """It is too large, no YAML, or YAML that two programs may read differently. Values: `reason`."""

    what = "Không đọc được {name}"
    ground = "{reason}"
    next_step = "Đề nghị sửa chỗ nêu trên; tệp mẫu: ancam authorize new"


class FieldRefused(DocumentRefused):
    """A field holds what it may not. Values: `field`, its path; `found`; `accepted`."""

    what = "Trong {name}, mục {field} không dùng được: {found}"
    ground = "chấp nhận: {accepted}"
    next_step = "Đề nghị sửa mục này; văn bản đã ký thì hai bên ký lại"


class FieldUnknown(DocumentRefused):
    """A field that nothing reads, perhaps misspelt. Values: `field`, its path; `accepted`, the names there are."""

    what = "Trong {name}, mục {field} không có trong mẫu"
    ground = "chấp nhận: {accepted}"
    next_step = "Đề nghị sửa tên hoặc bỏ mục này; văn bản đã ký thì hai bên ký lại"


class FieldMissing(DocumentRefused):
    """A field must be there, or filled in. Values: `field`, its path."""

    what = "Trong {name}, mục {field} chưa điền"
    next_step = "Đề nghị điền mục này; văn bản đã ký thì hai bên ký lại"


class AuthorisationRefused(ProbingRefused):
    """The authorisation reads, and does not permit."""


class TooLongValid(AuthorisationRefused):
    """Values: `days`, from the first instant to the last; `most`."""

    what = "Thời gian cho phép dài {days} ngày, quá {most} ngày"
    ground = "mục valid; giới hạn của phần mềm, không tệp nào nới được"
    next_step = "Đề nghị chia thành nhiều đợt, mỗi đợt một văn bản cho phép"


class TooManyAddresses(AuthorisationRefused):
    """Values: `count`, `most`."""

    what = "Phạm vi cho phép gồm {count} địa chỉ, quá {most} địa chỉ"
    ground = "mục allow; giới hạn của phần mềm, không tệp nào nới được"
    next_step = "Đề nghị thu hẹp phạm vi hoặc chia thành nhiều văn bản cho phép"


class NothingAllowed(AuthorisationRefused):
    """No address is left when all that is denied has been taken out."""

    what = "Văn bản cho phép không có địa chỉ nào được kiểm tra"
    ground = "mục allow, sau khi trừ mục deny, các dải luôn cấm và địa chỉ công cộng chưa đăng ký"
    next_step = "Đề nghị nêu rõ các dải địa chỉ thuộc hệ thống của chủ quản"


class RangeAlwaysDenied(AuthorisationRefused):
    """A listed range holds addresses that are never assessed. Values: `range`, `kind` in words."""

    what = "Dải {range} chứa địa chỉ luôn cấm: {kind}"
    ground = "mục allow; danh sách luôn cấm của phần mềm, không chữ ký nào mở được"
    next_step = "Đề nghị bỏ dải này khỏi mục allow"


class NotYetValid(AuthorisationRefused):
    """Values: `since`, in words."""

    what = "Văn bản cho phép chưa có hiệu lực"
    ground = "mục valid.from: {since}"
    next_step = "Đề nghị chờ đến thời điểm đó"


class Expired(AuthorisationRefused):
    """Values: `until`, in words."""

    what = "Văn bản cho phép đã hết hiệu lực"
    ground = "mục valid.to: {until}"
    next_step = "Đề nghị xin văn bản cho phép mới"


class OutsideHours(AuthorisationRefused):
    """Now is not among the hours of the day. Values: `now`, `hours`, both in words."""

    what = "Bây giờ là {now}, ngoài giờ được kiểm tra"
    ground = "mục valid.daily: {hours}, giờ Việt Nam"
    next_step = "Đề nghị chạy lại trong giờ cho phép"


class SignatureMissing(AuthorisationRefused):
    """One side has not signed. Values: `side` in words, `option`."""

    what = "Văn bản cho phép chưa có chữ ký của {side}"
    ground = "phải có hai chữ ký: một của bên chủ quản, một của bên kiểm tra"
    next_step = "Đề nghị ký bằng: ancam authorize sign --as {option} --key KHÓA TỆP"


class TooManySignatures(AuthorisationRefused):
    """One side has signed more than once. Values: `side` in words."""

    what = "Văn bản cho phép có hơn một chữ ký của {side}"
    ground = "mục signatures: mỗi bên đúng một chữ ký"
    next_step = "Đề nghị bỏ chữ ký thừa"


class SignatureRefused(AuthorisationRefused):
    """A signature that is there does not count. Values: `key`, the id of the key it names."""

    what = "Chữ ký bằng khóa {key} không được công nhận"


class KeyUnknown(SignatureRefused):
    """The key is not enrolled."""

    ground = "khóa chưa được đăng ký trong tệp khóa tin cậy"
    next_step = "Đề nghị quản trị kiểm tra rồi đăng ký: ancam authorize keys enroll"


class KeyRevoked(SignatureRefused):
    """The key was revoked, before or after it signed. Values: `revoked`, in words."""

    ground = "khóa đã bị thu hồi lúc {revoked}; mọi chữ ký bằng khóa đó hết giá trị"
    next_step = "Đề nghị ký lại bằng khóa đang còn hiệu lực"


class KeyOfOtherSide(SignatureRefused):
    """The key is enrolled for the other side. Values: `side`, `claimed`, in words."""

    ground = "khóa đăng ký cho {side}, chữ ký lại ghi là của {claimed}"
    next_step = "Đề nghị người của đúng bên ký bằng khóa của mình"


class KeyOfOtherUnit(SignatureRefused):
    """The key is enrolled for a unit that the file does not name. Values: `unit`, `field`, `named`."""

    ground = "khóa đăng ký cho đơn vị “{unit}”, mục {field} lại ghi “{named}”"
    next_step = "Đề nghị người được đơn vị nêu trong tệp giao ký; không ai ký thay cho hệ thống không phải của mình"


class SignatureBroken(SignatureRefused):
    """The value does not fit the content: altered since, or not made by that key."""

    ground = "nội dung tệp khác nội dung đã ký, hoặc chữ ký không do khóa này tạo ra"
    next_step = "Đề nghị đối chiếu tệp với văn bản cho phép rồi lấy lại đủ hai chữ ký"


class SamePerson(AuthorisationRefused):
    """Both keys are one person's. Values: `person`."""

    what = "Hai chữ ký đều của {person}"
    ground = "hai bên phải do hai người khác nhau ký"
    next_step = "Đề nghị người thứ hai ký"


class TrustRefused(ProbingRefused):
    """The base of what is wrong with the file of enrolled keys. Values: `path`."""


class TrustMissing(TrustRefused):
    """There is none."""

    what = "Không có tệp khóa tin cậy {path}"
    ground = "không có khóa đăng ký thì không chữ ký nào được công nhận"
    next_step = "Đề nghị quản trị đăng ký khóa của hai bên: ancam authorize keys enroll"


class TrustExposed(TrustRefused):
    """Others can read or change it, or it is another account's. Values: `mode`."""

    what = "Tệp khóa tin cậy {path} không được giữ riêng (quyền {mode})"
    ground = "chỉ tài khoản chạy AnCam được đọc và sửa tệp này"
    next_step = "Đề nghị kiểm tra tệp có bị sửa không, rồi chạy: chmod 600 {path}"


class TrustUnreachable(TrustRefused):
    """The machine did not let it be read or written. Values: `reason`."""

    what = "Không đọc hoặc ghi được tệp khóa tin cậy {path}"
    ground = "{reason}"
    next_step = "Đề nghị kiểm tra đường dẫn và quyền"


class KeyAlreadyEnrolled(TrustRefused):
    """The key is there, revoked or not. Values: `key`, `person`."""

    what = "Khóa {key} đã được đăng ký cho {person}"
    ground = "mỗi khóa đăng ký một lần, cho một người, một bên; khóa đã thu hồi không dùng lại"
    next_step = "Đề nghị tạo khóa mới: ancam authorize keys new"


class KeyNotThere(TrustRefused):
    """No such key to revoke, or revoked already. Values: `key`."""

    what = "Không có khóa {key} còn hiệu lực"
    next_step = "Đề nghị xem danh sách: ancam authorize keys list"


class PrefixRefused(TrustRefused):
    """A prefix cannot be enrolled as public. Values: `prefix`, `reason`."""

    what = "Chưa đăng ký được dải {prefix}"
    ground = "{reason}"
    next_step = "Đề nghị nêu dải địa chỉ công cộng mà đơn vị được cấp"


class UnsignedRefused(ProbingRefused):
    """Unsigned work is asked for where real devices could be reached. Values: `reason`."""

    what = "Không chạy được khi chưa có chữ ký"
    ground = "--unsigned chỉ dành cho địa chỉ loopback hoặc không gian mạng cô lập; {reason}"
    next_step = "Đề nghị lấy đủ hai chữ ký, hoặc chạy trong phòng thí nghiệm: ancam lab"


class OutOfScope(ProbingRefused):
    """A target is not permitted. Values: `target`; `address`, the first refused; `reason`, in words."""

    what = "Không được kiểm tra {target}"
    ground = "{reason}"
    next_step = "Đề nghị chỉ nêu địa chỉ nằm trong văn bản cho phép"


class RunRefused(ProbingRefused):
    """The run cannot begin, or go on."""


class NoIPv6Here(RunRefused):
    """A target is an IPv6 address, and this machine has none to ask from."""

    what = "Máy này không hỏi được địa chỉ IPv6"
    ground = "mục tiêu có địa chỉ IPv6, mà không giao diện nào của máy có địa chỉ IPv6"
    next_step = "Đề nghị bật IPv6 trên máy, hoặc chỉ nêu các mục tiêu IPv4"


class RunDamaged(RunRefused):
    """A file of a run does not hold together. Values: `file`, `line`."""

    what = "Kết quả đợt kiểm tra không còn nguyên vẹn: {file}, dòng {line}"
    ground = "mỗi dòng được niêm phong vào dòng trước"
    next_step = "Đề nghị giữ nguyên thư mục để đối chiếu và kiểm tra lại vào một thư mục mới"


class RunFolderTaken(RunRefused):
    """The folder for the results holds something already. Values: `folder`."""

    what = "Thư mục {folder} đã có dữ liệu"
    next_step = "Đề nghị chọn thư mục mới, hoặc thêm --resume để làm tiếp đợt kiểm tra dở dang trong đó"


class NothingToResume(RunRefused):
    """There is no run in the folder. Values: `folder`."""

    what = "Thư mục {folder} không có đợt kiểm tra nào để làm tiếp"
    next_step = "Đề nghị bỏ --resume để bắt đầu đợt mới"


class OtherRun(RunRefused):
    """The run in the folder is of another authorisation or other targets. Values: `folder`, `difference`."""

    what = "Không làm tiếp được đợt kiểm tra trong {folder}: {difference} đã khác lúc bắt đầu"
    next_step = "Đề nghị dùng đúng văn bản cho phép và mục tiêu ban đầu, hoặc bắt đầu đợt mới ở thư mục khác"


class RunInUse(RunRefused):
    """Another process works in the folder. Values: `folder`."""

    what = "Một tiến trình khác đang làm việc trong {folder}"
    next_step = "Đề nghị đợi tiến trình đó kết thúc"


class ClockSetBack(RunRefused):
    """The clock shows a time before what was recorded. Values: `now`, `recorded`."""

    what = "Đồng hồ máy này đang chỉ {now}, trước thời điểm đã ghi nhận {recorded}"
    ground = "thời hạn của văn bản cho phép được tính theo giờ thật"
    next_step = "Đề nghị chỉnh lại đồng hồ rồi chạy lại"


class StateUnreadable(RunRefused):
    """What must survive runs cannot be read, so that a guess might be repeated. Values: `file`, `line`."""

    what = "Không đọc được sổ ghi lượt đăng nhập đã dùng: {file}, dòng {line}"
    ground = "mỗi thiết bị chỉ được thử một lần đăng nhập, qua mọi đợt kiểm tra"
    next_step = "Đề nghị khôi phục tệp từ bản sao lưu; không xóa"


class StateTooLarge(RunRefused):
    """What must survive runs is larger than any number of devices makes it. Values: `file`, `most_bytes`."""

    what = "Sổ ghi lượt đăng nhập đã dùng lớn bất thường: {file}"
    ground = "dài quá {most_bytes} byte"
    next_step = "Đề nghị kiểm tra tệp; không xóa"


class DiskFull(RunRefused):
    """The results could not be written. Values: `folder`, `error`."""

    what = "Không ghi được kết quả vào {folder}: {error}"
    next_step = "Đề nghị giải phóng dung lượng rồi chạy lại với --resume; những gì đã ghi vẫn còn"
