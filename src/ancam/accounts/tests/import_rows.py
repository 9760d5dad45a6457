"""A province and rows of lists about it, as values."""

from datetime import date

from ancam.accounts.bulk.agencies import Kinds, check_agency_rows
from ancam.accounts.bulk.agency_drafts import Draft
from ancam.accounts.bulk.outcomes import Outcome
from ancam.accounts.bulk.people import KnownPerson, Roles, check_people_rows
from ancam.accounts.bulk.references import KnownAgency, Tree
from ancam.engines.tables.model import Row
from ancam.kit.folding import sort_key

KINDS = Kinds(
    {"so": "Sở", "xa": "Ủy ban nhân dân xã", "phong": "Phòng", "huyen": "Ủy ban nhân dân huyện"},
    {"so": "province", "xa": "commune", "phong": "internal", "huyen": "district"},
    {"province": "Cấp tỉnh", "commune": "Cấp xã", "internal": "Đơn vị trực thuộc", "district": "Cấp huyện"},
    ["so", "xa", "phong"],
)
ROLES = Roles({"leader": "Lãnh đạo", "officer": "Chuyên viên"}, {"Cán bộ": "officer"})


def agency(id: int, path: str, name: str, kind: str = "phong", **more) -> KnownAgency:
    """Return an agency as a list meets it."""
    return KnownAgency(id, path, name, kind, KINDS.tiers[kind], place="Đông Sơn", name_key=sort_key(name), **more)


ROOT = agency(1, "0001", "UBND tỉnh Đông Sơn", "so", code="H1")
HEALTH = agency(2, "00010001", "Sở Y tế", "so", code="H2", symbol="SYT", begins_on=date(2025, 3, 1))
LABOUR = agency(3, "00010002", "Sở Nội vụ", "so")
OFFICE = agency(4, "000100010001", "Văn phòng")
OFFICE_TOO = agency(5, "000100020001", "Văn phòng")
OLD = agency(6, "00010003", "UBND huyện Cũ", "huyen")
TREE = [ROOT, HEALTH, LABOUR, OFFICE, OFFICE_TOO, OLD]
TODAY = date(2026, 11, 20)


def tree(administered: tuple[str, ...] = ("0001",), seen: tuple[str, ...] = ()) -> Tree:
    """Return the province as someone sees it who administers these paths, and sees these."""
    return Tree(TREE, seen=seen or administered, administered=administered, today=TODAY)


def check(*rows: dict[str, str], within: Tree | None = None) -> tuple[list[Outcome], list[Draft]]:
    """Return what a list of agencies means, row by row, and what it would write."""
    numbered = [Row(number, cells) for number, cells in enumerate(rows, start=2)]
    return check_agency_rows(numbered, within or tree(), KINDS)


def one(within: Tree | None = None, **cells: str) -> Outcome:
    """Return what a list of one row means."""
    return check(cells, within=within)[0][0]


def new(name: str, parent: str = "Sở Y tế", **more: str) -> dict[str, str]:
    """Return a row of a unit that does not exist yet."""
    return {"name": name, "kind": "Phòng", "place": "Đông Sơn", "parent": parent, **more}


def why(outcome: Outcome) -> list[str]:
    """Return the names of the refusals of a row."""
    return [type(refusal).__name__ for refusal in outcome.refusals]


def changes(outcome: Outcome) -> list[tuple[str, str, str]]:
    """Return what a row changes: field, before, after."""
    return [(change.field, change.before, change.after) for change in outcome.changes]


def people(*rows: dict[str, str], within: Tree | None = None, known: tuple[KnownPerson, ...] = ()):
    """Return what a list of people means, row by row, and what it would write."""
    numbered = [Row(n, cells) for n, cells in enumerate(rows, start=2)]
    by_email = {person.email: person for person in known}
    return check_people_rows(numbered, by_email, within or tree(), ROLES, lambda text: "@" in text)


def someone(**more: str) -> dict[str, str]:
    """Return a row of someone who is not known yet."""
    return {"full_name": "Lê An", "email": "AN@x.vn ", "agency": "Sở Y tế", "role": "Cán bộ", **more}


AN = KnownPerson(9, "an@x.vn", "Lê An", "", frozenset({(2, "officer")}))
