"""A second factor that a role demands: nothing before it is set up, asked for in older sessions, never given up."""

from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from ancam.accounts.models import Person, Role
from ancam.accounts.selectors import security_of
from ancam.accounts.tests.conftest import entered, signed_in_as
from ancam.accounts.tests.pages import english_on
from ancam.accounts.tests.second_steps import answer, current_code, next_code, secret_on, with_app


def test_whose_role_demands_it_can_do_nothing_before_a_second_factor_is_set_up(
    settings: Settings, administrator: Person, as_officer: Client
) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"administrator"})
    client = entered(administrator)
    setup = reverse("second_factor_setup")

    for name in ("home", "profile", "people", "agencies", "account_change_password"):
        assert client.get(reverse(name))["Location"] == setup, name
    assert client.post(reverse("person_add"), {})["Location"] == setup
    assert client.get(reverse("agencies"), headers={"HX-Request": "true"})["HX-Redirect"] == setup
    assert "phải đăng nhập hai lớp" in client.get(setup).content.decode()
    assert as_officer.get(reverse("profile")).status_code == 200

    secret = secret_on(client.get(reverse("totp_add")))
    client.post(reverse("totp_add"), {"code": current_code(secret)})

    assert client.get(reverse("people")).status_code == 200
    assert client.get(setup)["Location"] == reverse("profile")


def test_a_session_without_the_factor_that_is_demanded_is_asked_for_it(settings: Settings, officer: Person) -> None:
    secret, _ = with_app(officer)
    before = signed_in_as(officer)
    assert before.get(reverse("agencies")).status_code == 200

    settings.SECOND_FACTOR_ROLES = frozenset({"officer"})
    asked = before.get(reverse("agencies"), {"words": "an"})
    sent = before.post(reverse("account_change_password"), {})
    by_htmx = before.get(reverse("agencies"), headers={"HX-Request": "true"})
    page = before.get(asked["Location"])
    wrong = before.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    wanted = "/co-quan/?words=an"
    right = before.post(reverse("mfa_reauthenticate"), {"code": next_code(secret), "next": wanted})

    assert asked["Location"].startswith(reverse("mfa_reauthenticate") + "?next=%2Fco-quan")
    assert sent["Location"] == by_htmx["HX-Redirect"] == reverse("mfa_reauthenticate")
    assert (page.status_code, wrong.status_code) == (200, 422)
    assert "phiên này mới qua một lớp" in page.content.decode()
    assert english_on(page) == []
    assert right["Location"] == wanted
    assert before.get(reverse("agencies")).status_code == 200


def test_who_signed_in_with_the_demanded_factor_goes_on(settings: Settings, officer: Person) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"officer"})
    secret, _ = with_app(officer)
    client = entered(officer)

    answer(client, next_code(secret))

    assert client.get(reverse("profile")).status_code == 200


def test_who_has_no_second_factor_confirms_with_the_password_alone(as_officer: Client) -> None:
    asked = as_officer.get(reverse("mfa_reauthenticate"))

    assert asked["Location"] == reverse("account_reauthenticate")


def test_a_demanded_second_factor_is_not_taken_away_by_its_holder(settings: Settings, administrator: Person) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"administrator"})
    secret, _ = with_app(administrator)
    client = entered(administrator)
    answer(client, next_code(secret))

    page = client.post(reverse("totp_remove"))

    assert page.status_code == 422
    assert "phải đăng nhập hai lớp" in page.content.decode()
    assert security_of(administrator).has_second_factor


def test_the_roles_of_the_setting_are_those_there_are() -> None:
    assert list(django_settings.ROLES) == Role.values
