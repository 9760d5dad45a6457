from datetime import date

import pytest

from ancam.accounts.models import Role
from ancam.accounts.selectors import ledger_lines
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.directives import selectors
from ancam.directives.errors import ChildrenUndecided, FieldRequired, TransferRefused, WrongState
from ancam.directives.models import Assignment, AssignmentState, Cadence, DuePeriod, PeriodState, Transfer
from ancam.directives.services import (
    BelowFacts,
    ChildrenFate,
    EventFacts,
    ProgressFacts,
    ask_extension,
    give_below,
    record_event,
    submit_progress,
    transfer_assignment,
)
from ancam.directives.tests.factories import AT, ON, make_assignment, make_confirmed, make_tracked, officer_of
from ancam.directives.tests.to_the_end import open_due_periods
from ancam.web.replies import Forbidden

NEXT_MONTH = AT.replace(month=12, day=5)


@pytest.fixture
def monthly(province, commune, holder):
    """A duty of each month, given in September: that month finished, October reported on, November not begun."""
    duty = make_confirmed(
        make_tracked(province, 0, by=holder), cadence=Cadence.MONTHLY, deadline_on=None, last_day=None
    )
    given = Assignment.objects.create(
        obligation=duty, agency=commune, assigned_by=holder, assigned_at=AT.replace(month=9, day=3)
    )
    days = {"2026-09": 30, "2026-10": 31, "2026-11": 30}
    for month, (code, last) in enumerate(days.items(), start=9):
        due = date(2026, month, last)
        state = PeriodState.ACCEPTED if month == 9 else PeriodState.NOT_STARTED
        DuePeriod.objects.create(
            assignment=given, code=code, begins_on=date(2026, month, 1), ends_on=due, due_on=due, state=state
        )
    return given


def moved(assignment, agency, by, at=AT, **values):
    facts = {"moved_on": ON, "reason": "Theo phân công mới", **values}
    return transfer_assignment(assignment=assignment, agency=agency, by=by, at=at, **facts)


def codes(assignment):
    return set(assignment.periods.values_list("code", flat=True))


def test_what_is_left_goes_on_and_what_was_done_stays(monthly, other_commune, holder, assignee):
    october = monthly.periods.get(code="2026-10")
    submit_progress(period=october, facts=ProgressFacts(40, "Đang làm"), by=assignee, at=AT)

    after = moved(monthly, other_commune, holder)

    monthly.refresh_from_db()
    assert monthly.state == AssignmentState.TRANSFERRED
    assert codes(monthly) == {"2026-09", "2026-10"}
    assert codes(after) == {"2026-10", "2026-11"}
    assert october.reports.count() == 1
    assert set(after.periods.values_list("state", flat=True)) == {PeriodState.NOT_STARTED}


def test_new_periods_open_for_the_new_agency_alone_and_none_twice(monthly, other_commune, holder):
    after = moved(monthly, other_commune, holder)

    open_due_periods(at=NEXT_MONTH)

    assert codes(monthly) == {"2026-09"}
    assert codes(after) == {"2026-10", "2026-11", "2026-12"}


def test_a_duty_moves_twice_and_back_without_opening_what_was_finished(monthly, commune, other_commune, holder):
    second = moved(monthly, other_commune, holder)
    second.periods.filter(code="2026-10").update(state=PeriodState.ACCEPTED)

    third = moved(second, commune, holder)
    open_due_periods(at=NEXT_MONTH)

    assert codes(third) == {"2026-11", "2026-12"}
    history = selectors.holders_of(third)
    assert [one.assignment.agency for one in history] == [commune, other_commune, commune]
    assert history[-1].transfer is None
    assert selectors.holders_of(monthly) == history


def test_what_was_finished_is_followed_on_and_what_went_over_counts_once(monthly, other_commune, holder):
    moved(monthly, other_commune, holder)

    followed = selectors.due_periods(holder).filter(assignment__obligation=monthly.obligation)

    assert sorted(followed.values_list("code", flat=True)) == ["2026-09", "2026-10", "2026-11"]


def test_the_old_agency_goes_on_seeing_what_it_did_and_the_new_one_not_that(
    monthly, other_commune, holder, assignee, outsider
):
    after = moved(monthly, other_commune, holder)

    assert list(Assignment.objects.all().visible_to(assignee)) == [monthly]
    assert list(Assignment.objects.all().visible_to(outsider)) == [after]
    with pytest.raises(WrongState):
        submit_progress(
            period=DuePeriod.objects.filter(assignment=monthly).first(),
            facts=ProgressFacts(100, "Xong"),
            by=assignee,
            at=AT,
        )


def test_a_duty_that_is_due_once_keeps_its_extended_day(assignment, other_commune, holder):
    extended, before = date(2026, 12, 15), date(2026, 11, 30)
    assignment.periods.update(due_on=extended, due_on_before=before)

    after = moved(assignment, other_commune, holder)

    period = after.periods.get()
    assert (period.due_on, period.due_on_before) == (extended, before)
    assert not assignment.periods.exists()


def test_an_event_of_the_assignment_goes_with_it(assignment, other_commune, holder):
    facts = EventFacts(date(2026, 11, 19), 10, working_days=False, ground="Biên bản")
    record_event(obligation=assignment.obligation, facts=facts, assignment=assignment, by=holder, at=AT)

    after = moved(assignment, other_commune, holder)

    assert after.events.count() == 1
    assert after.periods.get().due_on == date(2026, 11, 29)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"moved_on": date(2026, 11, 21)}, "moved_on"), ({"moved_on": date(2026, 11, 19)}, "moved_on")],
)
def test_a_day_to_come_or_before_it_was_given_is_refused(assignment, other_commune, holder, values, field):
    with pytest.raises(TransferRefused) as refused:
        moved(assignment, other_commune, holder, **values)

    assert refused.value.values["field"] == field
    assert not Transfer.objects.exists()


def test_a_reason_is_needed(assignment, other_commune, holder):
    with pytest.raises(FieldRequired):
        moved(assignment, other_commune, holder, reason=" ")


def test_it_goes_to_none_that_has_it_or_lies_outside(assignment, commune, other_commune, holder):
    make_assignment(assignment.obligation, other_commune)

    for agency in (commune, other_commune):
        with pytest.raises(TransferRefused):
            moved(assignment, agency, holder)


def test_what_waits_for_an_answer_is_answered_first(assignment, other_commune, holder, assignee):
    period = assignment.periods.get()
    ask_extension(period=period, wanted_to=date(2026, 12, 5), reason="Chậm", by=assignee, at=AT)
    with pytest.raises(TransferRefused, match="gia hạn"):
        moved(assignment, other_commune, holder)

    submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)
    with pytest.raises(TransferRefused, match="báo cáo"):
        moved(assignment, other_commune, holder)


def test_what_is_finished_and_does_not_return_is_not_moved(assignment, other_commune, holder):
    assignment.periods.update(state=PeriodState.ACCEPTED)

    with pytest.raises(TransferRefused, match="kết thúc"):
        moved(assignment, other_commune, holder)


@pytest.mark.parametrize("who", ["assignee", "outsider"])
def test_only_the_giver_moves_it(request, assignment, other_commune, who):
    with pytest.raises(Forbidden):
        moved(assignment, other_commune, request.getfixturevalue(who))


def test_the_parts_that_were_given_on_are_settled_too(assignment, commune, other_commune, holder, assignee):
    unit = make_agency(commune, "Phòng Kinh tế")
    [part] = give_below(assignment=assignment, agencies=[unit], facts=BelowFacts(), by=assignee, at=AT)

    with pytest.raises(ChildrenUndecided):
        moved(assignment, other_commune, holder)
    moved(assignment, other_commune, holder, children=ChildrenFate.WITHDRAW)

    part.refresh_from_db()
    assert part.state == AssignmentState.WITHDRAWN


def test_a_giver_below_moves_a_part_among_its_own(assignment, commune, assignee):
    first, second = make_agency(commune, "Phòng Một"), make_agency(commune, "Phòng Hai")
    [part] = give_below(assignment=assignment, agencies=[first], facts=BelowFacts(words="Kiểm đếm"), by=assignee, at=AT)

    after = moved(part, second, assignee)

    assert (after.parent, after.words, after.agency) == (assignment, "Kiểm đếm", second)
    assert list(Assignment.objects.all().visible_to(officer_of(second))) == [after]


def test_both_agencies_find_the_move_in_the_ledger(assignment, commune, other_commune, holder):
    moved(assignment, other_commune, holder)

    acts = [ledger_lines(make_person(Role.AUDITOR, one)).first().action for one in (commune, other_commune)]

    assert acts == ["directives.transfer_assignment", "directives.take_over_assignment"]
