"""Where a person is signed in: seen in the profile, ended from there, gone with the session."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from ancam.accounts.device_words import words_for
from ancam.accounts.jobs import forget_sign_ins
from ancam.accounts.models import Device, Person
from ancam.accounts.services import stop_account
from ancam.accounts.tests.conftest import enter, signed_in_as
from ancam.accounts.tests.factories import PASSWORD
from ancam.audit.models import Entry
from ancam.web import clock

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36"


def browser(person: Person, agent: str = FIREFOX) -> Client:
    """Return a browser of this kind in which the person has signed in."""
    client = Client(headers={"user-agent": agent})
    assert enter(client, person.email, PASSWORD).status_code == 302
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox · Windows"),
        (PHONE, "Chrome · Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0 Safari/537.36 Edg/141.0", "Edge · Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("curl/8.5", "?"),
        ("", "?"),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent: str, words: str) -> None:
    assert words_for(agent) == words


def test_the_profile_lists_every_device_and_marks_this_one(officer: Person) -> None:
    here, phone = browser(officer), browser(officer, PHONE)

    page = here.get(reverse("profile")).content.decode()

    assert phone.session.session_key != here.session.session_key
    assert "Firefox · Windows" in page and "Chrome · Android" in page
    assert page.count("Thiết bị này") == 1
    assert "10.1.1.1" in page


def test_a_device_is_ended_from_another(officer: Person) -> None:
    here, phone = browser(officer), browser(officer, PHONE)
    theirs = Device.objects.get(session_key=phone.session.session_key)

    reply = here.post(reverse("device_end", args=[theirs.pk]), follow=True)

    assert "Đã kết thúc phiên trên thiết bị đó." in reply.content.decode()
    assert phone.get(reverse("profile")).status_code == 302
    assert here.get(reverse("profile")).status_code == 200
    assert Entry.objects.get(action="accounts.end_device").change == {"device": "Chrome · Android"}


def test_this_device_may_be_ended_too(officer: Person) -> None:
    here = browser(officer)

    reply = here.post(reverse("device_end", args=[Device.objects.get().pk]))

    assert reply["Location"] == reverse("account_login")
    assert here.get(reverse("profile")).status_code == 302


def test_all_others_are_ended_at_once(officer: Person) -> None:
    here, others = browser(officer), [browser(officer, PHONE), browser(officer, PHONE)]

    here.post(reverse("devices_end_others"))
    here.post(reverse("devices_end_others"))

    assert [one.get(reverse("profile")).status_code for one in others] == [302, 302]
    assert here.get(reverse("profile")).status_code == 200
    assert Entry.objects.get(action="accounts.end_other_devices").change == {"sessions_ended": 2}


def test_nobody_ends_anothers_device(officer: Person, outsider: Person) -> None:
    theirs = browser(officer)

    reply = browser(outsider).post(reverse("device_end", args=[Device.objects.get(person=officer).pk]))

    assert reply.status_code == 404
    assert theirs.get(reverse("profile")).status_code == 200


@pytest.mark.parametrize(("name", "parts"), [("device_end", [1]), ("devices_end_others", [])])
def test_a_device_is_ended_on_post_only(as_officer: Client, name: str, parts: list[int]) -> None:
    assert as_officer.get(reverse(name, args=parts)).status_code == 405


def test_a_change_of_password_ends_every_other_session_and_keeps_this_one(officer: Person) -> None:
    here, phone = browser(officer), browser(officer, PHONE)
    new = "chim sáo sang sông"

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    page = here.get(reverse("profile")).content.decode()
    assert phone.get(reverse("profile")).status_code == 302
    assert page.count("Thiết bị này") == 1
    assert "Chrome · Android" not in page
    assert Device.objects.filter(person=officer).count() == 1
    assert Entry.objects.get(action="accounts.change_password").change == {"sessions_ended": 1}


def test_signing_out_takes_the_device_from_the_list(officer: Person) -> None:
    here = browser(officer)

    here.post(reverse("account_logout"))

    assert not Device.objects.exists()


def test_stopping_an_account_ends_its_devices(officer: Person, administrator: Person) -> None:
    here = browser(officer)

    stop_account(person=officer, by=administrator, at=clock.now())

    assert here.get(reverse("profile")).status_code == 302
    assert not Device.objects.filter(person=officer).exists()


def test_going_on_is_noted_every_five_minutes(officer: Person) -> None:
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as traveller:
        here = browser(officer)
        begun = Device.objects.get().seen_at
        traveller.shift(timedelta(minutes=4))
        here.get(reverse("profile"))
        assert Device.objects.get().seen_at == begun
        traveller.shift(timedelta(minutes=2))
        here.get(reverse("profile"))

        assert Device.objects.get().seen_at == begun + timedelta(minutes=6)


def test_a_session_from_before_there_were_devices_is_listed_when_it_is_used(officer: Person) -> None:
    here = signed_in_as(officer)
    Device.objects.all().delete()
    session = here.session
    del session["device"]
    session.save()

    assert "Thiết bị này" in here.get(reverse("profile")).content.decode()


def test_devices_whose_session_is_over_are_not_listed_and_are_forgotten(officer: Person) -> None:
    here = browser(officer)
    browser(officer, PHONE)
    Session.objects.exclude(pk=here.session.session_key).update(expire_date=clock.now() - timedelta(minutes=1))

    assert "Chrome · Android" not in here.get(reverse("profile")).content.decode()
    forget_sign_ins()
    assert Device.objects.count() == 1
