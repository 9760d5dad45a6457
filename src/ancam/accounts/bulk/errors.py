"""Why a row is refused. Each is told beside its row, and in the file that is sent back."""

from collections.abc import Mapping

from ancam.accounts.errors import AccountsError


class RowRefused(AccountsError):
    """The base of the refusals of a row. Their values are texts and numbers, so that they can be kept with the row."""


class CellMissing(RowRefused):
    """A cell that must hold something is empty. Values: `heading`."""

    what = "Thiếu “{heading}”"
    next_step = "Đề nghị điền ô này"


class CellTooLong(RowRefused):
    """A cell holds more than its column takes. Values: `heading`, `limit`."""

    what = "“{heading}” dài quá {limit} ký tự"
    next_step = "Đề nghị ghi ngắn lại"


class NotADay(RowRefused):
    """A day that cannot be read or does not exist. Values: `heading`, `text`."""

    what = "“{heading}” không phải một ngày: {text}"
    next_step = "Đề nghị ghi ngày/tháng/năm, ví dụ 01/7/2025"


class EndsBeforeBeginning(RowRefused):
    """An agency that ends before it begins. Values: `begins_on`, `ends_on`."""

    what = "Cơ quan kết thúc ({ends_on}) trước khi bắt đầu hoạt động ({begins_on})"
    next_step = "Đề nghị kiểm tra hai ngày"


class KindUnknown(RowRefused):
    """No such kind of agency. Values: `text`."""

    what = "Không có loại cơ quan “{text}”"
    next_step = "Đề nghị chọn một loại trong danh mục của tệp mẫu"


class TierContradicts(RowRefused):
    """The tier is not that of the kind. Values: `text`, `tier`."""

    what = "Cấp “{text}” không khớp loại cơ quan"
    ground = "loại này thuộc cấp {tier}"
    next_step = "Đề nghị sửa loại, hoặc để trống cột cấp"


class AgencyUnknown(RowRefused):
    """No agency that the person sees, and no row, has this code or name. Values: `heading`, `text`."""

    what = "“{heading}”: không tìm thấy cơ quan “{text}”"
    ground = "tìm theo mã định danh và tên đầy đủ, trong tệp và trong các cơ quan đang thấy được"
    next_step = "Đề nghị ghi mã định danh hoặc đúng tên đầy đủ"


class AgencyAmbiguous(RowRefused):
    """Several agencies have this name. Values: `heading`, `text`."""

    what = "“{heading}”: có nhiều cơ quan tên “{text}”"
    next_step = "Đề nghị ghi mã định danh, hoặc ghi cả cơ quan cấp trên: Sở A › Phòng B"


class ParentRefused(RowRefused):
    """The row of the agency above is refused. Values: `row`."""

    what = "Cơ quan cấp trên ở dòng {row} bị từ chối"
    next_step = "Đề nghị sửa dòng đó trước"


class UnderItself(RowRefused):
    """An agency would hang from itself."""

    what = "Cơ quan trực thuộc chính nó qua các dòng của tệp"
    next_step = "Đề nghị kiểm tra cột Trực thuộc của các dòng liên quan"


class TooDeep(RowRefused):
    """Too many levels. Values: `limit`."""

    what = "Cây cơ quan sâu quá {limit} bậc"
    next_step = "Đề nghị kiểm tra cột Trực thuộc"


class RootStays(RowRefused):
    """The agency that runs the instance hangs from nothing."""

    what = "Cơ quan gốc không trực thuộc cơ quan nào"
    next_step = "Đề nghị để trống cột Trực thuộc"


class RootDoesNotEnd(RowRefused):
    """The agency that runs the instance carries every other."""

    what = "Cơ quan gốc không kết thúc hoạt động"
    ground = "mọi cơ quan khác trực thuộc cơ quan này"
    next_step = "Đề nghị để trống cột Hoạt động đến hết ngày"


class TakesNoMore(RowRefused):
    """The agency has ended. Values: `agency`, `ended_on`."""

    what = "{agency} đã kết thúc hoạt động ngày {ended_on}"
    ground = "cơ quan đã kết thúc không nhận thêm người, đơn vị hay nhiệm vụ"
    next_step = "Đề nghị ghi cơ quan kế thừa"


class NamesakeEnded(RowRefused):
    """Whether the row means the agency of this name that has ended, or one of today, is not known. Values: `name`,
    `ended_on`."""

    what = "“{name}” đã kết thúc hoạt động ngày {ended_on}"
    ground = "dòng này không ghi ngày nên không biết là cơ quan cũ hay cơ quan mới cùng tên"
    next_step = "Đề nghị ghi “Hoạt động từ ngày” của cơ quan mới, hoặc ngày cuối của cơ quan cũ"


class CodeRefused(RowRefused):
    """No identifier has this form. Values: `text`."""

    what = "Mã định danh chưa đúng dạng: {text}"
    ground = "mã gồm chữ cái, chữ số, nối bằng dấu chấm hoặc gạch ngang"
    next_step = "Đề nghị ghi như H28.12, hoặc để trống"


class NotAdministered(RowRefused):
    """The person does not administer this agency. Values: `agency`."""

    what = "Không có quyền quản trị {agency}"
    ground = "việc này dành cho quản trị của cơ quan hoặc của cơ quan cấp trên"
    next_step = "Đề nghị chuyển dòng này cho quản trị của cơ quan đó"


class FromAboveOnly(RowRefused):
    """Kind and place in the tree are changed from above. Values: `agency`."""

    what = "Loại và nơi trực thuộc của {agency} do quản trị của cơ quan cấp trên sửa"
    next_step = "Đề nghị chuyển dòng này cho cơ quan cấp trên"


class NameTaken(RowRefused):
    """An agency beside it has the name. Values: `name`, `parent`."""

    what = "Đã có “{name}” trực thuộc {parent}"
    ground = "hai cơ quan cùng cấp không trùng tên"
    next_step = "Đề nghị ghi tên đầy đủ để phân biệt"


class CodeTaken(RowRefused):
    """Another agency has the code. Values: `code`."""

    what = "Mã định danh {code} đã thuộc cơ quan khác"
    next_step = "Đề nghị kiểm tra lại mã"


class TwiceInFile(RowRefused):
    """Two rows speak of the same. Values: `row`, the other one."""

    what = "Trùng với dòng {row}"
    ground = "không biết được dòng nào đúng"
    next_step = "Đề nghị để lại một dòng"


class EmailRefused(RowRefused):
    """No e-mail. Values: `text`."""

    what = "Thư điện tử chưa đúng dạng: {text}"
    next_step = "Đề nghị ghi như an.nguyen@dongson.gov.vn"


class EmailElsewhere(RowRefused):
    """Someone whom the person does not see signs in with it. Values: `email`."""

    what = "Thư điện tử {email} đã có người dùng ở cơ quan khác"
    ground = "mỗi người đăng nhập bằng một thư điện tử riêng"
    next_step = "Đề nghị nhờ quản trị của cơ quan cấp trên thêm vai trò"


class RoleUnknown(RowRefused):
    """No such role. Values: `text`."""

    what = "Không có vai trò “{text}”"
    next_step = "Đề nghị chọn một vai trò trong danh mục của tệp mẫu"


class RoleOutside(RowRefused):
    """The role lies outside where the person is trusted until now. Values: `person`, `agency`."""

    what = "Chưa giao được vai trò tại {agency} cho {person} từ tệp"
    ground = "cơ quan này ở ngoài nơi người này đang làm việc, nên giao thì mật khẩu phải đặt lại"
    next_step = "Đề nghị giao vai trò trên trang của người này"


class SharedPerson(RowRefused):
    """Their name and position are not the person's alone to change. Values: `person`."""

    what = "Chưa sửa được họ tên, chức vụ của {person}"
    ground = "người này có vai trò ở cơ quan ngoài phạm vi quản trị"
    next_step = "Đề nghị nhờ quản trị của cơ quan cấp trên"


KINDS: Mapping[str, type[RowRefused]] = {kind.__name__: kind for kind in RowRefused.__subclasses__()}
