"""Who asks too often waits; others are not held up by it, and the next window begins anew."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from ancam.accounts.models import Role
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person, make_root
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


def test_a_person_who_exports_without_end_gets_429(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "export": (2, 10)}

    with time_machine.travel(AT, tick=False):
        client = signed_in_as(make_person(Role.ADMINISTRATOR, make_root()))
        answers = [client.get("/co-quan/", {"xuat": "csv"}).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
