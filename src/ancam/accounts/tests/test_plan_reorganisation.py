"""A reorganisation is planned: who hands on, who receives, what goes where, and what is refused of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ancam.accounts.errors import (
    EndsAndReceives,
    NotAReceiver,
    NotStanding,
    NotUnderOwner,
    ReorganisationDayRefused,
    ReorganisationIncomplete,
    TooManyParties,
)
from ancam.accounts.models import Agency, Extent, Person, Role, Tier
from ancam.accounts.selectors import missing_points, preview
from ancam.accounts.services import (
    DelegationFacts,
    ReorganisationFacts,
    Settlement,
    add_new_successor,
    add_predecessor,
    add_successor,
    delegate,
    edit_reorganisation,
    propose_reorganisation,
    remove_predecessor,
    remove_successor,
    settle_predecessor,
    undo_reorganisation,
)
from ancam.accounts.services import reorganisations as planning
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.accounts.tests.plans import FUTURE, NEW, PAST, TODAY, Plan, make_department, refreshed
from ancam.audit.models import Entry
from ancam.web import clock
from ancam.web.replies import Forbidden


@pytest.mark.parametrize(("begins", "ends", "counted"), [(0, 29, 0), (0, 30, 1), (40, 50, 1)])
def test_the_preview_counts_the_delegations_that_will_end_with_it(
    coming: Plan, begins: int, ends: int, counted: int
) -> None:
    leader, deputy = make_person(Role.LEADER, coming.old), make_person(Role.OFFICER, coming.old)
    days = DelegationFacts(deputy, TODAY + timedelta(days=begins), TODAY + timedelta(days=ends))
    delegate(membership=leader.memberships.get(), facts=days, by=leader, at=clock.now())

    assert preview(coming.reorganisation, coming.by, TODAY).delegations == counted


def test_the_preview_counts_and_lists_what_is_touched_and_asks_as_often_for_many(
    plan: Plan, django_assert_max_num_queries
) -> None:
    centre = make_agency(plan.old, "Trung tâm Công nghệ thông tin", tier=Tier.INTERNAL, kind="tt_thuoc_so")
    for _ in range(5):
        make_person(Role.OFFICER, plan.old)
    other = make_department(plan.reorganisation.owner, "Sở Kế hoạch và Đầu tư", "so_khdt")
    add_predecessor(reorganisation=plan.reorganisation, agency=other, by=plan.by, at=clock.now())
    plan.settle()

    with django_assert_max_num_queries(20):
        found = preview(plan.reorganisation, plan.by, TODAY)

    first = found.predecessors[0]
    assert found.people == 5
    assert [placed.thing for placed in first.units] == [centre]
    assert {placed.to for placed in first.roles} == {plan.science.name}
    assert {held.count for held in found.held} == {0}


def test_a_new_agency_bears_the_name_of_the_one_that_ends_and_begins_with_it(
    root: Agency, administrator: Person
) -> None:
    at = clock.now()
    old = make_department(root, NEW.name, "so_khcn")
    made = propose_reorganisation(owner=root, facts=ReorganisationFacts("Hợp nhất", FUTURE), by=administrator, at=at)
    add_predecessor(reorganisation=made, agency=old, by=administrator, at=at)

    new = add_new_successor(reorganisation=made, parent=root, facts=NEW, by=administrator, at=at)
    edit_reorganisation(
        reorganisation=made, facts=ReorganisationFacts("Hợp nhất", FUTURE + timedelta(days=5)), by=administrator, at=at
    )

    assert refreshed(new.agency).begins_on == FUTURE + timedelta(days=5)


def test_an_incomplete_plan_is_not_applied_and_every_gap_is_told(plan: Plan) -> None:
    with pytest.raises(ReorganisationIncomplete) as refused:
        plan.schedule()

    assert refused.value.count == 4
    assert [code for code, _agency in missing_points(plan.reorganisation)] == [
        "hands_nothing",
        "no_keeper",
        "receives_nothing",
        "receives_nothing",
    ]
    assert refreshed(plan.old).ends_on is None


def test_two_successors_for_one_whole_or_one_function_are_refused_by_the_database(plan: Plan) -> None:
    for extent, function in ((Extent.WHOLE, ""), (Extent.FUNCTION, "bao_chi")):
        rows = [
            {"predecessor": plan.old, "successor": to, "extent": extent, "function": function}
            for to in (plan.police, plan.science)
        ]
        plan.reorganisation.successions.create(**rows[0])
        with pytest.raises(IntegrityError), transaction.atomic():
            plan.reorganisation.successions.create(**rows[1])


def test_nothing_goes_to_who_does_not_receive_and_nobody_ends_and_receives(plan: Plan, commune: Agency) -> None:
    at = clock.now()
    with pytest.raises(NotAReceiver):
        plan.settle(whole=commune)
    with pytest.raises(NotAReceiver):
        plan.settle(whole=plan.old)
    with pytest.raises(EndsAndReceives):
        add_successor(reorganisation=plan.reorganisation, agency=plan.old, by=plan.by, at=at)
    both = add_predecessor(reorganisation=plan.reorganisation, agency=plan.police, by=plan.by, at=at)
    assert both.ends is False
    with pytest.raises(EndsAndReceives):
        settle_predecessor(
            reorganisation=plan.reorganisation,
            agency=plan.police,
            settlement=Settlement(ends=True, keeper=plan.science),
            by=plan.by,
            at=at,
        )
    plan.reorganisation.predecessors.filter(agency=plan.police).update(ends=True, keeper=plan.science)
    plan.settle()
    plan.reorganisation.successions.create(predecessor=plan.police, successor=plan.science, extent=Extent.WHOLE)
    with pytest.raises(EndsAndReceives):
        plan.schedule()


def test_agencies_outside_the_owner_or_the_day_are_refused(plan: Plan, root: Agency, commune: Agency) -> None:
    at = clock.now()
    Agency.objects.filter(pk=commune.pk).update(ends_on=date(2024, 1, 1))
    later = make_department(root, "Sở Mới", "so_yte")
    Agency.objects.filter(pk=later.pk).update(begins_on=TODAY)

    with pytest.raises(NotUnderOwner):
        add_predecessor(reorganisation=plan.reorganisation, agency=root, by=plan.by, at=at)
    with pytest.raises(NotStanding):
        add_predecessor(reorganisation=plan.reorganisation, agency=refreshed(commune), by=plan.by, at=at)
    with pytest.raises(NotStanding):
        add_successor(reorganisation=plan.reorganisation, agency=refreshed(later), by=plan.by, at=at)
    Agency.objects.filter(pk=plan.old.pk).update(begins_on=date(2008, 1, 1))
    for day, refusal in ((date(1991, 1, 1), NotStanding), (date(202, 1, 1), ReorganisationDayRefused)):
        with pytest.raises(refusal):
            edit_reorganisation(
                reorganisation=plan.reorganisation, facts=ReorganisationFacts("Sắp xếp", day), by=plan.by, at=at
            )


def test_leaving_agencies_out_forgets_what_was_settled_for_them(plan: Plan) -> None:
    at = clock.now()
    plan.settle()

    remove_successor(reorganisation=plan.reorganisation, agency=plan.science, by=plan.by, at=at)
    assert plan.reorganisation.successions.count() == 1
    assert plan.reorganisation.predecessors.get().keeper is None
    remove_successor(reorganisation=plan.reorganisation, agency=plan.science, by=plan.by, at=at)
    remove_predecessor(reorganisation=plan.reorganisation, agency=plan.old, by=plan.by, at=at)
    lines = Entry.objects.count()
    remove_predecessor(reorganisation=plan.reorganisation, agency=plan.old, by=plan.by, at=at)

    assert plan.reorganisation.successions.count() == 0
    assert Entry.objects.count() == lines


def test_too_many_agencies_are_refused(plan: Plan, root: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "MOST_PARTIES", 2)
    more = make_department(root, "Sở Y tế", "so_yte")

    with pytest.raises(TooManyParties):
        add_successor(reorganisation=plan.reorganisation, agency=more, by=plan.by, at=clock.now())


def test_an_administrator_below_reorganises_only_below(
    plan: Plan, commune: Agency, commune_administrator: Person, officer: Person
) -> None:
    at = clock.now()
    with pytest.raises(Forbidden):
        propose_reorganisation(
            owner=plan.reorganisation.owner, facts=ReorganisationFacts("Tự lập", PAST), by=commune_administrator, at=at
        )
    with pytest.raises(Forbidden):
        undo_reorganisation(reorganisation=plan.reorganisation, by=commune_administrator, at=at)
    with pytest.raises(Forbidden):
        propose_reorganisation(owner=commune, facts=ReorganisationFacts("Tự lập", PAST), by=officer, at=at)
    own = propose_reorganisation(
        owner=commune, facts=ReorganisationFacts("Sắp xếp phòng", PAST), by=commune_administrator, at=at
    )
    with pytest.raises(NotUnderOwner):
        add_predecessor(reorganisation=own, agency=plan.old, by=commune_administrator, at=at)
