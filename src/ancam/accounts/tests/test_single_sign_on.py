"""Signing in by an OpenID Connect provider: only people who were added, only on proof."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from ancam.accounts.models import ExternalIdentity, Person
from ancam.accounts.services import stop_account
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import PASSWORD
from ancam.accounts.tests.pages import english_on
from ancam.accounts.tests.second_steps import with_app
from ancam.audit.models import Entry
from ancam.web import clock
from openid_provider import CLIENT, SECRET, OpenIdProvider

pytestmark = pytest.mark.network


@pytest.fixture
def provider(settings: Settings, officer: Person) -> Iterator[OpenIdProvider]:
    """A provider that knows the officer by their e-mail."""
    with OpenIdProvider(sub="can-bo-7", email=officer.email.upper(), email_verified=True) as running:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = running.address, CLIENT
        settings.OIDC_CLIENT_SECRET, settings.OIDC_NAME = SECRET, "tài khoản công vụ"
        yield running


def go_round(client: Client, provider: OpenIdProvider, **asked: str):  # type: ignore[no-untyped-def]
    """Go to the provider and come back, as a browser does."""
    sent = client.get(reverse("single_sign_on"), asked)
    return client.get(provider.send_back(sent["Location"]).replace("http://testserver", ""))


def test_a_person_is_found_by_verified_email_bound_and_led_where_they_wanted(
    client: Client, provider: OpenIdProvider, officer: Person
) -> None:
    assert "Đăng nhập bằng tài khoản công vụ" in client.get(reverse("account_login")).content.decode()

    reply = go_round(client, provider, next="/co-quan/")

    assert reply["Location"] == "/co-quan/"
    assert int(client.session["_auth_user_id"]) == officer.pk
    bound = ExternalIdentity.objects.get()
    assert (bound.person_id, bound.issuer, bound.subject) == (officer.pk, provider.address, "can-bo-7")
    assert Entry.objects.get(action="accounts.bind_identity").change == {"issuer": provider.address}


def test_once_bound_the_subject_counts_and_not_the_email(
    client: Client, provider: OpenIdProvider, officer: Person, outsider: Person
) -> None:
    go_round(Client(), provider)
    provider.claims["email"] = outsider.email

    go_round(client, provider)

    assert int(client.session["_auth_user_id"]) == officer.pk
    assert Entry.objects.filter(action="accounts.bind_identity").count() == 1


def test_an_address_given_to_a_successor_does_not_open_the_account(client: Client, provider: OpenIdProvider) -> None:
    go_round(Client(), provider)
    provider.claims["sub"] = "nguoi-khac"

    page = go_round(client, provider)

    assert page.status_code == 422
    assert "chưa được dùng ở đây" in page.content.decode()


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email": "khong.ai@dongson.example"},
        {"email": None},
        {"email": ""},
    ],
)
def test_nobody_is_added_and_an_unverified_email_counts_for_nothing(
    client: Client, provider: OpenIdProvider, claims: dict[str, object]
) -> None:
    provider.claims |= claims
    people = Person.objects.count()

    page = go_round(client, provider)

    assert page.status_code == 422
    assert Person.objects.count() == people
    assert "_auth_user_id" not in client.session


def test_an_email_told_apart_from_the_token_counts_as_well(
    client: Client, provider: OpenIdProvider, officer: Person
) -> None:
    provider.in_userinfo = {"email": provider.claims.pop("email"), "email_verified": True}

    go_round(client, provider)

    assert int(client.session["_auth_user_id"]) == officer.pk


def test_a_stopped_person_does_not_come_in(
    client: Client, provider: OpenIdProvider, officer: Person, administrator: Person
) -> None:
    go_round(Client(), provider)
    stop_account(person=officer, by=administrator, at=clock.now())

    assert go_round(client, provider)["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_the_second_factor_is_still_asked_for(client: Client, provider: OpenIdProvider, officer: Person) -> None:
    with_app(officer)

    assert go_round(client, provider)["Location"] == reverse("mfa_authenticate")


def test_the_lock_of_wrong_passwords_holds_here_too(client: Client, provider: OpenIdProvider, officer: Person) -> None:
    for _ in range(5):
        client.post(reverse("account_login"), {"login": officer.email, "password": "không phải mật khẩu"})

    assert go_round(client, provider).status_code == 429


@pytest.mark.parametrize(
    "twist",
    [
        {"nonce": "khac"},
        {"aud": "ung-dung-khac"},
        {"aud": [CLIENT, "ung-dung-khac"]},
        {"iss": "https://gia-mao.example"},
        {"exp": 1},
        {"sub": ""},
        {"sub": "x" * 300},
    ],
)
def test_a_token_that_is_not_for_this_journey_is_refused(
    client: Client, provider: OpenIdProvider, twist: dict[str, object]
) -> None:
    provider.twist = twist

    page = go_round(client, provider)

    assert page.status_code == 422
    assert not ExternalIdentity.objects.exists()


def test_a_token_signed_by_another_key_is_refused(client: Client, provider: OpenIdProvider) -> None:
    provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    assert go_round(client, provider).status_code == 422


def way_back(client: Client, provider: OpenIdProvider) -> str:
    """Go to the provider, and return the address to which it sends the browser back."""
    return provider.send_back(client.get(reverse("single_sign_on"))["Location"]).replace("http://testserver", "")


def test_an_answer_is_taken_once_and_in_the_browser_that_asked(client: Client, provider: OpenIdProvider) -> None:
    back = way_back(client, provider)

    assert Client().get(back).status_code == 422
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 422


def test_an_answer_without_the_state_of_this_journey_is_refused(client: Client, provider: OpenIdProvider) -> None:
    back = way_back(client, provider)

    assert client.get(re.sub(r"state=[^&]+", "state=khac", back)).status_code == 422
    assert not ExternalIdentity.objects.exists()


def test_who_stays_at_the_provider_for_more_than_ten_minutes_begins_anew(
    client: Client, provider: OpenIdProvider
) -> None:
    back = way_back(client, provider)

    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert client.get(back).status_code == 422
    assert client.get(back).status_code == 422
    assert not ExternalIdentity.objects.exists()


def test_who_says_no_at_the_provider_does_not_come_in(client: Client, provider: OpenIdProvider) -> None:
    client.get(reverse("single_sign_on"))

    assert client.get(reverse("single_sign_on_return"), {"error": "access_denied", "state": "x"}).status_code == 422


def test_a_provider_that_is_away_is_said_so(client: Client, settings: Settings, db: None) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"

    page = client.get(reverse("single_sign_on"))

    assert page.status_code == 422
    assert "Chưa kết nối được" in page.content.decode()


def test_without_the_setting_there_is_no_such_way(client: Client, db: None) -> None:
    assert client.get(reverse("single_sign_on")).status_code == 404
    assert client.get(reverse("single_sign_on_return")).status_code == 404
    assert "mot-lan" not in client.get(reverse("account_login")).content.decode()


def test_a_person_is_unbound_in_the_profile(client: Client, provider: OpenIdProvider, officer: Person) -> None:
    go_round(client, provider)
    address = reverse("identity_unbind", args=[ExternalIdentity.objects.get().pk])

    assert address in client.get(reverse("profile")).content.decode()
    page = client.get(address)
    client.post(address)

    assert english_on(page) == []
    assert not ExternalIdentity.objects.exists()
    assert Entry.objects.filter(action="accounts.unbind_identity").count() == 1


def test_the_only_way_in_stays(client: Client, provider: OpenIdProvider, officer: Person) -> None:
    go_round(client, provider)
    officer.set_unusable_password()
    officer.save()
    client = Client()
    go_round(client, provider)

    page = client.post(reverse("identity_unbind", args=[ExternalIdentity.objects.get().pk]))

    assert page.status_code == 422
    assert "cách đăng nhập duy nhất" in page.content.decode()


def test_nobody_unbinds_another(provider: OpenIdProvider, outsider: Person) -> None:
    go_round(Client(), provider)
    client = signed_in_as(outsider)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert client.post(reverse("identity_unbind", args=[ExternalIdentity.objects.get().pk])).status_code == 404


def test_who_is_in_already_is_led_to_the_first_page(provider: OpenIdProvider, as_officer: Client) -> None:
    assert as_officer.get(reverse("single_sign_on"))["Location"] == reverse("home")
