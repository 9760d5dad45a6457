"""The columns of the two lists, as files name them. Files speak Vietnamese to everyone, like papers."""

from ancam.engines.tables.model import Column

SERIAL = Column("serial", "STT", ("Số thứ tự", "TT", "Số TT"))
REASON = Column("reason", "Lý do bị từ chối")
EXAMPLE = "Ví dụ"
"""What stands under STT in a row that only shows how to fill in; such a row is passed over."""

PARENT_SIGN = "›"
"""Stands between the names of an agency and those above it, where its own name is not enough: `Sở A › Phòng B`."""

AGENCY_COLUMNS = (
    SERIAL,
    Column("code", "Mã định danh", ("Mã cơ quan", "Mã đơn vị", "Mã")),
    Column("name", "Tên cơ quan", ("Cơ quan", "Tên đơn vị", "Đơn vị", "Tên"), required=True),
    Column("kind", "Loại cơ quan", ("Loại", "Loại đơn vị")),
    Column("tier", "Cấp", ("Cấp cơ quan",)),
    Column("parent", "Trực thuộc", ("Cơ quan cấp trên", "Cơ quan chủ quản", "Đơn vị cấp trên", "Mã cơ quan cấp trên")),
    Column("place", "Địa danh", ("Địa bàn",)),
    Column("symbol", "Ký hiệu văn bản", ("Ký hiệu", "Viết tắt")),
    Column("begins_on", "Hoạt động từ ngày", ("Từ ngày", "Ngày thành lập")),
    Column("ends_on", "Hoạt động đến hết ngày", ("Đến hết ngày", "Đến ngày", "Ngày kết thúc")),
)
PEOPLE_COLUMNS = (
    SERIAL,
    Column("full_name", "Họ và tên", ("Họ tên", "Tên", "Họ và tên đệm và tên")),
    Column("email", "Thư điện tử", ("Email", "E-mail", "Địa chỉ thư điện tử", "Thư công vụ"), required=True),
    Column("position", "Chức vụ", ("Chức danh",)),
    Column("agency", "Cơ quan", ("Đơn vị", "Tên cơ quan", "Mã cơ quan", "Đơn vị công tác", "Cơ quan công tác")),
    Column("role", "Vai trò", ("Vai trò trên hệ thống", "Quyền")),
    Column("other_roles", "Vai trò khác", ("Vai trò ở cơ quan khác",)),
)
COLUMNS = {"agencies": AGENCY_COLUMNS, "people": PEOPLE_COLUMNS}

_HEADINGS = {column.name: column.heading for columns in COLUMNS.values() for column in columns}


def heading_of(name: str) -> str:
    """Return the heading of a column, as the file has it."""
    return _HEADINGS[name]
