"""When an authorisation is open, and until when."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.permission.authorisation import read_authorisation
from ancam.engines.probing.permission.windows import VIETNAM, closes_at, in_words, is_open
from ancam.engines.probing.tests.authorisations import as_yaml, content


def authorisation(*daily, to="2026-12-20T00:00+07:00"):
    return read_authorisation(as_yaml(content(valid__daily=list(daily), valid__to=to)))


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("daily", "now", "closes"),
    [
        ([], at(23, 12), at(20, 0, month=12)),
        (["08:00-17:30"], at(23, 8), at(23, 17, 30)),
        (["08:00-17:30"], at(23, 7, 59), None),
        (["08:00-17:30"], at(23, 17, 30), None),
        (["22:00-05:00"], at(23, 23), at(24, 5)),
        (["22:00-05:00"], at(24, 4, 59), at(24, 5)),
        (["22:00-05:00"], at(24, 5), None),
        (["08:00-11:30", "13:00-17:00"], at(23, 12), None),
        (["08:00-12:00", "11:00-17:00"], at(23, 9), at(23, 17)),
        (["08:00-12:00", "12:00-17:00"], at(23, 9), at(23, 17)),
        (["18:00-24:00"], at(23, 23, 59), at(24, 0)),
        (["18:00-24:00", "00:00-06:00"], at(23, 19), at(24, 6)),
        (["00:00-24:00"], at(23, 19), at(20, 0, month=12)),
        (["22:00-05:00"], at(19, 23, month=12), at(20, 0, month=12)),
        ([], at(19, 23), None),
        ([], at(20, 0, month=12), None),
    ],
)
def test_it_is_open_until_its_hours_or_its_days_end(daily, now, closes):
    one = authorisation(*daily)

    assert is_open(one, now) == (closes is not None)
    assert closes_at(one, now) == (closes or now)


def test_hours_without_an_end_are_followed_for_31_days():
    years = authorisation("00:00-24:00", to="9999-12-31T00:00Z")

    assert at(24, 12, month=12) <= closes_at(years, at(23, 12)) <= at(25, 12, month=12)


@given(
    st.integers(0, 29 * 24 * 60 - 1).map(lambda minutes: at(20, 0) + timedelta(minutes=minutes)),
    st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True),
)
def test_a_window_holds_the_hours_from_its_first_to_its_last(now, hours):
    begins, ends = hours
    inside = begins <= now.hour < ends if begins < ends else now.hour >= begins or now.hour < ends

    assert is_open(authorisation(f"{begins:02}:00-{ends:02}:00"), now) == inside
    assert closes_at(authorisation(f"{begins:02}:00-{ends:02}:00"), now) - now < timedelta(days=1)


def test_hours_are_said_as_people_write_them():
    assert in_words(authorisation("08:00-17:30", "00:00-24:00").daily) == "08:00-17:30, 00:00-24:00"
    assert in_words(()) == "cả ngày"
