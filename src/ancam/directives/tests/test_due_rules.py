"""The periods of duties, and their last days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.directives.due_rules import DueDay, Schedule, day_in_words, due_after_event, opens_after, periods
from ancam.kit.working_days import WorkingCalendar

CALENDAR = WorkingCalendar(
    weekly_off=frozenset({6, 7}),
    days_off=frozenset({date(2023, 5, 1), date(2023, 5, 2), date(2023, 5, 3)}),
    extra_working_days=frozenset(),
    official_years=frozenset({2023}),
    provisional_years=frozenset(),
)
GIVEN_ON = date(2023, 2, 14)


def due(schedule: Schedule, through: date) -> list[tuple[str, date | None]]:
    return [(period.code, period.due_on) for period in periods(schedule, through)]


def test_a_duty_that_is_due_once_has_one_period_whatever_the_day():
    schedule = Schedule(GIVEN_ON, due_days=(DueDay("before", date(2023, 3, 20)),))

    assert due(schedule, date(2022, 1, 1)) == [("1", date(2023, 3, 19))]


def test_a_duty_without_a_day_has_one_undated_period():
    assert due(Schedule(GIVEN_ON), date(2030, 1, 1)) == [("1", None)]


def test_each_of_several_deadlines_of_one_duty_is_followed():
    days = (DueDay("before", date(2023, 3, 22)), DueDay("by", date(2023, 9, 20)))

    assert due(Schedule(GIVEN_ON, due_days=days), GIVEN_ON) == [("1.1", date(2023, 3, 21)), ("1.2", date(2023, 9, 20))]


def test_a_monthly_duty_is_due_on_its_day_from_the_first_one_that_is_still_to_come():
    schedule = Schedule(date(2022, 12, 26), every_months=1, due_days=(DueDay("before", month=1, day=25),))

    assert due(schedule, date(2023, 2, 1)) == [("2023-01", date(2023, 1, 24)), ("2023-02", date(2023, 2, 24))]


def test_without_a_due_day_a_period_is_due_on_its_last():
    assert due(Schedule(GIVEN_ON, every_months=3), date(2023, 4, 1)) == [
        ("2023-Q1", date(2023, 3, 31)),
        ("2023-Q2", date(2023, 6, 30)),
    ]


def test_a_due_day_may_lie_after_its_period():
    schedule = Schedule(GIVEN_ON, every_months=6, due_days=(DueDay("by", month=7, day=10),))

    assert due(schedule, date(2023, 7, 1)) == [("2023-H1", date(2023, 7, 10)), ("2023-H2", date(2024, 1, 10))]


def test_a_month_that_lacks_the_day_uses_its_last():
    schedule = Schedule(GIVEN_ON, every_months=1, due_days=(DueDay("by", month=1, day=31),))

    assert [day for _, day in due(schedule, date(2023, 4, 30))] == [
        date(2023, 2, 28),
        date(2023, 3, 31),
        date(2023, 4, 30),
    ]


def test_before_a_day_that_the_month_lacks_its_last_day_complies():
    schedule = Schedule(GIVEN_ON, every_months=1, due_days=(DueDay("before", month=1, day=31),))

    assert [day for _, day in due(schedule, date(2023, 4, 30))] == [
        date(2023, 2, 28),
        date(2023, 3, 30),
        date(2023, 4, 30),
    ]


@pytest.mark.parametrize(
    ("schedule", "on", "expected"),
    [
        (Schedule(GIVEN_ON), GIVEN_ON, False),
        (Schedule(GIVEN_ON, every_months=1), date(2030, 1, 1), True),
        (Schedule(GIVEN_ON, every_months=3, ends_on=date(2023, 6, 30)), date(2023, 3, 31), True),
        (Schedule(GIVEN_ON, every_months=3, ends_on=date(2023, 6, 30)), date(2023, 4, 1), False),
        (Schedule(GIVEN_ON, every_months=1, ends_on=date(2023, 2, 28)), date(2022, 1, 1), False),
    ],
)
def test_whether_a_period_is_still_to_come(schedule, on, expected):
    assert opens_after(schedule, on) is expected


def test_several_days_of_a_year_return_each_year_until_the_schedule_ends():
    days = (DueDay("before", month=3, day=22), DueDay("before", month=9, day=20))
    schedule = Schedule(date(2023, 4, 1), every_months=12, ends_on=date(2024, 12, 31), due_days=days)

    assert due(schedule, date(2030, 1, 1)) == [
        ("2023.2", date(2023, 9, 19)),
        ("2024.1", date(2024, 3, 21)),
        ("2024.2", date(2024, 9, 19)),
    ]


def test_an_interval_of_its_own_is_named_by_its_first_month():
    assert [period.code for period in periods(Schedule(GIVEN_ON, every_months=24), date(2024, 1, 1))] == [
        "2022-01x24",
        "2024-01x24",
    ]


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.sampled_from([1, 3, 6, 12]), st.integers(0, 1500))
def test_periods_follow_one_another_without_gap_and_bear_names_of_their_own(begins_on, months, days):
    found = periods(Schedule(begins_on, every_months=months), begins_on + timedelta(days=days))

    assert len({period.code for period in found}) == len(found)
    assert found[0].begins_on <= begins_on <= (found[0].ends_on or begins_on)
    for before, after in pairwise(found):
        assert before.ends_on is not None
        assert after.begins_on == before.ends_on + timedelta(days=1)


@pytest.mark.parametrize(("working_days", "last"), [(False, date(2023, 5, 1)), (True, date(2023, 5, 8))])
def test_a_deadline_from_an_event_does_not_count_the_day_of_the_event(working_days, last):
    assert due_after_event(date(2023, 4, 28), 3, working_days=working_days, calendar=CALENDAR) == last


@pytest.mark.parametrize(
    ("words", "operator", "months", "named"),
    [
        ("trước ngày 25", "before", 1, DueDay("before", month=1, day=25)),
        ("chậm nhất ngày 05 hằng tháng", "by", 1, DueDay("by", month=1, day=5)),
        ("trước ngày 05 của tháng sau", "before", 1, DueDay("before", month=2, day=5)),
        ("trước ngày 15/12", "before", 12, DueDay("before", month=12, day=15)),
        ("trước ngày 15 tháng 12 hằng năm", "before", 12, DueDay("before", month=12, day=15)),
        ("trước ngày 20", "before", 3, None),
        ("trước ngày 20 tháng cuối quý", "before", 3, None),
        ("trước ngày 15/6 và ngày 15/12", "before", 12, None),
        ("trước ngày 15", "before", 12, None),
        ("trước ngày 15/13", "before", 12, None),
        ("trước ngày 15/12", "before", 1, None),
        ("trước ngày 15/12/2026", "before", 12, None),
        ("trước ngày 45", "before", 1, None),
        ("trong 25 ngày", "relative", 1, None),
        ("hằng tháng", "none", 1, None),
    ],
)
def test_a_day_that_the_letter_names_within_each_period_is_the_day_it_is_due(words, operator, months, named):
    assert day_in_words(words, operator, months) == named
