"""Wrong codes: counted with wrong passwords, and for the person besides; what was typed is not kept."""

from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from ancam.accounts.models import Person
from ancam.accounts.selectors import security_of
from ancam.accounts.services import clear_second_factors, issue_link
from ancam.accounts.tests.conftest import enter, entered, signed_in_as
from ancam.accounts.tests.factories import PASSWORD
from ancam.accounts.tests.second_steps import answer, next_code, with_app
from ancam.web import clock


def test_five_wrong_codes_lock_every_way_of_signing_in_and_the_right_code_does_not_open(officer: Person) -> None:
    _, codes = with_app(officer)
    client = entered(officer)

    replies = [answer(client, "000000").status_code for _ in range(5)]
    right = answer(client, codes[0])
    password = enter(Client(), officer.email, PASSWORD)

    assert replies == [422, 422, 422, 422, 429]
    assert (right.status_code, password.status_code) == (429, 429)
    assert security_of(officer).codes_left == 10


def test_wrong_passwords_and_wrong_codes_are_counted_together(officer: Person) -> None:
    with_app(officer)
    client = entered(officer)
    for _ in range(3):
        enter(Client(), officer.email, "không phải mật khẩu")
    answer(client, "000000")

    assert answer(client, "000000").status_code == 429


def test_codes_guessed_from_many_addresses_lock_codes_and_nothing_else(
    settings: Settings, administrator: Person, officer: Person
) -> None:
    settings.CODE_LIMIT = (6, 1440)
    secret, codes = with_app(officer)
    client = entered(officer)

    def guess(code: str, number: int) -> HttpResponse:
        return client.post(reverse("mfa_authenticate"), {"code": code}, REMOTE_ADDR=f"10.7.{number}.1")

    replies = [guess("000000", number).status_code for number in range(7)]
    right = guess(codes[0], 8)

    assert replies == [422] * 6 + [429]
    assert right.status_code == 429
    assert "đã nhập sai mã 6 lần trong một ngày" in right.content.decode()
    assert "người đang biết mật khẩu này" in right.content.decode()
    assert security_of(officer).codes_left == 10
    assert enter(Client(), officer.email, PASSWORD)["Location"] == reverse("mfa_authenticate")

    clear_second_factors(person=officer, by=administrator, at=clock.now())
    secret, _ = with_app(officer)
    assert answer(entered(officer), next_code(secret))["Location"] == reverse("home")


def test_right_codes_do_not_count(settings: Settings, officer: Person) -> None:
    settings.CODE_LIMIT = (2, 1440)
    _, codes = with_app(officer)

    replies = [answer(entered(officer), code)["Location"] for code in codes[:5]]

    assert set(replies) == {reverse("home")}


def test_wrong_passwords_of_strangers_do_not_lock_the_codes(settings: Settings, officer: Person) -> None:
    settings.CODE_LIMIT = (2, 1440)
    secret, _ = with_app(officer)
    for number in range(5):
        Client().post(
            reverse("account_login"), {"login": officer.email, "password": "sai"}, REMOTE_ADDR=f"10.8.{number}.1"
        )

    assert answer(entered(officer), next_code(secret))["Location"] == reverse("home")


def test_addresses_of_one_ipv6_network_count_as_one(officer: Person) -> None:
    with_app(officer)
    client = entered(officer)

    replies = [
        client.post(reverse("mfa_authenticate"), {"code": "000000"}, REMOTE_ADDR=f"2001:db8::{n:x}") for n in range(5)
    ]

    assert [reply.status_code for reply in replies] == [422, 422, 422, 422, 429]


def test_what_was_typed_by_mistake_is_not_kept(officer: Person) -> None:
    with_app(officer)
    answer(entered(officer), "123123")
    changer = signed_in_as(officer)
    changer.post(
        reverse("account_change_password"),
        {"oldpassword": "gần đúng rồi", "password1": "chim sáo sang sông", "password2": "chim sáo sang sông"},
    )

    kept = "".join(AccessAttempt.objects.values_list("post_data", flat=True))

    assert kept
    assert not [word for word in ("123123", "gần đúng", "sáo") if word in kept]


def test_a_new_password_by_link_ends_the_lock_of_its_own_mistakes(administrator: Person, officer: Person) -> None:
    client, new = Client(), "chim sáo sang sông"
    for _ in range(5):
        client.post(reverse("account_login"), {"login": officer.email, "password": "không phải mật khẩu"})
    token = issue_link(person=officer, by=administrator, at=clock.now())

    reply = client.post(reverse("welcome", args=[token]), {"password1": new, "password2": new})

    assert reply["Location"] == reverse("home")
