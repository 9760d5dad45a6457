"""A forgotten password: a link by mail, that tells nobody whose address it is."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from ancam.accounts.errors import ResetRefused
from ancam.accounts.jobs import forget_sign_ins, mail_password_reset
from ancam.accounts.models import OneTimeLink, PasswordReset, Person
from ancam.accounts.services import begin_password_reset, issue_link, reset_password, stop_account
from ancam.accounts.tests.conftest import enter, signed_in_as
from ancam.accounts.tests.factories import PASSWORD
from ancam.accounts.tests.mailing import SERVER_AWAY, SERVER_THERE, link_in_mail
from ancam.accounts.tests.pages import english_among, english_in
from ancam.accounts.tests.second_steps import with_app
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.log_lines import WithoutTokens

NEW = "chim sáo sang sông"


def test_a_person_resets_a_forgotten_password_by_mail(officer: Person, client: Client) -> None:
    elsewhere = signed_in_as(officer)
    mail_password_reset(officer.email.upper())
    message = mail.outbox[0]

    page = client.get(link_in_mail())
    reply = client.post(link_in_mail(), {"password1": NEW, "password2": NEW}, follow=True)

    officer.refresh_from_db()
    assert message.to == [officer.email]
    assert officer.full_name in message.body
    assert officer.email in page.content.decode()
    assert officer.check_password(NEW)
    assert "Đã đặt mật khẩu mới." in reply.content.decode()
    assert int(client.session["_auth_user_id"]) == officer.pk
    assert elsewhere.get(reverse("profile")).status_code == 302
    actions = list(Entry.objects.filter(object_id=str(officer.pk)).values_list("action", "actor_name"))
    assert ("accounts.send_password_reset", "Hệ thống") in actions
    assert ("accounts.reset_password", officer.full_name) in actions
    assert Entry.objects.get(action="accounts.reset_password").change == {"link_withdrawn": False, "sessions_ended": 1}


def test_the_link_does_not_follow_the_host_of_who_asks(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    sends_mail: None,
    settings: Settings,
    officer: Person,
) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://ancam.example", ["ancam.example", "localhost"]

    with django_capture_on_commit_callbacks(execute=True):
        Client().post(reverse("password_forgotten"), {"email": officer.email}, HTTP_HOST="localhost:31337")

    mail_password_reset(*OrmQ.objects.get().args())

    assert "https://ancam.example/dat-lai-mat-khau/" in str(mail.outbox[-1].body)


def test_a_link_opens_once(officer: Person) -> None:
    mail_password_reset(officer.email)
    Client().post(link_in_mail(), {"password1": NEW, "password2": NEW})

    again = Client().post(link_in_mail(), {"password1": "khác hẳn rồi nhé", "password2": "khác hẳn rồi nhé"})

    assert again.status_code == 422
    assert "chỉ dùng một lần" in again.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(NEW)


def test_a_link_of_more_than_an_hour_is_refused(officer: Person) -> None:
    begun = begin_password_reset(email=officer.email, at=clock.now() - timedelta(minutes=61))
    assert begun is not None

    assert Client().get(reverse("password_reset", args=[begun[1]])).status_code == 422
    with pytest.raises(ResetRefused):
        reset_password(token=begun[1], password=NEW, at=clock.now())
    forget_sign_ins()
    assert not PasswordReset.objects.exists()


@pytest.mark.usefixtures("sends_mail")
def test_the_page_answers_alike_whether_the_address_is_someones_or_nobodys(
    officer: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    pages = []
    for email in (officer.email, "khong.ai@dongson.example"):
        with django_capture_on_commit_callbacks(execute=True):
            page = Client().post(reverse("password_forgotten"), {"email": email})
        pages.append(page.content.decode().replace(email, "…"))

    strip = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken&quot;: &quot;\w+')
    assert strip.sub("", pages[0]) == strip.sub("", pages[1])
    assert [job.func() for job in OrmQ.objects.all()] == ["ancam.accounts.jobs.mail_password_reset"] * 2


def test_nothing_is_sent_to_an_address_of_nobody(db: None) -> None:
    mail_password_reset("khong.ai@dongson.example")

    assert mail.outbox == []


def test_nothing_is_sent_to_who_was_stopped_or_has_no_password_yet(
    officer: Person, outsider: Person, administrator: Person
) -> None:
    stop_account(person=officer, by=administrator, at=clock.now())
    outsider.set_unusable_password()
    outsider.save()

    mail_password_reset(officer.email)
    mail_password_reset(outsider.email)

    assert mail.outbox == []


def test_a_mailbox_is_not_filled_from_the_page(officer: Person) -> None:
    for _ in range(5):
        mail_password_reset(officer.email)
    assert len(mail.outbox) == 1

    later = begin_password_reset(email=officer.email, at=clock.now() + timedelta(minutes=6))

    assert later is not None
    assert Client().get(link_in_mail()).status_code == 422


def test_when_the_mail_server_is_away_the_job_fails_and_may_be_tried_again(settings: Settings, officer: Person) -> None:
    settings.EMAIL_BACKEND = SERVER_AWAY
    with pytest.raises(OSError, match="nobody there"):
        mail_password_reset(officer.email)

    settings.EMAIL_BACKEND = SERVER_THERE
    mail_password_reset(officer.email)

    assert len(mail.outbox) == 1


def test_stopping_an_account_ends_its_link_by_mail(officer: Person, administrator: Person) -> None:
    mail_password_reset(officer.email)

    stop_account(person=officer, by=administrator, at=clock.now())

    assert not PasswordReset.objects.exists()
    assert Client().get(link_in_mail()).status_code == 422


def test_a_reset_by_mail_ends_the_link_of_an_administrator_and_asking_for_one_does_not(
    officer: Person, administrator: Person
) -> None:
    issue_link(person=officer, by=administrator, at=clock.now())
    mail_password_reset(officer.email)
    assert OneTimeLink.objects.filter(person=officer).exists()

    Client().post(link_in_mail(), {"password1": NEW, "password2": NEW})

    assert not OneTimeLink.objects.filter(person=officer).exists()


def test_a_reset_by_mail_does_not_go_round_the_second_factor(officer: Person) -> None:
    with_app(officer)
    mail_password_reset(officer.email)
    client = Client()

    reply = client.post(link_in_mail(), {"password1": NEW, "password2": NEW})

    assert reply["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_weak_password_is_refused_and_the_link_stays(officer: Person) -> None:
    mail_password_reset(officer.email)

    assert Client().post(link_in_mail(), {"password1": "1234", "password2": "1234"}).status_code == 422
    assert Client().get(link_in_mail()).status_code == 200
    assert enter(Client(), officer.email, PASSWORD).status_code == 302


@pytest.mark.usefixtures("sends_mail")
def test_what_is_no_address_is_refused(db: None) -> None:
    assert Client().post(reverse("password_forgotten"), {"email": "x"}).status_code == 422


def test_without_a_mail_server_the_page_says_whom_to_ask(db: None) -> None:
    page = Client().post(reverse("password_forgotten"), {"email": "an@dongson.example"})

    assert not django_settings.SENDS_MAIL
    assert "chưa gửi được thư" in page.content.decode()
    assert not OrmQ.objects.exists()


def test_the_link_stays_out_of_the_log() -> None:
    record = logging.LogRecord("x", 30, "", 1, "GET /dat-lai-mat-khau/abc-DEF_1/ failed", (), None)

    assert "abc" not in WithoutTokens().format(record)


@pytest.mark.usefixtures("sends_mail")
def test_every_page_and_the_mail_are_in_vietnamese(officer: Person) -> None:
    client = Client()
    mail_password_reset(officer.email)
    pages = {
        "ask": client.get(reverse("password_forgotten")),
        "ask refused": client.post(reverse("password_forgotten"), {"email": "x"}),
        "sent": client.post(reverse("password_forgotten"), {"email": officer.email}),
        "reset": client.get(link_in_mail()),
        "reset refused": client.post(link_in_mail(), {"password1": "1", "password2": "2"}),
        "unknown": client.get(reverse("password_reset", args=["x"])),
    }

    assert english_among(pages) == {}
    assert english_in(mail.outbox[0]) == []
