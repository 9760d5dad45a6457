"""Lists by file, as a test sends them."""

from ancam.accounts.bulk.columns import AGENCY_COLUMNS, PEOPLE_COLUMNS
from ancam.accounts.models import ImportBatch, ImportKind, Person
from ancam.accounts.services import apply_import, receive_import
from ancam.engines.tables.model import Column
from ancam.engines.tables.write import Page, write_workbook
from ancam.web import clock

AGENCIES, PEOPLE = ImportKind.AGENCIES, ImportKind.PEOPLE
COLUMNS: dict[str, tuple[Column, ...]] = {"agencies": AGENCY_COLUMNS, "people": PEOPLE_COLUMNS}


def workbook(kind: str, *rows: dict[str, str]) -> bytes:
    return write_workbook(Page("Danh sách", COLUMNS[kind], rows))


def received(kind: ImportKind, by: Person, *rows: dict[str, str]) -> ImportBatch:
    return receive_import(kind=kind, file_name="danh-sach.xlsx", data=workbook(kind, *rows), by=by, at=clock.now())


def applied(kind: ImportKind, by: Person, *rows: dict[str, str], partly: bool = False) -> ImportBatch:
    batch = received(kind, by, *rows)
    return apply_import(batch=batch, by=by, without_refused=partly, at=clock.now())


def new_agency(name: str, parent: str = "Ủy ban nhân dân xã An Bình", **more: str) -> dict[str, str]:
    return {"name": name, "kind": "Phòng, đơn vị trực thuộc khác", "place": "An Bình", "parent": parent, **more}


def new_person(email: str, **more: str) -> dict[str, str]:
    place = {"agency": "Ủy ban nhân dân xã An Bình", "role": "Chuyên viên"}
    return {"full_name": "Trần Thị Bình", "email": email, **place, **more}
