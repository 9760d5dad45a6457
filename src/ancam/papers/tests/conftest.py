"""A province, a commune below it with an officer and a leader who issue papers, another commune beside."""

import pytest

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.kit import office
from ancam.papers.models import Paper
from ancam.papers.tests.factories import make_issued


@pytest.fixture(autouse=True)
def store(settings: object, tmp_path: object) -> None:
    """A file store for each test."""
    settings.STORE_FOLDER = tmp_path / "files"  # type: ignore[attr-defined,operator]


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice, so that no job is asked for unless a test is about it."""
    monkeypatch.setattr(office, "PROGRAMS", ())


@pytest.fixture
def root(db: None) -> Agency:
    return make_root()


@pytest.fixture
def commune(root: Agency) -> Agency:
    return make_agency(root, "Ủy ban nhân dân xã An Bình")


@pytest.fixture
def leader(root: Agency) -> Person:
    return make_person(Role.LEADER, root, name="Lê Minh Khôi")


@pytest.fixture
def officer(root: Agency) -> Person:
    return make_person(Role.OFFICER, root, name="Nguyễn An")


@pytest.fixture
def commune_officer(commune: Agency) -> Person:
    return make_person(Role.OFFICER, commune, name="Lý Thị Ngọc Ánh")


@pytest.fixture
def commune_leader(commune: Agency) -> Person:
    return make_person(Role.LEADER, commune, name="Đặng Văn Lượng")


@pytest.fixture
def outsider(root: Agency) -> Person:
    return make_person(Role.LEADER, make_agency(root, "Ủy ban nhân dân xã Bàu Sen"))


@pytest.fixture
def paper(commune: Agency, commune_officer: Person, commune_leader: Person) -> Paper:
    return make_issued(commune, commune_officer, commune_leader)
