"""The pages of papers: list, paper, file."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Agency, Person
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.pages import csv_of
from ancam.papers.models import Paper
from ancam.papers.tests.conftest import CONTENT, make_paper
from ancam.web.downloads import DOCX


def numbers_on(page) -> list[str]:  # type: ignore[no-untyped-def]
    return [row.record.full_number for row in page.context["table"].paginated_rows]


@pytest.fixture
def later(root: Agency, leader: Person) -> Paper:
    return make_paper(root, leader, number=9, issued_on=date(2026, 12, 1), title="=Công văn đôn đốc")


def test_the_list_is_newest_first(paper: Paper, later: Paper, leader: Person) -> None:
    page = signed_in_as(leader).get(reverse("papers"))

    assert numbers_on(page) == ["09/BC-UBND", "07/BC-UBND"]
    assert "20/11/2026" in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "bao cao KET qua"}, ["07/BC-UBND"]),
        ({"words": "09/bc"}, ["09/BC-UBND"]),
        ({"since": "2026-11-21"}, ["09/BC-UBND"]),
        ({"until": "20/11/2026"}, ["07/BC-UBND"]),
        ({"sort": "full_number"}, ["07/BC-UBND", "09/BC-UBND"]),
    ],
)
def test_words_and_dates_narrow_the_list(
    paper: Paper, later: Paper, leader: Person, asked: dict[str, str], found: list[str]
) -> None:
    assert numbers_on(signed_in_as(leader).get(reverse("papers"), asked)) == found


def test_an_agency_narrows_the_list(paper: Paper, later: Paper, leader: Person, commune: Agency) -> None:
    assert numbers_on(signed_in_as(leader).get(reverse("papers"), {"agency": commune.pk})) == ["07/BC-UBND"]


def test_a_date_that_is_none_is_told(paper: Paper, leader: Person) -> None:
    page = signed_in_as(leader).get(reverse("papers"), {"since": "31/02/2026"})

    assert page.status_code == 422
    assert "ngày hợp lệ" in page.content.decode()


def test_the_export_never_holds_a_formula(later: Paper, leader: Person) -> None:
    text = csv_of(signed_in_as(leader).get(reverse("papers"), {"xuat": "csv"}))

    assert text.splitlines()[1] == "09/BC-UBND,01/12/2026,'=Công văn đôn đốc,Ủy ban nhân dân tỉnh Đông Sơn"


def test_a_papers_page_shows_digest_head_and_history(paper: Paper, leader: Person) -> None:
    page = signed_in_as(leader).get(reverse("paper", args=[paper.pk])).content.decode()

    assert paper.file_digest in page
    assert paper.ledger_head in page
    assert "Phát hành văn bản" in page


def test_the_file_is_handed_over_as_it_was_issued(paper: Paper, leader: Person) -> None:
    reply = signed_in_as(leader).get(reverse("paper_file", args=[paper.pk]))

    assert reply.content == CONTENT
    assert reply["Content-Type"] == DOCX
    assert reply["Content-Disposition"] == 'attachment; filename="07-BC-UBND-20261120.docx"'
    assert reply["X-Content-Type-Options"] == "nosniff"


def test_a_symbol_with_vietnamese_letters_still_names_the_file(commune: Agency, commune_officer: Person) -> None:
    paper = make_paper(commune, commune_officer, symbol='BC-TTCĐS"x')

    reply = signed_in_as(commune_officer).get(reverse("paper_file", args=[paper.pk]))

    assert reply.status_code == 200
    assert "filename*=utf-8''07-BC-TTC%C4%90S%22x-20261120.docx" in reply["Content-Disposition"]


def test_a_file_that_is_gone_is_told_in_words(paper: Paper, leader: Person, settings: object) -> None:
    (settings.STORE_FOLDER / paper.file_digest[:2] / paper.file_digest).unlink()  # type: ignore[attr-defined]

    reply = signed_in_as(leader).get(reverse("paper_file", args=[paper.pk]))

    assert reply.status_code == 422
    assert "Không tìm thấy tệp của văn bản 07/BC-UBND" in reply.content.decode()


@pytest.mark.parametrize("page", ["paper", "paper_file"])
def test_who_sees_a_paper(page: str, paper: Paper, leader: Person, commune_officer: Person, outsider: Person) -> None:
    address = reverse(page, args=[paper.pk])

    assert signed_in_as(leader).get(address).status_code == 200
    assert signed_in_as(commune_officer).get(address).status_code == 200
    assert signed_in_as(outsider).get(address).status_code == 404
    assert signed_in_as(leader).post(address).status_code == 405
    assert Client().get(address)["Location"].startswith(reverse("account_login"))


def test_a_list_shows_no_paper_of_another_agency(paper: Paper, later: Paper, outsider: Person) -> None:
    page = signed_in_as(outsider).get(reverse("papers"))

    assert numbers_on(page) == []
    assert "Chưa có văn bản phát hành" in page.content.decode()
    assert signed_in_as(outsider).post(reverse("papers")).status_code == 405
