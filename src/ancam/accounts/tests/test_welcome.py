"""The first password of a person who was added."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.errors import LinkRefused
from ancam.accounts.models import Agency, OneTimeLink, Person, Role
from ancam.accounts.services import PersonFacts, add_person, issue_link, set_first_password
from ancam.accounts.tests.conftest import entered
from ancam.accounts.tests.factories import make_first_link
from ancam.web import clock

PASSWORD = {"password1": "mèo trèo cây cau", "password2": "mèo trèo cây cau"}


@pytest.fixture
def newcomer(administrator: Person, commune: Agency) -> tuple[Person, str]:
    facts = PersonFacts("Cao Tiến Đạt", "dat.cao@dongson.example")
    person, token = add_person(facts=facts, agency=commune, role=Role.OFFICER, by=administrator, at=clock.now())
    return person, reverse("welcome", args=[token])


def test_the_link_lets_a_person_set_the_password_and_come_in(client: Client, newcomer: tuple[Person, str]) -> None:
    person, address = newcomer
    client.get(address)

    reply = client.post(address, PASSWORD)

    assert reply["Location"] == reverse("home")
    assert int(client.session["_auth_user_id"]) == person.pk
    person.refresh_from_db()
    assert person.check_password("mèo trèo cây cau")


def test_coming_in_takes_a_new_session_key(client: Client, newcomer: tuple[Person, str]) -> None:
    session = client.session
    session["before"] = "sign-in"
    session.save()
    key_before = session.session_key

    client.post(newcomer[1], PASSWORD)

    assert client.session.session_key != key_before


def test_opening_the_link_does_not_use_it_up(client: Client, newcomer: tuple[Person, str]) -> None:
    client.get(newcomer[1])

    assert client.get(newcomer[1]).status_code == 200


def test_the_link_does_not_work_twice(client: Client, newcomer: tuple[Person, str]) -> None:
    client.post(newcomer[1], PASSWORD)

    assert Client().post(newcomer[1], PASSWORD).status_code == 422


def test_an_old_link_is_refused(client: Client, newcomer: tuple[Person, str]) -> None:
    OneTimeLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))

    assert client.get(newcomer[1]).status_code == 422
    assert client.post(newcomer[1], PASSWORD).status_code == 422
    with pytest.raises(LinkRefused):
        set_first_password(token=newcomer[1].split("/")[2], password="mèo trèo cây cau", at=clock.now())
    assert not Person.objects.get(pk=newcomer[0].pk).has_usable_password()


def test_a_password_set_by_link_signs_out_everywhere_else(officer: Person, administrator: Person) -> None:
    elsewhere, here = entered(officer), Client()
    token = issue_link(person=officer, by=administrator, at=clock.now())

    here.post(reverse("welcome", args=[token]), PASSWORD)

    assert elsewhere.get(reverse("profile")).status_code == 302
    assert [device.session_key for device in officer.devices.all()] == [here.session.session_key]


def test_the_first_administrators_link_opens_no_welcome_page(client: Client, db: None) -> None:
    assert client.get(reverse("welcome", args=[make_first_link()])).status_code == 422


def test_a_weak_password_is_refused_beside_the_field(client: Client, newcomer: tuple[Person, str]) -> None:
    page = client.post(newcomer[1], {"password1": "12345678", "password2": "12345678"})

    assert page.status_code == 422
    assert "password1" in page.context["form"].errors
    assert OneTimeLink.objects.exists()


def test_other_methods_are_refused(client: Client, newcomer: tuple[Person, str]) -> None:
    assert client.put(newcomer[1]).status_code == 405
