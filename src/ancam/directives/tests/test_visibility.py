from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.directives import selectors
from ancam.directives.holdings import DUTIES
from ancam.directives.models import Assignment, Document, DuePeriod, Obligation, PeriodState
from ancam.directives.services import ProgressFacts, accept_progress, return_progress, submit_progress
from ancam.directives.tests.factories import (
    AT,
    ON,
    make_assignment,
    make_confirmed,
    make_document,
    make_obligation,
    make_period,
    make_tracked,
    officer_of,
    signed_in,
)


@pytest.fixture
def given(province, commune, other_commune, holder):
    """A letter of two duties, each given to another commune."""
    document = make_tracked(province, 2, by=holder)
    first, second = document.obligations.all()
    return document, make_assignment(first, commune), make_assignment(second, other_commune)


def test_a_letter_under_review_is_for_the_holder_and_those_above(province, commune, assignee, holder, outsider):
    document = make_document(commune, assignee)

    seen = [person for person in (assignee, holder, outsider) if document in Document.objects.all().visible_to(person)]

    assert seen == [assignee, holder]


def test_an_assigned_agency_sees_the_letter_and_only_its_own_part(given, assignee, outsider):
    document, own, other = given

    assert list(Document.objects.all().visible_to(assignee)) == [document]
    assert list(Assignment.objects.all().visible_to(assignee)) == [own]
    assert list(Obligation.objects.all().visible_to(assignee)) == [own.obligation]
    assert list(Assignment.objects.all().visible_to(outsider)) == [other]


def test_who_is_above_the_assigned_agency_sees_its_part(given, province, commune):
    leader = make_person(Role.LEADER, province)
    unit = make_agency(commune, "Phòng Kinh tế")

    assert Assignment.objects.all().visible_to(leader).count() == 2
    assert not Document.objects.all().visible_to(officer_of(unit)).exists()


def test_who_has_no_role_sees_nothing(given, db):
    nobody = make_person(None, None)

    assert not Document.objects.all().visible_to(nobody).exists()
    assert not selectors.documents(nobody).exists()
    assert not Assignment.objects.all().visible_to(nobody).exists()
    assert not Obligation.objects.all().visible_to(nobody).exists()


def test_counts_in_the_list_are_of_what_the_person_may_see(given, holder, assignee):
    assert selectors.documents(holder).get().given == 2
    assert selectors.documents(assignee).get().given == 1


def test_a_parent_that_may_not_be_seen_is_not_shown(province, commune, assignee, holder):
    above = make_document(province, holder)
    below = make_document(commune, assignee, parent=above)

    assert selectors.parent_of(below, assignee) is None
    assert selectors.parent_of(below, holder) == above


def test_lists_cost_the_same_whatever_their_length(given, assignee, django_assert_num_queries):
    person = type(assignee).objects.get(pk=assignee.pk)
    with django_assert_num_queries(3):  # the person's roles, those stood in for, then the list
        rows = list(selectors.due_periods(person))
        assert [str(row) + row.assignment.obligation.document.holder.name for row in rows]


def test_the_first_page_names_what_waits_for_whom(given, province, commune, holder, assignee):
    _, own, _ = given
    in_review = make_document(province, holder)
    make_obligation(in_review)
    ungiven = make_tracked(province, 1, by=holder)
    period = own.periods.get()
    report = submit_progress(period=period, facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)

    lists = selectors.home(holder, ON)

    assert list(lists.to_review) == [in_review]
    assert list(lists.to_assign) == [ungiven]
    assert list(lists.to_answer) == [period]
    assert not selectors.home(assignee, ON).to_answer.exists()

    return_progress(report=report, reason="Thiếu", by=holder, at=AT)
    assert list(selectors.home(assignee, ON).returned) == [period]


def test_one_does_not_wait_for_oneself(province, holder):
    own = make_period(make_tracked(province, 1, by=holder).obligations.get(), province)
    submit_progress(period=own, facts=ProgressFacts(100, "Xong"), by=holder, at=AT)

    assert not selectors.home(holder, ON).to_answer.exists()
    assert list(selectors.home(officer_of(province), ON).to_answer) == [own]


def test_a_report_that_a_duty_does_not_apply_does_not_wait_for_its_writer(province, holder):
    own = make_period(make_tracked(province, 1, by=holder).obligations.get(), province)
    facts = ProgressFacts(0, "Không có camera", not_applicable=True)
    submit_progress(period=own, facts=facts, by=holder, at=AT)

    assert not selectors.home(holder, ON).to_answer.exists()
    assert list(selectors.home(officer_of(province), ON).to_answer) == [own]


def test_what_others_have_left_is_told_duty_by_duty(province, commune, other_commune, holder):
    first, second = make_tracked(province, 2, by=holder).obligations.all()
    for agency in (commune, other_commune):
        make_period(first, agency, due_on=ON - timedelta(days=3))
    single = make_period(second, commune, due_on=ON - timedelta(days=1))

    lists = selectors.home(holder, ON)
    told = selectors.duties_left(lists.below["overdue"], 9)
    with time_machine.travel(AT, tick=False):
        body = signed_in(holder).get(reverse("home")).content.decode()

    assert not lists.overdue.exists()
    assert [(one.obligation, one.agencies, one.only) for one in told] == [(first, 2, None), (second, 1, single.pk)]
    assert f"?due=overdue&amp;duty={first.pk}" in body
    assert reverse("period", args=[single.pk]) in body


def test_what_was_sent_back_to_others_is_still_left_to_them(province, commune, holder):
    make_period(make_tracked(province, 1, by=holder).obligations.get(), commune, state=PeriodState.RETURNED)

    assert selectors.home(holder, ON).below["next"].count() == 1


def test_a_duty_answered_by_another_is_kept_for_that_one(province, commune, other_commune, holder):
    confirmed = {"answering_agency": other_commune, "answering_confirmed_by": holder, "answering_confirmed_at": AT}
    period = make_period(make_tracked(province, 1, by=holder).obligations.get(), commune, **confirmed)

    kept = {agency: list(DUTIES.rows(holder, [agency])) for agency in (commune, other_commune)}

    assert kept == {commune: [], other_commune: [period]}


@pytest.mark.parametrize(
    ("left", "name"), [(-1, "overdue"), (0, "soon"), (7, "soon"), (8, "next"), (30, "next"), (31, None)]
)
def test_each_last_day_stands_in_one_list(province, commune, assignee, holder, left, name):
    obligation = make_confirmed(make_tracked(province, 0, by=holder))
    period = make_period(obligation, commune, due_on=ON + timedelta(days=left))

    lists = selectors.home(assignee, ON)

    assert [one for one in ("overdue", "soon", "next") if period in getattr(lists, one)] == ([name] if name else [])


def test_counts_by_state_say_what_is_late(given, holder, assignee):
    document, own, other = given
    DuePeriod.objects.filter(assignment=other).update(due_on=ON.replace(day=1))
    report = submit_progress(period=own.periods.get(), facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)
    accept_progress(report=report, by=holder, at=AT)

    counts = selectors.state_counts(selectors.periods_of(document, holder), ON)

    assert (counts["total"], counts["accepted"], counts["overdue"], counts["not_started"]) == (2, 1, 1, 1)
