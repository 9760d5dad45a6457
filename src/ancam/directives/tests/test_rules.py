from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.directives import rules
from ancam.directives.models import PeriodState
from ancam.directives.rules import RegimePeriod, Reported, day_perhaps_meant

ON = date(2026, 11, 20)
REGIMES = [RegimePeriod("R2026", date(2026, 7, 1)), RegimePeriod("R2016", date(2016, 7, 1))]
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
states = st.sampled_from(PeriodState.values)


@pytest.mark.parametrize(
    ("operator", "last"),
    [
        ("before", date(2026, 11, 30)),
        ("by", date(2026, 12, 1)),
        ("within", date(2026, 12, 1)),
        ("relative", None),
        ("none", None),
    ],
)
def test_the_last_day_follows_the_operator(operator, last):
    assert rules.last_day(operator, date(2026, 12, 1)) == last


@given(days)
def test_before_a_day_ends_earlier_than_by_that_day(day):
    assert rules.last_day("before", day) == rules.last_day("by", day) - timedelta(days=1)


@given(st.sampled_from(["before", "by", "within", "relative", "none"]))
def test_no_date_gives_no_last_day(operator):
    assert rules.last_day(operator, None) is None


def test_a_day_that_does_not_exist_waits_until_a_person_decides():
    assert rules.waits_for_a_date({"impossible_date"}, decided=False)
    assert not rules.waits_for_a_date({"impossible_date"}, decided=True)
    assert not rules.waits_for_a_date({"past_deadline"}, decided=False)


@given(st.floats(0, 1), st.sets(st.sampled_from(["impossible_date", "ocr_noise"])), st.booleans())
def test_only_what_was_read_surely_is_certain(confidence, codes, decided):
    certain = rules.is_certain(confidence, codes, decided=decided)

    assert not certain or confidence >= rules.CERTAIN_FROM
    assert not certain or "ocr_noise" not in codes


@given(states, states)
def test_nothing_follows_the_end_and_every_state_is_known(state, following):
    if state in ("accepted", "withdrawn"):
        assert not rules.may_follow(state, following)
    assert not rules.may_follow(state, "not_started")


@pytest.mark.parametrize("state", ["not_started", "in_progress", "returned"])
def test_work_may_be_reported_until_it_waits_for_an_answer(state):
    assert rules.may_follow(state, "submitted")
    assert not rules.may_follow("submitted", "in_progress")


@given(days, days)
def test_what_was_submitted_in_time_is_never_late_afterwards(due_on, on):
    done_on = min(due_on, on)

    assert not rules.is_late("submitted", due_on, done_on=done_on, on=on)
    assert not rules.is_late("accepted", due_on, done_on=done_on, on=on)


@given(days)
def test_open_work_is_late_from_the_day_after_its_last_day(due_on):
    assert not rules.is_late("in_progress", due_on, done_on=None, on=due_on)
    assert rules.is_late("in_progress", due_on, done_on=None, on=due_on + timedelta(days=1))


@given(states.filter(lambda state: state != "withdrawn"), st.none() | days, days, days)
def test_every_assignment_is_counted_in_one_figure(state, due_on, done_on, on):
    figure = rules.figure_of(state, due_on, done_on=done_on, on=on)

    assert (state == "accepted") == figure.startswith("done_")


def test_the_standing_at_the_end_of_a_period_ignores_what_came_later():
    reports = [
        Reported(date(2026, 11, 1), 40, "", None),
        Reported(date(2026, 11, 10), 100, "accepted", date(2026, 12, 2)),
    ]

    assert rules.standing_on(reports, date(2026, 10, 31)).state == "not_started"
    assert rules.standing_on(reports, date(2026, 11, 5)).percentage == 40
    assert rules.standing_on(reports, date(2026, 11, 30)).state == "submitted"
    assert rules.standing_on(reports, date(2026, 12, 2)).state == "accepted"


@given(st.lists(st.builds(Reported, days, st.integers(0, 100), st.just(""), st.none()), max_size=6), days)
def test_a_standing_without_answers_is_never_accepted(reports, on):
    reports.sort(key=lambda report: report.on)

    assert rules.standing_on(reports, on).state in ("not_started", "in_progress", "submitted")


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2023, 2, 6), date(2023, 2, 6), "R2016"),
        (date(2026, 6, 30), date(2026, 6, 30), "R2016"),
        (date(2026, 7, 1), date(2026, 7, 1), "R2026"),
        (date(2026, 6, 1), date(2026, 7, 31), None),
        (date(2010, 1, 1), date(2010, 1, 1), None),
        (None, None, None),
    ],
)
def test_a_letter_belongs_to_the_regime_of_its_date(first, last, code):
    assert rules.regime_of(first, last, REGIMES) == code


def test_only_the_office_of_a_committee_assigns_in_its_place():
    assert rules.assigns_for_its_parent("vp_ubnd_tinh")
    assert not rules.assigns_for_its_parent("so_khcn")


def test_nobody_answers_their_own_report():
    assert not rules.may_answer(reporter_id=1, person_id=1)
    assert rules.may_answer(reporter_id=1, person_id=2, bound_to=frozenset({3}))
    assert not rules.may_answer(reporter_id=1, person_id=2, bound_to=frozenset({1}))


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("30/02/2027", date(2027, 2, 28)),
        ("31 tháng 4 năm 2026", date(2026, 4, 30)),
        ("30/13/2027", None),
        ("30/00/2027", None),
        ("30/02/0000", None),
        ("cuối tháng", None),
        ("", None),
    ],
)
def test_an_impossible_day_may_mean_the_end_of_its_month(raw, day):
    assert day_perhaps_meant(raw) == day
