"""A one-time link that goes by mail: sent once, shown to nobody else, sent again, withdrawn."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from ancam.accounts.jobs import mail_link
from ancam.accounts.models import Agency, Language, Membership, OneTimeLink, Person, Role
from ancam.accounts.services import (
    DelegationFacts,
    PersonFacts,
    add_person,
    delegate,
    issue_link,
    stop_account,
    withdraw_issued_link,
)
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person
from ancam.accounts.tests.mailing import SERVER_AWAY, SERVER_THERE, link_in, link_in_mail
from ancam.accounts.tests.pages import english_in
from ancam.accounts.workbooks import LINK_COLUMNS
from ancam.audit.models import Entry
from ancam.engines.tables.read import read_table
from ancam.web import clock
from ancam.web.replies import Forbidden

NEW = "chim sáo sang sông"


@pytest.mark.usefixtures("sends_mail")
def test_a_new_person_gets_the_link_by_mail_and_the_administrator_does_not_see_it(
    as_administrator: Client,
    facts: dict[str, str],
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = as_administrator.post(reverse("person_add"), {**facts, "mail": "on"}, follow=True)
    (job,) = OrmQ.objects.all()
    waiting = page.content.decode()
    mail_link(*job.args())
    sent = as_administrator.get(reverse("person", args=[Person.objects.get(email=facts["email"]).pk])).content.decode()
    (message,) = mail.outbox

    assert job.func() == "ancam.accounts.jobs.mail_link"
    assert "chao-mung" not in waiting
    assert "Thư đang chờ gửi." in waiting
    assert "Đã gửi qua thư lúc" in sent
    assert message.to == [facts["email"]]
    assert client.post(link_in(message), {"password1": NEW, "password2": NEW}).status_code == 302
    assert Entry.objects.get(action="accounts.add_person").change["by_mail"] is True


@pytest.mark.usefixtures("sends_mail")
def test_with_a_mail_server_too_the_link_may_be_handed_over(as_administrator: Client, facts: dict[str, str]) -> None:
    page = as_administrator.post(reverse("person_add"), facts)

    assert "chao-mung" in page.content.decode()
    assert not OrmQ.objects.exists()
    assert "by_mail" not in Entry.objects.get(action="accounts.add_person").change


def test_without_a_mail_server_nothing_is_offered_by_mail(
    as_administrator: Client, facts: dict[str, str], officer: Person
) -> None:
    asked = as_administrator.get(reverse("person_add")).content.decode()
    page = as_administrator.post(reverse("link_issue", args=[officer.pk]), {"mail": "on"})

    assert "Gửi đường dẫn qua thư điện tử" not in asked
    assert "chao-mung" in page.content.decode()


@pytest.mark.usefixtures("sends_mail")
def test_a_link_is_sent_again_and_the_earlier_one_stops_working(
    as_administrator: Client,
    officer: Person,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            as_administrator.post(reverse("link_issue", args=[officer.pk]), {"mail": "on"})
        mail_link(officer.pk)
    first, second = (link_in(message) for message in mail.outbox)

    assert client.get(first).status_code == 422
    assert client.get(second).status_code == 200
    assert OrmQ.objects.count() == 2


def test_a_link_is_sent_once_however_often_its_job_runs(officer: Person, administrator: Person) -> None:
    issue_link(person=officer, by=administrator, by_mail=True, at=clock.now())

    for _ in range(3):
        mail_link(officer.pk)

    assert len(mail.outbox) == 1
    assert Client().get(link_in_mail()).status_code == 200


def test_a_link_that_the_server_did_not_take_is_sent_later(
    settings: Settings, officer: Person, administrator: Person
) -> None:
    issue_link(person=officer, by=administrator, by_mail=True, at=clock.now())
    settings.EMAIL_BACKEND = SERVER_AWAY
    with pytest.raises(OSError, match="nobody there"):
        mail_link(officer.pk)

    settings.EMAIL_BACKEND = SERVER_THERE
    mail_link(officer.pk)

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("meanwhile", ["withdrawn", "stopped", "handed over", "over"])
def test_nothing_is_sent_of_a_link_that_is_no_more(meanwhile: str, officer: Person, administrator: Person) -> None:
    at = clock.now() - (timedelta(days=8) if meanwhile == "over" else timedelta())
    issue_link(person=officer, by=administrator, by_mail=True, at=at)
    if meanwhile == "withdrawn":
        withdraw_issued_link(person=officer, by=administrator, at=at)
    elif meanwhile == "stopped":
        stop_account(person=officer, by=administrator, at=at)
    elif meanwhile == "handed over":
        issue_link(person=officer, by=administrator, at=at)

    mail_link(officer.pk)

    assert mail.outbox == []


def test_a_live_link_is_seen_on_the_persons_page_and_withdrawn(
    as_administrator: Client, officer: Person, administrator: Person
) -> None:
    token = issue_link(person=officer, by=administrator, at=clock.now())
    seen = as_administrator.get(reverse("person", args=[officer.pk])).content.decode()
    address = reverse("link_withdraw", args=[officer.pk])

    page = as_administrator.post(address, follow=True)
    as_administrator.post(address)

    assert "Đường dẫn đặt mật khẩu còn hạn đến" in seen
    assert "còn hạn đến" not in page.content.decode()
    assert Client().get(reverse("welcome", args=[token])).status_code == 422
    assert Entry.objects.filter(action="accounts.withdraw_link").count() == 1


def test_a_link_that_is_over_is_said_to_be(as_administrator: Client, officer: Person, administrator: Person) -> None:
    issue_link(person=officer, by=administrator, at=clock.now() - timedelta(days=8))

    page = as_administrator.get(reverse("person", args=[officer.pk])).content.decode()

    assert "đã hết hạn lúc" in page
    assert "Thu hồi đường dẫn" not in page


def test_who_may_not_withdraw_a_link(
    officer: Person,
    outsider: Person,
    administrator: Person,
    commune_administrator: Person,
    other_commune: Agency,
) -> None:
    address = reverse("link_withdraw", args=[officer.pk])
    issue_link(person=officer, by=administrator, at=clock.now())

    assert signed_in_as(officer).post(address).status_code == 403
    assert signed_in_as(outsider).post(address).status_code == 404
    assert signed_in_as(administrator).get(address).status_code == 405
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)
    assert signed_in_as(commune_administrator).post(address).status_code == 403
    with pytest.raises(Forbidden):
        withdraw_issued_link(person=officer, by=commune_administrator, at=clock.now())
    assert OneTimeLink.objects.filter(person=officer).exists()


@pytest.mark.usefixtures("sends_mail")
def test_a_mailbox_is_not_filled_with_links(settings: Settings, as_administrator: Client, officer: Person) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "mail": (2, 60)}
    address = reverse("link_issue", args=[officer.pk])

    replies = [as_administrator.post(address, {"mail": "on"}) for _ in range(3)]

    assert [reply.status_code for reply in replies] == [302, 302, 422]
    assert "quá nhiều lần" in replies[-1].content.decode()
    assert as_administrator.post(address).status_code == 200


@pytest.mark.usefixtures("sends_mail")
def test_no_mailbox_is_filled_by_issuing_to_all_who_wait(
    settings: Settings, as_administrator: Client, administrator: Person, commune: Agency
) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "mail": (2, 60)}
    filled, other = (
        add_person(facts=PersonFacts(name, email), agency=commune, role=Role.OFFICER, by=administrator, at=clock.now())[
            0
        ]
        for name, email in (("Lê An", "an@dongson.example"), ("Lê Bình", "binh@dongson.example"))
    )
    for _ in range(2):
        issue_link(person=filled, by=administrator, by_mail=True, at=clock.now())
    for person in (filled, other):
        as_administrator.post(reverse("link_withdraw", args=[person.pk]))

    as_administrator.post(reverse("links_issue"), {"mail": "on"})

    assert not OneTimeLink.objects.filter(person=filled).exists()
    assert OneTimeLink.objects.get(person=other).by_mail


def test_the_mail_speaks_the_language_of_who_reads_it(officer: Person, administrator: Person) -> None:
    issue_link(person=officer, by=administrator, by_mail=True, at=clock.now())
    mail_link(officer.pk)
    Person.objects.filter(pk=officer.pk).update(language=Language.ENGLISH)
    issue_link(person=officer, by=administrator, by_mail=True, at=clock.now())
    mail_link(officer.pk)

    vietnamese, english = mail.outbox
    assert ("Kính gửi" in vietnamese.body, "Kính gửi" in english.body) == (True, False)
    assert english_in(vietnamese) == []
    assert english_in(english) != []


def waiting_people(commune: Agency, count: int) -> list[Person]:
    made = [make_person(Role.OFFICER, commune) for _number in range(count)]
    for person in made:
        person.set_unusable_password()
        person.save()
    return made


@pytest.mark.usefixtures("sends_mail")
def test_all_who_wait_get_a_link_by_mail_each_with_a_line(as_administrator: Client, commune: Agency) -> None:
    made = waiting_people(commune, 3)

    page = as_administrator.get(reverse("links_issue")).content.decode()
    as_administrator.post(reverse("links_issue"), {"mail": "on"})
    again = as_administrator.get(reverse("links_issue")).content.decode()

    assert "3 người đang chờ" in page
    assert OneTimeLink.objects.filter(person__in=made, by_mail=True).count() == 3
    assert Entry.objects.filter(action="accounts.issue_link").count() == 3
    assert "Không có ai chờ đường dẫn" in again


def test_without_a_mail_server_the_links_are_in_one_workbook(as_administrator: Client, commune: Agency) -> None:
    (person,) = waiting_people(commune, 1)

    file = as_administrator.post(reverse("links_issue"))
    (row,) = read_table(file.content, "duong-dan.xlsx", LINK_COLUMNS).rows

    assert row.cells["email"] == person.email
    path = urlsplit(row.cells["address"]).path
    assert Client().get(path).status_code == 200


def test_the_page_that_stays_behind_its_workbook_can_be_sent_again(as_administrator: Client, commune: Agency) -> None:
    waiting_people(commune, 1)

    page = as_administrator.get(reverse("links_issue")).content.decode()

    form = page[page.index('<form class="card-body"') :]
    assert "data-submit-once" not in form[: form.index(">")]


def test_links_go_only_to_those_all_of_whose_agencies_one_administers(
    commune_administrator: Person, commune: Agency, other_commune: Agency, as_officer: Client
) -> None:
    mine, shared, stands_in = waiting_people(commune, 3)
    Membership.objects.create(person=shared, agency=other_commune, role=Role.READER)
    leader = make_person(Role.LEADER, other_commune)
    Membership.objects.create(person=stands_in, agency=other_commune, role=Role.READER)
    days = DelegationFacts(stands_in, clock.today(), clock.today())
    delegate(membership=leader.memberships.get(), facts=days, by=leader, at=clock.now())

    signed_in_as(commune_administrator).post(reverse("links_issue"))

    assert list(OneTimeLink.objects.values_list("person", flat=True)) == [mine.pk]
    assert as_officer.post(reverse("links_issue")).status_code == 403
    assert signed_in_as(commune_administrator).put(reverse("links_issue")).status_code == 405
