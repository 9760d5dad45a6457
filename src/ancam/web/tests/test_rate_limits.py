"""Who asks too often waits; others are not held up by it, and the next window begins anew."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse

from ancam.accounts.models import Role
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person, make_root
from ancam.site import settings as as_shipped
from ancam.web.models import RateCount
from ancam.web.rate_limits import Limit, TooOften, count, forget_counts

AT = datetime(2026, 11, 23, 2, 0, 30, tzinfo=UTC)
THREE = Limit("three", 3, 1)

pytestmark = pytest.mark.django_db


def times(number: int, who: str = "person 1", at: datetime = AT) -> None:
    for _ in range(number):
        count(THREE, who, at)


def test_the_fourth_of_three_is_refused_and_told_how_long_to_wait():
    times(3)

    with pytest.raises(TooOften) as refused:
        times(1)

    assert (refused.value.most, refused.value.wait_s) == (3, 30)


def test_another_asker_and_the_next_window_are_free():
    times(3)

    times(3, who="person 2")
    times(3, at=AT + timedelta(minutes=1))
    assert RateCount.objects.count() == 2


def test_the_asker_is_kept_as_a_digest_alone():
    times(1, who="address 192.0.2.7")

    assert "192.0.2.7" not in RateCount.objects.get().key


def test_old_counts_are_forgotten():
    times(1)
    times(1, who="person 2", at=AT + timedelta(days=2))

    with time_machine.travel(AT + timedelta(days=2), tick=False):
        assert forget_counts() == 1
    assert RateCount.objects.count() == 1


def test_an_address_that_guesses_without_end_gets_429_with_the_time_to_wait(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "anonymous": (5, 1)}
    client = Client(enforce_csrf_checks=True)

    with time_machine.travel(AT, tick=False):
        answers = [client.post("/dang-nhap/", {"login": f"so{n}@dongson.example"}) for n in range(6)]

    assert {answer.status_code for answer in answers[:-1]} == {403}
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "30"
    assert "Đề nghị đợi 30 giây" in answers[-1].content.decode()


def test_pages_that_begin_a_way_of_signing_in_are_counted_by_address_before_they_make_a_session(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "entry": (4, 1)}
    settings.OIDC_ISSUER, settings.SAML_METADATA = "", "/không/có/tệp.xml"
    addresses = ["/dang-nhap/khoa/", "/dang-nhap/mot-lan/", "/dang-nhap/mot-lan/ve/", "/dang-nhap/saml/metadata/"]

    with time_machine.travel(AT, tick=False):
        begun = [Client().get(one, headers={"Accept": "application/json"}).status_code for one in addresses]
        more = [Client().get(one) for one in [*addresses, "/dang-nhap/saml/"]]
        elsewhere = Client().get(addresses[0], REMOTE_ADDR="192.0.2.9")

    assert 429 not in begun
    assert {answer.status_code for answer in more} == {429}
    assert Session.objects.count() == 1
    assert elsewhere.status_code == 302


def test_an_office_of_three_hundred_that_arrives_at_once_comes_in(settings):
    settings.RATE_LIMITS = as_shipped.RATE_LIMITS
    answers = set()

    with time_machine.travel(AT, tick=False):
        for _ in range(300):
            client = Client(enforce_csrf_checks=True)
            answers.add(client.get("/dang-nhap/khoa/").status_code)
            answers |= {client.post(one).status_code for one in ("/dang-nhap/", "/dang-nhap/", "/dang-nhap/buoc-hai/")}

    assert answers == {302, 403}


@pytest.mark.parametrize(
    "name", ["account_login", "password_forgotten", "mfa_authenticate", "home", "account_inactive"]
)
def test_other_pages_make_no_session_for_who_has_not_signed_in(name):
    Client().get(reverse(name))

    assert not Session.objects.exists()


def test_a_person_who_exports_without_end_gets_429(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "export": (2, 10)}

    with time_machine.travel(AT, tick=False):
        client = signed_in_as(make_person(Role.ADMINISTRATOR, make_root()))
        answers = [client.get("/co-quan/", {"xuat": "csv"}).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_a_person_who_sends_forms_or_files_without_end_gets_429_each_by_its_own_limit(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "post": (5, 10), "upload": (2, 10)}
    form, file = "application/x-www-form-urlencoded", MULTIPART_CONTENT

    with time_machine.travel(AT, tick=False):
        client = signed_in_as(make_person(Role.ADMINISTRATOR, make_root()))
        answers = [client.post("/ho-so/", {}, content_type=kind).status_code for kind in (file, file, file, form, form)]
        beyond = client.post("/ho-so/", {}, content_type=form)

    assert answers == [405, 405, 429, 405, 405]
    assert beyond.status_code == 429
