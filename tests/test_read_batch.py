"""`ancam read` of many files: on all cores, in order, and no file stops the others."""

import argparse
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from labelled import letters_of
from python_calamine import CalamineWorkbook

from ancam.cli import read as command
from ancam.cli.workers import Late, Lost, results
from ancam.engines.reading.contract import to_json
from ancam.engines.reading.read import read_document
from odd_work import asked_to_end_while_ending, doubled
from waiting import wait_until

LETTERS = letters_of()[:12]
LONG_ENOUGH_S = 60


@pytest.fixture
def saved(tmp_path: Path) -> list[str]:
    for letter in LETTERS:
        (tmp_path / f"{letter.name}.txt").write_bytes(letter.data)
    return [str(tmp_path / f"{letter.name}.txt") for letter in LETTERS]


@pytest.fixture
def endless(tmp_path: Path) -> str:
    """A file whose reading never ends: a pipe that nobody writes into."""
    os.mkfifo(tmp_path / "mai.txt")
    return str(tmp_path / "mai.txt")


def call(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


@contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[str]]:
    """Start `ancam read` as a shell does, in a process group of its own, and hearing Ctrl+C even when we do not."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ancam", "read", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            for one in (*psutil.Process(process.pid).children(recursive=True), process):
                one.kill()
        process.communicate()


def open_in(workers: list[psutil.Process], path: str) -> list[psutil.Process]:
    """Return those of the processes that have a file open."""
    return [one for one in workers if any(str(fd.readlink()) == path for fd in Path(f"/proc/{one.pid}/fd").iterdir())]


def workers_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return [one for one in psutil.Process(process.pid).children() if "spawn_main" in " ".join(one.cmdline())]


def test_many_files_give_what_each_gives_alone_in_their_order(
    saved: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*saved, "--format", "json") == 0

    told = capsys.readouterr()
    alone = [to_json(read_document(letter.data, f"{letter.name}.txt")) for letter in LETTERS]
    assert told.out == json.dumps({"documents": alone}, ensure_ascii=False, indent=1) + "\n"
    assert not told.err


@pytest.mark.parametrize("form", ["table", "xlsx"])
def test_the_other_forms_hold_every_file_in_order(form: str, saved: list[str], tmp_path: Path) -> None:
    made = tmp_path / "nhieu"

    assert call(*saved[:3], "--format", form, "--output", str(made)) == 0

    written = made.read_text() if form == "table" else str(sheet_of(made))
    places = [written.index(f"{letter.name}.txt") for letter in LETTERS[:3]]
    assert places == sorted(places)


def sheet_of(book: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(book).get_sheet_by_name("Văn bản").to_python()


def test_how_far_it_is_shows_on_a_terminal_and_is_wiped_away(
    saved: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)

    assert call(*saved, "--format", "json") == 0
    assert f"░ 1/{len(saved)}" in screen.getvalue()
    assert screen.getvalue().endswith(" \r")


def test_a_killed_reader_costs_only_its_file(saved: list[str], endless: str) -> None:
    with started(endless, saved[0], saved[1], "--format", "json") as process:
        with Path(endless).open("wb"):  # once somebody reads it
            assert wait_until(lambda: bool(open_in(workers_of(process), endless)))
            open_in(workers_of(process), endless)[0].kill()
        out, err = process.communicate(timeout=LONG_ENOUGH_S)

    documents = json.loads(out)["documents"]
    assert process.returncode == 2
    assert "bị ngắt giữa chừng" in documents[0]["error"]
    assert err == documents[0]["error"] + "\n"
    assert [bool(one.get("obligations")) for one in documents] == [False, True, True]


def test_ctrl_c_ends_every_process_without_a_word(saved: list[str], endless: str) -> None:
    with started(endless, endless, *saved) as process:
        assert wait_until(lambda: bool(workers_of(process)))
        workers = workers_of(process)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=LONG_ENOUGH_S)

    assert process.returncode == 3
    assert not err
    assert not any(one.is_running() for one in workers)


def test_a_file_that_takes_too_long_is_refused_and_the_others_are_read(
    saved: list[str], endless: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "WITHIN_S", 3)
    monkeypatch.setattr(command, "_GRACE_S", 3)

    assert call(saved[0], endless, saved[1], "--format", "json") == 2

    documents = json.loads(capsys.readouterr().out)["documents"]
    assert "chưa xong nên đã dừng" in documents[1]["error"]
    assert documents[0]["obligations"] and documents[2]["obligations"]


def test_one_file_that_takes_too_long_is_refused_too(
    endless: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "WITHIN_S", 0.2)

    assert call(endless, "--format", "json") == 2
    assert "chưa xong nên đã dừng" in capsys.readouterr().err


def test_a_defect_of_ours_costs_one_of_many_files_and_tells_nothing_of_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: Any) -> None:
        raise ValueError("lời trong văn bản")

    monkeypatch.setattr(command, "answer_of", failing)

    answer = command._safe_answer_of("/thu/a.txt", "table")

    assert answer.part is None
    assert str(answer.refusal) == (
        "Phần mềm gặp lỗi ValueError khi đọc a.txt. Đề nghị báo cho người phát triển phần mềm."
    )


def test_results_come_in_order_and_the_lost_ones_in_their_place() -> None:
    pieces = [5, 0, 7, 1, *range(10, 60)]

    found = list(results(doubled, pieces, at_once=2, within_s=4))

    assert [found[0], found[2], *found[4:]] == [10, 14, *(2 * n for n in range(10, 60))]
    assert type(found[1]) is Lost
    assert type(found[3]) is Late


def test_a_process_on_its_way_out_is_left_to_finish(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    list(results(asked_to_end_while_ending, [str(tmp_path / "cuối")], at_once=1, within_s=LONG_ENOUGH_S))

    assert (tmp_path / "cuối").read_text() == "xong"
    assert not capfd.readouterr().err


def test_what_waits_for_a_slow_one_stays_small() -> None:
    taken: list[int] = []

    class Pieces(list[int]):
        def __getitem__(self, number: Any) -> Any:
            taken.append(number)
            return super().__getitem__(number)

    stream = results(doubled, Pieces([5, 1, *range(10, 400)]), at_once=2, within_s=3)
    next(stream)
    next(stream)
    stream.close()

    assert max(taken) < 40
