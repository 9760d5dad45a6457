"""What backing up and restoring refuse, each with what was met."""

from ancam.kit.errors import AnCamError


class KeepingError(AnCamError):
    """The base of this room's errors."""


class BackupDamaged(KeepingError):
    """The file is not a whole backup as it was written. Values: `reason`."""

    what = "Tệp sao lưu không còn nguyên vẹn"
    ground = "{reason}"
    next_step = "Đề nghị dùng bản sao lưu khác và kiểm tra trước bằng: ancam restore --check TỆP"


class WrongPassphrase(KeepingError):
    """The passphrase does not open the file."""

    what = "Mật khẩu không mở được tệp sao lưu"
    ground = "mật khẩu không đúng hoặc phần đầu của tệp đã bị sửa"
    next_step = "Đề nghị nhập đúng mật khẩu đã dùng khi sao lưu"


class PassphraseRefused(KeepingError):
    """The passphrase is missing, too short or not said twice alike. Values: `secret`, `variable`, `reason`."""

    what = "Chưa có {secret} dùng được"
    ground = "{reason}"
    next_step = "Đề nghị đặt --passphrase-file, {variable}_FILE hoặc chạy lệnh trên màn hình để nhập"


class NotABackup(KeepingError):
    """The file is something else."""

    what = "Tệp này không phải bản sao lưu của AnCam"
    next_step = "Đề nghị chọn tệp do lệnh ancam backup tạo"


class NewerBackup(KeepingError):
    """The backup was made by a version that this one does not know. Values: `version`, `unknown`."""

    what = "Bản sao lưu do AnCam {version} tạo, mới hơn bản đang chạy"
    ground = "cấu trúc dữ liệu chưa biết: {unknown}"
    next_step = "Đề nghị cài bản AnCam đó hoặc mới hơn rồi khôi phục lại"


class FileTrouble(KeepingError):
    """The machine did not let a file be read or written. Values: `name`, `reason`."""

    what = "Không đọc hoặc ghi được {name}"
    ground = "{reason}"
    next_step = "Đề nghị kiểm tra đường dẫn, quyền và chỗ trống trên ổ đĩa; dữ liệu đang có không bị thay đổi"


class WouldOverwrite(KeepingError):
    """A file of that name is there already. Values: `name`."""

    what = "Đã có tệp {name}"
    ground = "không ghi đè lên tệp có sẵn"
    next_step = "Đề nghị chọn tên khác"


class StoredFileDamaged(KeepingError):
    """A file of the store no longer has the digest it is named by. Values: `digest`."""

    what = "Chưa sao lưu: tệp {digest} trong kho không còn đúng nội dung đã lưu"
    ground = "mã kiểm SHA-256 của nội dung khác với tên tệp"
    next_step = "Đề nghị khôi phục tệp này từ bản sao lưu trước, hoặc chuyển tệp hỏng ra khỏi kho rồi sao lưu lại"


class InstanceInUse(KeepingError):
    """AnCam runs, or another command works, over this instance. Values: `where`."""

    what = "Chưa khôi phục: AnCam đang chạy trên {where}"
    ground = "dữ liệu chỉ được thay khi không tiến trình nào dùng"
    next_step = "Đề nghị dừng AnCam trên mọi máy dùng dữ liệu này, đợi một phút rồi thử lại"


class RestoreUnderWay(KeepingError):
    """A restore holds this instance. Values: `where`."""

    what = "Dữ liệu trong {where} đang được khôi phục"
    next_step = "Đề nghị đợi lệnh khôi phục kết thúc rồi chạy lại"


class InstanceNotEmpty(KeepingError):
    """The instance has agencies of its own. Values: `where`."""

    what = "Chưa khôi phục: {where} đã có dữ liệu"
    ground = "khôi phục không trộn hai hệ thống vào nhau"
    next_step = "Đề nghị dùng thư mục hoặc cơ sở dữ liệu mới; để thay hẳn và cất dữ liệu cũ sang bên, thêm --replace"


class ForeignTables(KeepingError):
    """The database holds tables that are not AnCam's. Values: `where`, `names`."""

    what = "Chưa khôi phục: {where} có bảng không phải của AnCam"
    ground = "{names}"
    next_step = "Đề nghị dùng một cơ sở dữ liệu riêng cho AnCam"


class KeyDiffers(KeepingError):
    """The environment gives an encryption key that does not open the backup's secrets."""

    what = "Chưa khôi phục: ANCAM_ENCRYPTION_KEY đang đặt không gồm khóa trong bản sao lưu"
    ground = "các bí mật đã lưu sẽ không mở được"
    next_step = "Đề nghị thêm khóa cũ vào sau khóa đang đặt, hoặc bỏ thiết lập này để dùng khóa trong bản sao lưu"


class RowsRefused(KeepingError):
    """The database refused what the backup holds. Values: `reason`."""

    what = "Chưa khôi phục: cơ sở dữ liệu không nhận dữ liệu trong bản sao lưu"
    ground = "{reason}"
    next_step = "Dữ liệu đang có không bị thay đổi. Đề nghị kiểm tra cơ sở dữ liệu và bản sao lưu rồi thử lại"
