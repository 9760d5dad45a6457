"""Issuing a paper freezes it; a number is given once a year."""

from datetime import date

import pytest

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.audit.selectors import ledger_head, verify_ledger
from ancam.papers.errors import FileMissing, NumberTaken
from ancam.papers.models import Paper
from ancam.papers.selectors import paper_content
from ancam.papers.tests.conftest import CONTENT, make_paper
from ancam.web.replies import Forbidden


def test_an_issued_paper_keeps_its_values_digest_and_the_ledgers_head(commune: Agency, commune_officer: Person) -> None:
    head_before = ledger_head()

    paper = make_paper(commune, commune_officer)

    assert paper.inputs == {"kỳ": 1}
    assert paper.full_number == "07/BC-UBND"
    assert paper.ledger_head == head_before
    assert paper_content(paper) == CONTENT
    assert Entry.objects.last().change["file"] == paper.file_digest
    verify_ledger(paper.ledger_head)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.READER, Role.APPRAISER])
def test_other_roles_issue_nothing(commune: Agency, role: Role) -> None:
    with pytest.raises(Forbidden):
        make_paper(commune, make_person(role, commune))

    assert not Paper.objects.exists()


def test_the_agency_above_does_not_issue_for_the_one_below(commune: Agency, leader: Person) -> None:
    with pytest.raises(Forbidden):
        make_paper(commune, leader)


def test_a_number_is_given_once_in_a_year_for_an_agency_and_symbol(commune: Agency, paper: Paper) -> None:
    by = paper.issued_by

    with pytest.raises(NumberTaken) as taken:
        make_paper(commune, by, issued_on=date(2026, 1, 1))

    assert taken.value.full_number == "07/BC-UBND"
    assert make_paper(commune, by, issued_on=date(2027, 1, 1)).pk
    assert make_paper(commune, by, symbol="CV-UBND").pk
    assert make_paper(commune, by, number=8).pk


def test_another_agency_has_numbers_of_its_own(root: Agency, leader: Person, paper: Paper) -> None:
    assert make_paper(root, leader).number == paper.number


def test_a_file_that_is_gone_or_altered_is_told_not_handed_over(paper: Paper, settings: object) -> None:
    place = settings.STORE_FOLDER / paper.file_digest[:2] / paper.file_digest  # type: ignore[attr-defined]
    place.write_bytes(b"something else")
    with pytest.raises(FileMissing):
        paper_content(paper)

    place.unlink()
    with pytest.raises(FileMissing):
        paper_content(paper)


def test_the_same_file_is_kept_once(paper: Paper, commune: Agency, settings: object) -> None:
    make_paper(commune, paper.issued_by, number=8)

    kept = [path for path in settings.STORE_FOLDER.rglob("*") if path.is_file()]  # type: ignore[attr-defined]
    assert len(kept) == 1
