"""What was done before the system was there is entered by the holder, day and document named."""

from datetime import date

import pytest

from ancam.accounts.tests.factories import make_agency
from ancam.audit.selectors import history_of
from ancam.directives.errors import DoneDayRefused, FieldRequired, PeriodNotBegun, WrongState
from ancam.directives.models import PeriodState
from ancam.directives.services import DoneBefore, ProgressFacts, enter_done_before, submit_progress, withdraw_assignment
from ancam.directives.tests.factories import AT, make_period, make_tracked
from ancam.web.replies import Forbidden

DONE = DoneBefore(date(2026, 11, 12), "Quyết định 31/QĐ-UBND ngày 12/11/2026", "Đã phê duyệt 4 hồ sơ.")


@pytest.fixture
def document(province, holder):
    return make_tracked(province, 1, by=holder)


@pytest.fixture
def periods(document, commune, other_commune):
    duty = document.obligations.get()
    return [make_period(duty, commune), make_period(duty, other_commune)]


def test_periods_are_entered_as_done_together_each_with_its_line(document, periods, holder):
    made = enter_done_before(document=document, periods=periods, facts=DONE, by=holder, at=AT)

    assert [(one.state, one.done_on) for one in made] == [(PeriodState.ACCEPTED, DONE.done_on)] * 2
    report = periods[0].reports.get()
    assert (report.ground, report.by, report.decided_by) == (DONE.ground, holder, holder)
    assert history_of("directives.assignment", periods[1].assignment_id)[0].action == "directives.enter_done"


def test_what_waits_for_an_answer_is_left_to_that_answer(document, periods, holder, assignee):
    submit_progress(period=periods[0], facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)

    made = enter_done_before(document=document, periods=periods, facts=DONE, by=holder, at=AT)

    assert made == [periods[1]]


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (DoneBefore(date(2026, 11, 8), "QĐ 31"), DoneDayRefused),
        (DoneBefore(date(2026, 11, 21), "QĐ 31"), DoneDayRefused),
        (DoneBefore(date(2026, 11, 12), " "), FieldRequired),
    ],
)
def test_a_day_that_cannot_be_or_has_no_document_enters_nothing(document, periods, holder, facts, error):
    with pytest.raises(error):
        enter_done_before(document=document, periods=periods, facts=facts, by=holder, at=AT)

    periods[0].refresh_from_db()
    assert periods[0].state == PeriodState.NOT_STARTED


def test_nothing_of_another_letter_and_nothing_taken_back_is_entered(document, periods, province, holder):
    other = make_tracked(province, 1, by=holder)
    with pytest.raises(DoneDayRefused):
        enter_done_before(document=other, periods=periods, facts=DONE, by=holder, at=AT)

    withdraw_assignment(assignment=periods[0].assignment, reason="Giao nhầm", by=holder, at=AT)
    with pytest.raises(WrongState):
        enter_done_before(document=document, periods=periods, facts=DONE, by=holder, at=AT)


def test_what_has_not_begun_is_not_entered_as_done(document, periods, holder):
    periods[0].begins_on = date(2026, 12, 1)
    periods[0].save()

    with pytest.raises(PeriodNotBegun):
        enter_done_before(document=document, periods=periods, facts=DONE, by=holder, at=AT)


def test_many_are_entered_at_the_queries_of_one(document, province, holder, django_assert_max_num_queries):
    duty = document.obligations.get()
    many = [make_period(duty, make_agency(province, f"Xã {number}")) for number in range(30)]

    with django_assert_max_num_queries(20):
        made = enter_done_before(document=document, periods=many, facts=DONE, by=holder, at=AT)

    assert len(made) == 30


def test_only_the_holder_enters_it(document, periods, assignee):
    with pytest.raises(Forbidden):
        enter_done_before(document=document, periods=periods, facts=DONE, by=assignee, at=AT)
