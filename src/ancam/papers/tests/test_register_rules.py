from datetime import date

import pytest

from ancam.papers.register_rules import GoesBack, Line, OutOfOrder, Skips, gaps, next_number, oddity

EARLY, MIDDLE, LATE = date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 20)
LINES = [Line(5, EARLY), Line(6), Line(9, MIDDLE)]


def test_the_next_number_follows_the_highest():
    assert next_number(LINES) == 10
    assert next_number([]) == 1


def test_gaps_are_the_runs_that_nobody_took():
    assert list(gaps([*LINES, Line(11)])) == [(7, 8), (10, 10)]
    assert list(gaps([Line(1), Line(2)])) == []
    assert list(gaps([])) == []


@pytest.mark.parametrize(
    ("number", "on", "found"),
    [
        (10, MIDDLE, None),
        (10, LATE, None),
        (13, LATE, Skips(10, 12)),
        (7, EARLY, GoesBack(9)),
        (7, MIDDLE, GoesBack(9)),
        (10, EARLY, OutOfOrder(9, MIDDLE)),
        (7, LATE, OutOfOrder(9, MIDDLE)),
        (3, MIDDLE, OutOfOrder(5, EARLY)),
    ],
)
def test_a_number_out_of_turn_is_found(number, on, found):
    assert oddity(number, on, LINES) == found


def test_the_first_number_opens_a_register_wherever_it_has_got_to():
    assert oddity(217, LATE, []) is None


def test_numbers_without_a_day_say_nothing_of_the_order():
    assert oddity(2, EARLY, [Line(1)]) is None
