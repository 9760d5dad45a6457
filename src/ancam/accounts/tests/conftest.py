"""A province, two communes, and the people who ask the five questions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.tests.factories import PASSWORD, make_agency, make_person, make_root
from ancam.accounts.tests.plans import FUTURE, Plan, make_plan


@pytest.fixture
def root(db: None) -> Agency:
    return make_root()


@pytest.fixture
def commune(root: Agency) -> Agency:
    return make_agency(root, "Ủy ban nhân dân xã An Bình")


@pytest.fixture
def other_commune(root: Agency) -> Agency:
    return make_agency(root, "Ủy ban nhân dân xã Bàu Sen")


@pytest.fixture
def administrator(root: Agency) -> Person:
    return make_person(Role.ADMINISTRATOR, root, name="Trịnh Bảo Long")


@pytest.fixture
def commune_administrator(commune: Agency) -> Person:
    return make_person(Role.ADMINISTRATOR, commune, name="Đặng Văn Lượng")


@pytest.fixture
def officer(commune: Agency) -> Person:
    return make_person(Role.OFFICER, commune, name="Lý Thị Ngọc Ánh")


@pytest.fixture
def outsider(other_commune: Agency) -> Person:
    return make_person(Role.ADMINISTRATOR, other_commune, name="Cao Tiến Đạt")


@pytest.fixture
def as_administrator(administrator: Person) -> Client:
    return signed_in_as(administrator)


@pytest.fixture
def as_officer(officer: Person) -> Client:
    return signed_in_as(officer)


@pytest.fixture
def as_outsider(outsider: Person) -> Client:
    return signed_in_as(outsider)


@pytest.fixture
def plan(root: Agency, administrator: Person) -> Plan:
    """A reorganisation whose day has come."""
    return make_plan(root, administrator)


@pytest.fixture
def coming(root: Agency, administrator: Person) -> Plan:
    """A reorganisation whose day is to come."""
    return make_plan(root, administrator, effective_on=FUTURE)


@pytest.fixture
def facts(commune: Agency) -> dict[str, str]:
    """What the form sends of someone who is not there yet."""
    return {
        "full_name": "Trần Thị Bình",
        "email": "binh.tran@dongson.example",
        "agency": str(commune.pk),
        "role": "officer",
    }


@pytest.fixture
def sends_mail(settings: Settings) -> None:
    """Let pages offer what goes by mail."""
    settings.SENDS_MAIL = True


def signed_in_as(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def enter(client: Client, email: str, password: str) -> Any:
    """Give e-mail and password at the door."""
    return client.post(reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR="10.1.1.1")


def entered(person: Person) -> Client:
    """Return a browser in which the person has given their password just now."""
    client = Client()
    enter(client, person.email, PASSWORD)
    return client
