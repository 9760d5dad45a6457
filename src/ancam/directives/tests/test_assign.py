from datetime import date

import pytest

from ancam.accounts.errors import AgencyEnded
from ancam.accounts.models import Role, Tier
from ancam.accounts.selectors import ledger_lines
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.audit.models import Entry
from ancam.directives.errors import FieldRequired, NotAssignable, NotTracked, TooManyPairs, WrongState
from ancam.directives.models import Assignment, Document, DuePeriod, Part, PeriodState
from ancam.directives.selectors import assignable_agencies, directory_of, wanted_as_suggested
from ancam.directives.services import assign, assign_as_suggested, withdraw_assignment
from ancam.directives.tests.factories import (
    AT,
    ON,
    make_assignment,
    make_confirmed,
    make_document,
    make_obligation,
    make_tracked,
    officer_of,
)
from ancam.web.replies import Forbidden


def given_out(document, agencies, by, part=Part.LEAD):
    return assign(
        document=document, obligations=list(document.obligations.all()), agencies=agencies, part=part, by=by, at=AT
    )


def test_each_obligation_is_given_to_each_agency_with_its_last_day(province, commune, other_commune, holder):
    document = make_tracked(province, 2, by=holder)

    made = given_out(document, [commune, other_commune], holder)

    assert len(made) == 4
    assert {period.due_on for period in DuePeriod.objects.filter(assignment__in=made)} == {date(2026, 11, 30)}
    assert Entry.objects.last().change["count"] == 4


def test_what_stands_is_left_as_it_is(province, commune, other_commune, holder):
    document = make_tracked(province, 1, by=holder)
    given_out(document, [commune], holder)

    made = given_out(document, [commune, other_commune], holder)

    assert [assignment.agency for assignment in made] == [other_commune]


def test_nothing_is_given_out_before_the_review_is_done(province, commune, holder):
    document = make_document(province, holder)
    make_obligation(document)

    with pytest.raises(NotTracked):
        given_out(document, [commune], holder)


def test_an_unconfirmed_obligation_is_not_given_out(province, commune, holder):
    document = make_tracked(province, 1, by=holder)
    make_obligation(document)

    with pytest.raises(WrongState):
        given_out(document, [commune], holder)

    assert not Assignment.objects.exists()


def test_a_commune_does_not_give_work_to_another(commune, other_commune):
    officer = officer_of(commune)
    document = make_tracked(commune, 1, by=officer)

    with pytest.raises(NotAssignable):
        given_out(document, [other_commune], officer)


def test_the_office_of_the_committee_gives_work_in_its_place(province, commune):
    office = make_agency(province, "Văn phòng Ủy ban nhân dân tỉnh", tier=Tier.PROVINCE, kind="vp_ubnd_tinh")
    officer = officer_of(office)

    made = given_out(make_tracked(office, 1, by=officer), [commune], officer)

    assert made[0].agency == commune


def test_one_act_is_bounded(province, commune, holder, monkeypatch):
    monkeypatch.setattr("ancam.directives.services.giving.MOST_PAIRS", 1)

    with pytest.raises(TooManyPairs):
        given_out(make_tracked(province, 2, by=holder), [commune], holder)


@pytest.mark.parametrize("who", ["assignee", "outsider"])
def test_only_the_holder_gives_out_and_takes_back(request, province, commune, holder, who):
    person = request.getfixturevalue(who)
    document = make_tracked(province, 1, by=holder)
    assignment = make_assignment(document.obligations.get(), commune)

    with pytest.raises(Forbidden):
        given_out(document, [commune], person)
    with pytest.raises(Forbidden):
        withdraw_assignment(assignment=assignment, reason="Nhầm", by=person, at=AT)


def test_what_is_taken_back_is_out_of_sight_and_can_be_given_again(province, commune, holder, assignee):
    document = make_tracked(province, 1, by=holder)
    assignment = make_assignment(document.obligations.get(), commune)

    withdraw_assignment(assignment=assignment, reason="Giao nhầm", by=holder, at=AT)

    assert not Document.objects.all().visible_to(assignee).exists()
    assert not Assignment.objects.all().visible_to(assignee).exists()
    assert Entry.objects.last().change["reason"] == "Giao nhầm"
    assert len(given_out(document, [commune], holder)) == 1


def test_taking_back_needs_a_reason_and_unfinished_work(province, commune, holder):
    obligation = make_tracked(province, 1, by=holder).obligations.get()
    assignment = make_assignment(obligation, commune, state=PeriodState.ACCEPTED)

    with pytest.raises(FieldRequired):
        withdraw_assignment(assignment=assignment, reason=" ", by=holder, at=AT)
    with pytest.raises(WrongState):
        withdraw_assignment(assignment=assignment, reason="Nhầm", by=holder, at=AT)


def test_the_bodies_named_suggest_agencies_and_those_that_succeeded_them(province, commune, holder):
    department = make_agency(province, "Sở Khoa học và Công nghệ", tier=Tier.PROVINCE, kind="so_khcn")
    document = make_document(province, holder)
    old = make_obligation(document, leads=[{"text": "Sở Thông tin và Truyền thông", "kind": "so_tttt"}])
    group = make_obligation(document, leads=[{"text": "Các sở, ban, ngành", "kind": "so_ban_nganh"}])
    district = make_obligation(document, leads=[{"text": "UBND huyện", "kind": "ubnd_huyen"}])
    named = make_obligation(document, leads=[{"text": department.name, "kind": None}])

    found = wanted_as_suggested([old, group, district, named], directory_of(assignable_agencies(province, ON)))

    assert [(one.obligation, one.agencies) for one in found] == [
        (old, (department,)),
        (group, (department,)),
        (district, (commune,)),
        (named, (department,)),
    ]


def test_each_duty_goes_to_the_bodies_it_names_itself(province, commune, holder):
    department = make_agency(province, "Sở Khoa học và Công nghệ", tier=Tier.PROVINCE, kind="so_khcn")
    document = make_tracked(province, 0, by=holder)
    science = {"text": "Sở Khoa học và Công nghệ", "kind": "so_khcn"}
    communes = {"text": "UBND các xã", "kind": "ubnd_xa"}
    led = make_confirmed(document, leads=[science], supports=[communes])
    nobody = make_confirmed(document, leads=[{"text": "Ban Quản lý", "kind": None}])

    made = assign_as_suggested(document=document, obligations=[led, nobody], by=holder, at=AT)

    assert {(one.obligation, one.agency, one.part) for one in made} == {
        (led, department, Part.LEAD),
        (led, commune, Part.SUPPORT),
    }
    line = Entry.objects.get(action="directives.assign")
    assert line.change["pairs"] == [
        f"{led.label} → {department.name} (chủ trì)",
        f"{led.label} → {commune.name} (phối hợp)",
    ]


def test_an_agency_that_has_ended_is_given_nothing(province, commune, holder):
    document = make_tracked(province, 1, holder)
    commune.ends_on = date(2025, 6, 30)
    commune.save()

    with pytest.raises(AgencyEnded) as refused:
        assign(
            document=document,
            obligations=list(document.obligations.all()),
            agencies=[commune],
            part=Part.LEAD,
            by=holder,
            at=AT,
        )

    assert "đã kết thúc hoạt động ngày 30/06/2025" in str(refused.value)
    assert commune not in assignable_agencies(province, ON)
    assert not Assignment.objects.exists()


def test_the_auditor_of_an_agency_reads_what_it_was_given_and_not_what_others_were(
    province, commune, other_commune, holder
):
    document = make_tracked(province, 2, by=holder)
    given_out(document, [commune, other_commune], holder)

    mine, others = Entry.objects.filter(action="directives.give_obligations").order_by("number")
    auditor = make_person(Role.AUDITOR, commune)
    assert mine.change["count"] == 2
    assert [mine] == list(ledger_lines(auditor))
    assert [others] == list(ledger_lines(make_person(Role.AUDITOR, other_commune)))


def test_the_auditor_of_an_agency_reads_that_an_assignment_was_withdrawn(province, commune, holder):
    made = given_out(make_tracked(province, 1, by=holder), [commune], holder)
    withdraw_assignment(assignment=made[0], reason="Giao nhầm", by=holder, at=AT)

    newest = ledger_lines(make_person(Role.AUDITOR, commune)).first()

    assert newest.action == "directives.withdraw_assignment"
