"""The journal is chained line by line, goes on after a kill, and says so when the disk takes no more."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ancam.engines.probing.errors import RunDamaged
from ancam.engines.probing.recording.journal import Journal, NotKept, verified
from ancam.engines.probing.tests.limits import full_disk


def noon() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.jsonl"


def written(path: Path, count: int = 3) -> Journal:
    journal = Journal(path, noon)
    for number in range(count):
        journal.connecting("10.0.0.1", 80 + number)
    return journal


def test_each_kind_of_event_is_told_in_its_own_words(path):
    journal = Journal(path, noon)
    journal.told("start", authorization="abc")
    journal.connecting("10.0.0.1", 80)
    journal.asked("10.0.0.1", 80, 'GET /"quoted" HTTP/1.1')
    journal.closed("10.0.0.1", 80, 120, 40)
    journal.sending("10.0.0.1", 3702, 600)
    journal.close()

    events = list(verified(path))
    assert [event["what"] for event in events] == ["start", "connect", "request", "close", "datagram"]
    assert events[2]["line"] == 'GET /"quoted" HTTP/1.1'
    assert (events[3]["in"], events[3]["out"], events[4]["out"]) == (120, 40, 600)
    assert events[0]["at"] == "2026-11-22T12:00:00.000+00:00"


def test_a_line_is_in_the_file_before_the_connection_is_made(path):
    journal = written(path, 1)

    assert path.read_bytes().count(b"\n") == 1
    journal.close()


def test_a_long_request_line_is_cut(path):
    journal = Journal(path, noon)
    journal.asked("10.0.0.1", 80, "GET /" + "a" * 5_000)
    journal.close()

    assert len(next(iter(verified(path)))["line"]) == 300


def test_a_changed_line_breaks_the_chain(path):
    written(path).close()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b'"port":81', b'"port":82') + lines[2])

    with pytest.raises(RunDamaged) as damage:
        list(verified(path))
    assert damage.value.line == 3


def test_a_line_that_is_taken_out_breaks_the_chain(path):
    written(path).close()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])

    with pytest.raises(RunDamaged):
        list(verified(path))


def test_a_line_that_is_no_event_is_damage(path):
    written(path).close()
    path.write_bytes(path.read_bytes() + b"[]\n")
    with pytest.raises(RunDamaged):
        list(verified(path))

    path.write_bytes(b"not json\n")
    with pytest.raises(RunDamaged):
        Journal(path, noon)


def test_a_journal_goes_on_where_it_was_torn(path):
    written(path).close()
    path.write_bytes(path.read_bytes() + b'{"n":4,"at":"2026')

    journal = Journal(path, noon)
    journal.told("resume")
    journal.sync()
    journal.close()

    events = list(verified(path))
    assert [event["n"] for event in events] == [1, 2, 3, 4]
    assert json.loads(path.read_bytes().splitlines()[-1])["what"] == "resume"
    assert journal.count == 4


@pytest.fixture
def small_files() -> Iterator[None]:
    with full_disk(1_000):
        yield


def test_what_cannot_be_written_is_said_at_once(path, small_files):
    journal = Journal(path, noon)

    with pytest.raises(NotKept):
        for _ in range(50):
            journal.connecting("10.0.0.1", 80)
    journal.close()


def test_a_journal_that_is_whole_goes_on(path):
    written(path).close()

    written(path).close()

    assert [event["n"] for event in verified(path)] == [1, 2, 3, 4, 5, 6]


def test_a_disk_that_fails_is_said_when_it_is_waited_for(path):
    journal = written(path)
    journal.close()

    with pytest.raises(NotKept):
        journal.sync()
