"""People: seen by whom, added by whom, their roles and one-time links."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from ancam.accounts.errors import LastAdministrator, LinkRefused
from ancam.accounts.filters import STATES
from ancam.accounts.models import Agency, Membership, OneTimeLink, Person, Role
from ancam.accounts.services import (
    PersonFacts,
    add_person,
    add_role,
    issue_link,
    note_password_change,
    remove_role,
    set_first_password,
    stop_account,
)
from ancam.accounts.tables import state_of
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person
from ancam.accounts.tests.pages import csv_of, names_on
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden

# One state of the filter that rows call by two names.
WITHIN = {"invited": ("link_waiting", "link_over")}


@pytest.fixture
def facts(commune: Agency) -> dict[str, str]:
    return {
        "full_name": "Trần Thị Bình",
        "email": "binh.tran@dongson.example",
        "agency": str(commune.pk),
        "role": "officer",
    }


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


def test_adding_a_person_shows_a_link_that_lets_them_in_once(
    as_administrator: Client, facts: dict[str, str], client: Client
) -> None:
    page = as_administrator.post(reverse("person_add"), facts)

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "7 ngày" in page.content.decode()
    address = re.search(r"/chao-mung/[^/]+/", page.content.decode())
    assert address is not None
    assert client.get(address.group()).status_code == 200
    assert Entry.objects.last().action == "accounts.add_person"
    assert not Person.objects.get(email=facts["email"]).has_usable_password()


def test_the_link_that_is_handed_out_begins_with_the_address_of_the_settings(
    settings: Settings, as_administrator: Client, officer: Person
) -> None:
    settings.PUBLIC_URL = "https://ancam.example"

    page = as_administrator.post(reverse("link_issue", args=[officer.pk]))

    assert "https://ancam.example/chao-mung/" in page.content.decode()


def test_the_link_is_kept_nowhere_but_as_a_digest(as_administrator: Client, facts: dict[str, str]) -> None:
    page = as_administrator.post(reverse("person_add"), facts).content.decode()
    token = re.search(r"/chao-mung/([^/]+)/", page)

    assert token is not None
    assert token.group(1) != OneTimeLink.objects.get().digest
    person_page = as_administrator.get(reverse("person", args=[Person.objects.get(email=facts["email"]).pk]))
    assert token.group(1) not in person_page.content.decode()


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


def test_a_role_is_given_and_taken(as_administrator: Client, officer: Person, commune: Agency) -> None:
    added = as_administrator.post(reverse("role_add", args=[officer.pk]), {"agency": commune.pk, "role": "leader"})
    held = Membership.objects.get(person=officer, role="leader")
    address = reverse("role_remove", args=[officer.pk, held.pk])
    asked = as_administrator.get(address)
    removed = as_administrator.post(address)

    assert added.status_code == 302
    assert "không còn là Lãnh đạo" in asked.content.decode()
    assert removed["Location"] == reverse("person", args=[officer.pk])
    assert [entry.action for entry in Entry.objects.order_by("-number")[:2]] == [
        "accounts.remove_role",
        "accounts.add_role",
    ]


def test_taking_the_only_role_one_sees_leads_back_to_the_list(
    commune_administrator: Person, officer: Person, other_commune: Agency
) -> None:
    held = officer.memberships.get()
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)

    reply = signed_in_as(commune_administrator).post(reverse("role_remove", args=[officer.pk, held.pk]))

    assert reply["Location"] == reverse("people")


def test_a_role_that_is_held_already_is_told_beside_the_role(
    as_administrator: Client, officer: Person, commune: Agency
) -> None:
    page = as_administrator.post(reverse("role_add", args=[officer.pk]), {"agency": commune.pk, "role": "officer"})

    assert page.status_code == 422
    assert "đã là chuyên viên" in page.context["form"].errors["role"][0]


def test_the_last_administrator_keeps_the_role(as_administrator: Client, administrator: Person) -> None:
    held = administrator.memberships.get()

    page = as_administrator.post(reverse("role_remove", args=[administrator.pk, held.pk]))

    assert page.status_code == 422
    assert "còn ít nhất một quản trị" in page.content.decode()
    assert administrator.memberships.exists()


def test_an_administrator_who_cannot_sign_in_does_not_count_as_another(
    as_administrator: Client, administrator: Person, root: Agency
) -> None:
    facts = PersonFacts("Cao Tiến Đạt", "dat.cao@dongson.example")
    add_person(facts=facts, agency=root, role=Role.ADMINISTRATOR, by=administrator, at=clock.now())
    stopped = make_person(Role.ADMINISTRATOR, root)
    Person.objects.filter(pk=stopped.pk).update(is_active=False)
    address = reverse("role_remove", args=[administrator.pk, administrator.memberships.get().pk])
    Membership.objects.create(person=administrator, agency=root, role=Role.READER)

    refused = as_administrator.post(address)
    make_person(Role.ADMINISTRATOR, root)
    allowed = as_administrator.post(address)

    assert (refused.status_code, allowed.status_code) == (422, 302)


@pytest.mark.parametrize("page", ["role_add", "link_issue"])
def test_who_may_not_act_on_a_person(page: str, officer: Person, outsider: Person, commune: Agency) -> None:
    address = reverse(page, args=[officer.pk])
    entered = {"agency": commune.pk, "role": "leader"}

    assert signed_in_as(officer).post(address, entered).status_code == 403
    assert signed_in_as(outsider).post(address, entered).status_code == 404
    assert signed_in_as(outsider).delete(address).status_code == 405


def test_who_may_not_take_a_role(officer: Person, outsider: Person, administrator: Person, root: Agency) -> None:
    held = officer.memberships.get()
    address = reverse("role_remove", args=[officer.pk, held.pk])

    assert signed_in_as(officer).post(address).status_code == 403
    assert signed_in_as(outsider).post(address).status_code == 404
    assert signed_in_as(administrator).put(address).status_code == 405
    assert signed_in_as(administrator).post(reverse("role_remove", args=[officer.pk, 0])).status_code == 404


def test_a_new_link_replaces_the_earlier_one(as_administrator: Client, facts: dict[str, str], client: Client) -> None:
    first = re.search(r"/chao-mung/[^/]+/", as_administrator.post(reverse("person_add"), facts).content.decode())
    person = Person.objects.get(email=facts["email"])
    asked = as_administrator.get(reverse("link_issue", args=[person.pk]))
    second = as_administrator.post(reverse("link_issue", args=[person.pk])).content.decode()

    assert first is not None
    assert "ngừng dùng được" in asked.content.decode()
    assert client.get(first.group()).status_code == 422
    assert first.group() not in second


def test_a_link_is_not_issued_by_who_administers_only_one_of_the_persons_agencies(
    commune_administrator: Person, officer: Person, other_commune: Agency
) -> None:
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)

    reply = signed_in_as(commune_administrator).post(reverse("link_issue", args=[officer.pk]))

    assert reply.status_code == 403
    assert not OneTimeLink.objects.exists()


def test_a_link_of_an_administrator_below_does_not_open_a_role_given_above_later(
    as_administrator: Client, commune_administrator: Person, officer: Person, root: Agency
) -> None:
    token = issue_link(person=officer, by=commune_administrator, at=clock.now())

    page = as_administrator.post(
        reverse("role_add", args=[officer.pk]), {"agency": root.pk, "role": "administrator"}, follow=True
    )

    assert "Chuyển đường dẫn dưới đây cho chính" in page.content.decode()
    assert Client().get(reverse("welcome", args=[token])).status_code == 422
    with pytest.raises(LinkRefused):
        set_first_password(token=token, password="mèo trèo cây cau", at=clock.now())
    again = signed_in_as(commune_administrator).post(reverse("link_issue", args=[officer.pk]))
    assert again.status_code == 403


def test_a_role_that_is_refused_leaves_the_link(administrator: Person, officer: Person, commune: Agency) -> None:
    issue_link(person=officer, by=administrator, at=clock.now())

    signed_in_as(administrator).post(reverse("role_add", args=[officer.pk]), {"agency": commune.pk, "role": "officer"})

    assert OneTimeLink.objects.filter(person=officer).exists()


def test_changing_ones_password_ends_the_link(administrator: Person, officer: Person) -> None:
    issue_link(person=officer, by=administrator, at=clock.now())

    note_password_change(person=officer, kept="", at=clock.now())

    assert not OneTimeLink.objects.exists()


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


def test_the_ledger_names_the_agency_in_whose_tree_the_right_is_held(
    officer: Person, commune: Agency, other_commune: Agency, root: Agency
) -> None:
    both = make_person(Role.READER, other_commune)
    Membership.objects.create(person=both, agency=root, role=Role.ADMINISTRATOR)
    at_root = Person.objects.get(pk=both.pk)
    add_role(person=officer, agency=commune, role=Role.LEADER, by=at_root, at=clock.now())
    named_first = Entry.objects.last().agency_name
    Membership.objects.create(person=both, agency=commune, role=Role.ADMINISTRATOR)
    at_commune = Person.objects.get(pk=both.pk)

    add_role(person=officer, agency=commune, role=Role.READER, by=at_commune, at=clock.now())

    assert (named_first, Entry.objects.last().agency_name) == (root.name, commune.name)


def test_a_role_above_closes_every_way_in_that_someone_below_may_know(
    commune_administrator: Person, administrator: Person, commune: Agency, root: Agency
) -> None:
    facts = PersonFacts("Nguyễn Giả Danh", "gia.danh@dongson.example")
    made, token = add_person(facts=facts, agency=commune, role=Role.OFFICER, by=commune_administrator, at=clock.now())
    set_first_password(token=token, password="kẻ gian biết mật khẩu này", at=clock.now())
    sessions = signed_in_as(made)

    new_token = add_role(person=made, agency=root, role=Role.LEADER, by=administrator, at=clock.now())

    assert not Person.objects.get(pk=made.pk).has_usable_password()
    assert sessions.get(reverse("profile")).status_code == 302
    assert new_token is not None
    assert set_first_password(token=new_token, password="mật khẩu của chính chủ", at=clock.now()) == made


def test_a_role_within_the_agencies_held_changes_nothing_else(
    administrator: Person, officer: Person, commune: Agency
) -> None:
    token = add_role(person=officer, agency=commune, role=Role.LEADER, by=administrator, at=clock.now())

    assert token is None
    assert Person.objects.get(pk=officer.pk).has_usable_password()


def test_a_role_elsewhere_is_given_by_who_administers_all_of_a_persons_agencies(
    outsider: Person, officer: Person, other_commune: Agency
) -> None:
    with pytest.raises(Forbidden):
        add_role(person=officer, agency=other_commune, role=Role.READER, by=outsider, at=clock.now())


def test_a_link_does_not_outlive_its_issuers_right(
    administrator: Person, commune_administrator: Person, officer: Person, commune: Agency
) -> None:
    token = issue_link(person=officer, by=commune_administrator, at=clock.now())
    stop_account(person=commune_administrator, by=administrator, at=clock.now())

    with pytest.raises(LinkRefused):
        set_first_password(token=token, password="mèo trèo cây cau", at=clock.now())


def test_who_administers_the_root_sees_and_helps_someone_without_a_role(
    as_administrator: Client, commune_administrator: Person, commune: Agency
) -> None:
    lost = make_person(None, None, name="Vũ Không Vai")
    page = reverse("person", args=[lost.pk])

    assert as_administrator.get(page).status_code == 200
    assert signed_in_as(commune_administrator).get(page).status_code == 404
    given = as_administrator.post(reverse("role_add", args=[lost.pk]), {"agency": commune.pk, "role": "reader"})
    assert "Đường dẫn dùng một lần" in given.content.decode()


def test_the_last_administrator_who_can_sign_in_is_not_stopped(administrator: Person, root: Agency) -> None:
    facts = PersonFacts("Cao Tiến Đạt", "dat.cao@dongson.example")
    invited, _token = add_person(facts=facts, agency=root, role=Role.ADMINISTRATOR, by=administrator, at=clock.now())

    with pytest.raises(LastAdministrator):
        stop_account(person=administrator, by=invited, at=clock.now())
