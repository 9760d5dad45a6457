"""The pages of papers: list, paper, file."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Agency, Person
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.pages import csv_of
from ancam.papers.models import Paper
from ancam.papers.tests.factories import (
    ON,
    at_noon,
    make_approved,
    make_draft,
    make_issued,
    make_submitted,
    written,
)
from ancam.web.downloads import DOCX


def numbers_on(page) -> list[str]:  # type: ignore[no-untyped-def]
    return [row.record.full_number for row in page.context["table"].paginated_rows]


@pytest.fixture
def later(root: Agency, officer: Person, leader: Person) -> Paper:
    return make_issued(root, officer, leader, number=9, on=date(2026, 12, 1), title="=Công văn đôn đốc")


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
        ({"symbol": "BC-UBND"}, ["09/BC-UBND", "07/BC-UBND"]),
        ({"year": "2026"}, ["09/BC-UBND", "07/BC-UBND"]),
        ({"state": "withdrawn"}, []),
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

    assert text.splitlines()[1] == "09/BC-UBND,01/12/2026,'=Công văn đôn đốc,Đã phát hành,Ủy ban nhân dân tỉnh Đông Sơn"


def test_a_papers_page_shows_digest_head_and_history(paper: Paper, leader: Person) -> None:
    page = signed_in_as(leader).get(reverse("paper", args=[paper.pk])).content.decode()

    assert paper.file_digest in page
    assert paper.ledger_head in page
    assert "Phát hành văn bản" in page


def test_the_file_is_handed_over_as_it_was_issued(paper: Paper, leader: Person) -> None:
    reply = signed_in_as(leader).get(reverse("paper_file", args=[paper.pk]))

    assert reply.content == written({"kỳ": 1}, 7, ON)
    assert reply["Content-Type"] == DOCX
    assert reply["Content-Disposition"] == 'attachment; filename="07-BC-UBND-20261120.docx"'
    assert reply["X-Content-Type-Options"] == "nosniff"


def test_a_symbol_with_vietnamese_letters_still_names_the_file(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_issued(commune, commune_officer, commune_leader, symbol='BC-TTCĐS"x')

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
    assert "Không có văn bản nào" in page.content.decode()
    assert signed_in_as(outsider).post(reverse("papers")).status_code == 405


def form_of(client: Client, name: str, paper: Paper, **values: object) -> str:
    """Send a form and return the page that follows it."""
    reply = client.post(reverse(name, args=[paper.pk]), values, follow=True)
    return f"{reply.status_code} {reply.content.decode()}"


@pytest.fixture
def at_work() -> Iterator[None]:
    with time_machine.travel(at_noon(ON), tick=False):
        yield


@pytest.mark.usefixtures("at_work")
def test_a_draft_becomes_an_issued_paper_on_its_page(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_draft(commune, commune_officer)
    officer, leader = signed_in_as(commune_officer), signed_in_as(commune_leader)

    assert "Chờ lãnh đạo duyệt" in form_of(officer, "paper_submit", paper)
    assert "Dự thảo" in form_of(officer, "paper_take_back", paper)
    form_of(officer, "paper_submit", paper)
    assert form_of(officer, "paper_approve", paper, seen=paper.file_digest).startswith("403")
    assert "Đã duyệt, chờ cấp số" in form_of(leader, "paper_approve", paper, seen=paper.file_digest)
    assert 'value="1"' in officer.get(reverse("paper_issue", args=[paper.pk])).content.decode()
    issued = form_of(officer, "paper_issue", paper, number="12", issued_on="20/11/2026")
    assert "12/BC-UBND" in issued
    assert "Tải bản đã duyệt" in issued
    assert officer.get(reverse("paper_approved_file", args=[paper.pk])).content == written({"kỳ": 1}, None, None)


@pytest.mark.usefixtures("at_work")
def test_a_number_out_of_turn_is_told_beside_the_reason(
    commune: Agency, commune_officer: Person, commune_leader: Person, paper: Paper
) -> None:
    waiting = make_approved(commune, commune_officer, commune_leader)
    officer = signed_in_as(commune_officer)

    told = form_of(officer, "paper_issue", waiting, number="20", issued_on="20/11/2026")
    assert told.startswith("422")
    assert "bỏ cách các số từ 8 đến 19" in told
    assert form_of(officer, "paper_issue", waiting, number="7", issued_on="20/11/2026").startswith("422")
    assert form_of(officer, "paper_issue", waiting, number="x", issued_on="31/02/2026").startswith("422")
    assert "20/BC-UBND" in form_of(
        officer, "paper_issue", waiting, number="20", issued_on="20/11/2026", reason="Sổ giấy"
    )


@pytest.mark.usefixtures("at_work")
def test_a_paper_is_returned_and_given_up_on_pages_that_ask(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    paper = make_submitted(commune, commune_officer)
    officer, leader = signed_in_as(commune_officer), signed_in_as(commune_leader)

    assert leader.get(reverse("paper_return", args=[paper.pk])).status_code == 200
    assert "Chưa ghi lý do" in form_of(leader, "paper_return", paper, reason="")
    assert "Thiếu kiến nghị" in form_of(leader, "paper_return", paper, reason="Thiếu kiến nghị")
    assert officer.get(reverse("paper_discard", args=[paper.pk])).status_code == 200
    assert "Đã bỏ dự thảo" in form_of(officer, "paper_discard", paper)
    assert officer.get(reverse("paper_discard", args=[paper.pk])).status_code == 422


@pytest.mark.usefixtures("at_work")
def test_an_issued_paper_is_replaced_or_withdrawn_on_pages_that_ask(
    commune: Agency, commune_officer: Person, commune_leader: Person, paper: Paper
) -> None:
    second = make_issued(commune, commune_officer, commune_leader, number=8)
    leader = signed_in_as(commune_leader)

    assert "08/BC-UBND" in leader.get(reverse("paper_supersede", args=[paper.pk])).content.decode()
    assert form_of(leader, "paper_supersede", paper, successor=paper.pk).startswith("422")
    assert "Đã được thay thế" in form_of(leader, "paper_supersede", paper, successor=second.pk)
    assert "Thay thế cho" in leader.get(reverse("paper", args=[second.pk])).content.decode()
    assert form_of(leader, "paper_withdraw", second, reason=" ").startswith("422")
    assert "Đã thu hồi" in form_of(leader, "paper_withdraw", second, reason="Sai số liệu")


@pytest.mark.usefixtures("at_work")
def test_a_reason_that_must_be_given_is_starred_as_such(
    commune: Agency, commune_officer: Person, commune_leader: Person, paper: Paper
) -> None:
    waiting, client = make_submitted(commune, commune_officer), signed_in_as(commune_leader)
    asked = {
        reverse("paper_return", args=[waiting.pk]): True,
        reverse("paper_withdraw", args=[paper.pk]): True,
        reverse("register_hold"): True,
        reverse("paper_supersede", args=[paper.pk]): False,
    }

    for address, is_needed in asked.items():
        field = client.get(address).context["form"]["reason"]
        assert field.field.required == is_needed
        assert ('aria-required="true"' in str(field)) == is_needed


def test_a_page_says_that_the_values_have_changed(commune: Agency, commune_officer: Person) -> None:
    paper = make_draft(commune, commune_officer, inputs={"told": "then"})

    page = signed_in_as(commune_officer).get(reverse("paper", args=[paper.pk])).content.decode()

    assert "Số liệu đã thay đổi" in page
    assert f"/sua/{paper.pk}/" in page


def test_a_leader_is_told_why_their_own_draft_has_no_button(commune: Agency, commune_leader: Person) -> None:
    paper = make_submitted(commune, commune_leader)

    page = signed_in_as(commune_leader).get(reverse("paper", args=[paper.pk])).content.decode()

    assert "lãnh đạo khác của cơ quan duyệt" in page
    assert reverse("paper_approve", args=[paper.pk]) not in page


def test_a_draft_of_another_agency_is_not_there(
    commune: Agency, commune_officer: Person, leader: Person, outsider: Person
) -> None:
    paper = make_draft(commune, commune_officer)

    for person in (leader, outsider):
        assert signed_in_as(person).get(reverse("paper", args=[paper.pk])).status_code == 404
        assert signed_in_as(person).post(reverse("paper_submit", args=[paper.pk])).status_code == 404
