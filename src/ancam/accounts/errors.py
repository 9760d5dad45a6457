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


class LastAdministrator(AccountsError):
    """Removing this would leave the instance without an administrator who can sign in. Values: `person`."""

    what = "Chưa bỏ được vai trò quản trị của {person}"
    ground = "hệ thống phải còn ít nhất một quản trị đăng nhập được tại cơ quan gốc"
    next_step = "Đề nghị giao vai trò quản trị cho người khác và chờ người đó đặt mật khẩu"


class OwnAccount(AccountsError):
    """Nobody stops their own account."""

    what = "Chưa ngừng được tài khoản của chính mình"
    ground = "việc này do một quản trị khác quyết định"
    next_step = "Đề nghị nhờ quản trị khác của cơ quan hoặc của cơ quan cấp trên"


class AccountStopped(AccountsError):
    """The account is stopped. Values: `person`."""

    what = "Tài khoản của {person} đã ngừng"
    next_step = "Đề nghị mở lại tài khoản trước nếu người này tiếp tục làm việc"
