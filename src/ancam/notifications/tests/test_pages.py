"""A person reads, filters, exports and marks their own notices, and says how to be told."""

import pytest
from django.urls import reverse

from ancam.accounts.models import Person, Role
from ancam.accounts.tests.factories import make_person, make_root
from ancam.directives.tests.factories import signed_in
from ancam.notifications.models import Notice, NoticeKind, Preference
from ancam.notifications.services import Told, tell
from ancam.notifications.tests.factories import tell_some, told
from ancam.notifications.tests.instants import MONDAY_MORNING, TUESDAY_MORNING

pytestmark = pytest.mark.django_db
EVERY_WEEK = dict.fromkeys(NoticeKind.values, "weekly")


@pytest.fixture
def person() -> Person:
    return make_person(Role.OFFICER, make_root(), name="Lê An")


@pytest.fixture
def browser(person):
    return signed_in(person)


@pytest.fixture
def of_another(person) -> Notice:
    other = make_person(Role.READER, person.main_agency)
    tell([(other, Told("x", NoticeKind.LATE, "/", lambda: ("Của người khác", "")))], MONDAY_MORNING)
    return other.notices.get()


def listed(browser, **asked: str) -> str:
    return browser.get(reverse("notices"), asked).content.decode().partition("<tbody")[2]


def test_a_person_sees_and_filters_their_own_notices(browser, person, of_another):
    tell([(person, told("a")), (person, told("b", NoticeKind.LATE))], MONDAY_MORNING)

    assert listed(browser).count("Còn 7 ngày</strong>") == 2
    assert listed(browser, kind="late").count("Còn 7 ngày</strong>") == 1
    assert "Còn 7 ngày" not in listed(browser, state="read")
    assert "Không có thông báo nào khớp" in listed(browser, state="read")
    assert "Của người khác" not in listed(browser)
    assert browser.get(reverse("notices"), {"kind": "không"}).status_code == 422


def test_the_newest_stands_first_and_the_list_is_sorted_otherwise_when_asked(browser, person):
    tell([(person, told("old", NoticeKind.LATE))], MONDAY_MORNING)
    tell([(person, told("new", NoticeKind.REMINDER))], TUESDAY_MORNING)

    for sort, first in (("", "01/12/2026"), ("made_at", "30/11/2026"), ("kind", "30/11/2026")):
        assert listed(browser, sort=sort).index(first) < listed(browser, sort=sort).index(
            "30/11/2026" if first == "01/12/2026" else "01/12/2026"
        )


def test_the_export_holds_what_is_filtered_in_words(browser, person):
    tell([(person, told("a")), (person, told("b", NoticeKind.LATE))], MONDAY_MORNING)

    answer = browser.get(reverse("notices"), {"xuat": "csv", "kind": "late"})
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert rows[1:] == ["Còn 7 ngày: Công văn 2146/UBND-NC,Quá hạn,08:00 30/11/2026,Chưa đọc"]


def test_who_was_told_nothing_is_told_what_comes_here(browser):
    page = browser.get(reverse("notices")).content.decode()

    assert "Chưa có thông báo nào." in page
    assert "Đánh dấu đã đọc hết" not in page and "topbar-count" not in page


@pytest.mark.parametrize(("count", "shown"), [(3, "3"), (120, "99+")])
def test_the_bell_counts_what_is_unread(browser, person, count, shown):
    tell_some(person, count, MONDAY_MORNING)

    page = browser.get(reverse("profile")).content.decode()

    assert f'<span class="topbar-count">{shown}<' in page


def test_opening_a_notice_leads_to_its_page_and_is_reading_it(browser, person):
    tell_some(person, 2, MONDAY_MORNING)
    notice = person.notices.first()

    answer = browser.get(reverse("notice", args=[notice.pk]))

    assert (answer.status_code, answer["Location"]) == (302, "/ky-han/1/")
    assert list(person.notices.exclude(read_at=None)) == [notice]
    assert browser.post(reverse("notice", args=[notice.pk])).status_code == 405


def test_one_notice_is_marked_from_its_row_and_the_list_stays_as_it_was(browser, person):
    tell_some(person, 2, MONDAY_MORNING)
    notice = person.notices.first()
    address = reverse("notice_read", args=[notice.pk])

    assert f'action="{address}?kind=reminder"' in listed(browser, kind="reminder")
    answer = browser.post(f"{address}?kind=reminder")

    assert answer["Location"] == "/thong-bao/?kind=reminder"
    assert list(person.notices.exclude(read_at=None)) == [notice]
    assert browser.get(address).status_code == 405


def test_all_are_marked_at_once(browser, person, of_another):
    tell_some(person, 3, MONDAY_MORNING)

    page = browser.post(reverse("notices_read"), follow=True).content.decode()

    assert "Đã đánh dấu 3 thông báo là đã đọc." in page
    assert list(Notice.objects.filter(read_at=None)) == [of_another]
    assert browser.get(reverse("notices_read")).status_code == 405


def test_anothers_notice_is_not_there(browser, of_another):
    assert browser.get(reverse("notice", args=[of_another.pk])).status_code == 404
    assert browser.post(reverse("notice_read", args=[of_another.pk])).status_code == 404
    of_another.refresh_from_db()
    assert of_another.read_at is None


def test_a_person_says_how_to_be_told_and_keeps_to_it(browser, person):
    address = reverse("notification_preferences")

    assert browser.get(address).status_code == 200
    assert browser.post(address, EVERY_WEEK, follow=True).content.decode().count("selected>Thư gộp đầu tuần") == 6
    assert Preference.objects.filter(person=person, channel="weekly").count() == 6


def test_a_way_that_does_not_exist_is_refused_beside_its_field(browser):
    answer = browser.post(reverse("notification_preferences"), {**EVERY_WEEK, "late": "fax"})

    assert answer.status_code == 422
    assert "is-invalid" in answer.content.decode()
    assert not Preference.objects.exists()


@pytest.mark.parametrize("sends_mail", [True, False])
def test_the_page_says_when_no_mail_can_be_sent_and_how_far_the_calendar_is_known(browser, settings, sends_mail):
    settings.SENDS_MAIL = sends_mail

    page = browser.get(reverse("notification_preferences")).content.decode()

    assert ("chưa có máy gửi thư" in page) is not sends_mail
    assert "đến hết ngày 31/12/" in page
