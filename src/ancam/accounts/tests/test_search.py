"""The search in the top bar, and lists that ask as often at 300 agencies as at 10."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.search import AGENCIES
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.web import search


def found(client: Client, text: str) -> dict[str, list[str]]:
    page = client.get(reverse("search"), {"tu": text})
    return {one.section.name: [hit.title for hit in one.hits] for one in page.context["found"]}


def test_agencies_and_people_are_found_without_diacritics_by_every_word(
    as_administrator: Client, commune: Agency, other_commune: Agency, officer: Person
) -> None:
    assert found(as_administrator, "an BINH") == {"agencies": [commune.name]}
    assert found(as_administrator, "ngoc anh") == {"people": [officer.full_name]}
    assert found(as_administrator, "binh sen") == {}


def test_people_are_found_only_by_who_may_open_their_list(as_officer: Client, officer: Person) -> None:
    assert found(as_officer, "ngoc anh") == {}


def test_nothing_outside_a_persons_agencies_is_found(as_outsider: Client, commune: Agency, officer: Person) -> None:
    assert found(as_outsider, "an binh") == {}
    assert found(as_outsider, "ngoc anh") == {}


def test_an_old_commune_name_finds_the_committee_of_today(as_administrator: Client, root: Agency) -> None:
    committee = make_agency(root, "Ủy ban nhân dân xã Vĩnh Linh")

    assert found(as_administrator, "TT ho xa") == {"agencies": [committee.name]}


def test_more_than_six_leads_to_the_list_of_all(as_administrator: Client, root: Agency) -> None:
    for number in range(8):
        make_agency(root, f"Trạm Y tế số {number}")

    page = as_administrator.get(reverse("search"), {"tu": "tram y te"})

    assert len(page.context["found"][0].hits) == 6
    assert "/co-quan/?words=tram+y+te" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("", 200, "mỗi từ đều phải có"),
        ("a", 422, "ít nhất 2 ký tự"),
        ("a " * 21, 422, "tối đa 20 từ"),
        ("a" * 201, 422, "dài quá 200 ký tự"),
        ("khong co gi", 200, "Không tìm thấy gì"),
        ("<script>", 200, "&lt;script&gt;"),
    ],
)
def test_each_state_says_what_to_do(as_officer: Client, text: str, status: int, words: str) -> None:
    page = as_officer.get(reverse("search"), {"tu": text})

    assert page.status_code == status
    assert words in page.content.decode()


def test_the_page_is_for_who_is_signed_in_and_only_to_be_read(client: Client, as_officer: Client) -> None:
    assert client.get(reverse("search"), {"tu": "an"}).status_code == 302
    assert as_officer.post(reverse("search")).status_code == 405


def test_every_page_offers_the_search_and_its_key(as_officer: Client) -> None:
    page = as_officer.get(reverse("profile")).content.decode()

    assert 'data-focus-key="/"' in page
    assert reverse("search") in page


def test_a_name_registered_twice_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="agencies"):
        search.register(AGENCIES)


PAGES = [
    ("agencies", {}),
    ("agencies", {"words": "tram", "sort": "-people"}),
    ("people", {}),
    ("people", {"words": "nguyen", "role": "officer"}),
    ("search", {"tu": "nguyen"}),
    ("search", {"tu": "tram y te"}),
    ("places", {"ten": "huyện Vĩnh Linh"}),
]


@pytest.mark.parametrize(("name", "asked"), PAGES)
def test_a_page_asks_no_oftener_at_300_agencies_than_at_10(
    administrator: Person, root: Agency, name: str, asked: dict[str, str]
) -> None:
    client = signed_in_as(administrator)
    client.get(reverse(name), asked)

    counts = []
    for many in (10, 290):
        for number in range(many):
            agency = make_agency(root, f"Trạm Y tế số {many} {number}")
            make_person(Role.OFFICER, agency)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name), asked)
        counts.append(len(queries))

    assert counts[1] <= counts[0]
