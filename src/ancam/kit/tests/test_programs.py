"""A program that is run gives its words, or says how it failed; nothing of it stays behind."""

import sys
import time
from pathlib import Path

import pytest

from ancam.kit.programs import ProgramFailed, find_program, output_of


def run(code: str, **options: object) -> bytes:
    return output_of([sys.executable, "-c", code], time_limit_s=30, **options)  # type: ignore[arg-type]


def test_a_program_gets_bytes_and_gives_bytes() -> None:
    assert run("import sys; print(sys.stdin.read().upper())", given=b"abc").strip() == b"ABC"


def test_a_program_sees_little_of_our_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANCAM_SECRET", "x")

    seen = run("import os; print(sorted(os.environ), os.getcwd())", folder=tmp_path, settings={"ONE": "1"}).decode()

    assert "ANCAM_SECRET" not in seen
    assert "'HOME'" in seen and "'ONE'" in seen and str(tmp_path) in seen


def test_a_program_that_fails_says_how_it_ended() -> None:
    with pytest.raises(ProgramFailed) as failure:
        run("raise SystemExit(4)")

    assert (failure.value.why, failure.value.code) == ("failed", 4)


def test_a_program_that_hangs_is_ended() -> None:
    begun = time.monotonic()

    with pytest.raises(ProgramFailed) as failure:
        output_of(["sleep", "60"], time_limit_s=0.2)

    assert failure.value.why == "time"
    assert time.monotonic() - begun < 20


def test_the_first_program_that_is_there_is_found() -> None:
    assert find_program("no-such-program-1", "sh") == find_program("sh")
    assert find_program("no-such-program-1") is None


def test_a_program_gets_no_more_memory_than_it_may() -> None:
    with pytest.raises(ProgramFailed) as failure:
        run("import sys; sys.stdin.read(); bytes(2 * 10**9)", most_memory_bytes=10**9)

    assert failure.value.why == "failed"
