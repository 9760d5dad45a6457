"""Reminders come 30, 7 and 1 days before, on the day, then weekly, on working days; the leader hears in two weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.directives.reminder_rules import ESCALATED_FOR, escalates, stage_on
from ancam.kit.working_days import WorkingCalendar
from ancam.notifications.outbox import KEPT

CALENDAR = WorkingCalendar(
    weekly_off=frozenset({6, 7}),
    days_off=frozenset({date(2026, 11, 24)}),
    extra_working_days=frozenset(),
    official_years=frozenset({2026}),
    provisional_years=frozenset(),
)
EVERY_DAY = WorkingCalendar(
    weekly_off=frozenset(),
    days_off=frozenset(),
    extra_working_days=frozenset(),
    official_years=frozenset({2026}),
    provisional_years=frozenset(),
)
MONDAY = date(2026, 11, 30)
LONG_AGO = date(2026, 1, 1)


def told(on: date, opened_on: date = LONG_AGO, due_on: date = MONDAY) -> str | None:
    stage = stage_on(due_on, opened_on, on, CALENDAR)
    return stage.name if stage else None


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2026, 10, 29), None),
        (date(2026, 10, 30), "before-30"),  # 31/10 is a Saturday
        (date(2026, 11, 22), "before-30"),
        (date(2026, 11, 23), "before-7"),
        (date(2026, 11, 27), "before-1"),  # 29/11 is a Sunday
        (MONDAY, "day"),
        (date(2026, 12, 6), "day"),
        (date(2026, 12, 7), "late-1"),
        (date(2026, 12, 14), "late-2"),
    ],
)
def test_the_latest_reminder_that_has_fallen_due_is_told(on, name):
    assert told(on) == name


def test_what_fell_due_before_the_work_was_there_is_left_out():
    assert told(date(2026, 11, 26), opened_on=date(2026, 11, 25)) is None
    assert told(date(2026, 11, 27), opened_on=date(2026, 11, 25)) == "before-1"


@pytest.mark.parametrize(
    ("opened_on", "due_on", "heard"),
    [
        # A month that begins on a Sunday: 30 days before its last day nobody works, and before that there is no work.
        (date(2026, 11, 1), date(2026, 12, 1), {date(2026, 11, 2): "before-30"}),
        # Given on a Saturday, a week before; the last day is a Saturday too.
        (date(2026, 11, 14), date(2026, 11, 21), {date(2026, 11, 16): "before-7", date(2026, 11, 20): "day"}),
        # Given on a Saturday, for the Sunday.
        (date(2026, 11, 14), date(2026, 11, 15), {date(2026, 11, 16): "day"}),
    ],
)
def test_what_cannot_be_brought_back_before_the_work_was_there_is_put_off_and_not_lost(opened_on, due_on, heard):
    days = (opened_on + timedelta(days=day) for day in range(7))
    told_on = {}
    for day in days:
        if CALENDAR.is_working_day(day) and (name := told(day, opened_on, due_on)) and name not in told_on.values():
            told_on[day] = name

    assert told_on == heard


def test_a_last_day_of_rest_is_told_on_the_working_day_before_once():
    sunday = date(2026, 11, 29)

    assert [told(date(2026, 11, day), due_on=sunday) for day in (26, 27)] == ["before-7", "day"]


def test_a_week_late_on_a_day_of_rest_is_told_on_the_next_working_day():
    saturday = date(2026, 11, 14)

    assert [told(date(2026, 11, day), due_on=saturday) for day in (21, 22, 23)] == ["day", "day", "late-1"]


def heard_by_leader(due_on: date, opened_on: date = LONG_AGO) -> date:
    days = (due_on + timedelta(days=day) for day in range(120))
    return next(day for day in days if escalates(due_on, opened_on, day, CALENDAR))


def test_the_leader_hears_on_the_working_day_two_weeks_after():
    assert heard_by_leader(date(2026, 11, 10)) == date(2026, 11, 25)  # the 24th is a day of rest


def test_of_work_given_when_it_was_late_the_leader_hears_two_weeks_after_it_was_given():
    assert heard_by_leader(date(2026, 10, 1), opened_on=date(2026, 11, 2)) == date(2026, 11, 16)


def test_of_work_given_when_it_was_late_the_weeks_before_it_was_given_are_left_out():
    assert told(date(2026, 12, 15), opened_on=date(2026, 12, 15)) is None
    assert told(date(2026, 12, 21), opened_on=date(2026, 12, 15)) == "late-3"


def test_a_leader_hears_of_what_was_returned_late_but_not_again_of_what_was_forgotten():
    first = heard_by_leader(date(2026, 8, 3))

    told = [escalates(date(2026, 8, 3), LONG_AGO, first + ESCALATED_FOR + timedelta(days=n), CALENDAR) for n in (-1, 0)]

    assert told == [True, False]
    assert timedelta(days=120) < ESCALATED_FOR < KEPT


@given(st.dates(date(2026, 2, 1), date(2026, 12, 1)), st.integers(0, 200))
def test_each_reminder_comes_once_and_in_order(due_on, days):
    seen = [stage_on(due_on, LONG_AGO, LONG_AGO + timedelta(days=day), EVERY_DAY) for day in range(days)]
    names = [stage.name for stage in seen if stage]

    assert names == sorted(names, key=names.index)
    days_told = [stage.day for stage in dict.fromkeys(stage for stage in seen if stage)]
    assert days_told == sorted(set(days_told))
