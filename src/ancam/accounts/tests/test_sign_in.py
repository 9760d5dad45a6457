"""Signing in and out, the lock after five mistakes, and that no page speaks English."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client, RequestFactory
from django.urls import reverse
from django_q.models import Schedule
from pytest_django.fixtures import Settings

from ancam.accounts.jobs import forget_sign_ins
from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.services import issue_link
from ancam.accounts.tests.conftest import enter, signed_in_as
from ancam.accounts.tests.factories import PASSWORD, make_first_link, make_person
from ancam.accounts.tests.pages import english_among, english_on
from ancam.audit.selectors import history_of
from ancam.web import clock
from ancam.web.addresses import client_address
from ancam.web.jobs import write_schedules


def test_a_person_signs_in_by_email_in_any_spelling_of_its_letters(client: Client, officer: Person) -> None:
    reply = enter(client, officer.email.upper(), PASSWORD)

    assert reply.status_code == 302
    assert int(client.session["_auth_user_id"]) == officer.pk


def test_after_signing_in_a_person_is_where_they_wanted_to_go(client: Client, officer: Person) -> None:
    asked = client.get(reverse("agencies"))
    assert asked["Location"] == "/dang-nhap/?next=/co-quan/"

    reply = client.post(asked["Location"], {"login": officer.email, "password": PASSWORD, "next": "/co-quan/"})

    assert reply["Location"] == "/co-quan/"


def test_nobody_is_sent_to_another_site_after_signing_in(client: Client, officer: Person) -> None:
    entered = {"login": officer.email, "password": PASSWORD, "next": "https://elsewhere.example/"}

    assert client.post(reverse("account_login"), entered)["Location"] == reverse("home")


def test_a_wrong_password_is_told_with_422(client: Client, officer: Person) -> None:
    page = enter(client, officer.email, "không phải mật khẩu")

    assert page.status_code == 422
    assert "chưa đúng" in page.content.decode()


def test_five_mistakes_lock_the_account_for_that_address_even_with_the_right_password(
    client: Client, officer: Person
) -> None:
    replies = [enter(client, officer.email, "không phải mật khẩu") for _ in range(5)]

    right = enter(client, officer.email.upper(), PASSWORD)

    assert [reply.status_code for reply in replies] == [422, 422, 422, 422, 429]
    assert right.status_code == 429
    assert "khóa 15 phút" in right.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_lock_of_one_person_leaves_another_free(client: Client, officer: Person, outsider: Person) -> None:
    for _ in range(5):
        enter(client, officer.email, "không phải mật khẩu")

    assert enter(client, outsider.email, PASSWORD).status_code == 302


def test_a_person_who_was_stopped_is_told_so(client: Client, officer: Person) -> None:
    Person.objects.filter(pk=officer.pk).update(is_active=False)

    reply = enter(client, officer.email, PASSWORD)

    assert "_auth_user_id" not in client.session
    assert reply["Location"] == reverse("account_inactive")


def test_before_the_first_administrator_the_page_says_where_the_link_is(client: Client, db: None) -> None:
    page = client.get(reverse("account_login"))

    assert "đường dẫn đăng ký một lần" in page.content.decode()


def test_signing_out_needs_a_post(as_officer: Client) -> None:
    assert as_officer.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in as_officer.session

    as_officer.post(reverse("account_logout"))

    assert "_auth_user_id" not in as_officer.session


def test_a_person_changes_their_password_and_stays_signed_in(as_officer: Client, officer: Person) -> None:
    new = "chim sáo sang sông"
    entered = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    page = as_officer.post(reverse("account_change_password"), entered, follow=True)

    officer.refresh_from_db()
    assert officer.check_password(new)
    assert page.redirect_chain == [(reverse("profile"), 302)]
    assert "Đã đổi mật khẩu." in page.content.decode()
    line = history_of("accounts.person", officer.pk).get()
    assert (line.action_name, line.actor_name, line.change) == ("Đổi mật khẩu", officer.full_name, {})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"oldpassword": "không đúng"}, "oldpassword"),
        ({"password2": "không giống nhau"}, "password2"),
        ({"password1": "1234", "password2": "1234"}, "password1"),
    ],
)
def test_a_refused_change_of_password_says_why_beside_the_field(
    as_officer: Client, changed: dict[str, str], field: str
) -> None:
    entered = {"oldpassword": PASSWORD, "password1": "chim sáo sang sông", "password2": "chim sáo sang sông", **changed}

    page = as_officer.post(reverse("account_change_password"), entered)

    assert page.status_code == 422
    assert field in page.context["form"].errors


def test_wrong_guesses_of_the_present_password_lock_as_those_of_sign_in_do(as_officer: Client, officer: Person) -> None:
    new = "chim sáo sang sông"
    guess = {"oldpassword": "không đúng", "password1": new, "password2": new}

    replies = [as_officer.post(reverse("account_change_password"), guess) for _ in range(5)]
    right = as_officer.post(reverse("account_change_password"), {**guess, "oldpassword": PASSWORD})

    assert [reply.status_code for reply in replies] == [422, 422, 422, 422, 429]
    assert right.status_code == 429
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_the_right_password_is_enough_to_confirm_oneself(as_officer: Client) -> None:
    reply = as_officer.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert reply.status_code == 302


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "address"),
    [
        (False, "203.0.113.7", "10.0.0.1"),
        (True, "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        (True, "2001:db8::7", "2001:db8::7"),
        (True, "", "10.0.0.1"),
        (True, "203.0.113.7, nonsense", "10.0.0.1"),
    ],
)
def test_the_address_of_an_attempt_is_the_one_that_cannot_be_forged(
    settings: Settings, rf: RequestFactory, behind_proxy: bool, forwarded: str, address: str
) -> None:
    settings.BEHIND_TLS = behind_proxy

    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})

    assert client_address(request) == address


def test_behind_a_proxy_one_persons_lock_does_not_reach_another_address(
    settings: Settings, client: Client, officer: Person
) -> None:
    settings.BEHIND_TLS = True
    entered = {"login": officer.email, "password": "không phải mật khẩu"}
    for _ in range(5):
        client.post(reverse("account_login"), entered, headers={"X-Forwarded-For": "203.0.113.7"})

    right = client.post(
        reverse("account_login"), {**entered, "password": PASSWORD}, headers={"X-Forwarded-For": "203.0.113.8"}
    )

    assert right.status_code == 302


def test_sign_ins_are_forgotten_after_ninety_days(client: Client, officer: Person) -> None:
    enter(client, officer.email, "không phải mật khẩu")
    enter(client, "ai@dongson.example", "x")
    enter(client, officer.email, PASSWORD)
    attempts = AccessAttempt.objects.filter(username="ai@dongson.example")
    assert attempts.exists()
    assert AccessLog.objects.exists()
    forget_sign_ins()
    assert attempts.exists()

    for kept in (AccessAttempt, AccessLog):
        kept.objects.update(attempt_time=clock.now() - timedelta(days=91))
    forget_sign_ins()

    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()


def test_forgetting_sign_ins_is_a_daily_job(db: None) -> None:
    write_schedules()

    assert Schedule.objects.get(func="ancam.accounts.jobs.forget_sign_ins").schedule_type == Schedule.DAILY


@pytest.mark.parametrize("path", ["/accounts/signup/", "/signup/", "/password/reset/", "/accounts/login/", "/admin/"])
def test_nothing_is_mounted_for_signing_up_or_resetting_by_mail(as_officer: Client, path: str) -> None:
    assert as_officer.get(path).status_code == 404


def test_every_sign_in_page_is_in_vietnamese(
    as_officer: Client, administrator: Person, root: Agency, officer: Person
) -> None:
    anyone = Client()
    token = issue_link(person=officer, by=administrator, at=clock.now())
    welcome = reverse("welcome", args=[token])
    pages = {
        "login": anyone.get(reverse("account_login")),
        "login refused": enter(anyone, "ai@dongson.example", "x"),
        "login empty": anyone.post(reverse("account_login"), {}),
        "inactive": anyone.get(reverse("account_inactive")),
        "welcome": anyone.get(welcome),
        "welcome refused": anyone.post(welcome, {"password1": "1", "password2": "2"}),
        "welcome weak": anyone.post(welcome, {"password1": "1234", "password2": "1234"}),
        "welcome unknown": anyone.get(reverse("welcome", args=["x"])),
        "logout": as_officer.get(reverse("account_logout")),
        "change": as_officer.get(reverse("account_change_password")),
        "change refused": as_officer.post(reverse("account_change_password"), {"password1": "1234", "password2": "2"}),
        "reauthenticate": as_officer.get(reverse("account_reauthenticate")),
        "reauthenticate refused": as_officer.post(reverse("account_reauthenticate"), {"password": "x"}),
        "profile": as_officer.get(reverse("profile")),
    }
    for _ in range(5):
        pages["locked"] = enter(anyone, "khoa@dongson.example", "x")

    assert pages["locked"].status_code == 429
    assert english_among(pages) == {}


def test_the_first_run_page_is_in_vietnamese(client: Client, db: None) -> None:
    address = reverse("register_instance", args=[make_first_link()])

    pages = [client.get(address), client.post(address, {"email": "x", "password1": "1", "password2": "2"})]

    assert [english_on(page) for page in pages] == [[], []]


def test_a_person_without_a_role_sees_their_page_and_nothing_else(root: Agency) -> None:
    client = signed_in_as(make_person(None, None))

    assert "Chưa có vai trò" in client.get(reverse("profile")).content.decode()
    assert client.get(reverse("agency", args=[root.pk])).status_code == 404
    assert client.get(reverse("people")).status_code == 403
    assert client.post(reverse("profile")).status_code == 405


def test_a_role_at_an_agency_shows_on_the_profile(as_officer: Client, commune: Agency) -> None:
    page = as_officer.get(reverse("profile")).content.decode()

    assert str(Role.OFFICER.label) in page
    assert commune.name in page
