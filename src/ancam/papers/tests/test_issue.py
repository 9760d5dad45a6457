"""Issuing freezes what was approved, with its number and day; a number is given once a year."""

from datetime import date, timedelta

import pytest

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.audit.selectors import ledger_head, verify_ledger
from ancam.papers.errors import (
    FileMissing,
    IssueDayRefused,
    NumberGoesBack,
    NumberOutOfOrder,
    NumberSkips,
    NumberTaken,
    TemplateChanged,
    WrongState,
)
from ancam.papers.models import Paper, PaperState, RegisterEntry
from ancam.papers.selectors import kept_bytes, paper_content
from ancam.papers.services import issue_paper
from ancam.papers.tests.factories import ON, at_noon, make_approved, make_draft, make_issued, make_submitted, written
from ancam.web.replies import Forbidden


def test_an_issued_paper_is_what_was_approved_with_number_and_day(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    approved = make_approved(commune, commune_officer, commune_leader)
    head_before = ledger_head()

    paper = issue_paper(paper=approved, number=7, issued_on=ON, by=commune_officer, at=at_noon(ON))

    assert (paper.state, paper.full_number) == (PaperState.ISSUED, "07/BC-UBND")
    assert paper.ledger_head == head_before
    assert paper_content(paper) == written({"kỳ": 1}, 7, ON)
    assert kept_bytes(paper, paper.approved_digest) == written({"kỳ": 1}, None, None)
    line = Entry.objects.last()
    assert (line.change["file"], line.change["approved_file"]) == (paper.file_digest, approved.file_digest)
    verify_ledger(paper.ledger_head)


def test_a_template_that_writes_otherwise_since_the_approval_issues_nothing(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_approved(commune, commune_officer, commune_leader)
    Paper.objects.filter(pk=paper.pk).update(inputs={"kỳ": 2})

    with pytest.raises(TemplateChanged):
        issue_paper(paper=paper, number=7, issued_on=ON, by=commune_officer, at=at_noon(ON))

    assert not RegisterEntry.objects.exists()


def test_a_template_that_the_platform_no_longer_holds_issues_nothing(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_approved(commune, commune_officer, commune_leader)
    Paper.objects.filter(pk=paper.pk).update(template="tests/0")

    with pytest.raises(TemplateChanged):
        issue_paper(paper=paper, number=7, issued_on=ON, by=commune_officer, at=at_noon(ON))


@pytest.mark.parametrize("make", [make_draft, make_submitted])
def test_nothing_is_issued_without_approval(make, commune: Agency, commune_officer: Person) -> None:
    paper = make(commune, commune_officer)

    with pytest.raises(WrongState):
        issue_paper(paper=paper, number=7, issued_on=ON, by=commune_officer, at=at_noon(ON))


def test_an_issued_paper_is_not_issued_again(paper: Paper) -> None:
    with pytest.raises(WrongState):
        issue_paper(paper=paper, number=8, issued_on=ON, by=paper.issued_by, at=at_noon(ON))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.READER, Role.APPRAISER])
def test_other_roles_issue_nothing(
    commune: Agency, commune_officer: Person, commune_leader: Person, role: Role
) -> None:
    paper = make_approved(commune, commune_officer, commune_leader)

    with pytest.raises(Forbidden):
        issue_paper(paper=paper, number=7, issued_on=ON, by=make_person(role, commune), at=at_noon(ON))


def test_the_agency_above_does_not_issue_for_the_one_below(
    commune: Agency, commune_officer: Person, commune_leader: Person, leader: Person
) -> None:
    paper = make_approved(commune, commune_officer, commune_leader)

    with pytest.raises(Forbidden):
        issue_paper(paper=paper, number=7, issued_on=ON, by=leader, at=at_noon(ON))


@pytest.mark.parametrize(
    ("not_before", "day"),
    [(None, ON - timedelta(days=1)), (None, ON + timedelta(days=2)), (ON + timedelta(days=1), ON)],
)
def test_a_paper_is_dated_after_its_approval_and_what_it_tells_of_and_not_in_the_future(
    commune: Agency, commune_officer: Person, commune_leader: Person, not_before: date | None, day: date
) -> None:
    paper = make_approved(commune, commune_officer, commune_leader, not_before=not_before)

    with pytest.raises(IssueDayRefused):
        issue_paper(paper=paper, number=7, issued_on=day, by=commune_officer, at=at_noon(ON + timedelta(days=1)))


def test_a_number_is_given_once_in_a_year_for_an_agency_and_symbol(
    commune: Agency, commune_leader: Person, paper: Paper
) -> None:
    by = paper.issued_by

    with pytest.raises(NumberTaken) as taken:
        make_issued(commune, by, commune_leader)

    assert (taken.value.full_number, taken.value.next_number) == ("07/BC-UBND", 8)
    assert make_issued(commune, by, commune_leader, on=date(2027, 1, 1)).pk
    assert make_issued(commune, by, commune_leader, symbol="CV-UBND").pk
    assert make_issued(commune, by, commune_leader, number=8).pk


def test_another_agency_has_numbers_of_its_own(root: Agency, officer: Person, leader: Person, paper: Paper) -> None:
    assert make_issued(root, officer, leader).number == paper.number


@pytest.mark.parametrize(
    ("number", "day", "refusal"),
    [
        (9, ON, NumberSkips),
        (3, ON, NumberGoesBack),
        (8, ON - timedelta(days=1), NumberOutOfOrder),
        (5, ON + timedelta(days=1), NumberOutOfOrder),
    ],
)
def test_a_number_out_of_turn_needs_a_reason(
    commune: Agency, commune_leader: Person, paper: Paper, number: int, day: date, refusal: type[Exception]
) -> None:
    by = paper.issued_by

    with pytest.raises(refusal):
        make_issued(commune, by, commune_leader, number=number, on=day)
    issued = make_issued(commune, by, commune_leader, number=number, on=day, reason="Theo sổ giấy của văn thư")

    assert issued.register_entry.reason == "Theo sổ giấy của văn thư"
    assert Entry.objects.last().change["reason"] == "Theo sổ giấy của văn thư"


def test_a_reason_that_was_not_needed_is_not_kept(commune: Agency, commune_leader: Person, paper: Paper) -> None:
    issued = make_issued(commune, paper.issued_by, commune_leader, number=8, reason="Không cần")

    assert issued.register_entry.reason == ""


def test_a_file_that_is_gone_or_altered_is_told_not_handed_over(paper: Paper, settings: object) -> None:
    place = settings.STORE_FOLDER / paper.file_digest[:2] / paper.file_digest  # type: ignore[attr-defined]
    place.write_bytes(b"something else")
    with pytest.raises(FileMissing):
        paper_content(paper)

    place.unlink()
    with pytest.raises(FileMissing):
        paper_content(paper)
