"""The calendar's own promises, and its worked examples through the calculator."""

from datetime import date

import pytest

from ancam.kit.working_days import WorkingCalendar
from ancam.reference import reference

CONTENT = reference("public-holidays")
YEARS = {year["year"]: year for year in CONTENT["years"]}
CALENDAR = WorkingCalendar.from_reference(CONTENT)

every_year = pytest.mark.parametrize("year", YEARS.values(), ids=lambda year: year["id"])


@pytest.mark.parametrize("example", CONTENT["examples"], ids=lambda example: example["id"])
def test_a_worked_example_comes_out_as_written(example):
    assert CALENDAR.add_working_days(example["received_on"], example["working_days"]) == example["due_on"]


@every_year
def test_every_day_of_a_year_lies_in_it_once_and_in_order(year):
    for rows in (year["days_off"], year["extra_working_days"]):
        listed = [row["date"] for row in rows]
        assert listed == sorted(set(listed))
        assert {day.year for day in listed} <= {year["year"]}


@every_year
def test_statuses_and_kinds_are_of_the_closed_lists(year):
    assert year["status"] in ("official", "provisional")
    assert {row["kind"] for row in year["days_off"]} <= {"statutory", "compensatory", "swap_off"}


@every_year
def test_a_day_exchanged_for_rest_is_worked_on_a_day_of_weekly_rest(year):
    exchanged = {row["date"] for row in year["days_off"] if row["kind"] == "swap_off"}

    assert {row["swapped_for"] for row in year["extra_working_days"]} == exchanged
    assert all(row["date"].isoweekday() in CONTENT["weekly_off"] for row in year["extra_working_days"])


@every_year
def test_the_days_fixed_by_law_are_days_off(year):
    days = {row["date"] for row in year["days_off"]}
    fixed = [(1, 1), (4, 30), (5, 1), (9, 2)] + [(11, 24)] * (year["year"] >= 2026)
    lunar = next(row for row in CONTENT["lunar"] if row["year"] == year["year"])

    assert {date(year["year"], month, day) for month, day in fixed} <= days
    assert {lunar["tet_first_day"], lunar["hung_kings_day"]} <= days


def test_the_culture_day_is_no_holiday_before_2026():
    assert CALENDAR.is_working_day(date(2025, 11, 24))
    assert not CALENDAR.is_working_day(date(2026, 11, 24))


def test_the_monday_before_the_culture_day_is_worked_but_not_certain():
    assert CALENDAR.is_working_day(date(2026, 11, 23))
    assert CALENDAR.certainty(date(2026, 11, 23)) == "provisional"


def test_2027_is_never_passed_off_as_announced():
    assert CALENDAR.known_through == date(2026, 12, 31)
    assert {CALENDAR.certainty(date(2027, month, 15)) for month in range(1, 13)} == {"provisional"}
    assert YEARS[2027]["uncertain"]
    assert {option["confidence"] for option in YEARS[2027]["options"]} == {"low"}
