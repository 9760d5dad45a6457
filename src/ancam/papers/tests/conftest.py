"""A province that issues papers, a commune below it, another commune beside."""

from datetime import date

import pytest

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.papers.models import Paper
from ancam.papers.services import PaperFacts, issue_paper
from ancam.web import clock

CONTENT = b"PK\x03\x04 the file as issued"


@pytest.fixture(autouse=True)
def store(settings: object, tmp_path: object) -> None:
    """A file store for each test."""
    settings.STORE_FOLDER = tmp_path / "files"  # type: ignore[attr-defined,operator]


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
def commune_officer(commune: Agency) -> Person:
    return make_person(Role.OFFICER, commune, name="Lý Thị Ngọc Ánh")


@pytest.fixture
def outsider(root: Agency) -> Person:
    return make_person(Role.LEADER, make_agency(root, "Ủy ban nhân dân xã Bàu Sen"))


@pytest.fixture
def paper(commune: Agency, commune_officer: Person) -> Paper:
    return make_paper(commune, commune_officer)


def make_paper(agency: Agency, by: Person, **changed: object) -> Paper:
    values = {
        "template": "tests",
        "title": "Báo cáo kết quả thực hiện Chỉ thị 23/CT-TTg",
        "number": 7,
        "symbol": "BC-UBND",
        "issued_on": date(2026, 11, 20),
        "inputs": {"kỳ": 1},
        **changed,
    }
    return issue_paper(agency=agency, facts=PaperFacts(**values), content=CONTENT, by=by, at=clock.now())  # type: ignore[arg-type]
