"""A reorganisation: put on the calendar, applied when its day has come, taken back or given up before it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ancam.accounts.errors import ReorganisationClosed, TooLateToUndo
from ancam.accounts.jobs import apply_reorganisations
from ancam.accounts.models import Agency, Membership, Person, Reorganisation, Role, Tier
from ancam.accounts.selectors import answering_today, preview, successions_of
from ancam.accounts.services import (
    DelegationFacts,
    ReorganisationFacts,
    Settlement,
    add_new_successor,
    add_predecessor,
    add_successor,
    apply_due_reorganisations,
    delegate,
    edit_reorganisation,
    move_agency,
    propose_reorganisation,
    reopen_reorganisation,
    schedule_reorganisation,
    settle_predecessor,
    undo_reorganisation,
)
from ancam.accounts.succession_rules import Verdict
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.accounts.tests.plans import FUTURE, NEW, TODAY, Plan, make_plan, refreshed
from ancam.audit.models import Entry
from ancam.web import clock

GIVEN = date(2023, 2, 1)


def test_what_is_applied_ends_the_old_under_its_keeper_and_leaves_its_lines(plan: Plan) -> None:
    plan.settle()

    done = plan.schedule()

    old = refreshed(plan.old)
    assert done.state == "done"
    assert old.ends_on == date(2025, 2, 28)
    assert old.parent == plan.science
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions[-5:] == [
        "accounts.schedule_reorganisation",
        "accounts.end_agency",
        "accounts.receive_duties",
        "accounts.receive_duties",
        "accounts.apply_reorganisation",
    ]
    assert [(s.predecessor.name, s.extent) for s in successions_of(old, plan.by)] == [(old.name, "function")] * 2


def test_who_answers_follows_from_what_was_done(plan: Plan) -> None:
    plan.settle()
    asked = (plan.old.pk, "an_ninh_mang", GIVEN)
    before = answering_today([asked], TODAY)[asked]

    plan.schedule()

    after = answering_today([asked], TODAY)[asked]
    assert before.verdict is Verdict.SAME
    assert (after.verdict, after.agencies) == (Verdict.ONE, (plan.police.pk,))


def test_units_and_roles_go_where_they_are_placed_and_the_rest_to_the_keeper(plan: Plan) -> None:
    centre = make_agency(plan.old, "Trung tâm Công nghệ thông tin", tier=Tier.INTERNAL, kind="tt_thuoc_so")
    press = make_agency(plan.old, "Trung tâm Báo chí", tier=Tier.INTERNAL, kind="tt_thuoc_so")
    stays, goes, ends, twice = (make_person(Role.OFFICER, plan.old) for _ in range(4))
    Membership.objects.create(person=twice, agency=plan.science, role=Role.OFFICER)
    role_of = {person: person.memberships.get(agency=plan.old).pk for person in (goes, ends)}
    plan.settle(
        units={press.pk: plan.police, centre.pk: plan.science},
        roles={role_of[goes]: plan.police, role_of[ends]: None},
    )

    plan.schedule()

    assert refreshed(centre).parent == plan.science
    assert refreshed(press).parent == plan.police
    held = {person: [m.agency for m in person.memberships.all()] for person in (stays, goes, ends, twice)}
    assert held == {stays: [plan.science], goes: [plan.police], ends: [], twice: [plan.science]}
    lines = Entry.objects.filter(action="accounts.role_follows", object_id=str(goes.pk))
    assert lines.get().change["after"] == {"agency": plan.police.name}


def test_who_stood_in_at_the_old_agency_stands_in_no_more_and_it_has_its_line(plan: Plan) -> None:
    leader, deputy = make_person(Role.LEADER, plan.old), make_person(Role.READER, plan.old)
    days = DelegationFacts(deputy, TODAY, TODAY + timedelta(days=9))
    standing = delegate(membership=leader.memberships.get(), facts=days, by=leader, at=clock.now())
    plan.settle()
    counted = preview(plan.reorganisation, plan.by, TODAY).delegations

    plan.schedule()

    standing.refresh_from_db()
    assert counted == 1
    assert standing.ended_at is not None
    assert Entry.objects.filter(action="accounts.end_delegation", object_id=str(standing.pk)).count() == 1


def test_a_plan_for_a_day_to_come_waits_and_the_job_applies_it_on_that_day(coming: Plan) -> None:
    coming.settle()
    coming.schedule()

    assert apply_due_reorganisations(at=clock.now()) == 0
    assert refreshed(coming.old).ends_on is None

    assert apply_due_reorganisations(at=clock.now() + timedelta(days=30)) == 1
    assert refreshed(coming.old).ends_on == FUTURE - timedelta(days=1)
    assert apply_due_reorganisations(at=clock.now() + timedelta(days=30)) == 0
    assert Entry.objects.get(action="accounts.apply_reorganisation").actor_name == "Hệ thống"


def test_one_that_no_longer_fits_waits_with_the_reason_and_hinders_no_other(coming: Plan) -> None:
    coming.settle()
    coming.schedule()
    Agency.objects.filter(pk=coming.police.pk).update(ends_on=TODAY)

    assert apply_due_reorganisations(at=clock.now() + timedelta(days=31)) == 0

    coming.reorganisation.refresh_from_db()
    assert "Công an tỉnh không hoạt động" in coming.reorganisation.problem
    assert coming.reorganisation.state == "scheduled"
    assert refreshed(coming.old).ends_on is None
    late = clock.now() + timedelta(days=31)
    reopened = reopen_reorganisation(reorganisation=coming.reorganisation, by=coming.by, at=late)
    assert (reopened.state, reopened.problem) == ("draft", "")


def test_the_job_does_nothing_when_nothing_is_due(coming: Plan) -> None:
    lines = Entry.objects.count()

    apply_reorganisations()

    assert Entry.objects.count() == lines


def test_before_its_day_it_is_undone_and_the_agency_made_for_it_goes(coming: Plan) -> None:
    root = coming.reorganisation.owner
    new = add_new_successor(
        reorganisation=coming.reorganisation,
        parent=root,
        facts=replace(NEW, name="Sở Số và Dữ liệu"),
        by=coming.by,
        at=clock.now(),
    )
    coming.settle(functions={"bao_chi": new.agency, "an_ninh_mang": coming.police, "cntt_vien_thong": coming.science})
    coming.schedule()

    undone = undo_reorganisation(reorganisation=coming.reorganisation, by=coming.by, at=clock.now())

    assert undone.state == "undone"
    assert not Agency.objects.filter(pk=new.agency_id).exists()
    assert Entry.objects.last().change == {"agencies_kept": []}
    with pytest.raises(ReorganisationClosed):
        undo_reorganisation(reorganisation=coming.reorganisation, by=coming.by, at=clock.now())


def test_an_agency_made_for_it_stays_when_people_already_work_there(coming: Plan) -> None:
    root = coming.reorganisation.owner
    new = add_new_successor(
        reorganisation=coming.reorganisation,
        parent=root,
        facts=replace(NEW, name="Sở Số và Dữ liệu"),
        by=coming.by,
        at=clock.now(),
    )
    make_person(Role.OFFICER, new.agency)

    undo_reorganisation(reorganisation=coming.reorganisation, by=coming.by, at=clock.now())

    assert Entry.objects.last().change == {"agencies_kept": ["Sở Số và Dữ liệu"]}


def test_what_was_done_is_not_undone(plan: Plan) -> None:
    plan.settle()
    plan.schedule()

    for act in (undo_reorganisation, reopen_reorganisation):
        with pytest.raises(TooLateToUndo) as refused:
            act(reorganisation=plan.reorganisation, by=plan.by, at=clock.now())
    assert "Đề nghị lập một việc tổ chức lại mới" in str(refused.value)
    with pytest.raises(ReorganisationClosed):
        plan.settle()


def test_a_scheduled_one_is_taken_back_and_corrected(coming: Plan) -> None:
    coming.settle()
    coming.schedule()

    reopen_reorganisation(reorganisation=coming.reorganisation, by=coming.by, at=clock.now())
    edited = edit_reorganisation(
        reorganisation=coming.reorganisation,
        facts=ReorganisationFacts("Sắp xếp lại", FUTURE + timedelta(days=1)),
        by=coming.by,
        at=clock.now(),
    )

    assert edited.effective_on == FUTURE + timedelta(days=1)
    assert Entry.objects.last().change["after"]["title"] == "Sắp xếp lại"


def test_communes_that_stood_under_a_district_rise_when_it_ends(root: Agency, administrator: Person) -> None:
    at = clock.now()
    district = make_agency(root, "Ủy ban nhân dân huyện Sông Trà", tier=Tier.DISTRICT, kind="ubnd_huyen")
    culture = make_agency(district, "Phòng Văn hóa và Thông tin", tier=Tier.DISTRICT, kind="phong_vhtt_huyen")
    communes = [make_agency(district, f"Ủy ban nhân dân xã {name}") for name in ("Một", "Hai", "Ba", "Bốn")]
    made = propose_reorganisation(
        owner=root, facts=ReorganisationFacts("Kết thúc huyện", date(2025, 7, 1)), by=administrator, at=at
    )
    for agency in (district, culture):
        add_predecessor(reorganisation=made, agency=agency, by=administrator, at=at)
    for commune in communes:
        add_successor(reorganisation=made, agency=commune, by=administrator, at=at)
    for agency in (district, culture):
        settle_predecessor(
            reorganisation=made,
            agency=agency,
            settlement=Settlement(ends=True, keeper=communes[0], areas=communes),
            by=administrator,
            at=at,
        )

    schedule_reorganisation(reorganisation=made, by=administrator, at=at)

    assert [refreshed(commune).parent for commune in communes] == [root] * 4
    assert [refreshed(agency).parent for agency in (district, culture)] == [communes[0]] * 2
    assert not any(Agency.objects.find_problems())
    asked = (culture.pk, "chung", GIVEN)
    assert answering_today([asked], TODAY)[asked].agencies == tuple(commune.pk for commune in communes)


def test_an_agency_that_goes_on_hands_on_a_function_alone(plan: Plan) -> None:
    plan.settle(ends=False, keeper=plan.science, whole=plan.science)

    plan.schedule()

    old = refreshed(plan.old)
    assert (old.ends_on, old.parent) == (None, plan.reorganisation.owner)
    asked = [(plan.old.pk, function, GIVEN) for function in ("an_ninh_mang", "bao_chi")]
    found = answering_today(asked, TODAY)
    assert [found[one].agencies for one in asked] == [(plan.police.pk,), (plan.old.pk,)]


def test_an_agency_that_has_left_the_owner_since_is_not_touched(root: Agency, administrator: Person) -> None:
    plan = make_plan(root, administrator, effective_on=FUTURE)
    above = make_agency(root, "Cơ quan chủ trì")
    Reorganisation.objects.update(owner=above)
    for agency in (plan.old, plan.police, plan.science):
        move_agency(agency=refreshed(agency), parent=refreshed(above), by=administrator, at=clock.now())
    plan.settle()
    plan.schedule()
    move_agency(agency=refreshed(plan.old), parent=refreshed(root), by=administrator, at=clock.now())

    applied = apply_due_reorganisations(at=clock.now() + timedelta(days=3_000))

    plan.reorganisation.refresh_from_db()
    assert applied == 0
    assert plan.old.name in plan.reorganisation.problem
    assert refreshed(plan.old).ends_on is None


def test_a_plan_whose_administrator_may_no_longer_carry_it_waits_for_another(root: Agency) -> None:
    planner = make_person(Role.ADMINISTRATOR, root)
    plan = make_plan(root, planner, effective_on=FUTURE)
    plan.settle()
    plan.schedule()
    Person.objects.filter(pk=planner.pk).update(is_active=False)

    assert apply_due_reorganisations(at=clock.now() + timedelta(days=3_000)) == 0

    plan.reorganisation.refresh_from_db()
    assert "quản trị của cơ quan chủ trì" in plan.reorganisation.problem
