"""An invented province of 3,400 agencies and 12,000 people, written set by set."""

from dataclasses import dataclass

from django.db import transaction

from ancam.accounts.models import Agency, Membership, Person, Role, Tier
from ancam.audit.services import begin_instance
from ancam.kit.folding import fold, sort_key
from ancam.web import clock

AGENCIES = 3400
PEOPLE = 12_000
DEPARTMENTS = 20
COMMUNES = 120
PASSWORD = "một-mật-khẩu-chỉ-để-đo"  # noqa: S105 - it opens an instance that lives for one run
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
MIDDLE = ("Văn", "Thị", "Đức", "Ngọc", "Minh", "Thanh", "Hữu", "Quang", "Thu", "Xuân", "Bảo")
GIVEN = (
    "An",
    "Bình",
    "Châu",
    "Dũng",
    "Đạt",
    "Giang",
    "Hà",
    "Hùng",
    "Khánh",
    "Lan",
    "Long",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
)
SYLLABLES = (
    "Tân",
    "Vĩnh",
    "Bàu",
    "Đông",
    "Hòa",
    "Phú",
    "Lộc",
    "Thạnh",
    "Sơn",
    "Thủy",
    "Mỹ",
    "Cẩm",
    "Đức",
    "Xuân",
    "Yên",
)
UNITS = ("Trường Tiểu học", "Trường Trung học cơ sở", "Trạm Y tế", "Trường Mầm non", "Trung tâm Văn hóa", "Công an")


@dataclass(frozen=True, slots=True)
class Seeded:
    """Who signs in: someone three levels down, the administrator of a department, and that of the whole province.

    At the root every person of the province holds a role, 12,000 in all.
    """

    deep: Person
    department: Person
    province: Person
    leaf_name: str


@transaction.atomic
def seed() -> Seeded:
    """Fill an empty instance; return who asks."""
    begin_instance(at=clock.now())
    Agency.objects.bulk_create(_agencies())
    rows = list(Agency.objects.order_by("path"))
    people = [_person(number) for number in range(PEOPLE)]
    Person.objects.bulk_create(people)
    people = list(Person.objects.order_by("pk"))
    Membership.objects.bulk_create(_memberships(people, rows))
    department = next(agency for agency in rows if agency.depth == 2)
    inside = next(agency for agency in rows if agency.depth == 3 and agency.path.startswith(department.path))
    Membership.objects.bulk_create(Membership(person=one, agency=rows[0], role=Role.READER) for one in people[3:])
    deep, administrator, province = people[:3]
    for person, agency in ((deep, inside), (administrator, department), (province, rows[0])):
        person.set_password(PASSWORD)
        person.save()
        Membership.objects.filter(person=person).delete()
        Membership.objects.create(person=person, agency=agency, role=Role.ADMINISTRATOR)
    leaf = next(agency for agency in rows if agency.depth == 4 and agency.path.startswith(inside.path))
    return Seeded(deep, administrator, province, leaf.name)


def _agencies() -> list[Agency]:
    """Return a root, 20 departments and 120 communes below it, and below these two further levels."""
    root = _agency("Ủy ban nhân dân tỉnh Đông Sơn", "ubnd_tinh", Tier.PROVINCE, "", 0)
    made = [root]
    tops = [_agency(f"Sở Chuyên ngành số {n}", "so_khcn", Tier.PROVINCE, root.path, n) for n in range(DEPARTMENTS)]
    tops += [
        _agency(f"Ủy ban nhân dân xã {_place(n)}", "ubnd_xa", Tier.COMMUNE, root.path, DEPARTMENTS + n)
        for n in range(COMMUNES)
    ]
    middles = [
        _agency(f"{UNITS[n % len(UNITS)]} {_place(n)} số {n}", "tt_thuoc_so", Tier.INTERNAL, top.path, n // len(tops))
        for n in range(len(tops) * 4)
        for top in [tops[n % len(tops)]]
    ]
    # The first department is a large one, so that its administrator's pages are too.
    left = AGENCIES - 1 - len(tops) - len(middles)
    big = [agency for agency in middles if agency.path.startswith(tops[0].path)]
    counted: dict[str, int] = {}
    leaves = []
    for n in range(left):
        parent = big[n % len(big)] if n % 3 == 0 else middles[n % len(middles)]
        place = counted[parent.path] = counted.get(parent.path, -1) + 1
        name = f"{UNITS[(n * 7) % len(UNITS)]} {_place(n * 3)} cơ sở {n}"
        leaves.append(_agency(name, "tt_thuoc_so", Tier.INTERNAL, parent.path, place))
    made += tops + middles + leaves
    children: dict[str, int] = {}
    for agency in made:
        children[agency.path[:-4]] = children.get(agency.path[:-4], 0) + 1
    for agency in made:
        agency.numchild = children.get(agency.path, 0)
    return made


def _agency(name: str, kind: str, tier: Tier, above: str, place: int) -> Agency:
    path = above + Agency._int2str(place + 1).rjust(Agency.steplen, "0")
    agency = Agency(name=name, kind=kind, tier=tier, place="Đông Sơn", symbol="", path=path, depth=len(path) // 4)
    agency.search_key, agency.sort_key = fold(f"{name} Đông Sơn"), sort_key(name)
    return agency


def _place(number: int) -> str:
    first, second = divmod(number % (len(SYLLABLES) ** 2), len(SYLLABLES))
    return f"{SYLLABLES[first]} {SYLLABLES[second]}"


def _person(number: int) -> Person:
    name = f"{SURNAMES[number % 14]} {MIDDLE[number // 14 % 11]} {GIVEN[number // 154 % 15]}"
    person = Person(full_name=name, email=f"so{number}@dongson.example", password="!")  # noqa: S106 - opens nothing
    person.search_key = fold(f"{name} {person.email}")
    person.sort_key = f"{sort_key(name.rpartition(' ')[2])} {sort_key(name)}"
    return person


def _memberships(people: list[Person], agencies: list[Agency]) -> list[Membership]:
    roles = (Role.OFFICER, Role.OFFICER, Role.LEADER, Role.READER)
    return [
        Membership(person=person, agency=agencies[number % len(agencies)], role=roles[number % 4])
        for number, person in enumerate(people)
    ]
