"""A protected reading leaves a line before anything is handed over."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from ancam.audit import services
from ancam.audit.errors import ReadingNotRecorded
from ancam.audit.models import Entry, Head
from ancam.audit.selectors import history_of
from ancam.audit.services import Action, Actor, ProtectedReading, Subject, begin_instance, record_reading
from ancam.audit.words import ThingWords, change_rows, describe_thing
from ancam.web import clock

READER = Actor("7", "Ngô Kiểm Tra")
THING = Subject("tests.file", "5", "Minh chứng")
pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(db, monkeypatch):
    monkeypatch.setattr(services, "_readings", {})
    monkeypatch.setattr(services, "_acts", {})
    begin_instance(at=clock.now())
    return ProtectedReading(Action("tests.read_file", "Tải tệp thử"), "để thử")


def test_reading_again_within_ten_minutes_is_one_reading(reading):
    at = clock.now()
    for minutes in (0, 5, 11):
        record_reading(by=READER, reading=reading, subject=THING, at=at + timedelta(minutes=minutes))

    assert Entry.objects.filter(action="tests.read_file").count() == 2


def test_another_reader_and_every_time_leave_their_own_lines(reading):
    at = clock.now()
    record_reading(by=READER, reading=reading, subject=THING, at=at)
    record_reading(by=Actor("8", "Người khác"), reading=reading, subject=THING, at=at)
    record_reading(by=READER, reading=reading, subject=THING, at=at, every_time=True)

    assert Entry.objects.filter(action="tests.read_file").count() == 3


def test_a_reading_is_no_part_of_what_was_done_to_the_thing(reading):
    record_reading(by=READER, reading=reading, subject=THING, at=clock.now())

    assert not history_of(THING.type, THING.id).exists()


def test_nothing_is_read_when_the_line_cannot_be_written(reading):
    # The next number is taken, as by a ledger that someone meddled with: the database refuses the line.
    Head.objects.update(number=0)

    with pytest.raises(ReadingNotRecorded):
        record_reading(by=READER, reading=reading, subject=THING, at=clock.now())


def test_one_code_names_one_act_and_one_reading(reading):
    with pytest.raises(ImproperlyConfigured):
        Action("tests.read_file", "Việc khác")
    with pytest.raises(ImproperlyConfigured):
        ProtectedReading(reading.action, "lý do khác")
    with pytest.raises(ImproperlyConfigured):
        describe_thing("accounts.agency", ThingWords("Cơ quan"))


def test_a_change_is_read_in_words_field_by_field():
    change = {
        "before": {"tier": "commune", "name": "Xã A", "place": ""},
        "after": {"tier": "province", "name": "Xã A", "place": "An Bình"},
        "reason": "sáp nhập",
        "begins_on": "2026-07-01",
    }

    rows = change_rows("accounts.agency", change)

    told = [(row.field, row.before, row.after) for row in rows]
    assert told == [
        ("Cấp", "Cấp xã", "Cấp tỉnh"),
        ("Địa danh", "để trống", "An Bình"),
        ("Hoạt động từ ngày", None, "01/07/2026"),
        ("Lý do", None, "sáp nhập"),
    ]


def test_states_lists_and_plain_values_are_read_in_words_too():
    change = {"before": "in_progress", "after": "submitted", "files": ["a", "b"], "confirm": True, "x": {"text": "Sở"}}

    rows = change_rows("directives.assignment", change)

    assert (rows[0].field, rows[0].before, rows[0].after) == ("Trạng thái", "Đang thực hiện", "Chờ xác nhận")
    assert [row.after for row in rows[1:]] == ["a; b", "Có", "Sở"]
    assert change_rows("tests.gone", {"before": "1", "after": "2"})[0].field == "Giá trị"
