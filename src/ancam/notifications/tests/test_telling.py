"""People are told a thing once, in their language, as they want to hear of it."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from ancam.accounts.models import Language, Person, Role
from ancam.accounts.tests.factories import make_person, make_root
from ancam.directives.tests.factories import signed_in
from ancam.notifications.models import Channel, Mail, Notice, NoticeKind
from ancam.notifications.services import Told, make_mails, mark_read, send_waiting, set_preferences, tell
from ancam.notifications.tests.instants import MONDAY_MORNING, SUNDAY, TUESDAY_MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person(Role.OFFICER, make_root(), name="Lê An")


def told(key: str = "period:1:before-7", kind: NoticeKind = NoticeKind.REMINDER) -> Told:
    return Told(key, kind, "/ky-han/1/", lambda: ("Còn 7 ngày", "Công văn 2146/UBND-NC"))


def test_nobody_is_told_the_same_thing_twice(person):
    for _ in range(2):
        tell([(person, told()), (person, told())], MONDAY_MORNING)

    assert Notice.objects.get().title == "Còn 7 ngày"


def test_words_are_in_the_language_of_who_is_told(person):
    person.language = Language.ENGLISH
    tell([(person, Told("k", NoticeKind.LATE, "/", lambda: (translation.get_language() or "", "")))], MONDAY_MORNING)

    assert Notice.objects.get().title == "en"


def test_digests_gather_what_waits_and_go_out_once_a_day(person):
    tell([(person, told("a")), (person, told("b"))], MONDAY_MORNING)

    for _ in range(2):
        make_mails(MONDAY_MORNING)
        send_waiting(MONDAY_MORNING)
    tell([(person, told("c"))], MONDAY_MORNING)
    make_mails(MONDAY_MORNING)
    send_waiting(MONDAY_MORNING)

    assert [one.subject for one in mail.outbox] == ["2 thông báo"]
    make_mails(TUESDAY_MORNING)
    send_waiting(TUESDAY_MORNING)
    assert len(mail.outbox) == 2
    assert "http" in mail.outbox[1].body


def test_what_is_to_be_sent_at_once_has_a_mail_of_its_own(person):
    tell([(person, told("a", NoticeKind.ANSWERED)), (person, told("b", NoticeKind.ANSWERED))], MONDAY_MORNING)

    make_mails(MONDAY_MORNING)
    send_waiting(MONDAY_MORNING)

    assert [one.subject for one in mail.outbox] == ["Còn 7 ngày", "Còn 7 ngày"]
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 2


def test_days_of_rest_are_quiet(person):
    tell([(person, told("a", NoticeKind.ANSWERED)), (person, told("b"))], SUNDAY)

    make_mails(SUNDAY)

    assert not Mail.objects.exists()


def test_who_reads_in_the_system_alone_gets_no_mail(person):
    set_preferences(person=person, channels={"reminder": "none"}, at=MONDAY_MORNING)
    tell([(person, told())], MONDAY_MORNING)

    make_mails(MONDAY_MORNING)

    assert not Mail.objects.exists()
    assert Notice.objects.get().channel == Channel.NONE


def test_a_mail_that_a_dead_worker_had_claimed_goes_out_under_the_same_name_when_the_claim_ends(person):
    tell([(person, told())], MONDAY_MORNING)
    make_mails(MONDAY_MORNING)
    waiting = Mail.objects.get()
    Mail.objects.update(claimed_until=TUESDAY_MORNING)

    assert send_waiting(MONDAY_MORNING) == 0
    assert send_waiting(TUESDAY_MORNING.replace(hour=23)) == 1
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<ancam-{waiting.pk}-")


def test_who_left_is_not_written_to(person):
    tell([(person, told())], MONDAY_MORNING)
    make_mails(MONDAY_MORNING)
    Person.objects.update(is_active=False)

    send_waiting(MONDAY_MORNING)

    assert mail.outbox == []


def test_a_person_sees_filters_and_marks_their_own_notices_alone(person):
    other = make_person(Role.READER, person.main_agency)
    tell(
        [(person, told("a")), (other, Told("x", NoticeKind.LATE, "/", lambda: ("Của người khác", "")))], MONDAY_MORNING
    )
    client = signed_in(person)

    page = client.get(reverse("notices")).content.decode()
    assert ("Còn 7 ngày" in page, "Của người khác" in page, "topbar-count" in page) == (True, False, True)
    assert "Còn 7 ngày" not in client.get(reverse("notices"), {"kind": "late"}).content.decode().split("<tbody")[1]
    assert client.get(reverse("notices"), {"kind": "không"}).status_code == 422

    assert client.get(reverse("notices_read")).status_code == 405
    client.post(reverse("notices_read"))
    assert set(Notice.objects.filter(read_at=None).values_list("person", flat=True)) == {other.pk}
    assert mark_read(person=person, at=MONDAY_MORNING) == 0


def test_a_person_says_how_to_be_told(person):
    client, address = signed_in(person), reverse("notification_preferences")
    chosen = {kind: "weekly" for kind in NoticeKind.values}

    assert client.get(address).status_code == 200
    assert client.post(address, {**chosen, "late": "fax"}).status_code == 422
    assert client.post(address, chosen).status_code == 302
    tell([(person, told())], MONDAY_MORNING)
    assert Notice.objects.get().channel == Channel.WEEKLY
