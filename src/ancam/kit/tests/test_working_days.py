from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.kit.working_days import WorkingCalendar

CONTENT = {
    "weekly_off": [6, 7],
    "years": [
        {
            "year": 2026,
            "status": "official",
            "uncertain_days": [date(2026, 11, 23)],
            "days_off": [
                {"date": date(2026, 1, 2), "confidence": "high"},
                {"date": date(2026, 8, 31), "confidence": "medium"},
                {"date": date(2026, 11, 24), "confidence": "high"},
            ],
            "extra_working_days": [
                {"date": date(2026, 1, 10), "confidence": "high"},
                {"date": date(2026, 8, 22), "confidence": "medium"},
            ],
        },
        {
            "year": 2027,
            "status": "provisional",
            "uncertain_days": [],
            "days_off": [{"date": date(2027, 1, 1), "confidence": "high"}],
            "extra_working_days": [],
        },
    ],
}
CALENDAR = WorkingCalendar.from_reference(CONTENT)

days = st.dates(min_value=date(2025, 6, 1), max_value=date(2028, 6, 30))
counts = st.integers(min_value=-60, max_value=60)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 11, 24), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
    ],
    ids=["Friday", "Saturday", "Sunday", "holiday", "exchanged for rest", "Saturday worked in exchange"],
)
def test_offices_work_on_working_days_only(day, works):
    assert CALENDAR.is_working_day(day) is works


def test_a_day_worked_in_exchange_wins_over_a_day_off():
    saturday = date(2026, 1, 10)
    calendar = WorkingCalendar(
        weekly_off=frozenset({6, 7}),
        days_off=frozenset({saturday}),
        extra_working_days=frozenset({saturday}),
        official_years=frozenset({2026}),
        provisional_years=frozenset(),
    )

    assert calendar.is_working_day(saturday)


def test_the_next_working_day_passes_the_weekend_and_is_never_the_day_itself():
    assert CALENDAR.next_working_day(date(2026, 11, 20)) == date(2026, 11, 23)
    assert CALENDAR.next_working_day(date(2026, 11, 21)) == date(2026, 11, 23)
    assert CALENDAR.next_working_day(date(2026, 11, 23)) == date(2026, 11, 25)


def test_the_previous_working_day_passes_the_holiday_and_is_never_the_day_itself():
    assert CALENDAR.previous_working_day(date(2026, 11, 25)) == date(2026, 11, 23)
    assert CALENDAR.previous_working_day(date(2026, 11, 22)) == date(2026, 11, 20)


def test_the_day_of_receipt_is_not_counted():
    assert CALENDAR.add_working_days(date(2026, 11, 20), 5) == date(2026, 11, 30)


def test_adding_nothing_gives_the_day_back_even_when_it_is_a_day_of_rest():
    assert CALENDAR.add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 21)


def test_a_negative_count_goes_back():
    assert CALENDAR.add_working_days(date(2026, 11, 30), -5) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "certainty"),
    [
        (date(2026, 11, 20), "official"),
        (date(2026, 11, 23), "provisional"),
        (date(2026, 8, 31), "provisional"),
        (date(2026, 8, 22), "provisional"),
        (date(2027, 1, 1), "provisional"),
        (date(2028, 1, 3), "unknown"),
        (date(2025, 12, 31), "unknown"),
    ],
    ids=["announced", "exchange not seen", "one source", "worked, one source", "next year", "beyond", "before"],
)
def test_a_day_says_what_its_answer_rests_on(day, certainty):
    assert CALENDAR.certainty(day) == certainty


@pytest.mark.parametrize(
    ("first", "last", "certainty"),
    [
        (date(2026, 11, 16), date(2026, 11, 20), "official"),
        (date(2026, 11, 20), date(2026, 11, 30), "provisional"),
        (date(2026, 11, 30), date(2026, 11, 20), "provisional"),
        (date(2027, 12, 20), date(2028, 1, 5), "unknown"),
    ],
)
def test_a_stretch_is_as_certain_as_its_weakest_day(first, last, certainty):
    assert CALENDAR.certainty_between(first, last) == certainty


def test_the_calendar_is_known_through_the_last_announced_year():
    assert CALENDAR.known_through == date(2026, 12, 31)


def test_a_year_without_data_keeps_the_weekly_rest_only():
    assert not CALENDAR.is_working_day(date(2028, 1, 1))
    assert CALENDAR.is_working_day(date(2028, 11, 24))


@given(days)
def test_next_and_previous_are_working_days_with_only_rest_between(day):
    following = CALENDAR.next_working_day(day)
    preceding = CALENDAR.previous_working_day(day)

    assert preceding < day < following
    between = [preceding + timedelta(days=n) for n in range(1, (following - preceding).days)]
    assert not any(CALENDAR.is_working_day(d) for d in between if d != day)
    assert CALENDAR.is_working_day(following)
    assert CALENDAR.is_working_day(preceding)


@given(days, counts)
def test_counting_there_and_back_returns_to_a_working_day(day, n):
    start = CALENDAR.next_working_day(day)

    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, n), -n) == start


@given(days, counts, counts)
def test_a_larger_count_ends_later(day, first, second):
    low, high = sorted((first, second))

    assert CALENDAR.add_working_days(day, low) <= CALENDAR.add_working_days(day, high)


@pytest.mark.parametrize(
    ("day", "word"),
    [(date(2026, 1, 5), ""), (date(2027, 1, 1), "chưa đối chiếu"), (date(2028, 1, 1), "chưa có lịch nghỉ")],
)
def test_a_person_is_told_why_a_day_is_not_sure(day, word):
    assert word in CALENDAR.doubt(day)
    assert bool(CALENDAR.doubt(day)) is bool(word)
