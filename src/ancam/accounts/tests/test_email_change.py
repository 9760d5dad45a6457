"""Another e-mail to sign in with: confirmed from the new address, told to the old one, a way into nobody's account."""

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from ancam.accounts.errors import AccountStopped, AddressTaken, EmailLinkOfAnother, EmailLinkRefused, NoMailServer
from ancam.accounts.jobs import forget_sign_ins, mail_email_change, mail_password_reset, tell_old_address
from ancam.accounts.models import Agency, EmailChange, Membership, OneTimeLink, PasswordReset, Person, Role
from ancam.accounts.services import (
    DelegationFacts,
    ask_email_change,
    confirm_email_change,
    delegate,
    issue_link,
    stop_account,
    withdraw_email_change,
)
from ancam.accounts.tests.conftest import enter, signed_in_as
from ancam.accounts.tests.factories import PASSWORD, make_person
from ancam.accounts.tests.mailing import SERVER_AWAY, SERVER_THERE, link_in, link_in_mail
from ancam.accounts.tests.pages import english_among, english_in
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.log_lines import WithoutTokens
from ancam.web.replies import Forbidden

NEW = "anh.ly@dongson.example"


def asked(person: Person, by: Person, *, email: str = NEW) -> str:
    """Return the token of a change that is handed over, as where no mail goes out; by oneself, by mail."""
    if person.pk != by.pk:
        return ask_email_change(person=person, new_email=email, by=by, by_mail=False, at=clock.now())
    ask_email_change(person=person, new_email=email, by=by, by_mail=True, at=clock.now())
    mail_email_change(EmailChange.objects.get(person=person, confirmed_at=None).pk)
    return token_in_mail()


def token_in_mail() -> str:
    return link_in_mail().split("/")[2]


def invited(commune: Agency) -> Person:
    newcomer = make_person(Role.READER, commune, name="Mai Xuân Yến")
    newcomer.set_unusable_password()
    newcomer.save()
    return newcomer


def actions() -> list[str]:
    return list(Entry.objects.filter(action__contains="email_change").values_list("action", flat=True))


@pytest.mark.usefixtures("sends_mail")
def test_a_person_changes_their_email_by_the_link_that_its_mailbox_got(
    officer: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    old, client, elsewhere = officer.email, Client(), Client()
    enter(client, old, PASSWORD)
    enter(elsewhere, old, PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("own_email_change"), {"new_email": NEW.upper()}, follow=True)
    waiting = EmailChange.objects.get()
    jobs = [(job.func(), job.args()) for job in OrmQ.objects.all()]
    for _name, (pk,) in jobs:
        tell_old_address(pk)
        mail_email_change(pk)
    told, link = mail.outbox
    address = link_in(link)
    opened = client.get(address)
    officer.refresh_from_db()
    before = officer.email
    done = client.post(address, follow=True)

    officer.refresh_from_db()
    assert NEW in page.content.decode()
    assert [name for name, _args in jobs] == [
        f"ancam.accounts.jobs.{job}" for job in ("tell_old_address", "mail_email_change")
    ]
    assert (told.to, link.to) == ([old], [NEW])
    assert (reverse("profile") in told.body, waiting.digest in link.body) == (True, False)
    assert NEW in opened.content.decode()
    assert (before, officer.email) == (old, NEW)
    assert "Đã đổi thư điện tử." in done.content.decode()
    assert elsewhere.get(reverse("profile")).status_code == 302
    assert enter(Client(), old, PASSWORD).status_code == 422
    assert enter(Client(), NEW, PASSWORD).status_code == 302
    line = Entry.objects.get(action="accounts.confirm_email_change")
    assert (line.change["before"], line.change["after"]) == ({"email": old}, {"email": NEW})
    assert line.change["sessions_ended"] == 1


@pytest.mark.usefixtures("sends_mail")
def test_the_password_is_asked_for_first(officer: Person) -> None:
    client = signed_in_as(officer)

    reply = client.post(reverse("own_email_change"), {"new_email": NEW})

    assert reply["Location"].startswith(reverse("account_reauthenticate"))
    assert not EmailChange.objects.exists()


def test_without_a_mail_server_a_person_is_told_whom_to_ask(officer: Person) -> None:
    client = Client()
    enter(client, officer.email, PASSWORD)

    page = client.post(reverse("own_email_change"), {"new_email": NEW})

    assert "Đề nghị quản trị của cơ quan" in page.content.decode()
    assert not EmailChange.objects.exists()
    with pytest.raises(NoMailServer):
        ask_email_change(person=officer, new_email=NEW, by=officer, by_mail=False, at=clock.now())


def test_without_a_mail_server_an_administrator_is_shown_the_link_once(
    as_administrator: Client, officer: Person
) -> None:
    page = as_administrator.post(reverse("email_change", args=[officer.pk]), {"new_email": NEW})
    found = re.search(r"/xac-nhan-thu/([^/]+)/", page.content.decode())

    assert found
    assert "no-store" in page["Cache-Control"]
    assert found.group(1) != EmailChange.objects.get().digest
    assert not mail.outbox
    assert signed_in_as(officer).post(found.group()).status_code == 302
    officer.refresh_from_db()
    assert officer.email == NEW


@pytest.mark.usefixtures("sends_mail")
def test_with_a_mail_server_an_administrator_is_shown_no_link(
    as_administrator: Client,
    officer: Person,
    administrator: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = as_administrator.post(reverse("email_change", args=[officer.pk]), {"new_email": NEW}, follow=True)
    tell_old_address(EmailChange.objects.get().pk)

    assert "xac-nhan-thu" not in page.content.decode()
    assert NEW in page.content.decode()
    assert OrmQ.objects.count() == 2
    assert mail.outbox[0].to == [officer.email]
    assert administrator.full_name in mail.outbox[0].body


def test_a_link_works_once_and_for_a_day(officer: Person, administrator: Person) -> None:
    token = asked(officer, administrator)
    with pytest.raises(EmailLinkRefused):
        confirm_email_change(token=token, by=officer, kept="", at=clock.now() + timedelta(hours=25))
    confirm_email_change(token=token, by=officer, kept="", at=clock.now())

    page = signed_in_as(officer).post(reverse("email_confirm", args=[token]))

    assert page.status_code == 422
    assert "chỉ dùng một lần" in page.content.decode()
    assert signed_in_as(officer).get(reverse("email_confirm", args=["x"])).status_code == 422


def test_a_link_that_reached_a_stranger_gives_nothing(officer: Person, outsider: Person, administrator: Person) -> None:
    officer.last_login = clock.now()
    officer.save()
    address = reverse("email_confirm", args=[asked(officer, administrator)])

    anonymous = Client().post(address)
    another = signed_in_as(outsider)

    assert anonymous["Location"].startswith(reverse("account_login"))
    assert another.get(address).status_code == another.post(address).status_code == 422
    with pytest.raises(EmailLinkOfAnother):
        confirm_email_change(token=address.split("/")[-2], by=None, kept="", at=clock.now())
    officer.refresh_from_db()
    assert officer.email != NEW


def test_who_has_never_come_in_sets_a_password_right_after_confirming(
    commune: Agency, administrator: Person, client: Client
) -> None:
    newcomer = invited(commune)
    old_link = issue_link(person=newcomer, by=administrator, at=clock.now())
    address = reverse("email_confirm", args=[asked(newcomer, administrator)])

    opened = client.get(address)
    done = client.post(address)

    newcomer.refresh_from_db()
    assert opened.status_code == 200
    assert newcomer.email == NEW
    assert client.get(reverse("welcome", args=[old_link])).status_code == 422
    assert NEW in client.get(done["Location"]).content.decode()


@pytest.mark.parametrize("meanwhile", ["role", "delegation", "stopped"])
def test_an_administrator_below_does_not_come_by_what_was_given_elsewhere_meanwhile(
    meanwhile: str,
    commune_administrator: Person,
    officer: Person,
    root: Agency,
    other_commune: Agency,
    administrator: Person,
) -> None:
    token = asked(officer, commune_administrator)
    if meanwhile == "role":
        Membership.objects.create(person=officer, agency=root, role=Role.ADMINISTRATOR)
    elif meanwhile == "delegation":
        giver = make_person(Role.LEADER, root)
        facts = DelegationFacts(officer, clock.today(), clock.today())
        Membership.objects.create(person=officer, agency=root, role=Role.READER)
        delegate(membership=giver.memberships.get(), facts=facts, by=giver, at=clock.now())
        officer.memberships.filter(agency=root).delete()
    else:
        stop_account(person=commune_administrator, by=administrator, at=clock.now())

    page = signed_in_as(officer).post(reverse("email_confirm", args=[token]))

    assert page.status_code == 422
    officer.refresh_from_db()
    assert officer.email != NEW


def test_the_email_of_who_works_elsewhere_too_is_not_for_an_administrator_of_one(
    commune_administrator: Person, officer: Person, other_commune: Agency
) -> None:
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)
    client = signed_in_as(commune_administrator)

    assert client.get(reverse("email_change", args=[officer.pk])).status_code == 403
    assert client.post(reverse("email_change", args=[officer.pk]), {"new_email": NEW}).status_code == 403
    assert client.post(reverse("email_withdraw", args=[officer.pk])).status_code == 403
    with pytest.raises(Forbidden):
        asked(officer, commune_administrator)


def test_an_address_that_is_taken_is_refused_when_asked_and_when_confirmed(
    as_administrator: Client, officer: Person, outsider: Person, administrator: Person, commune: Agency
) -> None:
    address = reverse("email_change", args=[officer.pk])
    page = as_administrator.post(address, {"new_email": outsider.email.upper()})
    same = as_administrator.post(address, {"new_email": officer.email})
    token = asked(officer, administrator)
    make_person(Role.READER, commune, email=NEW)

    assert (page.status_code, same.status_code) == (422, 422)
    assert "đã có người dùng" in page.context["form"].errors["new_email"][0]
    assert "đang là thư điện tử" in same.context["form"].errors["new_email"][0]
    with pytest.raises(AddressTaken):
        confirm_email_change(token=token, by=officer, kept="", at=clock.now())


def test_a_stopped_account_changes_no_email(officer: Person, administrator: Person) -> None:
    token = asked(officer, administrator)
    stop_account(person=officer, by=administrator, at=clock.now())

    with pytest.raises(AccountStopped):
        asked(officer, administrator)
    with pytest.raises(EmailLinkRefused):
        confirm_email_change(token=token, by=officer, kept="", at=clock.now())
    assert not EmailChange.objects.exists()


def test_what_was_sent_to_the_old_address_is_withdrawn(officer: Person, administrator: Person) -> None:
    issue_link(person=officer, by=administrator, at=clock.now())
    mail_password_reset(officer.email)

    confirm_email_change(token=asked(officer, administrator), by=officer, kept="", at=clock.now())

    assert not OneTimeLink.objects.filter(person=officer).exists()
    assert not PasswordReset.objects.exists()


def test_a_change_is_seen_and_withdrawn_by_the_person(officer: Person, administrator: Person) -> None:
    token, client = asked(officer, administrator), signed_in_as(officer)
    seen = client.get(reverse("profile")).content.decode()

    page = client.post(reverse("own_email_withdraw"), follow=True)
    client.post(reverse("own_email_withdraw"))

    assert NEW in seen
    assert administrator.full_name in seen
    assert NEW not in page.content.decode()
    assert client.post(reverse("email_confirm", args=[token])).status_code == 422
    assert actions() == ["accounts.ask_email_change", "accounts.withdraw_email_change"]


def test_a_change_is_seen_and_withdrawn_by_an_administrator(as_administrator: Client, officer: Person) -> None:
    asked(officer, officer)
    seen = as_administrator.get(reverse("person", args=[officer.pk])).content.decode()

    page = as_administrator.post(reverse("email_withdraw", args=[officer.pk]), follow=True)

    assert NEW in seen
    assert NEW not in page.content.decode()
    assert withdraw_email_change(person=officer, by=officer, at=clock.now()) is False


def test_asking_again_takes_the_place_of_what_was_asked_before(officer: Person, administrator: Person) -> None:
    first = asked(officer, administrator)
    second = asked(officer, administrator, email="khac@dongson.example")

    with pytest.raises(EmailLinkRefused):
        confirm_email_change(token=first, by=officer, kept="", at=clock.now())
    done = confirm_email_change(token=second, by=officer, kept="", at=clock.now())

    assert done.person.email == "khac@dongson.example"


def test_each_mail_goes_out_once_however_often_its_job_runs(officer: Person) -> None:
    ask_email_change(person=officer, new_email=NEW, by=officer, by_mail=True, at=clock.now())
    pk = EmailChange.objects.get().pk

    for _ in range(3):
        mail_email_change(pk)
        tell_old_address(pk)

    assert sorted(message.to[0] for message in mail.outbox) == sorted([NEW, officer.email])


def test_a_mail_that_the_server_did_not_take_is_sent_later_even_to_the_old_address_of_a_confirmed_change(
    settings: Settings, officer: Person
) -> None:
    old = officer.email
    token = asked(officer, officer)
    pk = EmailChange.objects.get().pk
    settings.EMAIL_BACKEND = SERVER_AWAY
    with pytest.raises(OSError, match="nobody there"):
        tell_old_address(pk)
    confirm_email_change(token=token, by=officer, kept="", at=clock.now())

    settings.EMAIL_BACKEND = SERVER_THERE
    tell_old_address(pk)

    assert mail.outbox[-1].to == [old]
    assert "đã đổi từ" in mail.outbox[-1].body


def test_a_link_that_the_server_did_not_take_is_sent_with_another_token(settings: Settings, officer: Person) -> None:
    ask_email_change(person=officer, new_email=NEW, by=officer, by_mail=True, at=clock.now())
    pk = EmailChange.objects.get().pk
    settings.EMAIL_BACKEND = SERVER_AWAY
    with pytest.raises(OSError, match="nobody there"):
        mail_email_change(pk)

    settings.EMAIL_BACKEND = SERVER_THERE
    mail_email_change(pk)
    withdrawn = EmailChange.objects.get()
    withdraw_email_change(person=officer, by=officer, at=clock.now())
    mail_email_change(withdrawn.pk)
    tell_old_address(withdrawn.pk)

    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("sends_mail")
def test_a_mailbox_is_not_filled_from_the_form(settings: Settings, as_administrator: Client, officer: Person) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "mail": (2, 60)}
    address = reverse("email_change", args=[officer.pk])

    replies = [as_administrator.post(address, {"new_email": f"{n}@dongson.example"}) for n in range(3)]

    assert [reply.status_code for reply in replies] == [302, 302, 422]
    assert "quá nhiều lần" in replies[-1].context["form"].errors["new_email"][0]


def test_an_administrator_changes_their_own_as_everyone_does(as_administrator: Client, administrator: Person) -> None:
    reply = as_administrator.post(reverse("email_change", args=[administrator.pk]), {"new_email": NEW})

    assert reply["Location"] == reverse("own_email_change")
    assert not EmailChange.objects.exists()


def test_who_may_not_change_an_email_and_what_is_none(officer: Person, outsider: Person, administrator: Person) -> None:
    for name in ("email_change", "email_withdraw"):
        address = reverse(name, args=[officer.pk])
        assert signed_in_as(officer).post(address, {"new_email": NEW}).status_code == 403
        assert signed_in_as(outsider).post(address, {"new_email": NEW}).status_code == 404
        assert signed_in_as(administrator).put(address).status_code == 405
    bad = signed_in_as(administrator).post(reverse("email_change", args=[officer.pk]), {"new_email": "x"})
    assert bad.status_code == 422
    assert signed_in_as(officer).get(reverse("own_email_withdraw")).status_code == 405
    assert signed_in_as(officer).put(reverse("own_email_change")).status_code == 405
    assert not EmailChange.objects.exists()


def test_what_is_long_over_is_forgotten(officer: Person, administrator: Person) -> None:
    asked(officer, administrator)
    EmailChange.objects.update(expires_at=clock.now() - timedelta(days=3))

    forget_sign_ins()

    assert not EmailChange.objects.exists()


def test_the_link_stays_out_of_the_log() -> None:
    words = "GET /dang-nhap/?next=/xac-nhan-thu/abc-DEF_1/ failed, GET /dang-nhap/?next=%2Fxac-nhan-thu%2FabcGHI%2F"
    record = logging.LogRecord("x", 30, "", 1, words, (), None)

    assert "abc" not in WithoutTokens().format(record)


@pytest.mark.usefixtures("sends_mail")
def test_every_page_and_the_mails_are_in_vietnamese(officer: Person, administrator: Person) -> None:
    client = Client()
    enter(client, officer.email, PASSWORD)
    token = asked(officer, officer)
    tell_old_address(EmailChange.objects.get().pk)
    pages = {
        "ask": client.get(reverse("own_email_change")),
        "refused": client.post(reverse("own_email_change"), {"new_email": "x"}),
        "confirm": client.get(reverse("email_confirm", args=[token])),
        "unknown": client.get(reverse("email_confirm", args=["x"])),
        "waiting": client.get(reverse("profile")),
    }

    assert english_among(pages) == {}
    assert [english_in(message) for message in mail.outbox] == [[], []]
