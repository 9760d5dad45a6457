"""The workbooks of the two lists: to fill in, exported, and of refused rows. All of them can be sent back."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet

from ancam.accounts import selectors
from ancam.accounts.bulk.agencies import Kinds
from ancam.accounts.bulk.cells import day_text
from ancam.accounts.bulk.columns import AGENCY_COLUMNS, COLUMNS, EXAMPLE, PEOPLE_COLUMNS, REASON
from ancam.accounts.bulk.outcomes import refusals_of
from ancam.accounts.bulk.people import Roles
from ancam.accounts.bulk.references import Tree
from ancam.accounts.models import Agency, ImportBatch, ImportKind, ImportRow, Person, RowVerdict
from ancam.accounts.services.import_checks import kinds_in_words, roles_in_words
from ancam.engines.tables.model import Column
from ancam.engines.tables.write import Page, write_workbook

_SHEETS = {ImportKind.AGENCIES: "Cơ quan", ImportKind.PEOPLE: "Người dùng"}
_EXAMPLES = {
    ImportKind.AGENCIES: {
        "serial": EXAMPLE,
        "code": "H00.01.02",
        "name": "Ủy ban nhân dân xã An Bình",
        "kind": "Ủy ban nhân dân xã, phường, đặc khu",
        "parent": "Ủy ban nhân dân tỉnh Đông Sơn",
        "place": "xã An Bình",
        "symbol": "UBND",
        "begins_on": "01/07/2025",
    },
    ImportKind.PEOPLE: {
        "serial": EXAMPLE,
        "full_name": "Nguyễn Thị An",
        "email": "an.nguyen@dongson.gov.vn",
        "position": "Phó Chánh Văn phòng",
        "agency": "Ủy ban nhân dân xã An Bình",
        "role": "Chuyên viên; Lãnh đạo",
        "other_roles": "Người đọc – Sở Khoa học và Công nghệ",
    },
}
LINK_COLUMNS = (
    Column("full_name", "Họ và tên"),
    Column("email", "Thư điện tử"),
    Column("address", "Đường dẫn dùng một lần"),
)
_IN_GENERAL = (
    ("Dòng ví dụ", "Dòng có chữ “Ví dụ” ở cột STT không được nhập; có thể xóa hoặc để nguyên."),
    ("Thứ tự cột", "Tùy ý. Không gộp ô, không dùng công thức, không thêm cột ngoài mẫu."),
    ("Ô trống", "Với cơ quan, người đã có: ô trống giữ nguyên điều đang ghi. Muốn xóa, đề nghị sửa trên trang."),
    ("Kiểm tra trước", "Hệ thống cho xem từng dòng sẽ làm gì rồi mới hỏi có áp dụng không."),
)
_HELP = {
    ImportKind.AGENCIES: {
        "code": "Mã định danh điện tử, nếu có. Cơ quan đã có được tìm theo mã, rồi theo tên trong cơ quan cấp trên.",
        "name": "Bắt buộc. Ghi đầy đủ như trên văn bản phát hành.",
        "kind": "Chọn trong danh sách. Bắt buộc với cơ quan mới.",
        "tier": "Không cần điền: cấp theo loại cơ quan.",
        "parent": (
            "Mã định danh hoặc tên đầy đủ của cơ quan cấp trên; cơ quan đó có thể ở dòng bất kỳ của tệp."
            " Trùng tên thì ghi cả cấp trên: Sở A › Phòng B."
        ),
        "place": "Địa danh ghi trước ngày tháng trên văn bản. Bắt buộc với cơ quan mới.",
        "symbol": "Chữ viết tắt trong số, ký hiệu văn bản, ví dụ UBND. Để trống nếu không phát hành.",
        "begins_on": "Ngày/tháng/năm, ví dụ 01/07/2025.",
        "ends_on": "Ngày/tháng/năm; ngày cuối cùng cơ quan còn hoạt động.",
    },
    ImportKind.PEOPLE: {
        "full_name": "Bắt buộc với người mới.",
        "email": "Bắt buộc. Mỗi người một địa chỉ riêng, dùng để đăng nhập; người đã có được nhận ra theo địa chỉ này.",
        "position": "Chức vụ trong cơ quan, nếu có.",
        "agency": "Mã định danh hoặc tên đầy đủ. Trùng tên thì ghi cả cấp trên: Sở A › Phòng B.",
        "role": "Một hoặc nhiều vai trò tại cơ quan đó, cách nhau bằng dấu chấm phẩy. Chỉ thêm, không bỏ vai trò.",
        "other_roles": "Mỗi dòng trong ô: Vai trò – Cơ quan. Dùng khi một người làm ở nhiều cơ quan.",
    },
}


def template_workbook(kind: ImportKind) -> bytes:
    """Return an empty list to fill in: headings, choices, an example that is passed over, and how to fill in."""
    help = _HELP[kind]
    notes = [(column.heading, help[column.name]) for column in COLUMNS[kind] if column.name in help]
    page = Page(_SHEETS[kind], COLUMNS[kind], [_EXAMPLES[kind]], _choices(), help)
    return write_workbook(page, [*notes, *_IN_GENERAL])


def agencies_workbook(person: Person, agencies: Iterable[Agency] | None = None) -> bytes:
    """Return these agencies, or all that the person sees, as a list that changes nothing when it is sent back."""
    tree, kinds = selectors.tree_for(person), kinds_in_words()
    shown = selectors.agencies(person) if agencies is None else agencies
    rows = (_agency_row(agency, tree, kinds) for agency in shown)
    return write_workbook(Page(_SHEETS[ImportKind.AGENCIES], AGENCY_COLUMNS, rows, _choices()))


def people_workbook(person: Person, people: QuerySet[Person] | None = None) -> bytes:
    """Return these people, or all that the person sees, as a list that changes nothing when it is sent back."""
    tree, roles = selectors.tree_for(person), roles_in_words()
    shown = selectors.people(person) if people is None else people
    rows = (_person_row(one, tree, roles) for one in shown)
    return write_workbook(Page(_SHEETS[ImportKind.PEOPLE], PEOPLE_COLUMNS, rows, _choices()))


def links_workbook(links: Iterable[tuple[Person, str]]) -> bytes:
    """Return one-time links to hand over: whose, and the address that opens once."""
    rows = ({"full_name": one.full_name, "email": one.email, "address": address} for one, address in links)
    return write_workbook(Page("Đường dẫn", LINK_COLUMNS, rows))


def refused_workbook(batch: ImportBatch) -> bytes:
    """Return the refused rows of an import as they came, each with its reasons, to be mended and sent again."""
    rows = selectors.import_rows(batch).filter(verdict=RowVerdict.REFUSED)
    kind = ImportKind(batch.kind)
    columns = [*COLUMNS[kind], REASON]
    return write_workbook(Page(_SHEETS[kind], columns, _refused_rows(rows.iterator()), _choices()))


def _refused_rows(rows: Iterable[ImportRow]) -> Iterator[dict[str, str]]:
    for row in rows:
        yield {**row.cells, REASON.name: "\n".join(str(one) for one in refusals_of(row.refusals))}


def _agency_row(agency: Agency, tree: Tree, kinds: Kinds) -> dict[str, str]:
    above = tree.parent_of[agency.pk]
    return {
        "code": agency.code,
        "name": agency.name,
        "kind": kinds.names.get(agency.kind, agency.kind),
        "tier": kinds.tier_names[agency.tier],
        "parent": tree.reference(above) if above is not None and tree.sees(above) else "",
        "place": agency.place,
        "symbol": agency.symbol,
        "begins_on": day_text(agency.begins_on),
        "ends_on": day_text(agency.ends_on),
    }


def _person_row(person: Person, tree: Tree, roles: Roles) -> dict[str, str]:
    held = sorted(person.visible_roles, key=lambda role: role.pk)  # type: ignore[attr-defined]
    first = held[0].agency_id if held else None
    here = [roles.names[role.role] for role in held if role.agency_id == first]
    others = [
        f"{roles.names[role.role]} – {tree.reference(role.agency_id)}" for role in held if role.agency_id != first
    ]
    return {
        "full_name": person.full_name,
        "email": person.email,
        "position": person.position,
        "agency": tree.reference(first) if first is not None else "",
        "role": "; ".join(here),
        "other_roles": "\n".join(others),
    }


def _choices() -> dict[str, Sequence[str]]:
    kinds, roles = kinds_in_words(), roles_in_words()
    names = [kind.name for kind in selectors.agency_kinds()]
    return {"kind": names, "tier": list(kinds.tier_names.values()), "role": list(roles.names.values())}
