"""Roles: given and taken by whom, and what a role given above closes."""

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.errors import LastAdministrator
from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.accounts.services import PersonFacts, add_person, add_role, set_first_password, stop_account
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden


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


def test_who_may_not_take_a_role(officer: Person, outsider: Person, administrator: Person, root: Agency) -> None:
    held = officer.memberships.get()
    address = reverse("role_remove", args=[officer.pk, held.pk])

    assert signed_in_as(officer).post(address).status_code == 403
    assert signed_in_as(outsider).post(address).status_code == 404
    assert signed_in_as(administrator).put(address).status_code == 405
    assert signed_in_as(administrator).post(reverse("role_remove", args=[officer.pk, 0])).status_code == 404


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
