"""The periods of assignments: opened as they begin, moved with the letter, reported on one by one."""

from datetime import date, timedelta

import pytest

from ancam.directives.models import Cadence, DuePeriod, Operator, Part, PeriodState
from ancam.directives.selectors import current_period
from ancam.directives.services import (
    ObligationFacts,
    ProgressFacts,
    assign,
    edit_obligation,
    open_some_due_periods,
    submit_progress,
    withdraw_assignment,
)
from ancam.directives.tests.factories import AT, make_confirmed, make_tracked, signed_in
from ancam.directives.tests.to_the_end import open_due_periods
from ancam.web.clock import VIETNAM

MONTHLY = {"cadence": Cadence.MONTHLY, "deadline_operator": Operator.NONE, "deadline_on": None, "last_day": None}


@pytest.fixture
def monthly(province, commune, holder):
    """A duty that returns every month, given to the commune on 20/11/2026."""
    document = make_tracked(province, 0, by=holder)
    duty = make_confirmed(document, deadline_text="", **MONTHLY)
    return assign(document=document, obligations=[duty], agencies=[commune], part=Part.LEAD, by=holder, at=AT)[0]


def codes(assignment) -> list[str]:
    return list(assignment.periods.values_list("code", flat=True))


def edit(assignment, holder, **values) -> None:
    """Correct the duty of an assignment three weeks later."""
    duty = assignment.obligation
    facts = ObligationFacts(action=duty.action, clause=duty.clause, leads=duty.lead_names, **values)
    edit_obligation(obligation=duty, facts=facts, version=duty.version, by=holder, at=AT + timedelta(days=20))


def test_an_assignment_that_returns_opens_with_the_period_that_has_begun(monthly):
    period = monthly.periods.get()

    assert (period.code, period.due_on, period.label) == ("2026-11", date(2026, 11, 30), "tháng 11/2026")


def test_each_period_opens_once_when_its_first_day_has_come(monthly):
    for days in (9, 10, 10, 11, 42, 42):  # to 29/11, 30/11, 30/11, 01/12/2026, 01/01/2027
        open_due_periods(at=AT + timedelta(days=days))

    assert codes(monthly) == ["2026-11", "2026-12", "2027-01"]


def test_periods_open_in_steps_each_after_the_last_and_none_is_looked_at_again(
    monthly, other_commune, holder, monkeypatch, django_assert_max_num_queries
):
    duty = monthly.obligation
    assign(document=duty.document, obligations=[duty], agencies=[other_commune], part=Part.LEAD, by=holder, at=AT)
    monkeypatch.setattr("ancam.directives.services.due.BATCH", 1)
    december = AT + timedelta(days=20)

    first = open_some_due_periods(at=december)
    assert (first, DuePeriod.objects.filter(code="2026-12").count()) == (monthly.pk, 1)
    while first is not None:
        first = open_some_due_periods(at=december, after=first)

    assert DuePeriod.objects.filter(code="2026-12").count() == 2
    with django_assert_max_num_queries(5):
        assert open_some_due_periods(at=december) is None


def test_months_that_were_missed_are_opened_together(monthly):
    open_due_periods(at=AT + timedelta(days=72))

    assert codes(monthly) == ["2026-11", "2026-12", "2027-01"]


def test_a_period_opens_at_midnight_in_vietnam(monthly):
    before = AT.astimezone(VIETNAM).replace(day=30, hour=23, minute=59)

    open_due_periods(at=before)
    assert codes(monthly) == ["2026-11"]
    open_due_periods(at=before + timedelta(minutes=1))
    assert codes(monthly) == ["2026-11", "2026-12"]


def test_what_was_taken_back_opens_no_further_period(monthly, holder):
    withdraw_assignment(assignment=monthly, reason="Giao nhầm", by=holder, at=AT)

    open_due_periods(at=AT + timedelta(days=60))

    assert codes(monthly) == ["2026-11"]


def test_reports_are_of_one_period_and_the_earliest_not_accepted_is_worked_on(monthly, assignee):
    open_due_periods(at=AT + timedelta(days=20))
    november, december = monthly.periods.all()

    submit_progress(period=december, facts=ProgressFacts(100, "Đã xong"), by=assignee, at=AT + timedelta(days=20))

    november.refresh_from_db()
    assert november.state == PeriodState.NOT_STARTED
    assert current_period(monthly.periods.all()) == november


def test_a_corrected_day_moves_the_periods_that_are_left_to_do(monthly, holder, assignee):
    open_due_periods(at=AT + timedelta(days=20))
    submit_progress(period=monthly.periods.first(), facts=ProgressFacts(100, "Đã xong"), by=assignee, at=AT)
    edit(monthly, holder, cadence=Cadence.MONTHLY, deadline_operator=Operator.BEFORE, deadline_on=date(2026, 11, 26))

    assert dict(monthly.periods.values_list("code", "due_on")) == {
        "2026-11": date(2026, 11, 30),
        "2026-12": date(2026, 12, 25),
    }


def test_a_duty_that_turns_out_to_be_due_once_keeps_what_was_reported(monthly, holder, assignee):
    open_due_periods(at=AT + timedelta(days=20))
    submit_progress(period=monthly.periods.first(), facts=ProgressFacts(40, "Đang làm"), by=assignee, at=AT)

    edit(monthly, holder, cadence=Cadence.NONE)

    assert sorted(codes(monthly)) == ["1", "2026-11"]


def test_the_page_of_a_period_leads_to_the_others(monthly, assignee):
    open_due_periods(at=AT + timedelta(days=20))
    client = signed_in(assignee)

    body = client.get(f"/phan-cong/{monthly.pk}/").content.decode()

    december = DuePeriod.objects.get(code="2026-12")
    assert "Tháng 11/2026" in body
    assert f"/ky-han/{december.pk}/" in body
    assert "Tháng 12/2026" in client.get(f"/ky-han/{december.pk}/").content.decode()


def test_the_day_that_the_letter_names_within_the_month_is_the_last_day_and_may_be_corrected(province, commune, holder):
    document = make_tracked(province, 0, by=holder)
    duty = make_confirmed(document, **{**MONTHLY, "deadline_operator": Operator.BEFORE}, deadline_text="trước ngày 25")
    [given] = assign(document=document, obligations=[duty], agencies=[commune], part=Part.LEAD, by=holder, at=AT)
    read = given.periods.get().due_on

    edit(given, holder, cadence=Cadence.MONTHLY, deadline_operator=Operator.BEFORE, deadline_text="trước ngày 28")

    assert read == date(2026, 11, 24)
    assert [one.due_on for one in given.periods.all()] == [date(2026, 11, 27), date(2026, 12, 27)]
