from datetime import date, timedelta

import pytest

from ancam.directives.models import PeriodState
from ancam.directives.templatetags.directives import as_words, state_of_period, time_left, with_weekday
from ancam.directives.tests.factories import ON


@pytest.mark.parametrize(
    ("left", "words"), [(-12, "quá hạn 12 ngày"), (0, "hạn hôm nay"), (3, "còn 3 ngày"), (90, "còn 90 ngày")]
)
def test_time_left_is_said_as_in_an_office(left, words):
    assert words in time_left(ON + timedelta(days=left), ON)


def test_no_last_day_leaves_nothing_to_say():
    assert time_left(None, ON) == ""
    assert with_weekday(None) == ""


def test_a_day_is_named_with_its_weekday():
    assert with_weekday(date(2026, 11, 29)) == "Chủ nhật, 29/11/2026"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PeriodState.IN_PROGRESS, "Đang thực hiện, quá hạn"),
        (PeriodState.ACCEPTED, "Hoàn thành, muộn"),
    ],
)
def test_lateness_is_part_of_the_state(period, state, words):
    period.state, period.done_on, period.due_on = state, ON, ON - timedelta(days=1)

    shown = state_of_period(period, ON)

    assert f">{words}<" in shown
    assert f"{words} (theo khai báo)" in shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["Sở A", "Sở B"], "Sở A; Sở B"),
        ([], "–"),
        (None, "–"),
        ("before", "trước ngày"),
        ("classify", "Xác định cấp độ"),
        ("2026-12-01", "01/12/2026"),
        ("lời văn", "lời văn"),
    ],
)
def test_a_corrected_value_is_shown_in_words(value, words):
    assert as_words(value) == words
