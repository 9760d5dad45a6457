"""Due days as officers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.directives.due_rules import DueDay
from ancam.directives.due_words import read_due_day, write_due_day


@pytest.mark.parametrize(
    ("line", "every_months", "due"),
    [
        ("trước 20/12/2026", None, DueDay("before", date(2026, 12, 20))),
        ("Chậm nhất ngày 5/1/2027", None, DueDay("by", date(2027, 1, 5))),
        ("trước ngày  25", 1, DueDay("before", month=1, day=25)),
        ("đến hết 5 tháng thứ 2", 1, DueDay("by", month=2, day=5)),
        ("trước 22/3", 12, DueDay("before", month=3, day=22)),
        ("20/9", 12, DueDay("by", month=9, day=20)),
        ("trước 20 tháng thứ 3", 3, DueDay("before", month=3, day=20)),
        ("10 tháng thứ 7", 6, DueDay("by", month=7, day=10)),
    ],
)
def test_a_line_is_read_by_the_interval_of_its_duty(line, every_months, due):
    assert read_due_day(line, every_months) == due


@pytest.mark.parametrize(
    ("line", "every_months"),
    [
        ("", 1),
        ("25", None),
        ("30/2/2027", None),
        ("trước 22/13", 12),
        ("trước 20/12/2026", 12),
        ("trước 22/3", 3),
        ("25", 3),
        ("32", 1),
        ("0", 1),
        ("trước cuối tháng", 1),
        ("trước 25 và 26", 1),
    ],
)
def test_a_line_that_names_no_day_of_the_period_is_not_guessed_at(line, every_months):
    assert read_due_day(line, every_months) is None


@given(st.sampled_from(["before", "by"]), st.integers(1, 24), st.integers(1, 31), st.integers(1, 60))
def test_what_is_written_is_read_back(operator, month, day, every_months):
    due = DueDay(operator, month=month, day=day)

    assert read_due_day(write_due_day(due, every_months), every_months) == due


@given(st.sampled_from(["before", "by"]), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_written_date_is_read_back(operator, on):
    due = DueDay(operator, on)

    assert read_due_day(write_due_day(due, None), None) == due
