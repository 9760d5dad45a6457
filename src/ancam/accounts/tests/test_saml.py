"""Signing in by a SAML provider: only signed answers to a question of ours, only people who were added."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from ancam.accounts.models import ExternalIdentity, Person
from ancam.accounts.services import stop_account
from ancam.accounts.tests.pages import english_on
from ancam.accounts.tests.second_steps import with_app
from ancam.audit.models import Entry
from ancam.web import clock
from saml_provider import ISSUER, SamlProvider


@pytest.fixture
def provider(settings: Settings, officer: Person, tmp_path: Path) -> SamlProvider:
    """A provider that knows the officer by their e-mail."""
    made = SamlProvider(email=officer.email)
    path = tmp_path / "metadata.xml"
    path.write_text(made.metadata(), encoding="utf-8")
    settings.SAML_METADATA, settings.SAML_NAME = str(path), "tài khoản công vụ"
    return made


def go_round(client: Client, provider: SamlProvider, **asked: str):  # type: ignore[no-untyped-def]
    """Go to the provider and come back, as a browser that sends its session along."""
    sent = client.get(reverse("saml_sign_in"), asked)
    return client.post(reverse("saml_return"), {"SAMLResponse": provider.answer(sent["Location"])})


def test_a_person_is_found_by_email_bound_and_led_where_they_wanted(
    client: Client, provider: SamlProvider, officer: Person
) -> None:
    assert "Đăng nhập bằng tài khoản công vụ" in client.get(reverse("account_login")).content.decode()

    reply = go_round(client, provider, next="/co-quan/")

    assert reply["Location"] == "/co-quan/"
    assert int(client.session["_auth_user_id"]) == officer.pk
    bound = ExternalIdentity.objects.get()
    assert (bound.person_id, bound.issuer, bound.subject) == (officer.pk, ISSUER, "can-bo-7")
    assert Entry.objects.get(action="accounts.bind_identity").change == {"issuer": ISSUER}


def test_without_a_session_the_form_is_sent_on_once_from_a_page_of_ours(
    provider: SamlProvider, officer: Person
) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = provider.answer(client.get(reverse("saml_sign_in"))["Location"])

    page = Client(enforce_csrf_checks=True).post(reverse("saml_return"), {"SAMLResponse": answer})
    reply = client.post(reverse("saml_return"), {"SAMLResponse": answer, "again": "1"})

    assert answer in page.content.decode()
    assert english_on(page) == []
    assert reply["Location"] == reverse("home")


def test_a_long_answer_is_taken_without_a_session_and_one_too_long_is_not(
    settings: Settings, provider: SamlProvider
) -> None:
    settings.LARGER_ANONYMOUS_BODIES = {"saml_return": 300_000}

    def sent(address: str, characters: int) -> int:
        return Client().post(address, {"SAMLResponse": "A" * characters}).status_code

    assert sent(reverse("saml_return"), 70_000) == 200
    assert sent(reverse("saml_return"), 200_000) == 200
    assert sent(reverse("saml_return"), 200_001) == 422
    assert sent(reverse("saml_return"), 300_001) == 413
    assert sent(reverse("account_login"), 70_000) == 413


@pytest.mark.parametrize(
    "facts",
    [
        {"signs": False},
        {"issuer": "https://gia-mao.example/saml"},
        {"audience": "https://noi-khac.example/"},
        {"lives_s": -600},
        {"format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
        {"subject": ""},
        {"subject": "x" * 300},
        {"email": "khong.ai@dongson.example"},
        {"email": ""},
    ],
)
def test_what_is_not_signed_for_us_about_someone_of_ours_is_refused(
    client: Client, provider: SamlProvider, facts: dict[str, object]
) -> None:
    provider.facts |= facts
    people = Person.objects.count()

    page = go_round(client, provider)

    assert page.status_code == 422
    assert "_auth_user_id" not in client.session
    assert (Person.objects.count(), ExternalIdentity.objects.count()) == (people, 0)


def test_an_answer_signed_by_another_key_is_refused(client: Client, provider: SamlProvider, officer: Person) -> None:
    assert go_round(client, SamlProvider(email=officer.email)).status_code == 422


def test_a_word_changed_after_signing_is_found(client: Client, provider: SamlProvider, outsider: Person) -> None:
    answer = provider.answer(client.get(reverse("saml_sign_in"))["Location"])
    changed = base64.b64decode(answer).replace(provider.facts["email"].encode(), outsider.email.encode())

    page = client.post(reverse("saml_return"), {"SAMLResponse": base64.b64encode(changed).decode()})

    assert page.status_code == 422


def test_an_answer_counts_for_the_question_asked_last_alone_which_it_uses_up(
    client: Client, provider: SamlProvider
) -> None:
    early, late = (provider.answer(client.get(reverse("saml_sign_in"))["Location"]) for _ in range(2))

    assert client.post(reverse("saml_return"), {"SAMLResponse": early}).status_code == 422
    assert client.post(reverse("saml_return"), {"SAMLResponse": late, "again": "1"}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_an_answer_is_not_taken_a_second_time(client: Client, provider: SamlProvider) -> None:
    answer = provider.answer(client.get(reverse("saml_sign_in"))["Location"])

    first = client.post(reverse("saml_return"), {"SAMLResponse": answer})
    second = client.post(reverse("saml_return"), {"SAMLResponse": answer, "again": "1"})

    assert (first.status_code, second.status_code) == (302, 422)


def test_who_stays_at_the_provider_for_more_than_ten_minutes_begins_anew(
    client: Client, provider: SamlProvider, officer: Person
) -> None:
    asked = client.get(reverse("saml_sign_in"))["Location"]

    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        page = client.post(reverse("saml_return"), {"SAMLResponse": provider.answer(asked)})

    assert page.status_code == 422
    assert not ExternalIdentity.objects.exists()


@pytest.mark.parametrize("sent", ["", "x", "////", "PHg+", "PHg+PC94Pg==", "A" * 300_000])
def test_what_is_no_answer_is_refused(client: Client, provider: SamlProvider, sent: str) -> None:
    client.get(reverse("saml_sign_in"))

    assert client.post(reverse("saml_return"), {"SAMLResponse": sent}).status_code == 422


def test_stopped_locked_and_second_factor_hold_here_too(
    provider: SamlProvider, officer: Person, administrator: Person
) -> None:
    with_app(officer)
    assert go_round(Client(), provider)["Location"] == reverse("mfa_authenticate")
    locked = Client()
    for _ in range(5):
        locked.post(reverse("account_login"), {"login": officer.email, "password": "không phải mật khẩu"})
    assert go_round(locked, provider).status_code == 429

    stop_account(person=officer, by=administrator, at=clock.now())

    assert go_round(Client(), provider)["Location"] == reverse("account_inactive")


def test_the_providers_operator_is_told_of_this_instance(client: Client, provider: SamlProvider) -> None:
    told = client.get(reverse("saml_metadata"))

    assert told["Content-Type"] == "application/samlmetadata+xml"
    assert "http://testserver/dang-nhap/saml/ve/" in told.content.decode()


def test_metadata_that_is_none_is_said_so(client: Client, settings: Settings, db: None, tmp_path: Path) -> None:
    path = tmp_path / "metadata.xml"
    path.write_text("<x/>", encoding="utf-8")
    settings.SAML_METADATA = str(path)

    assert client.get(reverse("saml_sign_in")).status_code == 422


def test_without_the_setting_there_is_no_such_way(client: Client, as_officer: Client) -> None:
    for name in ("saml_sign_in", "saml_metadata"):
        assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse("saml_return")).status_code == 404
    assert client.get(reverse("saml_return")).status_code == 405


def test_who_is_in_already_is_led_to_the_first_page(provider: SamlProvider, as_officer: Client) -> None:
    assert as_officer.get(reverse("saml_sign_in"))["Location"] == reverse("home")
