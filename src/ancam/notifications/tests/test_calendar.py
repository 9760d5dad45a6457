"""A person's calendar program reads what is due by an address that the person opens and closes."""

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from ancam.accounts.models import Person
from ancam.accounts.tests.factories import make_agency, make_root
from ancam.directives.services import ProgressFacts, submit_progress
from ancam.directives.tests.factories import AT, make_period, make_tracked, officer_of, signed_in
from ancam.notifications.models import CalendarFeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignee():
    province = make_root()
    commune = make_agency(province, "Ủy ban nhân dân xã An Bình")
    make_period(make_tracked(province, 1).obligations.get(), commune)
    make_period(make_tracked(province, 1).obligations.get(), make_agency(province), due_on=date(2026, 12, 9))
    return officer_of(commune)


def opened(person: Person) -> str:
    page = signed_in(person).post(reverse("calendar_settings"), {"open": "1"})
    return str(page.context["address"]).partition("://")[2].partition("/")[2]


def read(address: str) -> list[tuple[str, date]]:
    reply = Client().get(f"/{address}")
    assert reply["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(reply.content).walk("VEVENT")
    return [(str(event["uid"]), event.decoded("dtstart")) for event in events]


@time_machine.travel(AT, tick=False)
def test_a_calendar_program_reads_the_persons_own_last_days_without_signing_in(assignee):
    [(uid, on)] = read(opened(assignee))

    assert on == date(2026, 11, 30)
    assert uid.startswith("period-")


@time_machine.travel(AT, tick=False)
def test_what_is_finished_leaves_the_calendar(assignee):
    address = opened(assignee)
    period = assignee.main_agency.assignments.get().periods.get()

    submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)

    assert read(address) == []


def test_a_new_address_or_none_ends_the_old_one(assignee):
    first = opened(assignee)
    second = opened(assignee)
    assert Client().get(f"/{first}").status_code == 404
    assert Client().get(f"/{second}").status_code == 200

    signed_in(assignee).post(reverse("calendar_settings"), {"close": "1"})

    assert Client().get(f"/{second}").status_code == 404
    assert not CalendarFeed.objects.exists()


def test_the_address_of_who_left_is_closed_and_only_its_digest_is_kept(assignee):
    address = opened(assignee)
    assert CalendarFeed.objects.get().digest not in address
    Person.objects.filter(pk=assignee.pk).update(is_active=False)

    assert Client().get(f"/{address}").status_code == 404
    assert Client().get(reverse("calendar_feed", args=["x" * 500])).status_code == 404
    assert Client().post(f"/{address}").status_code in (403, 405)


def test_the_page_tells_whether_an_address_is_open_and_shows_it_once(assignee):
    client = signed_in(assignee)
    assert "Chưa mở" in client.get(reverse("calendar_settings")).content.decode()

    address = opened(assignee)

    page = client.get(reverse("calendar_settings")).content.decode()
    assert "Đang mở từ ngày" in page
    assert address not in page
    assert isinstance(CalendarFeed.objects.get().made_at, datetime)
