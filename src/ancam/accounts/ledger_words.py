"""What the ledger's lines say of agencies and people, in words."""

from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import ImportKind, Role, Tier
from ancam.accounts.selectors import kind_names
from ancam.audit.words import ThingWords, Values, describe_thing


def describe_things() -> None:
    """Tell the ledger the words of this room's things, and of the ledger's own."""
    agency_fields = {
        "name": _("Tên cơ quan"),
        "kind": _("Loại cơ quan"),
        "tier": _("Cấp"),
        "place": _("Địa danh"),
        "symbol": _("Ký hiệu văn bản"),
        "code": _("Mã định danh"),
        "begins_on": _("Hoạt động từ ngày"),
        "ends_on": _("Hoạt động đến hết ngày"),
        "parent": _("Trực thuộc"),
        "agency": _("Cơ quan"),
        "reorganisation": _("Việc tổ chức lại"),
        "keeper": _("Cơ quan giữ hồ sơ"),
        "units": _("Đơn vị trực thuộc đã chuyển"),
        "roles": _("Người có vai trò đã chuyển"),
        "received": _("Đã nhận"),
    }
    agency_values: dict[str, Values] = {"kind": kind_names, "tier": lambda: dict(Tier.choices)}
    describe_thing("accounts.agency", ThingWords(_("Cơ quan"), agency_fields, agency_values, "agency"))
    departure_fields = {
        "person": _("Người rời cơ quan"),
        "last_day": _("Ngày làm việc cuối"),
        "handovers": _("Vai trò kết thúc"),
        "not_received": _("Người nhận không còn nhận được"),
    }
    person_fields = {
        "agency": _("Cơ quan"),
        "role": _("Vai trò"),
        "full_name": _("Họ và tên"),
        "email": _("Thư điện tử"),
        "position": _("Chức vụ"),
        "link_withdrawn": _("Thu hồi đường dẫn đã cấp"),
        "by_mail": _("Gửi qua thư điện tử"),
        "expires_at": _("Hết hạn lúc"),
        "sessions_ended": _("Số phiên đã kết thúc"),
        "issuer": _("Nơi đăng nhập một lần"),
        "issuers": _("Nơi đăng nhập một lần"),
        "device": _("Thiết bị"),
        "passkey": _("Khóa truy cập"),
        "saved_filter": _("Bộ lọc"),
        "recovery_codes": _("Số mã dự phòng đã tạo"),
        "codes_left": _("Số mã dự phòng còn lại"),
        "factors_removed": _("Số lớp bảo vệ thứ hai đã gỡ"),
        "from": _("Người bàn giao"),
        "delegations_ended": _("Số ủy quyền đã chấm dứt"),
        **departure_fields,
    }
    person_values: dict[str, Values] = {"role": lambda: dict(Role.choices)}
    describe_thing(
        "accounts.person",
        ThingWords(_("Người dùng"), person_fields, person_values, "person", "accounts.administer_any"),
    )
    describe_thing(
        "accounts.departure",
        ThingWords(_("Rời cơ quan"), departure_fields, person_values, "departure", "accounts.administer_any"),
    )
    delegation_fields = {
        "agency": _("Cơ quan"),
        "role": _("Vai trò"),
        "giver": _("Người ủy quyền"),
        "stand_in": _("Người làm thay"),
        "begins_on": _("Từ ngày"),
        "ends_on": _("Đến hết ngày"),
    }
    describe_thing("accounts.delegation", ThingWords(_("Ủy quyền"), delegation_fields, person_values))
    reorganisation_fields = {
        **agency_fields,
        "title": _("Tên việc tổ chức lại"),
        "owner": _("Cơ quan chủ trì"),
        "effective_on": _("Có hiệu lực từ ngày"),
        "decision_number": _("Số văn bản quyết định"),
        "decision_on": _("Ngày văn bản"),
        "agency_removed": _("Xóa cơ quan lập riêng cho việc này"),
        "agencies_kept": _("Cơ quan mới còn giữ lại"),
        "ends": _("Kết thúc hoạt động"),
        "whole": _("Nhận phần còn lại"),
        "functions": _("Chuyển theo chức năng"),
        "areas": _("Chuyển theo địa bàn"),
        "predecessors": _("Các cơ quan chuyển"),
        "successors": _("Các cơ quan nhận"),
    }
    describe_thing(
        "accounts.reorganisation",
        ThingWords(_("Việc tổ chức lại"), reorganisation_fields, agency_values, "reorganisation"),
    )
    place_fields = {"place_code": _("Mã địa danh")}
    describe_thing("accounts.place_alias", ThingWords(_("Tên gọi địa phương"), place_fields))
    import_fields = {
        "list": _("Danh sách"),
        "total": _("Số dòng"),
        "new": _("Mới"),
        "changed": _("Đổi"),
        "same": _("Không đổi"),
        "refused": _("Bị từ chối"),
        "file_digest": _("Mã của tệp"),
        "rows_digest": _("Mã của các dòng đã ghi"),
    }
    lists: dict[str, Values] = {"list": lambda: dict(ImportKind.choices)}
    describe_thing(
        "accounts.import",
        ThingWords(_("Danh sách từ tệp"), import_fields, lists, "import", "accounts.read_ledger"),
    )
    describe_thing("accounts.people", ThingWords(_("Danh sách người dùng")))
    describe_thing("audit.store", ThingWords(_("Kho tệp"), {"size_bytes": _("Dung lượng, byte")}))
    describe_thing("audit.ledger", ThingWords(_("Sổ nhật ký")))
    secrets = {
        "total": _("Số bí mật"),
        "older": _("Dùng khóa cũ"),
        "closed": _("Không khóa nào mở được"),
    }
    describe_thing("audit.instance", ThingWords(_("Hệ thống"), secrets))
