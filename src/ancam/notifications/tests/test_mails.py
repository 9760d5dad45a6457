"""Mails carry what waits, once, on working days, in the words of who reads them."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.locmem import EmailBackend
from django_q.models import OrmQ

from ancam.accounts.models import Person, Role
from ancam.accounts.tests.factories import make_person, make_root
from ancam.notifications import jobs, outbox, settled
from ancam.notifications.models import CalendarFeed, Mail, Notice, NoticeKind
from ancam.notifications.outbox import KEPT, MAILS_AT_ONCE, forget_old, make_mails, send_waiting
from ancam.notifications.services import mark_read, open_calendar, set_preferences, tell
from ancam.notifications.tests.factories import tell_some, told
from ancam.notifications.tests.instants import (
    AFTER_TET,
    BEFORE_TET,
    IN_A_WEEK,
    IN_AN_HOUR,
    MONDAY_MORNING,
    MONDAY_NIGHT,
    SUNDAY,
    TUESDAY_MORNING,
)

pytestmark = pytest.mark.django_db
ONE_BAD_ADDRESS, BREAKS_OFF, AWAY = (f"{__name__}.{name}" for name in ("OneBadAddress", "BreaksOff", "Away"))


class OneBadAddress(EmailBackend):
    """A mail server that does not know one of the recipients."""

    def send_messages(self, messages):
        if messages[0].to == ["bad@dongson.example"]:
            raise smtplib.SMTPRecipientsRefused({"bad@dongson.example": (550, b"unknown")})
        return super().send_messages(messages)


class BreaksOff(EmailBackend):
    """A mail server that ends the connection when it is sent something."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("gone")


class Away(EmailBackend):
    """A mail server that does not answer."""

    def open(self):
        raise ConnectionRefusedError("nobody there")


@pytest.fixture
def person() -> Person:
    return make_person(Role.OFFICER, make_root(), name="Lê An")


def deliver(at) -> list[str]:
    """Make and send what is due, and return the subjects of all that was sent so far."""
    make_mails(at)
    send_waiting(at)
    return [one.subject for one in mail.outbox]


def test_digests_gather_what_waits_and_go_out_once_a_day(person):
    tell_some(person, 2, MONDAY_MORNING)

    for _ in range(2):
        assert deliver(MONDAY_MORNING) == ["AnCam: 2 thông báo ngày 30/11/2026"]
    tell([(person, told("c"))], MONDAY_MORNING)

    assert len(deliver(MONDAY_NIGHT)) == 1
    assert deliver(TUESDAY_MORNING)[1:] == ["AnCam: Còn 7 ngày"]
    assert len(deliver(IN_A_WEEK)) == 2


def test_a_weekly_digest_waits_for_the_first_working_day_of_a_week(person):
    set_preferences(person=person, channels={"reminder": "weekly"}, at=MONDAY_MORNING)
    tell_some(person, 2, MONDAY_NIGHT)

    assert deliver(TUESDAY_MORNING) == []
    assert deliver(IN_A_WEEK) == ["AnCam: 2 thông báo ngày 07/12/2026"]


def test_what_is_said_at_once_together_goes_in_one_mail_and_what_comes_later_in_another(person):
    tell_some(person, 2, MONDAY_MORNING, NoticeKind.ANSWERED)
    deliver(MONDAY_MORNING)
    tell([(person, told("later", NoticeKind.ANSWERED))], MONDAY_MORNING)

    assert deliver(MONDAY_MORNING) == ["AnCam: 2 thông báo ngày 30/11/2026", "AnCam: Còn 7 ngày"]
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 2


def test_days_of_rest_and_nights_are_quiet(person):
    tell_some(person, 1, SUNDAY, NoticeKind.ANSWERED)
    tell_some(person, 1, SUNDAY)

    assert deliver(SUNDAY) == []
    assert not Mail.objects.exists()
    assert len(deliver(MONDAY_MORNING)) == 2


def test_a_mail_that_waits_does_not_go_out_on_a_day_of_rest(person):
    tell_some(person, 1, MONDAY_MORNING)
    make_mails(MONDAY_MORNING)
    Mail.objects.update(made_at=SUNDAY)

    assert send_waiting(SUNDAY) is False
    assert mail.outbox == []


def test_what_was_read_or_is_stale_or_is_for_the_list_is_not_mailed(person):
    tell([(person, told("read")), (person, told("stale")), (person, told("list", in_list_only=True))], MONDAY_MORNING)
    mark_read(person=person, notice=Notice.objects.get(key="read"), at=MONDAY_MORNING)
    Notice.objects.filter(key="stale").update(made_at=MONDAY_MORNING - outbox.STALE_AFTER)

    assert deliver(MONDAY_MORNING) == []
    assert not Mail.objects.exists()


def test_a_mail_says_each_thing_under_its_kind_most_serious_first_with_its_address(person):
    tell([(person, told("a")), (person, told("b", NoticeKind.LATE))], MONDAY_MORNING)

    deliver(MONDAY_MORNING)

    words = str(mail.outbox[0].body)
    assert words.index("Kính gửi Lê An") < words.index("Quá hạn") < words.index("Nhắc hạn")
    assert words.count("Công văn 2146/UBND-NC") == 2
    assert words.count("/ky-han/1/") == 2 and "http" in words
    assert "/ho-so/thong-bao/" in words and "Lịch nghỉ" not in words and "Báo ngày" not in words
    assert mail.outbox[0].to == [person.email]


def test_a_digest_of_very_many_shows_the_first_hundred_and_counts_the_rest(person):
    tell_some(person, 103, MONDAY_MORNING)

    assert deliver(MONDAY_MORNING) == ["AnCam: 103 thông báo ngày 30/11/2026"]
    words = str(mail.outbox[0].body)
    assert words.count("/ky-han/1/") == 100
    assert "Còn 3 thông báo khác" in words


def test_a_mail_of_days_whose_calendar_is_not_official_says_so(person):
    later = MONDAY_MORNING.replace(year=2031, month=12, day=1)
    tell_some(person, 1, later)

    deliver(later)

    assert "chưa chính thức" in str(mail.outbox[0].body)


def test_a_mail_that_a_dead_worker_had_claimed_goes_out_when_the_claim_ends_under_the_same_name(person):
    tell_some(person, 1, MONDAY_MORNING)
    make_mails(MONDAY_MORNING)
    Mail.objects.update(not_before=MONDAY_MORNING + outbox.SENDING)

    send_waiting(MONDAY_MORNING)
    assert mail.outbox == []
    send_waiting(IN_AN_HOUR)
    Mail.objects.update(sent_at=None)  # as if it had died before it said so
    send_waiting(IN_AN_HOUR)

    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def test_while_the_server_is_away_nothing_is_lost_and_the_job_is_tried_again(person, settings):
    tell_some(person, 1, MONDAY_MORNING)
    make_mails(MONDAY_MORNING)
    there, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, AWAY

    with pytest.raises(OSError, match="nobody there"):
        send_waiting(MONDAY_MORNING)
    settings.EMAIL_BACKEND = there
    send_waiting(MONDAY_MORNING)

    assert len(mail.outbox) == 1


def test_a_mail_at_which_the_server_breaks_off_lets_those_behind_it_go_first(person, settings):
    tell([(person, told()), (make_person(Role.OFFICER, person.main_agency), told())], MONDAY_MORNING)
    make_mails(MONDAY_MORNING)
    there, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BREAKS_OFF

    with pytest.raises(OSError, match="gone"):
        send_waiting(MONDAY_MORNING)
    settings.EMAIL_BACKEND = there
    send_waiting(MONDAY_MORNING)
    first_round = [one.to for one in mail.outbox]
    send_waiting(IN_AN_HOUR)

    assert (len(first_round), len(mail.outbox), Mail.objects.filter(sent_at=None).count()) == (1, 2, 0)


def test_an_address_that_the_server_does_not_know_keeps_nobody_elses_mail(person, settings):
    bad = make_person(Role.OFFICER, person.main_agency, email="bad@dongson.example")
    tell_some(bad, 1, MONDAY_MORNING)
    tell_some(person, 1, MONDAY_MORNING)
    settings.EMAIL_BACKEND = ONE_BAD_ADDRESS

    deliver(MONDAY_MORNING)

    assert [one.to for one in mail.outbox] == [[person.email]]
    assert Mail.objects.get(sent_at=None).person == bad


def test_what_is_refused_is_tried_each_hour_for_five_days(person, settings):
    settings.EMAIL_BACKEND = ONE_BAD_ADDRESS
    Person.objects.update(email="bad@dongson.example")
    tell_some(person, 1, MONDAY_MORNING)
    deliver(MONDAY_MORNING)

    waiting = [outbox.waiting_mails(at).count() for at in (MONDAY_MORNING, IN_AN_HOUR, TUESDAY_MORNING, IN_A_WEEK)]

    assert waiting == [0, 1, 1, 0]
    assert outbox.delayed_count(TUESDAY_MORNING + timedelta(minutes=1)) == outbox.delayed_count(IN_A_WEEK) == 1


def test_what_was_left_before_the_longest_rest_of_a_year_goes_out_after_it(person):
    tell_some(person, 1, BEFORE_TET)
    make_mails(BEFORE_TET)  # the mail server was away

    send_waiting(AFTER_TET)

    assert len(mail.outbox) == 1


def test_a_slow_server_is_given_few_mails_by_each_job(person, monkeypatch):
    monkeypatch.setattr(outbox, "SENDS_FOR_S", 0.0)
    tell([(make_person(Role.OFFICER, person.main_agency), told()) for _ in range(2)], MONDAY_MORNING)
    make_mails(MONDAY_MORNING)

    more_wait = [send_waiting(MONDAY_MORNING) for _ in range(2)]

    assert (more_wait, len(mail.outbox)) == ([True, False], 2)


def test_what_is_settled_before_its_mail_is_made_stays_in_the_list(person, monkeypatch):
    monkeypatch.setitem(settled._rooms, "tests", lambda someone, keys: [key for key in keys if key.endswith("1")])
    tell_some(person, 2, MONDAY_MORNING)

    deliver(MONDAY_MORNING)

    assert [one.subject for one in mail.outbox] == ["AnCam: Còn 7 ngày"]
    assert dict(Notice.objects.values_list("key", "channel")) == {"reminder:0": "daily", "reminder:1": "none"}


def test_a_room_says_once_what_is_settled():
    with pytest.raises(ImproperlyConfigured, match="directives"):
        settled.register("directives", lambda person, keys: [])


def test_a_mail_says_of_what_was_told_on_another_day_on_which(person):
    tell_some(person, 1, MONDAY_NIGHT)

    deliver(TUESDAY_MORNING)

    assert "Báo ngày 30/11/2026." in str(mail.outbox[0].body)


def test_who_left_is_not_written_to(person):
    tell_some(person, 1, MONDAY_MORNING)
    make_mails(MONDAY_MORNING)
    tell([(person, told("b", NoticeKind.ANSWERED))], MONDAY_MORNING)
    Person.objects.update(is_active=False)

    assert deliver(MONDAY_MORNING) == []


def test_a_job_takes_a_few_and_leaves_the_rest_to_another(person, settings, django_capture_on_commit_callbacks):
    settings.SENDS_MAIL = True
    people = [make_person(Role.OFFICER, person.main_agency) for _ in range(MAILS_AT_ONCE + 1)]
    tell([(one, told()) for one in people], MONDAY_MORNING)

    with time_machine.travel(MONDAY_MORNING, tick=False), django_capture_on_commit_callbacks(execute=True):
        jobs.send_mails()
    assert (len(mail.outbox), OrmQ.objects.count()) == (MAILS_AT_ONCE, 1)

    with time_machine.travel(MONDAY_MORNING, tick=False), django_capture_on_commit_callbacks(execute=True):
        jobs.send_mails()

    assert (len(mail.outbox), OrmQ.objects.count()) == (MAILS_AT_ONCE + 1, 1)


def test_mails_for_very_many_people_are_made_by_several_jobs(person, monkeypatch):
    monkeypatch.setattr(outbox, "PEOPLE_AT_ONCE", 2)
    tell([(make_person(Role.OFFICER, person.main_agency), told()) for _ in range(3)], MONDAY_MORNING)

    assert [make_mails(MONDAY_MORNING) for _ in range(2)] == [True, False]
    assert Mail.objects.count() == 3


def test_the_hours_mails_go_behind_its_reminders(settings, django_capture_on_commit_callbacks, db):
    with django_capture_on_commit_callbacks(execute=True):
        jobs.send_mails_last()

    assert [task.func() for task in OrmQ.objects.all()] == ["ancam.notifications.jobs.send_mails"]


def test_without_a_mail_server_notices_stay_in_the_system(person):
    tell_some(person, 1, MONDAY_MORNING)

    with time_machine.travel(MONDAY_MORNING, tick=False):
        jobs.send_mails()

    assert not Mail.objects.exists()


def test_what_is_a_year_old_is_forgotten_and_so_is_the_calendar_of_who_left(person):
    tell_some(person, 2, MONDAY_MORNING)
    deliver(MONDAY_MORNING)
    open_calendar(person=person, at=MONDAY_MORNING)
    newest = MONDAY_MORNING + KEPT
    tell([(person, told("new"))], newest)
    Person.objects.update(is_active=False)

    forget_old(newest)
    assert (Notice.objects.count(), Mail.objects.count()) == (3, 1)
    forget_old(newest.replace(minute=1))

    assert (Notice.objects.get().key, Mail.objects.count(), CalendarFeed.objects.count()) == ("new", 0, 0)
