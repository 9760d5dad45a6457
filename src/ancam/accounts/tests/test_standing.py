"""Stopping an account and restarting it."""

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.errors import AccountStopped
from ancam.accounts.models import Agency, Membership, OneTimeLink, Person, Role
from ancam.accounts.services import issue_link, restart_account, stop_account
from ancam.accounts.tests.conftest import signed_in_as
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden


def test_a_stopped_person_is_out_at_once_and_stays_out_of_old_sessions(
    as_administrator: Client, as_officer: Client, officer: Person, administrator: Person
) -> None:
    issue_link(person=officer, by=administrator, at=clock.now())

    page = as_administrator.post(reverse("account_stop", args=[officer.pk]), follow=True)

    assert "Đã ngừng tài khoản." in page.content.decode()
    assert as_officer.get(reverse("profile")).status_code == 302
    assert not OneTimeLink.objects.exists()
    line = Entry.objects.get(action="accounts.stop_account")
    assert line.change == {"link_withdrawn": True, "sessions_ended": 1}
    assert as_administrator.get(reverse("profile")).status_code == 200

    as_administrator.post(reverse("account_restart", args=[officer.pk]))

    assert as_officer.get(reverse("profile")).status_code == 302
    assert signed_in_as(officer).get(reverse("profile")).status_code == 200
    assert Entry.objects.filter(action="accounts.restart_account", object_id=str(officer.pk)).count() == 1


def test_the_page_says_what_will_change_in_either_state(as_administrator: Client, officer: Person) -> None:
    address = reverse("standing", args=[officer.pk])

    assert "không đăng nhập được nữa" in as_administrator.get(address).content.decode()
    as_administrator.post(reverse("account_stop", args=[officer.pk]))
    assert "đăng nhập lại được" in as_administrator.get(address).content.decode()


def test_nobody_stops_their_own_account(as_administrator: Client, administrator: Person) -> None:
    page = as_administrator.post(reverse("account_stop", args=[administrator.pk]))

    assert "của chính mình" in page.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_who_administers_only_some_agencies_of_a_person_does_not_stop_them(
    outsider: Person, officer: Person, other_commune: Agency
) -> None:
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)

    with pytest.raises(Forbidden):
        stop_account(person=officer, by=outsider, at=clock.now())


def test_who_administers_only_some_agencies_of_a_person_does_not_open_their_account_again(
    outsider: Person, officer: Person, other_commune: Agency, administrator: Person
) -> None:
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)
    stop_account(person=officer, by=administrator, at=clock.now())

    with pytest.raises(Forbidden):
        restart_account(person=officer, by=outsider, at=clock.now())


def test_of_two_who_stop_each_other_the_second_is_refused(administrator: Person, root: Agency, officer: Person) -> None:
    Membership.objects.create(person=officer, agency=root, role=Role.ADMINISTRATOR)

    stop_account(person=officer, by=administrator, at=clock.now())

    with pytest.raises(Forbidden):
        stop_account(person=administrator, by=officer, at=clock.now())


def test_a_stopped_account_is_not_stopped_again_and_gets_no_link(administrator: Person, officer: Person) -> None:
    stop_account(person=officer, by=administrator, at=clock.now())

    with pytest.raises(AccountStopped):
        stop_account(person=officer, by=administrator, at=clock.now())
    with pytest.raises(AccountStopped):
        issue_link(person=officer, by=administrator, at=clock.now())


def test_restarting_an_account_in_use_changes_nothing(administrator: Person, officer: Person) -> None:
    before = Entry.objects.count()

    restart_account(person=officer, by=administrator, at=clock.now())

    assert Entry.objects.count() == before


def test_wrong_methods_roles_and_agencies_are_refused(
    as_administrator: Client, as_officer: Client, as_outsider: Client, officer: Person
) -> None:
    for name in ("account_stop", "account_restart"):
        address = reverse(name, args=[officer.pk])
        assert as_administrator.get(address).status_code == 405
        assert as_officer.post(address).status_code == 403
        assert as_outsider.post(address).status_code == 404
    assert as_administrator.post(reverse("standing", args=[officer.pk])).status_code == 405
