"""What a laboratory refuses."""

from ancam.kit.errors import AnCamError


class LaboratoryRefused(AnCamError):
    """A laboratory that cannot be laid out or started."""

    what = "Chưa dựng được phòng thí nghiệm"


class UnknownKind(LaboratoryRefused):
    """A kind of device, or a group of kinds, that the laboratory does not know."""

    what = "Phòng thí nghiệm không có loại thiết bị “{name}”"
    next_step = "Chấp nhận: {known}"


class NetworkTooSmall(LaboratoryRefused):
    """More devices than the network has addresses."""

    what = "Mạng {network} không đủ địa chỉ cho {count} thiết bị"
    next_step = "Đề nghị chọn mạng lớn hơn hoặc ít thiết bị hơn"


class AddressNotOurs(LaboratoryRefused):
    """An address on which this machine cannot listen."""

    what = "Không mở được cổng {port} trên địa chỉ {ip}: {reason}"
    next_step = "Đề nghị dùng địa chỉ 127.0.0.0/8, hoặc không gian mạng riêng (--namespace)"


class NamespaceFailed(LaboratoryRefused):
    """A network namespace that could not be made."""

    what = "Chưa tạo được không gian mạng: {reason}"
    ground = "việc này cần quyền root và lệnh ip"
    next_step = "Đề nghị chạy bằng root, hoặc dùng địa chỉ 127.0.0.0/8"
