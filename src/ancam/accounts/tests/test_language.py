"""The language of the pages: Vietnamese until a person chooses."""

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Person, Role
from ancam.accounts.tests.factories import make_person, make_root
from ancam.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person(Role.OFFICER, make_root())


def test_a_browser_installed_in_english_still_gets_vietnamese(client: Client) -> None:
    page = client.get(reverse("account_login"), headers={"accept-language": "en-US"})

    assert 'lang="vi"' in page.content.decode()


def test_before_signing_in_the_choice_stays_with_the_browser(client: Client) -> None:
    answer = client.post(reverse("language"), {"language": "en", "next": reverse("account_login")})

    assert answer["Location"] == reverse("account_login")
    assert 'lang="en"' in client.get(reverse("account_login")).content.decode()
    assert not Entry.objects.exists()


def test_a_person_keeps_the_choice_on_every_machine(client: Client, person: Person) -> None:
    client.force_login(person)

    client.post(reverse("language"), {"language": "en"})

    elsewhere = Client()
    elsewhere.force_login(person)
    assert 'lang="en"' in elsewhere.get(reverse("profile")).content.decode()
    assert Entry.objects.get(action="accounts.choose_language").change == {"before": "vi", "after": "en"}


def test_pages_and_refusals_are_read_in_the_chosen_language(client: Client, person: Person) -> None:
    person.language = "en"
    person.save()
    client.force_login(person)

    page = client.get(reverse("profile")).content.decode()
    refusal = client.get(reverse("people"))

    assert "Officer" in page
    assert "Sign out" in page
    assert "Cannot see the list of people" in refusal.content.decode()


def test_choosing_the_same_again_writes_nothing(client: Client, person: Person) -> None:
    client.force_login(person)

    client.post(reverse("language"), {"language": "vi"})

    assert not Entry.objects.filter(action="accounts.choose_language").exists()


@pytest.mark.parametrize("language", ["", "fr", "en; drop", "x" * 5000])
def test_a_language_that_the_pages_do_not_speak_is_refused(client: Client, language: str) -> None:
    assert client.post(reverse("language"), {"language": language}).status_code == 422


def test_the_way_back_never_leads_to_another_site(client: Client) -> None:
    answer = client.post(reverse("language"), {"language": "en", "next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"


def test_only_a_form_chooses(client: Client) -> None:
    assert client.get(reverse("language")).status_code == 405
