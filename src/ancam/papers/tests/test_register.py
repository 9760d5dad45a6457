"""The register: what papers took, what was given elsewhere, and its pages."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.papers.errors import DayOfAnotherYear, FieldRequired, NotHeldByHand, NumbersRefused, NumberTaken
from ancam.papers.models import Paper, RegisterEntry
from ancam.papers.selectors import register_standing
from ancam.papers.services import hold_numbers, release_number
from ancam.papers.tests.factories import ON, at_noon, make_issued
from ancam.web.replies import Forbidden

AT = at_noon(ON)


def held(agency: Agency, by: Person, first: int, last: int, **changed: Any) -> int:
    facts = {"symbol": "BC-UBND", "year": 2026, "dated_on": None, "reason": "Sổ giấy của văn thư", **changed}
    return hold_numbers(agency=agency, first=first, last=last, **facts, by=by, at=AT)


def test_an_issued_paper_stands_in_the_register(paper: Paper) -> None:
    entry = RegisterEntry.objects.get()

    assert (entry.paper, entry.full_number, entry.year, entry.dated_on) == (paper, "07/BC-UBND", 2026, ON)


def test_numbers_given_elsewhere_are_not_given_again(
    commune: Agency, commune_officer: Person, commune_leader: Person
) -> None:
    assert held(commune, commune_officer, 1, 16) == 16

    with pytest.raises(NumberTaken):
        make_issued(commune, commune_officer, commune_leader, number=7)
    assert make_issued(commune, commune_officer, commune_leader, number=17).number == 17
    line = Entry.objects.filter(action="papers.hold_numbers").get()
    assert (line.change["first"], line.change["last"]) == (1, 16)


def test_the_register_tells_the_next_number_and_its_gaps(
    commune: Agency, commune_officer: Person, paper: Paper
) -> None:
    held(commune, commune_officer, 10, 11)

    standing = register_standing(commune, "BC-UBND", 2026)

    assert (standing.next_number, standing.gaps) == (12, ((8, 9),))
    assert register_standing(commune, "BC-UBND", 2027).next_number == 1


@pytest.mark.parametrize(
    ("first", "last", "changed", "refusal"),
    [
        (5, 4, {}, NumbersRefused),
        (1, 201, {}, NumbersRefused),
        (0, 1, {}, NumbersRefused),
        (6, 8, {}, NumberTaken),
        (8, 9, {"reason": " "}, FieldRequired),
        (8, 9, {"symbol": ""}, FieldRequired),
        (8, 9, {"dated_on": date(2025, 12, 31)}, DayOfAnotherYear),
    ],
)
def test_numbers_that_cannot_be_held_leave_nothing(
    commune: Agency, paper: Paper, first: int, last: int, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        held(commune, paper.issued_by, first, last, **changed)

    assert RegisterEntry.objects.count() == 1


def test_only_who_issues_for_the_agency_writes_in_its_register(commune: Agency, leader: Person) -> None:
    for by in (leader, make_person(Role.ADMINISTRATOR, commune)):
        with pytest.raises(Forbidden):
            held(commune, by, 1, 2)


def test_a_number_entered_by_hand_is_released_and_a_papers_is_not(
    commune: Agency, commune_officer: Person, paper: Paper
) -> None:
    held(commune, commune_officer, 8, 8)

    release_number(entry=RegisterEntry.objects.get(number=8), by=commune_officer, at=AT)
    with pytest.raises(NotHeldByHand):
        release_number(entry=RegisterEntry.objects.get(number=7), by=commune_officer, at=AT)

    assert list(RegisterEntry.objects.values_list("number", flat=True)) == [7]
    assert Entry.objects.last().action == "papers.release_number"


def test_a_number_that_two_people_release_leaves_one_line(commune: Agency, commune_officer: Person) -> None:
    held(commune, commune_officer, 8, 8)
    first, second = RegisterEntry.objects.get(), RegisterEntry.objects.get()

    for entry in (first, second):
        release_number(entry=entry, by=commune_officer, at=AT)

    assert Entry.objects.filter(action="papers.release_number").count() == 1


def test_the_database_too_gives_a_number_once(paper: Paper) -> None:
    entry = RegisterEntry.objects.get()
    entry.pk, entry.paper, entry.reason = None, None, "x"

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()


def test_the_page_lists_what_papers_and_hands_took(commune: Agency, commune_officer: Person, paper: Paper) -> None:
    held(commune, commune_officer, 3, 3)

    page = (
        signed_in_as(commune_officer).get(reverse("register"), {"symbol": "BC-UBND", "year": "2026"}).content.decode()
    )

    assert "07/BC-UBND" in page
    assert "Sổ giấy của văn thư" in page
    by_hand = signed_in_as(commune_officer).get(reverse("register"), {"by_hand": "true"}).content.decode()
    assert "07/BC-UBND" not in by_hand


def test_numbers_are_entered_and_released_on_pages(commune: Agency, commune_officer: Person, outsider: Person) -> None:
    client = signed_in_as(commune_officer)
    values = {"agency": commune.pk, "symbol": "BC-UBND", "year": "2026", "first": "1", "reason": "Sổ giấy"}

    assert client.get(reverse("register_hold")).status_code == 200
    assert client.post(reverse("register_hold"), {**values, "first": "x"}).status_code == 422
    assert client.post(reverse("register_hold"), {**values, "reason": ""}).status_code == 422
    of_another_year = client.post(reverse("register_hold"), {**values, "dated_on": "31/12/2025"})
    assert of_another_year.status_code == 422 and "không thuộc năm 2026" in of_another_year.content.decode()
    assert client.post(reverse("register_hold"), values).status_code == 302
    address = reverse("register_release", args=[RegisterEntry.objects.get().pk])
    assert signed_in_as(outsider).get(address).status_code == 404
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert not RegisterEntry.objects.exists()


def test_who_only_reads_enters_no_number(commune: Agency, paper: Paper) -> None:
    client = signed_in_as(make_person(Role.READER, commune))

    assert client.get(reverse("register")).status_code == 200
    assert client.get(reverse("register_hold")).status_code == 403
    assert client.post(reverse("register_hold"), {}).status_code == 403
