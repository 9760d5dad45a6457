"""Rows are there after a kill, none twice; a run goes on only as what it was; the manifest proves what was written."""

import json
from pathlib import Path
from typing import Any

import pytest

from ancam.engines.probing.errors import NothingToResume, OtherRun, RunDamaged, RunFolderTaken, RunInUse
from ancam.engines.probing.recording.records import HOSTS, MANIFEST, SUMMARY, Records, begin, digest_of, resume

MANIFEST_OF_RUN = {"authorization": "a" * 64, "targets": ["10.0.0.0-10.0.0.255"], "seed": 7, "finished_at": None}


def row(ip: str, **values: Any) -> dict[str, Any]:
    return {"ip": ip, "is_camera": True, "complete": True, "cut_short": "", **values}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "run"


@pytest.fixture
def records(folder: Path) -> Records:
    return begin(folder, MANIFEST_OF_RUN)


def test_a_new_run_wants_a_folder_of_its_own(folder, records):
    records.close()

    with pytest.raises(RunFolderTaken):
        begin(folder, MANIFEST_OF_RUN)


def test_a_start_that_never_got_its_manifest_does_not_take_the_folder(folder):
    folder.mkdir()
    (folder / "manifest.json.new").write_text('{"schema": "anc')
    (folder / ".lock").touch()

    begin(folder, MANIFEST_OF_RUN).close()

    assert resume(folder, MANIFEST_OF_RUN).manifest["seed"] == 7


def test_the_folder_and_its_files_are_closed_to_others(folder, records):
    records.keep(row("10.0.0.1"))

    assert folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())


def test_two_processes_do_not_share_a_run(folder, records):
    with pytest.raises(RunInUse):
        resume(folder, MANIFEST_OF_RUN)


def test_a_run_goes_on_with_the_rows_it_had(folder, records):
    records.keep(row("10.0.0.20"))
    records.keep(row("10.0.0.3"))
    records.sync()
    records.close()
    hosts = folder / HOSTS
    hosts.write_bytes(hosts.read_bytes() + b'{"ip": "10.0.0.4", "compl')

    again = resume(folder, {**MANIFEST_OF_RUN, "seed": 8})
    again.keep(row("10.0.0.100"))
    again.close()

    assert [one["ip"] for one in again.rows] == ["10.0.0.3", "10.0.0.20", "10.0.0.100"]
    assert again.manifest["seed"] == 7
    assert len(hosts.read_bytes().splitlines()) == 3


def test_who_was_visited_is_not_visited_again_unless_the_visit_was_broken_off(folder, records):
    records.keep(row("10.0.0.1"))
    records.keep(row("10.0.0.2", complete=False, cut_short="budget-time"))
    records.keep(row("10.0.0.3", complete=False, cut_short="stopped-signal"))
    records.close()

    again = resume(folder, MANIFEST_OF_RUN)

    assert [again.has(f"10.0.0.{number}") for number in (1, 2, 3, 4)] == [True, True, False, False]
    again.keep(row("10.0.0.3", model="DS-1"))
    assert again.has("10.0.0.3")
    assert len(again.rows) == 3


def test_a_run_of_another_authorisation_or_other_targets_does_not_go_on(folder, records):
    records.close()

    with pytest.raises(OtherRun):
        resume(folder, {**MANIFEST_OF_RUN, "authorization": "b" * 64})
    with pytest.raises(OtherRun):
        resume(folder, {**MANIFEST_OF_RUN, "targets": ["10.0.0.0-10.0.0.1"]})


def test_where_no_run_is_none_goes_on(folder, tmp_path):
    with pytest.raises(NothingToResume):
        resume(folder, MANIFEST_OF_RUN)


@pytest.mark.parametrize("line", [b"[]\n", b"{}\n", b'{"ip": "10.0.0.1", "cut_short": 4}\n', b"nonsense\n"])
def test_a_row_that_is_none_is_damage(folder, records, line):
    records.close()
    (folder / HOSTS).write_bytes(line)

    with pytest.raises(RunDamaged):
        resume(folder, MANIFEST_OF_RUN)


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"authorization": "a"}'])
def test_a_manifest_that_is_none_is_damage(folder, records, content):
    records.close()
    (folder / MANIFEST).write_text(content)

    with pytest.raises(RunDamaged):
        resume(folder, MANIFEST_OF_RUN)


def test_a_finished_run_lies_in_the_order_of_addresses_with_its_digests(folder, records):
    records.keep(row("10.0.0.20"))
    records.keep(row("10.0.0.3"))
    records.keep(row("fd00::1"))
    records.finish(records.rows, {"cameras": 3}, {"finished_at": "2026-11-22T12:00:00+07:00"})
    records.close()

    rows = [json.loads(line) for line in (folder / HOSTS).read_text().splitlines()]
    manifest = json.loads((folder / MANIFEST).read_text())
    assert [one["ip"] for one in rows] == ["10.0.0.3", "10.0.0.20", "fd00::1"]
    assert json.loads((folder / SUMMARY).read_text()) == {"cameras": 3}
    assert manifest["digests"] == {name: digest_of(folder / name) for name in (HOSTS, SUMMARY)}
    again = resume(folder, MANIFEST_OF_RUN)
    assert again.is_finished
    assert not again.manifest["digests"].get("events.jsonl")
