"""Mails go out on working days from seven: at once, each day, or on the first working day of the week."""

from datetime import date, datetime

import pytest

from ancam.kit.working_days import WorkingCalendar
from ancam.notifications.models import Channel, NoticeKind
from ancam.notifications.rules import USUAL, first_of_week, is_time_to_mail, may_mail
from ancam.web.clock import VIETNAM

CALENDAR = WorkingCalendar(
    weekly_off=frozenset({6, 7}),
    days_off=frozenset({date(2026, 12, 7), *(date(2027, 2, day) for day in range(8, 13))}),
    extra_working_days=frozenset(),
    official_years=frozenset({2026, 2027}),
    provisional_years=frozenset(),
)


def at(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("channel", "now", "goes"),
    [
        ("at_once", at(11, 30, 0, 5), False),
        ("at_once", at(11, 30, 7, 0), True),
        ("at_once", at(11, 30, 22, 0), True),
        ("at_once", at(11, 29, 9, 0), False),
        ("daily", at(11, 30, 6, 59), False),
        ("daily", at(11, 30, 7, 0), True),
        ("daily", at(12, 7, 9, 0), False),
        ("weekly", at(11, 30, 9, 0), True),
        ("weekly", at(12, 1, 9, 0), False),
        ("weekly", at(12, 8, 9, 0), True),  # Monday the 7th is off
    ],
)
def test_mail_goes_out_on_working_days_in_its_rhythm(channel, now, goes):
    assert is_time_to_mail(channel, now, CALENDAR) is goes


def test_a_mail_that_waits_goes_out_at_no_other_time():
    assert [may_mail(now, CALENDAR) for now in (at(11, 29, 9, 0), at(11, 30, 6, 59), at(11, 30, 7, 0))] == [
        False,
        False,
        True,
    ]


def test_a_week_without_a_working_day_has_no_first():
    assert first_of_week(date(2027, 2, 10), CALENDAR) is None


def test_every_kind_has_its_usual_channel():
    assert set(USUAL) == set(NoticeKind.values)
    assert set(USUAL.values()) <= set(Channel.values)
