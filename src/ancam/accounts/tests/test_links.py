"""One-time links that are handed over: shown once, replaced, withdrawn by what happens since."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from ancam.accounts.errors import LinkRefused
from ancam.accounts.models import Agency, Membership, OneTimeLink, Person, Role
from ancam.accounts.services import issue_link, note_password_change, set_first_password, stop_account
from ancam.accounts.tests.conftest import signed_in_as
from ancam.audit.models import Entry
from ancam.web import clock


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


def test_a_link_does_not_outlive_its_issuers_right(
    administrator: Person, commune_administrator: Person, officer: Person, commune: Agency
) -> None:
    token = issue_link(person=officer, by=commune_administrator, at=clock.now())
    stop_account(person=commune_administrator, by=administrator, at=clock.now())

    with pytest.raises(LinkRefused):
        set_first_password(token=token, password="mèo trèo cây cau", at=clock.now())
