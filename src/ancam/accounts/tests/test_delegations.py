"""Standing in for someone: it counts on its days and no other, is seen by whom it concerns, and stays in the ledger."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from ancam.accounts.errors import DelegationDaysRefused, DelegationStands, NotDelegable, StandInUnfit
from ancam.accounts.models import Delegation, Membership, Person, Role
from ancam.accounts.selectors import delegations
from ancam.accounts.services import DelegationFacts, delegate, end_delegation, remove_role
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_person
from ancam.accounts.tests.pages import csv_of
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)

pytestmark = pytest.mark.usefixtures("on_monday")


@pytest.fixture
def on_monday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def leader(commune):
    return make_person(Role.LEADER, commune, name="Lê Minh Khôi")


@pytest.fixture
def deputy(commune):
    return make_person(Role.READER, commune, name="Mai Hải Yến")


def given(leader, deputy, *, begins_on=MONDAY, ends_on=FRIDAY, by=None) -> Delegation:
    facts = DelegationFacts(deputy, begins_on, ends_on, "đi công tác")
    return delegate(membership=leader.memberships.get(), facts=facts, by=by or leader, at=clock.now())


def entered(leader, deputy) -> dict[str, object]:
    """Return what the form sends: from Monday to Friday."""
    role = leader.memberships.get().pk
    return {"membership": role, "stand_in": deputy.pk, "begins_on": "23/11/2026", "ends_on": "27/11/2026"}


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def roles_on(person: Person, day: date, agency) -> frozenset[str]:
    noon = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        return fresh(person).roles_at(agency)


def test_the_role_counts_from_its_first_to_its_last_day_and_then_expires(leader, deputy, commune):
    given(leader, deputy, begins_on=MONDAY + timedelta(days=1))

    days = [roles_on(deputy, MONDAY + timedelta(days=after), commune) for after in range(6)]

    assert [Role.LEADER in roles for roles in days] == [False, True, True, True, True, False]
    assert all(Role.READER in roles for roles in days)
    assert Role.LEADER in roles_on(leader, MONDAY, commune)


def test_the_last_day_ends_at_midnight_in_viet_nam(leader, deputy, commune):
    given(leader, deputy)

    with time_machine.travel(datetime(2026, 11, 27, 16, 59, tzinfo=UTC), tick=False):
        assert Role.LEADER in fresh(deputy).roles_at(commune)
    with time_machine.travel(datetime(2026, 11, 27, 17, 1, tzinfo=UTC), tick=False):
        assert Role.LEADER not in fresh(deputy).roles_at(commune)


def test_what_the_stand_in_does_names_both(leader, deputy, commune):
    given(leader, deputy)

    assert fresh(deputy).as_actor(commune).name == "Mai Hải Yến (đang thay Lê Minh Khôi)"
    line = Entry.objects.get(action="accounts.delegate")
    assert line.object_name == "Lê Minh Khôi → Mai Hải Yến"
    assert (line.change["begins_on"], line.change["ends_on"]) == ("2026-11-23", "2026-11-27")


def test_it_ends_with_the_role_or_the_account_of_who_gave_it(leader, deputy, commune, administrator):
    given(leader, deputy)
    leader.is_active = False
    leader.save()

    assert Role.LEADER not in fresh(deputy).roles_at(commune)

    leader.is_active = True
    leader.save()
    assert Role.LEADER in fresh(deputy).roles_at(commune)
    Membership.objects.create(person=leader, agency=commune, role=Role.READER)
    remove_role(membership=leader.memberships.get(role=Role.LEADER), by=administrator, at=clock.now())
    assert Role.LEADER not in fresh(deputy).roles_at(commune)
    Membership.objects.create(person=leader, agency=commune, role=Role.LEADER)
    assert Role.LEADER not in fresh(deputy).roles_at(commune), "a role given back does not bring its delegation back"
    assert Entry.objects.filter(action="accounts.end_delegation").count() == 1


def test_it_ends_when_who_stands_in_no_longer_works_there(leader, deputy, commune, other_commune):
    given(leader, deputy)

    deputy.memberships.update(agency=other_commune)

    assert fresh(deputy).roles_at(commune) == frozenset()


@pytest.mark.parametrize("who", ["leader", "deputy", "administrator"])
def test_it_is_ended_early_by_whom_it_concerns(who, leader, deputy, administrator, commune):
    delegation = given(leader, deputy)
    by = {"leader": leader, "deputy": fresh(deputy), "administrator": administrator}[who]

    end_delegation(delegation=delegation, by=by, at=clock.now())
    end_delegation(delegation=delegation, by=by, at=clock.now())

    assert Role.LEADER not in fresh(deputy).roles_at(commune)
    assert Entry.objects.filter(action="accounts.end_delegation").count() == 1


def test_an_outsider_neither_gives_nor_ends_it(leader, deputy, outsider):
    delegation = given(leader, deputy)

    with pytest.raises(Forbidden):
        end_delegation(delegation=delegation, by=outsider, at=clock.now())
    with pytest.raises(Forbidden):
        given(leader, deputy, begins_on=MONDAY + timedelta(days=30), ends_on=MONDAY + timedelta(days=31), by=outsider)


def test_a_colleague_who_has_no_part_in_it_does_not_see_it(leader, deputy, officer):
    delegation = given(leader, deputy)

    assert list(delegations(officer)) == []
    assert signed_in_as(officer).get(reverse("delegation_end", args=[delegation.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_answers_by_name_is_not_stood_in_for(role, commune, deputy):
    held = make_person(role, commune)

    with pytest.raises(NotDelegable):
        given(held, deputy)


@pytest.mark.parametrize(("begins", "ends"), [(-1, 3), (3, 2), (0, 183)])
def test_days_in_the_past_backwards_or_too_many_are_refused(leader, deputy, begins, ends):
    with pytest.raises(DelegationDaysRefused):
        given(leader, deputy, begins_on=MONDAY + timedelta(days=begins), ends_on=MONDAY + timedelta(days=ends))

    assert not Delegation.objects.exists()


def test_only_another_active_person_of_the_agency_stands_in(leader, outsider, deputy):
    deputy.is_active = False
    deputy.save()

    for unfit in (leader, outsider, deputy):
        with pytest.raises(StandInUnfit):
            given(leader, unfit)


def test_two_do_not_stand_in_for_one_role_on_the_same_day(leader, deputy, officer):
    first = given(leader, deputy)

    with pytest.raises(DelegationStands):
        given(leader, officer, begins_on=FRIDAY, ends_on=FRIDAY)
    given(leader, officer, begins_on=FRIDAY + timedelta(days=1), ends_on=FRIDAY + timedelta(days=2))
    end_delegation(delegation=first, by=leader, at=clock.now())
    assert given(leader, officer).pk


def test_what_is_only_stood_in_for_cannot_be_passed_on(leader, deputy, officer):
    given(leader, deputy)

    page = signed_in_as(fresh(deputy)).get(reverse("delegation_add")).content.decode()

    assert "Mai Hải Yến – Người đọc" in page and "Lê Minh Khôi – Lãnh đạo" not in page


def test_it_is_given_listed_and_ended_on_its_pages(leader, deputy, outsider):
    client = signed_in_as(leader)

    answer = client.post(reverse("delegation_add"), entered(leader, deputy), follow=True)

    assert "Đã ủy quyền cho Mai Hải Yến đến hết ngày 27/11/2026." in answer.content.decode()
    banner = signed_in_as(deputy).get(reverse("profile")).content.decode()
    assert "Anh/chị đang thay Lê Minh Khôi, lãnh đạo tại" in banner
    end = reverse("delegation_end", args=[Delegation.objects.get().pk])
    assert end in answer.content.decode()
    assert signed_in_as(outsider).get(end).status_code == 404
    assert signed_in_as(outsider).post(end).status_code == 404
    assert client.put(end).status_code == 405
    assert "Đã chấm dứt ủy quyền." in client.post(end, follow=True).content.decode()
    assert "đang thay" not in signed_in_as(deputy).get(reverse("home")).content.decode()


def test_its_page_says_what_ending_changes_and_offers_nothing_once_it_has_ended(leader, deputy):
    delegation = given(leader, deputy)
    client, address = signed_in_as(leader), reverse("delegation_end", args=[delegation.pk])

    before = client.get(address).content.decode()
    end_delegation(delegation=delegation, by=leader, at=clock.now())
    after = client.get(address).content.decode()

    assert "Mai Hải Yến sẽ thôi làm thay Lê Minh Khôi" in before
    assert "btn-danger" in before
    assert "Ủy quyền này đã hết hạn hoặc đã chấm dứt." in after
    assert "btn-danger" not in after


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ends_on": "22/11/2026"}, "Ngày ủy quyền chưa hợp lệ"),
        ({"ends_on": "31/02/2027"}, "Ngày này không có"),
        ({"ends_on": ""}, "Chưa ghi ngày."),
        ({"stand_in": "0"}, "Lựa chọn không có trong danh sách"),
        ({"membership": "0"}, "Lựa chọn không có trong danh sách"),
        ({"reason": "x" * 301}, "300"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_changes_nothing(change, said, leader, deputy):
    answer = signed_in_as(leader).post(reverse("delegation_add"), {**entered(leader, deputy), **change})

    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Delegation.objects.exists()


def test_a_role_of_elsewhere_cannot_be_given_away(leader, outsider, deputy, other_commune):
    foreign = Membership.objects.create(person=outsider, agency=other_commune, role=Role.LEADER)
    given_away = {**entered(leader, deputy), "membership": foreign.pk}

    assert signed_in_as(leader).post(reverse("delegation_add"), given_away).status_code == 422
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(("state", "count"), [("", 2), ("live", 1), ("coming", 1), ("over", 0)])
def test_the_list_is_narrowed_by_state_and_exported(leader, deputy, officer, state, count):
    given(leader, deputy)
    given(leader, officer, begins_on=FRIDAY + timedelta(days=1), ends_on=FRIDAY + timedelta(days=2))

    answer = signed_in_as(leader).get(reverse("delegations"), {"state": state, "words": "khoi", "xuat": "csv"})

    rows = csv_of(answer).strip().splitlines()
    assert len(rows) == count + 1
