"""A person's calendar program reads what is due by an address that the person opens and closes."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from ancam.accounts.models import Agency, Person
from ancam.accounts.tests.factories import make_agency, make_root
from ancam.audit.models import Entry
from ancam.directives.services import ProgressFacts, submit_progress
from ancam.directives.tests.factories import AT, make_period, make_tracked, officer_of, signed_in
from ancam.notifications import calendars
from ancam.notifications.models import CalendarFeed

pytestmark = pytest.mark.django_db
LONG = "Kiểm đếm, lập danh sách hệ thống camera giám sát; gửi hồ sơ đề xuất cấp độ, báo cáo\nỦy ban nhân dân tỉnh" * 3


@pytest.fixture
def assignee():
    province = make_root()
    commune = make_agency(province, "Ủy ban nhân dân xã An Bình")
    make_period(make_tracked(province, 1).obligations.get(), commune)
    make_period(make_tracked(province, 1).obligations.get(), make_agency(province), due_on=date(2026, 12, 9))
    return officer_of(commune)


def opened(person: Person) -> str:
    """The path of a new address of the person's calendar."""
    page = signed_in(person).post(reverse("calendar_settings"), {"open": "1"})
    return "/" + str(page.context["address"]).partition("://")[2].partition("/")[2]


def events(address: str) -> list:
    reply = Client().get(address)
    assert reply["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(reply.content).walk("VEVENT")


@time_machine.travel(AT, tick=False)
def test_a_calendar_program_reads_the_persons_own_last_days_without_signing_in(assignee):
    [event] = events(opened(assignee))

    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 11, 30), date(2026, 12, 1))
    assert event.decoded("dtstamp") == AT
    period = assignee.main_agency.assignments.get().periods.get()
    assert str(event["uid"]).startswith(f"period-{period.pk}@")
    assert str(event["url"]).endswith(f"/ky-han/{period.pk}/")


@time_machine.travel(AT, tick=False)
def test_what_is_written_keeps_to_the_form_and_says_every_word(assignee):
    obligation = assignee.main_agency.assignments.get().obligation
    obligation.action = LONG
    obligation.save()

    written = Client().get(opened(assignee)).content

    assert written.startswith(b"BEGIN:VCALENDAR\r\n") and written.endswith(b"END:VCALENDAR\r\n")
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None and b"\n" not in line for line in lines)
    calendar = Calendar.from_ical(written)
    assert [str(calendar[name]) for name in ("version", "method")] == ["2.0", "PUBLISH"]
    assert calendar.errors == [] and "prodid" in calendar
    [event] = calendar.walk("VEVENT")
    assert event.errors == [] and LONG in str(event["description"])


@time_machine.travel(AT, tick=False)
def test_an_event_keeps_its_identity_when_its_day_moves(assignee):
    address = opened(assignee)
    [before] = events(address)
    assignee.main_agency.assignments.get().periods.update(due_on=date(2026, 12, 31))

    [after] = events(address)

    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") == date(2026, 12, 31)


@time_machine.travel(AT, tick=False)
def test_what_is_finished_or_long_past_leaves_the_calendar(assignee):
    address = opened(assignee)
    period = assignee.main_agency.assignments.get().periods.get()

    with time_machine.travel(AT + timedelta(days=101), tick=False):
        assert events(address) == []
    assert len(events(address)) == 1
    submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)

    assert events(address) == []


@time_machine.travel(AT, tick=False)
def test_very_many_days_are_cut_at_the_nearest_and_cost_as_many_queries_as_few(
    assignee, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(calendars, "MOST_EVENTS", 20)
    document = make_tracked(Agency.objects.get(depth=1), 25)
    for number, duty in enumerate(document.obligations.all()):
        make_period(duty, assignee.main_agency, due_on=date(2027, 3, 1) - timedelta(days=number))
    address = opened(assignee)

    with django_assert_max_num_queries(12):
        days = [event.decoded("dtstart") for event in events(address)]

    assert len(days) == 20
    assert days == sorted(days) and days[0] == date(2026, 11, 30) and date(2027, 3, 1) not in days


def test_a_new_address_or_none_ends_the_old_one_and_each_act_leaves_a_line(assignee):
    first = opened(assignee)
    second = opened(assignee)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200

    for _ in range(2):
        signed_in(assignee).post(reverse("calendar_settings"), {"close": "1"})

    assert Client().get(second).status_code == 404
    assert not CalendarFeed.objects.exists()
    acts = Entry.objects.filter(action__startswith="notifications.").order_by("number")
    assert [line.action.rpartition(".")[2] for line in acts] == ["open_calendar", "open_calendar", "close_calendar"]


def test_the_address_of_who_left_is_closed_and_only_its_digest_is_kept(assignee):
    address = opened(assignee)
    assert CalendarFeed.objects.get().digest not in address
    Person.objects.filter(pk=assignee.pk).update(is_active=False)

    assert Client().get(address).status_code == 404
    assert Client().get(reverse("calendar_feed", args=["x" * 500])).status_code == 404
    assert Client().get(reverse("calendar_feed", args=["không-có"])).status_code == 404
    assert Client().post(address).status_code == 405


def test_the_page_tells_whether_an_address_is_open_and_read_and_shows_it_once(assignee):
    client = signed_in(assignee)
    assert "Chưa mở" in client.get(reverse("calendar_settings")).content.decode()

    with time_machine.travel(AT, tick=False):
        address = opened(assignee)
        unread = client.get(reverse("calendar_settings")).content.decode()
        Client().get(address)
    with time_machine.travel(AT + timedelta(minutes=30), tick=False):
        Client().get(address)

    page = client.get(reverse("calendar_settings")).content.decode()
    assert "Chưa có phần mềm nào đọc." in unread
    assert "Đang mở từ ngày 20/11/2026" in page and "khoảng 09:00 20/11/2026" in page
    assert address not in page
    assert CalendarFeed.objects.get().read_at == datetime(2026, 11, 20, 2, tzinfo=UTC)


def test_a_form_that_asks_for_nothing_opens_nothing(assignee):
    assert signed_in(assignee).post(reverse("calendar_settings"), {}).status_code == 422
    assert not CalendarFeed.objects.exists()


def test_who_reads_too_often_waits(assignee, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "calendar": (2, 5)}
    address = opened(assignee)

    statuses = [Client().get(address).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]


def test_a_rooms_days_are_added_once():
    with pytest.raises(ImproperlyConfigured, match="directives"):
        calendars.register("directives", lambda person, since, on: [])
