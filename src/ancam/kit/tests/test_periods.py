from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.kit.periods import month_after, month_end, quarter_end, span_start


def test_a_month_ends_on_its_last_day_in_leap_years_too():
    assert month_end(2027, 2) == date(2027, 2, 28)
    assert month_end(2028, 2) == date(2028, 2, 29)
    assert month_end(2026, 12) == date(2026, 12, 31)


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_that_does_not_exist_is_refused(month):
    with pytest.raises(ValueError, match=str(month)):
        month_end(2026, month)


@given(st.integers(1, 9998), st.integers(1, 12))
def test_the_day_after_a_month_end_begins_a_month(year, month):
    end = month_end(year, month)

    assert (end.year, end.month) == (year, month)
    assert (end + timedelta(days=1)).day == 1


@pytest.mark.parametrize(("quarter", "last"), [(1, (3, 31)), (2, (6, 30)), (3, (9, 30)), (4, (12, 31))])
def test_a_quarter_ends_with_its_third_month(quarter, last):
    assert quarter_end(2026, quarter) == date(2026, *last)


@pytest.mark.parametrize("quarter", [0, 5])
def test_a_quarter_that_does_not_exist_is_refused(quarter):
    with pytest.raises(ValueError, match=str(quarter * 3)):
        quarter_end(2026, quarter)


@pytest.mark.parametrize(
    ("months", "start"),
    [(1, (2023, 8, 1)), (3, (2023, 7, 1)), (6, (2023, 7, 1)), (12, (2023, 1, 1)), (24, (2022, 1, 1))],
)
def test_a_span_that_fills_a_year_begins_with_it(months, start):
    assert span_start(date(2023, 8, 31), months) == date(*start)


@given(st.dates(date(2, 1, 1), date(9000, 1, 1)), st.integers(1, 12))
def test_a_day_lies_in_its_span(day, months):
    start = span_start(day, months)

    assert start <= day < month_after(start, months)
    assert span_start(start, months) == start


@pytest.mark.parametrize("months", [0, -3])
def test_a_span_of_no_months_is_refused(months):
    with pytest.raises(ValueError, match=str(months)):
        span_start(date(2023, 8, 31), months)
