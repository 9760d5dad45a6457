"""Before something sensitive a person says again that it is they: by password, else by a code."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Person
from ancam.accounts.tests.conftest import entered, signed_in_as
from ancam.accounts.tests.factories import PASSWORD
from ancam.accounts.tests.second_steps import next_code, with_app


@pytest.mark.parametrize("name", ["totp_add", "totp_remove", "recovery_codes"])
def test_what_changes_the_ways_of_signing_in_asks_for_the_password_again(as_officer: Client, name: str) -> None:
    reply = as_officer.get(reverse(name))

    assert reply["Location"].startswith(reverse("account_reauthenticate"))
    as_officer.post(reply["Location"], {"password": PASSWORD, "next": reverse(name)})
    assert as_officer.get(reverse(name)).status_code == 200


def test_five_minutes_after_the_password_it_is_asked_for_again(officer: Person) -> None:
    client = entered(officer)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= timedelta(minutes=6).total_seconds()
    session.save()

    assert client.get(reverse("totp_add")).status_code == 302


def test_who_has_no_password_confirms_with_a_code(officer: Person) -> None:
    secret, _ = with_app(officer)
    officer.set_unusable_password()
    officer.save()
    client = signed_in_as(officer)

    asked = client.get(reverse("recovery_codes"))
    wrong = client.post(asked["Location"], {"code": "000000", "next": reverse("recovery_codes")})
    right = client.post(asked["Location"], {"code": next_code(secret), "next": reverse("recovery_codes")})

    assert asked["Location"].startswith(reverse("mfa_reauthenticate"))
    assert wrong.status_code == 422
    assert right["Location"] == reverse("recovery_codes")
    assert client.get(reverse("recovery_codes")).status_code == 200


def test_who_has_neither_password_nor_factor_is_told_to_sign_in_again(officer: Person) -> None:
    officer.set_unusable_password()
    officer.save()

    page = signed_in_as(officer).get(reverse("totp_add"))

    assert page.status_code == 422
    assert "đăng xuất, đăng nhập lại" in page.content.decode()
