"""What was seen last is kept for each owner, and for each address until it is seen again; damage counts as nothing."""

import json
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from ancam.engines.probing.permission.addresses import AddressSet
from ancam.engines.probing.recording.journal import NotKept
from ancam.engines.probing.recording.last_run import LastRun

HERE, THERE = (AddressSet.of([ip_network(text)]) for text in ("10.0.0.0/25", "10.0.0.128/25"))


def row(ip: str, **values: Any) -> dict[str, Any]:
    return {
        "ip": ip,
        "is_camera": True,
        "vendor": "Axis",
        "model": "P3245",
        "firmware": "",
        "serial": "",
        "mac": "",
        "findings": [],
        "keys": {},
        "complete": True,
        "details": "not kept",
        **values,
    }


def seen(last: LastRun, where: AddressSet) -> list[str] | None:
    rows = last.rows(where)
    return None if rows is None else [one.ip for one in rows]


def test_before_the_first_run_nothing_is_known(tmp_path):
    assert LastRun(tmp_path, "Sở A").rows(HERE) is None


def test_the_cameras_of_a_run_are_known_to_the_next_of_the_same_owner(tmp_path):
    LastRun(tmp_path, "Sở A").keep([row("10.0.0.1"), row("10.0.0.2", is_camera=False)], HERE)

    assert seen(LastRun(tmp_path, "Sở A"), HERE) == ["10.0.0.1"]
    assert seen(LastRun(tmp_path, "Sở B"), HERE) is None


def test_an_address_that_was_not_asked_keeps_its_earlier_sight(tmp_path):
    last = LastRun(tmp_path, "Sở A")
    last.keep([row("10.0.0.1")], HERE)
    last.keep([row("10.0.0.200")], THERE)
    last.keep([], HERE)

    assert (seen(last, HERE), seen(last, THERE)) == ([], ["10.0.0.200"])


@pytest.mark.parametrize(
    "content",
    ["", "{", "5", "null", '["x"]', "[{}]", "{}x", '[{"ip": "10.0.0.1"}]', json.dumps([row("10.0.0.1", findings=5)])],
)
def test_a_file_that_cannot_be_read_counts_as_none(tmp_path, content):
    last = LastRun(tmp_path, "Sở A")
    last.keep([], HERE)
    next(tmp_path.iterdir()).write_text(content)

    assert last.rows(HERE) is None
    last.keep([row("10.0.0.1")], HERE)
    assert seen(last, HERE) == ["10.0.0.1"]


def test_what_cannot_be_kept_is_said(tmp_path):
    with pytest.raises(NotKept):
        LastRun(tmp_path / "gone", "Sở A").keep([], HERE)


def test_what_is_kept_is_closed_to_others(tmp_path):
    LastRun(tmp_path, "Sở A").keep([row("10.0.0.1")], HERE)

    assert all(Path(file).stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())
