"""What this room refuses."""

from ancam.kit.errors import AnCamError


class AccountsError(AnCamError):
    """The base of this room's errors."""


class LinkRefused(AccountsError):
    """A one-time link is unknown, used or too old."""

    what = "Đường dẫn này không còn dùng được"
    ground = "mỗi đường dẫn chỉ mở một lần và có hạn"
    next_step = "Đề nghị quản trị cấp đường dẫn mới"


class LanguageRefused(AccountsError):
    """The pages do not speak this language. Values: `language`."""

    what = "Chưa có ngôn ngữ “{language}”"
    ground = "các trang có tiếng Việt và tiếng Anh"
    next_step = "Đề nghị chọn lại ngôn ngữ trong trình đơn tài khoản"


class AlreadyBegun(AccountsError):
    """This instance already has its first administrator."""

    what = "Hệ thống đã có quản trị"
    ground = "đăng ký lần đầu chỉ làm một lần"
    next_step = "Đề nghị đăng nhập, hoặc nhờ quản trị thêm người dùng"


class EmailTaken(AccountsError):
    """Another person signs in with this e-mail. Values: `email`."""

    what = "Thư điện tử {email} đã có người dùng"
    ground = "mỗi người đăng nhập bằng một thư điện tử riêng"
    next_step = "Đề nghị tìm người này trong danh sách và thêm vai trò"


class AgencyExists(AccountsError):
    """The parent has an agency of this name, in whatever letter case. Values: `name`, `parent`."""

    what = "Đã có “{name}” trực thuộc {parent}"
    ground = "hai cơ quan cùng cấp không trùng tên"
    next_step = "Đề nghị mở cơ quan đã có, hoặc ghi tên đầy đủ để phân biệt"


class RoleHeld(AccountsError):
    """The person already holds this role there. Values: `person`, `role`, `agency`."""

    what = "{person} đã là {role} tại {agency}"
    next_step = "Đề nghị chọn vai trò hoặc cơ quan khác"


class NotDelegable(AccountsError):
    """This role is not stood in for. Values: `role`."""

    what = "Chưa ủy quyền được vai trò {role}"
    ground = "quản trị và kiểm tra viên chịu trách nhiệm đích danh"
    next_step = "Đề nghị quản trị giao vai trò đó cho người làm thay"


class DelegationDaysRefused(AccountsError):
    """The days begin in the past, end before they begin, or are too many. Values: `field`, `most`."""

    what = "Ngày ủy quyền chưa hợp lệ"
    ground = "bắt đầu từ hôm nay trở đi, ngày cuối không trước ngày đầu, cả thời gian không quá {most} ngày"
    next_step = "Đề nghị ghi lại ngày"


class StandInUnfit(AccountsError):
    """This person cannot stand in there. Values: `field`, `person`, `agency`."""

    what = "{person} chưa làm thay được"
    ground = "người làm thay là người khác, đang dùng tài khoản, có vai trò tại {agency} hoặc đơn vị trực thuộc"
    next_step = "Đề nghị chọn người khác"


class DelegationStands(AccountsError):
    """Someone stands in already on these days. Values: `field`, `person`, `until`."""

    what = "Đã có {person} làm thay đến hết ngày {until:%d/%m/%Y}"
    ground = "mỗi lúc chỉ một người làm thay một vai trò"
    next_step = "Đề nghị chấm dứt ủy quyền đó trước, hoặc chọn ngày khác"


class LastAdministrator(AccountsError):
    """Removing this would leave the instance without an administrator who can sign in. Values: `person`."""

    what = "Chưa bỏ được vai trò quản trị của {person}"
    ground = "hệ thống phải còn ít nhất một quản trị đăng nhập được tại cơ quan gốc"
    next_step = "Đề nghị giao vai trò quản trị cho người khác và chờ người đó đặt mật khẩu"


class AliasTaken(AccountsError):
    """Another place bears this local name already. Values: `alias`, `place`."""

    what = "Tên gọi “{alias}” đã được ghi cho {place}"
    ground = "mỗi tên gọi địa phương chỉ một nơi"
    next_step = "Đề nghị bỏ tên gọi đã ghi, hoặc ghi tên đầy đủ hơn"


class AliasNotNeeded(AccountsError):
    """The name is that of a place of today in the list already. Values: `alias`, `place`."""

    what = "Tên gọi “{alias}” đã có trong danh mục: {place}"
    ground = "tên gọi địa phương không thay tên đơn vị hành chính hiện nay"
    next_step = "Đề nghị tra cứu bằng chính tên đó"


class OwnAccount(AccountsError):
    """Nobody stops their own account."""

    what = "Chưa ngừng được tài khoản của chính mình"
    ground = "việc này do một quản trị khác quyết định"
    next_step = "Đề nghị nhờ quản trị khác của cơ quan hoặc của cơ quan cấp trên"


class AccountStopped(AccountsError):
    """The account is stopped. Values: `person`."""

    what = "Tài khoản của {person} đã ngừng"
    next_step = "Đề nghị mở lại tài khoản trước nếu người này tiếp tục làm việc"


class ImportNotReady(AccountsError):
    """The import is being checked, is applied or left already. Values: `file`, `state`."""

    what = "Chưa thực hiện được với {file}"
    ground = "lần nhập này ở tình trạng: {state}"
    next_step = "Đề nghị tải lại trang để xem tình trạng mới"


class NothingToApply(AccountsError):
    """No row of the list changes anything. Values: `file`."""

    what = "{file} không có dòng nào để áp dụng"
    ground = "mọi dòng đều không đổi hoặc bị từ chối"
    next_step = "Đề nghị sửa các dòng bị từ chối rồi gửi lại tệp"


class PartialNotConfirmed(AccountsError):
    """Some rows are refused, and the person has not said to go on without them. Values: `refused`."""

    what = "Chưa áp dụng: {refused} dòng bị từ chối"
    ground = "chỉ áp dụng một phần khi người gửi xác nhận"
    next_step = "Đề nghị đánh dấu xác nhận bỏ qua các dòng đó, hoặc sửa tệp rồi gửi lại"
