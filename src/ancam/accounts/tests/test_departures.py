"""Leaving and handing over: by the day, with a preview, withdrawn before it, carried out once, taken back later."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import reverse

from ancam.accounts.errors import (
    DepartureClosed,
    DepartureDayRefused,
    DepartureStands,
    HasRoles,
    LastAdministrator,
    LastRole,
    NothingToHandOver,
    OwnAccount,
    ReceiverUnfit,
)
from ancam.accounts.jobs import carry_out_departures
from ancam.accounts.models import Delegation, Departure, ExternalIdentity, Membership, OneTimeLink, Person, Role, Tier
from ancam.accounts.selectors import leaving
from ancam.accounts.services import (
    DelegationFacts,
    DepartureFacts,
    delegate,
    issue_link,
    plan_departure,
    remove_role,
    stop_account,
    take_back,
    withdraw_departure,
)
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import PASSWORD, make_agency, make_person
from ancam.accounts.tests.pages import csv_of
from ancam.accounts.tests.plans import make_plan
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
SATURDAY_NOON = datetime(2026, 11, 28, 5, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("on_monday")


@pytest.fixture
def on_monday():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def colleague(commune):
    return make_person(Role.READER, commune, name="Mai Hải Yến")


def planned(person, by, *, receiver=None, last_day=FRIDAY) -> Departure:
    handovers = {membership: receiver for membership in person.memberships.all()}
    facts = DepartureFacts(last_day, "nghỉ hưu")
    return plan_departure(person=person, facts=facts, handovers=handovers, by=by, at=clock.now())


def on_saturday() -> None:
    with time_machine.travel(SATURDAY_NOON, tick=False):
        carry_out_departures()


def held(person) -> set[str]:
    return set(Membership.objects.filter(person=person).values_list("role", flat=True))


def test_roles_end_when_the_last_day_is_over_in_viet_nam_and_go_to_who_takes_over(officer, colleague, administrator):
    planned(officer, administrator, receiver=colleague)

    with time_machine.travel(datetime(2026, 11, 27, 16, 59, tzinfo=UTC), tick=False):
        carry_out_departures()
    before = held(officer)
    with time_machine.travel(datetime(2026, 11, 27, 17, 1, tzinfo=UTC), tick=False):
        carry_out_departures()

    assert before == {Role.OFFICER}
    assert held(officer) == set()
    assert held(colleague) == {Role.READER, Role.OFFICER}


def test_without_a_role_left_the_account_ends_with_every_way_in(officer, administrator):
    client = signed_in_as(officer)
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    ExternalIdentity.objects.create(person=officer, issuer="https://sso.example", subject="s1", bound_at=clock.now())
    issue_link(person=officer, by=administrator, at=clock.now())
    planned(officer, administrator)

    on_saturday()

    officer.refresh_from_db()
    assert not officer.is_active
    assert not officer.check_password(PASSWORD)
    assert client.get(reverse("profile")).status_code == 302
    assert not OneTimeLink.objects.filter(person=officer).exists()
    assert not Authenticator.objects.filter(user=officer).exists()
    assert not officer.external_identities.exists()


def test_who_keeps_another_role_goes_on_with_it(officer, administrator, other_commune):
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)
    leaving = officer.memberships.get(role=Role.OFFICER)
    plan_departure(
        person=officer, facts=DepartureFacts(FRIDAY), handovers={leaving: None}, by=administrator, at=clock.now()
    )

    on_saturday()

    officer.refresh_from_db()
    assert officer.is_active
    assert officer.check_password(PASSWORD)
    assert held(officer) == {Role.READER}


def test_a_day_that_is_past_counts_at_once(officer, administrator, colleague):
    made = planned(officer, administrator, receiver=colleague, last_day=TODAY - timedelta(days=1))

    assert not made.is_planned
    assert held(officer) == set()
    assert Role.OFFICER in held(colleague)


def test_it_is_carried_out_once_and_told_on_both_pages(officer, administrator, colleague):
    planned(officer, administrator, receiver=colleague)

    on_saturday()
    on_saturday()

    told = Entry.objects.get(action="accounts.carry_out_departure")
    received = Entry.objects.get(action="accounts.receive_role")
    assert told.object_id == str(officer.pk)
    assert told.change["handovers"] == ["Chuyên viên – Ủy ban nhân dân xã An Bình → Mai Hải Yến"]
    assert (received.object_id, received.change["from"]) == (str(colleague.pk), "Lý Thị Ngọc Ánh")


def test_a_receiver_who_can_no_longer_take_it_is_named(officer, administrator, colleague):
    planned(officer, administrator, receiver=colleague)
    stop_account(person=colleague, by=administrator, at=clock.now())

    on_saturday()

    assert held(officer) == set()
    assert held(colleague) == {Role.READER}
    assert Entry.objects.get(action="accounts.carry_out_departure").change["not_received"] == ["Mai Hải Yến"]


def test_delegations_that_rest_on_the_roles_end_with_them_for_good(officer, administrator, colleague):
    days = DelegationFacts(colleague, TODAY, TODAY + timedelta(days=20))
    given = delegate(membership=officer.memberships.get(), facts=days, by=officer, at=clock.now())
    made = planned(officer, administrator)

    on_saturday()
    with time_machine.travel(SATURDAY_NOON, tick=False):
        take_back(departure=made, agency=given.agency, role=Role.OFFICER, by=administrator, at=clock.now())
        assert not Delegation.objects.all().live_on(clock.today()).exists()


def test_what_a_person_who_leaves_stood_in_for_ends_too(officer, administrator, colleague):
    leader = make_person(Role.LEADER, colleague.memberships.get().agency)
    days = DelegationFacts(officer, TODAY, TODAY + timedelta(days=20))
    delegate(membership=leader.memberships.get(), facts=days, by=leader, at=clock.now())

    planned(officer, administrator)
    on_saturday()

    assert Delegation.objects.get().ended_at == SATURDAY_NOON


def test_withdrawn_before_its_day_nothing_happens_and_afterwards_it_is_too_late(officer, administrator):
    withdraw_departure(departure=planned(officer, administrator), by=administrator, at=clock.now())
    on_saturday()
    kept = held(officer)
    again = planned(officer, administrator)
    on_saturday()

    assert kept == {Role.OFFICER}
    with pytest.raises(DepartureClosed):
        withdraw_departure(departure=again, by=administrator, at=clock.now())


def test_the_last_administrator_of_the_root_leaves_only_when_another_can_sign_in(administrator, root):
    second = make_person(Role.ADMINISTRATOR, root)
    made = planned(administrator, second)
    stop_account(person=second, by=administrator, at=clock.now())

    on_saturday()
    made.refresh_from_db()
    waits = (made.state, "ít nhất một quản trị" in made.problem, held(administrator))
    Person.objects.filter(pk=second.pk).update(is_active=True)
    on_saturday()

    assert waits == ("Chưa thực hiện được", True, {Role.ADMINISTRATOR})
    assert held(administrator) == set()


def test_the_last_administrator_may_hand_the_root_to_a_colleague(administrator, root, colleague):
    heir = make_person(Role.READER, root)
    second = make_person(Role.ADMINISTRATOR, root)
    planned(administrator, second, receiver=heir)
    remove = second.memberships.get()
    Membership.objects.create(person=second, agency=root, role=Role.READER)
    remove_role(membership=remove, by=administrator, at=clock.now())

    on_saturday()

    assert Role.ADMINISTRATOR in held(heir)
    assert held(administrator) == set()


def test_what_cannot_be_planned_is_refused_and_nothing_is_kept(
    officer, administrator, commune_administrator, outsider, colleague, other_commune
):
    elsewhere = make_person(Role.OFFICER, other_commune)

    with pytest.raises(Forbidden):
        planned(officer, outsider)
    with pytest.raises(OwnAccount):
        planned(administrator, administrator)
    with pytest.raises(DepartureDayRefused):
        planned(officer, administrator, last_day=TODAY + timedelta(days=400))
    with pytest.raises(ReceiverUnfit):
        planned(officer, administrator, receiver=elsewhere)
    with pytest.raises(ReceiverUnfit):
        planned(officer, administrator, receiver=officer)
    with pytest.raises(NothingToHandOver):
        plan_departure(person=officer, facts=DepartureFacts(FRIDAY), handovers={}, by=administrator, at=clock.now())
    with pytest.raises(NothingToHandOver):
        plan_departure(
            person=officer,
            facts=DepartureFacts(FRIDAY),
            handovers={elsewhere.memberships.get(): None},
            by=administrator,
            at=clock.now(),
        )
    with pytest.raises(LastAdministrator):
        planned(administrator, invited_beside(administrator), last_day=TODAY - timedelta(days=2))

    assert not Departure.objects.exists()
    planned(officer, commune_administrator)
    with pytest.raises(DepartureStands):
        planned(officer, administrator)


def test_what_ends_roles_at_several_agencies_is_for_who_administers_them_all(
    officer, administrator, commune_administrator, other_commune
):
    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)

    with pytest.raises(Forbidden):
        planned(officer, commune_administrator)
    made = planned(officer, administrator)
    with pytest.raises(Forbidden):
        withdraw_departure(departure=made, by=commune_administrator, at=clock.now())

    assert Departure.objects.get().is_planned


def invited_beside(administrator) -> Person:
    """Return an administrator of the root who has never signed in: nobody else could administer it."""
    invited = make_person(Role.ADMINISTRATOR, administrator.memberships.get().agency)
    invited.set_unusable_password()
    invited.save()
    return invited


def test_the_last_role_is_not_just_taken_away(officer, administrator, other_commune):
    with pytest.raises(LastRole):
        remove_role(membership=officer.memberships.get(), by=administrator, at=clock.now())

    Membership.objects.create(person=officer, agency=other_commune, role=Role.READER)
    remove_role(membership=officer.memberships.get(role=Role.OFFICER), by=administrator, at=clock.now())
    assert held(officer) == {Role.READER}


def test_someone_who_left_comes_back_with_a_role_and_a_new_password(officer, administrator, commune, as_administrator):
    made = planned(officer, administrator, last_day=TODAY - timedelta(days=1))
    twice = as_administrator.post(
        reverse("person_add"),
        {"full_name": "Lý Thị Ngọc Ánh", "email": officer.email, "agency": commune.pk, "role": Role.LEADER},
    )

    page = as_administrator.post(
        reverse("departure_take_back", args=[made.pk]), {"agency": commune.pk, "role": Role.LEADER}
    )

    assert (twice.status_code, "nhận lại người này" in twice.content.decode()) == (422, True)
    assert reverse("welcome", args=["x"])[:-3] in page.content.decode()
    officer.refresh_from_db()
    assert (officer.is_active, officer.has_usable_password(), held(officer)) == (True, False, {Role.LEADER})
    with pytest.raises(HasRoles):
        take_back(departure=made, agency=commune, role=Role.READER, by=administrator, at=clock.now())


def test_only_administrators_of_what_was_left_take_back(officer, administrator, outsider, other_commune):
    made = planned(officer, administrator, last_day=TODAY - timedelta(days=1))

    with pytest.raises(Forbidden):
        take_back(departure=made, agency=other_commune, role=Role.OFFICER, by=outsider, at=clock.now())

    page = signed_in_as(outsider).post(
        reverse("departure_take_back", args=[made.pk]), {"agency": other_commune.pk, "role": Role.OFFICER}
    )
    assert page.status_code == 404


def test_someone_is_taken_back_only_into_what_one_administers_and_only_after_they_left(
    officer, administrator, commune_administrator, commune, other_commune
):
    withdrawn = withdraw_departure(departure=planned(officer, administrator), by=administrator, at=clock.now())
    made = planned(officer, administrator, last_day=TODAY - timedelta(days=1))

    with pytest.raises(Forbidden):
        take_back(departure=made, agency=other_commune, role=Role.OFFICER, by=commune_administrator, at=clock.now())
    with pytest.raises(DepartureClosed):
        take_back(departure=withdrawn, agency=commune, role=Role.OFFICER, by=commune_administrator, at=clock.now())

    assert held(officer) == set()


def test_the_page_previews_what_leaving_touches_and_writes_it_only_when_confirmed(officer, colleague, as_administrator):
    role = officer.memberships.get()
    delegate(membership=role, facts=DelegationFacts(colleague, TODAY, FRIDAY), by=officer, at=clock.now())
    address = reverse("departure_add", args=[officer.pk])
    asked = {"last_day": "27/11/2026", "reason": "nghỉ hưu", f"ends_{role.pk}": "on"}

    empty = as_administrator.get(address).content.decode()
    alone = as_administrator.post(address, asked).content.decode()
    handed = as_administrator.post(address, {**asked, f"receiver_{role.pk}": colleague.pk}).content.decode()
    corrected = as_administrator.post(address, {**asked, "correct": "on"}).content.decode()
    nothing_yet = Departure.objects.count()
    done = as_administrator.post(
        address, {**asked, f"receiver_{role.pk}": colleague.pk, "confirmed": "on"}, follow=True
    ).content.decode()

    assert "Chuyên viên – Ủy ban nhân dân xã An Bình" in empty
    assert "không còn lãnh đạo hoặc chuyên viên nào" in alone
    assert "Ủy quyền của Lý Thị Ngọc Ánh cho Mai Hải Yến" in alone
    assert "không còn lãnh đạo hoặc chuyên viên nào" not in handed
    assert "bàn giao cho Mai Hải Yến" in handed
    assert 'value="nghỉ hưu"' in corrected
    assert nothing_yet == 0
    assert "kết thúc khi hết ngày 27/11/2026" in done


def test_the_preview_names_what_someone_stands_in_for_although_they_stay_at_a_unit_below(
    officer, administrator, commune
):
    ending = officer.memberships.get()
    below = make_agency(commune, "Trạm Y tế An Bình", tier=Tier.INTERNAL, kind="tt_thuoc_so")
    Membership.objects.create(person=officer, agency=below, role=Role.OFFICER)
    leader = make_person(Role.LEADER, commune)
    days = DelegationFacts(officer, TODAY, FRIDAY)
    standing = delegate(membership=leader.memberships.get(), facts=days, by=leader, at=clock.now())

    told = leaving(officer, [(ending, None)], administrator, TODAY).delegations
    yesterday = DepartureFacts(TODAY - timedelta(days=1))
    plan_departure(person=officer, facts=yesterday, handovers={ending: None}, by=administrator, at=clock.now())

    standing.refresh_from_db()
    assert standing.ended_at is not None
    assert told == [standing]


def test_refusals_stand_beside_what_was_entered(officer, as_administrator):
    role = officer.memberships.get()
    address = reverse("departure_add", args=[officer.pk])

    far = as_administrator.post(address, {"last_day": "1/1/2030", f"ends_{role.pk}": "on", "confirmed": "on"})
    wrong = as_administrator.post(address, {"last_day": "31/2/2026", f"receiver_{role.pk}": "999"})
    none = as_administrator.post(address, {"last_day": "27/11/2026", "confirmed": "on"})

    assert [page.status_code for page in (far, wrong, none)] == [422, 422, 422]
    assert "cách hôm nay không quá 366 ngày" in far.content.decode()
    assert "Ngày này không có" in wrong.content.decode()
    assert "Chưa chọn vai trò nào" in none.content.decode()


def test_the_list_is_filtered_and_exported(officer, colleague, administrator, as_administrator):
    planned(officer, administrator, receiver=colleague)
    withdraw_departure(departure=planned(colleague, administrator), by=administrator, at=clock.now())

    coming = as_administrator.get(reverse("departures"), {"state": "planned"}).content.decode()
    withdrawn = as_administrator.get(reverse("departures"), {"state": "withdrawn"}).content.decode()
    left = as_administrator.get(reverse("departures"), {"state": "left"}).content.decode()
    exported = as_administrator.get(reverse("departures"), {"xuat": "csv"})

    assert ("Lý Thị Ngọc Ánh" in coming, "27/11/2026" in coming) == (True, True)
    assert ("Mai Hải Yến" in withdrawn, "Lý Thị Ngọc Ánh" in withdrawn) == (True, False)
    assert "Chưa có ai rời cơ quan" in left
    assert "Mai Hải Yến" in csv_of(exported)


def test_who_leaves_sees_it_and_others_do_not(officer, colleague, administrator, as_outsider):
    made = planned(officer, administrator)
    page = reverse("departure", args=[made.pk])

    assert page in signed_in_as(officer).get(reverse("profile")).content.decode()
    assert signed_in_as(officer).get(page).status_code == 200
    assert signed_in_as(officer).post(reverse("departure_withdraw", args=[made.pk])).status_code == 403
    assert signed_in_as(officer).get(reverse("departures")).status_code == 403
    assert signed_in_as(colleague).get(page).status_code == 404
    assert as_outsider.get(page).status_code == 404
    assert as_outsider.get(reverse("departure_add", args=[officer.pk])).status_code == 404
    assert as_outsider.get(reverse("departure_withdraw", args=[made.pk])).status_code == 405


def test_a_reorganisation_takes_the_handover_along(root, administrator):
    plan = make_plan(root, administrator, effective_on=TODAY)
    leaver, heir = make_person(Role.OFFICER, plan.old), make_person(Role.READER, plan.old)
    planned(leaver, administrator, receiver=heir)
    plan.settle()
    plan.schedule()

    on_saturday()

    assert held(leaver) == set()
    assert heir.memberships.filter(agency=plan.science, role=Role.OFFICER).exists()


def test_a_handover_of_a_role_held_at_the_successor_already_is_made_there(root, administrator):
    plan = make_plan(root, administrator, effective_on=TODAY)
    leaver = make_person(Role.OFFICER, plan.old)
    planned(leaver, administrator)
    Membership.objects.create(person=leaver, agency=plan.science, role=Role.OFFICER)
    plan.settle()
    plan.schedule()

    on_saturday()

    assert held(leaver) == set()


def test_a_role_that_a_reorganisation_ends_is_left_with_its_account(root, administrator):
    plan = make_plan(root, administrator, effective_on=TODAY)
    leaver = make_person(Role.OFFICER, plan.old)
    plan.settle(roles={leaver.memberships.get().pk: None})
    plan.schedule()

    leaver.refresh_from_db()
    made = Departure.objects.get(person=leaver)
    assert (leaver.is_active, made.account_ended, made.last_day) == (False, True, TODAY - timedelta(days=1))
    assert signed_in_as(administrator).get(reverse("departure", args=[made.pk])).status_code == 200
