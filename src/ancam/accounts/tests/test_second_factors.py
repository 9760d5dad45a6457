"""The second factor: an app and recovery codes, asked for at sign-in, and what happens when they are lost."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from ancam.accounts.errors import CodeRefused, NoSecondFactor, NothingToClear
from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.accounts.selectors import security_of
from ancam.accounts.services import (
    accept_code,
    clear_second_factors,
    issue_link,
    remove_totp,
    renew_recovery_codes,
    stop_account,
)
from ancam.accounts.tests.conftest import enter, entered, signed_in_as
from ancam.accounts.tests.factories import PASSWORD, make_person
from ancam.accounts.tests.pages import english_among
from ancam.accounts.tests.second_steps import answer, current_code, next_code, secret_on, with_app
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden


def test_an_app_is_added_from_the_profile_and_the_recovery_codes_are_shown_once(officer: Person) -> None:
    client = entered(officer)
    page = client.get(reverse("totp_add"))
    picture = client.get(reverse("totp_picture"))
    secret = secret_on(page)

    shown = client.post(reverse("totp_add"), {"code": f" {current_code(secret)[:3]} {current_code(secret)[3:]} "})

    codes = re.findall(r"\b\d{8}\b", shown.content.decode())
    assert picture["Content-Type"] == "image/svg+xml"
    assert len(codes) == 10
    assert codes[0] not in client.get(reverse("profile")).content.decode()
    line = Entry.objects.get(action="accounts.add_totp")
    assert (line.object_id, line.change) == (str(officer.pk), {"recovery_codes": 10})
    assert client.get(reverse("totp_picture")).status_code == 404


def test_what_the_database_holds_of_an_app_and_of_codes_opens_nothing(officer: Person) -> None:
    secret, codes = with_app(officer)
    waiting = entered(make_person(Role.OFFICER, officer.main_agency))
    pending = secret_on(waiting.get(reverse("totp_add")))

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    sessions = str([session.get_decoded() for session in Session.objects.all()])

    assert secret not in kept
    assert not [code for code in codes if code in kept]
    assert pending not in sessions


def test_a_secret_that_waits_for_its_app_is_made_anew_when_its_key_is_gone(officer: Person, settings: Settings) -> None:
    client = entered(officer)
    before = secret_on(client.get(reverse("totp_add")))
    settings.ENCRYPTION_KEYS = ["n" * 48]

    secret = secret_on(client.get(reverse("totp_add")))
    added = client.post(reverse("totp_add"), {"code": current_code(secret)})

    assert secret != before
    assert added.status_code == 200
    assert Entry.objects.filter(action="accounts.add_totp").exists()


def test_after_the_password_the_code_is_asked_for_and_opens_the_page_that_was_wanted(officer: Person) -> None:
    secret, _ = with_app(officer)
    client = Client()
    reply = client.post("/dang-nhap/", {"login": officer.email, "password": PASSWORD, "next": "/co-quan/"})

    assert reply["Location"] == reverse("mfa_authenticate")
    assert client.get("/co-quan/").status_code == 302
    reply = answer(client, next_code(secret))

    assert reply["Location"] == "/co-quan/"
    assert client.get("/co-quan/").status_code == 200


def test_a_code_is_taken_once(officer: Person) -> None:
    secret, _ = with_app(officer)
    code = next_code(secret)
    accept_code(person=officer, code=code, at=clock.now())

    with pytest.raises(CodeRefused):
        accept_code(person=officer, code=code, at=clock.now())


def test_a_recovery_code_opens_once_and_leaves_a_line(officer: Person) -> None:
    _, codes = with_app(officer)

    assert answer(entered(officer), codes[3])["Location"] == reverse("home")
    assert answer(entered(officer), codes[3]).status_code == 422

    assert Entry.objects.get(action="accounts.use_recovery_code").change == {"codes_left": 9}
    assert security_of(officer).codes_left == 9


def test_a_wrong_code_is_told_beside_the_field(officer: Person) -> None:
    with_app(officer)

    page = answer(entered(officer), "000000")

    assert page.status_code == 422
    assert "Mã chưa đúng hoặc đã dùng" in page.content.decode()


def test_a_password_given_anew_by_link_does_not_go_round_the_second_factor(
    administrator: Person, officer: Person
) -> None:
    with_app(officer)
    token = issue_link(person=officer, by=administrator, at=clock.now())
    client, new = Client(), "chim sáo sang sông"

    reply = client.post(reverse("welcome", args=[token]), {"password1": new, "password2": new})

    assert reply["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_person_stopped_between_the_two_steps_stays_out(administrator: Person, officer: Person) -> None:
    secret, _ = with_app(officer)
    client = entered(officer)
    stop_account(person=officer, by=administrator, at=clock.now())

    reply = answer(client, next_code(secret))

    assert reply["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_nobody_opens_the_second_step_without_the_first(client: Client, db: None) -> None:
    assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")
    assert answer(client, "123456")["Location"] == reverse("account_login")


def test_an_app_is_taken_away_and_the_codes_with_it(officer: Person) -> None:
    secret, _ = with_app(officer)
    client = entered(officer)
    answer(client, next_code(secret))

    assert "chỉ cần mật khẩu" in client.get(reverse("totp_remove")).content.decode()
    client.post(reverse("totp_remove"))

    assert not Authenticator.objects.exists()
    assert Entry.objects.filter(action="accounts.remove_totp").count() == 1
    assert enter(Client(), officer.email, PASSWORD)["Location"] == reverse("home")
    remove_totp(person=officer, at=clock.now())
    assert Entry.objects.filter(action="accounts.remove_totp").count() == 1


def test_new_recovery_codes_end_the_old_ones(officer: Person) -> None:
    secret, old = with_app(officer)
    client = entered(officer)
    answer(client, next_code(secret))

    assert "Còn 10 mã" in client.get(reverse("recovery_codes")).content.decode()
    page = client.post(reverse("recovery_codes"))

    new = re.findall(r"\b\d{8}\b", page.content.decode())
    assert len(new) == 10 and not set(new) & set(old)
    with pytest.raises(CodeRefused):
        accept_code(person=officer, code=old[0], at=clock.now())
    assert Entry.objects.filter(action="accounts.renew_recovery_codes").exists()


def test_recovery_codes_alone_are_no_second_factor(officer: Person) -> None:
    with pytest.raises(NoSecondFactor):
        renew_recovery_codes(person=officer, at=clock.now())


def test_a_second_app_is_led_to_where_the_first_is_taken_away(officer: Person) -> None:
    secret, _ = with_app(officer)
    client = entered(officer)
    answer(client, next_code(secret))

    assert client.get(reverse("totp_add"))["Location"] == reverse("totp_remove")


def test_the_first_factor_ends_the_sessions_that_began_without_it(officer: Person) -> None:
    before, client = entered(officer), entered(officer)
    secret = secret_on(client.get(reverse("totp_add")))

    client.post(reverse("totp_add"), {"code": current_code(secret)})

    assert before.get(reverse("profile")).status_code == 302
    assert client.get(reverse("profile")).status_code == 200
    assert Entry.objects.get(action="accounts.add_totp").change == {"recovery_codes": 10, "sessions_ended": 1}


def test_an_administrator_takes_the_second_factors_from_someone_who_lost_them(
    as_administrator: Client, officer: Person
) -> None:
    with_app(officer)
    address = reverse("second_factors_clear", args=[officer.pk])

    assert address in as_administrator.get(reverse("person", args=[officer.pk])).content.decode()
    assert "báo mất điện thoại" in as_administrator.get(address).content.decode()
    page = as_administrator.post(address, follow=True)

    assert "Đã gỡ xác thực hai lớp" in page.content.decode()
    assert not Authenticator.objects.exists()
    line = Entry.objects.get(action="accounts.clear_second_factors")
    assert (line.object_id, line.change) == (str(officer.pk), {"factors_removed": 1})
    assert enter(Client(), officer.email, PASSWORD)["Location"] == reverse("home")
    assert as_administrator.get(address).status_code == 422


def test_only_who_administers_every_agency_takes_second_factors_away(
    as_outsider: Client, officer: Person, commune_administrator: Person, outsider: Person, other_commune: Agency
) -> None:
    with_app(officer)
    address = reverse("second_factors_clear", args=[officer.pk])

    assert signed_in_as(officer).post(address).status_code == 403
    assert as_outsider.post(address).status_code == 404
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)
    for one_of_two in (commune_administrator, outsider):
        assert signed_in_as(one_of_two).post(address).status_code == 403
        with pytest.raises(Forbidden):
            clear_second_factors(person=officer, by=one_of_two, at=clock.now())
    assert security_of(officer).has_second_factor


def test_there_may_be_nothing_to_take_away(administrator: Person, officer: Person) -> None:
    with pytest.raises(NothingToClear):
        clear_second_factors(person=officer, by=administrator, at=clock.now())


def test_every_page_of_the_second_factor_is_in_vietnamese(
    settings: Settings, administrator: Person, officer: Person, commune: Agency
) -> None:
    newcomer = make_person(Role.LEADER, commune, name="Tô Văn Mới")
    settings.SECOND_FACTOR_ROLES = frozenset({"leader"})
    adding, coming = entered(newcomer), Client()
    setup = adding.get(reverse("second_factor_setup"))
    add, refused = adding.get(reverse("totp_add")), adding.post(reverse("totp_add"), {"code": "000000"})
    codes = adding.post(reverse("totp_add"), {"code": current_code(secret_on(refused))})
    with_app(officer)
    enter(coming, officer.email, PASSWORD)
    pages = {
        "setup": setup,
        "add": add,
        "add refused": refused,
        "codes": codes,
        "second step": coming.get(reverse("mfa_authenticate")),
        "second step empty": coming.post(reverse("mfa_authenticate"), {}),
        "second step refused": answer(coming, "000000"),
        "profile": adding.get(reverse("profile")),
        "remove": adding.get(reverse("totp_remove")),
        "renew": adding.get(reverse("recovery_codes")),
        "clear": signed_in_as(administrator).get(reverse("second_factors_clear", args=[officer.pk])),
    }

    assert english_among(pages) == {}
