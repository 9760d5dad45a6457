"""People: seen by whom, added by whom, and what of them is read by whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.accounts.person_states import STATES, state_of
from ancam.accounts.services import add_role, issue_link, remove_role
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person
from ancam.accounts.tests.pages import csv_of, names_on
from ancam.web import clock

# One state of the filter that rows call by two names.
WITHIN = {"invited": ("link_waiting", "link_over")}


def test_the_list_is_in_order_of_given_names(as_administrator: Client, officer: Person, outsider: Person) -> None:
    page = as_administrator.get(reverse("people"))

    assert names_on(page) == ["Lý Thị Ngọc Ánh", "Cao Tiến Đạt", "Trịnh Bảo Long"]


def test_words_role_and_agency_narrow_the_list(
    as_administrator: Client, officer: Person, outsider: Person, commune: Agency
) -> None:
    by_words = as_administrator.get(reverse("people"), {"words": "ngoc anh"})
    by_role = as_administrator.get(reverse("people"), {"role": "administrator", "sort": "-full_name"})
    by_agency = as_administrator.get(reverse("people"), {"agency": commune.pk})
    by_both = as_administrator.get(reverse("people"), {"agency": commune.pk, "role": "administrator"})

    assert names_on(by_words) == ["Lý Thị Ngọc Ánh"]
    assert names_on(by_role) == ["Trịnh Bảo Long", "Cao Tiến Đạt"]
    assert names_on(by_agency) == ["Lý Thị Ngọc Ánh"]
    assert names_on(by_both) == []


def test_a_state_narrows_the_list_and_agrees_with_what_each_row_says(
    as_administrator: Client, administrator: Person, officer: Person, commune: Agency
) -> None:
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    invited, over, _without = [
        make_person(Role.READER, commune, name=name) for name in ("Mai Xuân Yến", "Vũ Thị Tư", "Hồ Văn Tám")
    ]
    Person.objects.filter(memberships__role=Role.READER).update(password=make_password(None))
    issue_link(person=invited, by=administrator, at=clock.now())
    issue_link(person=over, by=administrator, at=clock.now() - timedelta(days=8))

    found = {state: as_administrator.get(reverse("people"), {"state": state}) for state in STATES}

    assert {state: names_on(page) for state, page in found.items()} == {
        "active": ["Trịnh Bảo Long"],
        "invited": ["Hồ Văn Tám", "Vũ Thị Tư", "Mai Xuân Yến"],
        "link_waiting": ["Mai Xuân Yến"],
        "link_over": ["Hồ Văn Tám", "Vũ Thị Tư"],
        "stopped": ["Lý Thị Ngọc Ánh"],
    }
    for state, page in found.items():
        rows = page.context["table"].paginated_rows
        said = {str(state_of(row.record, clock.now())) for row in rows}
        assert said == {str(words) for one, words in STATES.items() if one in WITHIN.get(state, (state,))}
    assert as_administrator.get(reverse("people"), {"state": "left"}).status_code == 422


def test_a_role_held_where_the_asker_sees_nothing_neither_shows_nor_counts(
    outsider: Person, other_commune: Agency, commune: Agency
) -> None:
    both = make_person(Role.READER, other_commune, name="Mai Xuân Yến")
    Membership.objects.create(person=both, agency=commune, role=Role.LEADER)
    client = signed_in_as(outsider)

    page = client.get(reverse("people"))

    assert both.full_name in names_on(page)
    assert "Lãnh đạo –" not in page.content.decode()
    assert names_on(client.get(reverse("people"), {"role": "leader"})) == []
    assert commune.name not in client.get(reverse("person", args=[both.pk])).content.decode()


def test_an_agency_that_is_not_seen_cannot_be_a_filter(as_outsider: Client, commune: Agency) -> None:
    assert as_outsider.get(reverse("people"), {"agency": commune.pk}).status_code == 422


def test_people_are_exported_with_their_roles(as_administrator: Client, officer: Person) -> None:
    text = csv_of(as_administrator.get(reverse("people"), {"xuat": "csv"}))

    assert "Lý Thị Ngọc Ánh," in text
    assert "Chuyên viên – Ủy ban nhân dân xã An Bình" in text


def test_only_administrators_have_the_list(as_officer: Client) -> None:
    page = as_officer.get(reverse("people"))

    assert page.status_code == 403
    assert "dành cho quản trị của cơ quan" in page.content.decode()
    assert as_officer.get(reverse("person_add")).status_code == 403
    assert as_officer.post(reverse("people")).status_code == 405


def test_an_email_that_is_taken_is_told_beside_the_email(
    as_administrator: Client, facts: dict[str, str], officer: Person
) -> None:
    page = as_administrator.post(reverse("person_add"), {**facts, "email": officer.email.upper()})

    assert page.status_code == 422
    assert "đã có người dùng" in page.context["form"].errors["email"][0]
    assert "Trần Thị Bình" in page.content.decode()


@pytest.mark.parametrize(
    "changed",
    [
        {"full_name": ""},
        {"full_name": "\ufb2c" * 120},
        {"email": "x"},
        {"email": f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.vn"},
        {"role": "king"},
        {"agency": "0"},
    ],
)
def test_a_person_needs_name_email_role_and_agency(
    as_administrator: Client, facts: dict[str, str], changed: dict[str, str]
) -> None:
    page = as_administrator.post(reverse("person_add"), {**facts, **changed})

    assert page.status_code == 422
    assert set(changed) <= set(page.context["form"].errors)


def test_nobody_is_added_to_an_agency_that_one_does_not_administer(as_outsider: Client, facts: dict[str, str]) -> None:
    page = as_outsider.post(reverse("person_add"), facts)

    assert page.status_code == 422
    assert "agency" in page.context["form"].errors


def test_a_persons_page_is_for_administrators_who_see_them(
    officer: Person, outsider: Person, commune_administrator: Person
) -> None:
    address = reverse("person", args=[officer.pk])

    assert signed_in_as(commune_administrator).get(address).status_code == 200
    assert signed_in_as(officer).get(address).status_code == 403
    assert signed_in_as(outsider).get(address).status_code == 404
    assert signed_in_as(commune_administrator).post(address).status_code == 405


@pytest.mark.parametrize("page", ["role_add", "link_issue"])
def test_who_may_not_act_on_a_person(page: str, officer: Person, outsider: Person, commune: Agency) -> None:
    address = reverse(page, args=[officer.pk])
    entered = {"agency": commune.pk, "role": "leader"}

    assert signed_in_as(officer).post(address, entered).status_code == 403
    assert signed_in_as(outsider).post(address, entered).status_code == 404
    assert signed_in_as(outsider).delete(address).status_code == 405


def test_what_another_agency_does_with_a_shared_person_is_not_in_the_history_one_reads(
    commune_administrator: Person, outsider: Person, officer: Person, other_commune: Agency, administrator: Person
) -> None:
    at = clock.now()
    add_role(person=officer, agency=other_commune, role=Role.READER, by=administrator, at=at)
    add_role(person=officer, agency=other_commune, role=Role.LEADER, by=outsider, at=at)
    remove_role(membership=officer.memberships.get(agency=other_commune, role=Role.READER), by=outsider, at=at)
    address = reverse("person", args=[officer.pk])

    def actors_read_by(person: Person) -> set[str]:
        return {line.actor_name for line in signed_in_as(person).get(address).context["history"]}

    assert actors_read_by(commune_administrator) == set()
    assert outsider.full_name in actors_read_by(outsider)
    assert actors_read_by(administrator) == {outsider.full_name, administrator.full_name}


def test_ones_own_lines_stay_in_the_history_after_the_agency_is_out_of_sight(
    outsider: Person, officer: Person, commune: Agency, other_commune: Agency
) -> None:
    passing = Membership.objects.create(person=outsider, agency=commune, role=Role.ADMINISTRATOR)
    add_role(person=officer, agency=commune, role=Role.LEADER, by=outsider, at=clock.now())
    passing.delete()
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)

    page = signed_in_as(outsider).get(reverse("person", args=[officer.pk]))

    assert [line.action for line in page.context["history"]] == ["accounts.add_role"]
